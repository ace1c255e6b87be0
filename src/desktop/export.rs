//! Files that the window offers: a table as CSV, a chart as a picture, or what has to be worked out first. They are made and
//! written beside the window, by [`Writing`]; [`Copying`] makes a picture for the clipboard.

use std::fmt::{self, Debug, Formatter};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{ColorImage, Context};

use super::document::State;
use super::drawn_frame::DrawnFrame;
use super::job::{Ended, Job};
use crate::analysis::Progress;
use crate::files;
use crate::plan::PlanEdit;

/// A file that is offered, before it is known where it goes.
#[derive(Clone)]
pub(super) struct FileOffer {
    /// The proposed name, with its ending.
    pub(super) name: String,
    /// The endings that say in what form it is written; empty where its form does not depend on them.
    pub(super) endings: &'static [&'static str],
    make: Arc<Make>,
    /// How the file is made without pay, and whether the user has chosen that; `None` if the export offers no such choice.
    without_pay: Option<(Arc<Make>, bool)>,
    /// An edit of the plan that follows an export.
    then: Option<FollowingEdit>,
}

/// A change of the plan that follows once a file is written, if the plan is still the same.
#[derive(Debug, Clone)]
pub(super) struct FollowingEdit {
    pub(super) label: String,
    pub(super) edits: Vec<PlanEdit>,
    /// The state of the document of which the file is made.
    pub(super) state: State,
}

type Make = dyn Fn(&Path, &Progress) -> Result<FileContent, String> + Send + Sync;

/// A file's content, and what that is in words: `612 positions`.
pub(super) struct FileContent {
    pub(super) bytes: Vec<u8>,
    pub(super) what: String,
}

impl FileOffer {
    /// A file that is made once the user has named it; the ending of the name says in what form.
    pub(super) fn new(
        name: String,
        endings: &'static [&'static str],
        make: impl Fn(&Path, &Progress) -> Result<FileContent, String> + Send + Sync + 'static,
    ) -> Self {
        Self { name, endings, make: Arc::new(make), without_pay: None, then: None }
    }

    /// The same offer with a change of the plan that follows.
    pub(super) fn followed_by(self, then: Option<FollowingEdit>) -> Self {
        Self { then, ..self }
    }

    /// The same offer with a choice to leave pay out.
    pub(super) fn or_without_pay(
        self,
        make: impl Fn(&Path, &Progress) -> Result<FileContent, String> + Send + Sync + 'static,
    ) -> Self {
        Self { without_pay: Some((Arc::new(make), false)), ..self }
    }

    /// Whether the user leaves pay out, to be changed by a checkbox; `None` if the export offers no such choice.
    pub(super) fn leaves_pay_out(&mut self) -> Option<&mut bool> {
        self.without_pay.as_mut().map(|(_, chosen)| chosen)
    }

    /// The way of making the file that the user has chosen.
    fn chosen(&self) -> &Make {
        match &self.without_pay {
            Some((make, true)) => &**make,
            _ => &*self.make,
        }
    }

    /// A picture as PNG.
    pub(super) fn picture(name: String, frame: DrawnFrame) -> Self {
        Self::new(name, &[], move |_, _| Ok(FileContent { bytes: png(&frame.image())?, what: "a picture".to_owned() }))
    }

    /// Bytes that are there already.
    pub(super) fn ready(name: String, what: &'static str, bytes: Vec<u8>) -> Self {
        Self::new(name, &[], move |_, _| Ok(FileContent { bytes: bytes.clone(), what: what.to_owned() }))
    }
}

impl Debug for FileOffer {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offer").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A file that is being made and written beside the window, and where the last one went.
#[derive(Default)]
pub(super) struct Writing {
    job: Job<PathBuf, Result<String, String>>,
    /// The file that is being written.
    path: Option<PathBuf>,
    /// What was last said, and the folder that it is about.
    told: Option<(String, PathBuf)>,
    /// The edit of the plan to make once the file is written.
    then: Option<FollowingEdit>,
}

impl Writing {
    /// Begins to make and write a file.
    ///
    /// # Errors
    /// In words, while another one is being written.
    pub(super) fn begin(&mut self, ctx: &Context, path: PathBuf, offer: FileOffer) -> Result<(), String> {
        if let Some(busy) = &self.path {
            return Err(format!("{} is still being written; wait for it, or cancel it", busy.display()));
        }
        self.job = Job::default();
        let to = path.clone();
        self.then.clone_from(&offer.then);
        self.job.want(ctx, "export", path.clone(), || {
            move |progress: &Progress| {
                let made = offer.chosen()(&to, progress);
                if progress.is_cancelled() {
                    return Err(CANCELLED.to_owned());
                }
                let made = made?;
                let notes = files::write_bytes(&to, &made.bytes).map_err(|error| error.to_string())?;
                let notes = notes.iter().map(|note| format!("; {note}"));
                Ok(format!("Wrote {} to {}{}", made.what, to.display(), notes.collect::<String>()))
            }
        });
        self.path = Some(path);
        Ok(())
    }

    /// The result of writing the file, once: what was written and where, or the error.
    pub(super) fn ended(&mut self) -> Option<Result<String, String>> {
        let path = self.path.as_ref()?;
        self.job.poll();
        let ended = match (self.job.result(path), self.job.ended(path)) {
            (Some(result), _) => result.clone(),
            (None, Some(Ended::Failed(why))) => Err(why.clone()),
            (None, Some(Ended::Stopped) | None) => return None,
        };
        let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.told = ended.as_ref().ok().map(|said| (said.clone(), folder.to_owned()));
        self.path = None;
        Some(ended)
    }

    /// The change of the plan that follows the file that was written, once.
    pub(super) fn following(&mut self) -> Option<FollowingEdit> {
        self.then.take()
    }

    /// The name of the file that is being written, and how far that is.
    pub(super) fn running(&self) -> Option<(String, &Progress)> {
        let name = self.path.as_ref()?.file_name()?.to_string_lossy().into_owned();
        Some((name, self.job.progress()?))
    }

    /// The folder that a notice is about.
    pub(super) fn folder(&self, said: &str) -> Option<&Path> {
        self.told.as_ref().filter(|(told, _)| told == said).map(|(_, folder)| folder.as_path())
    }

    /// Asks the work to stop. Where it is writing already, it says so when it has written.
    pub(super) fn cancel(&self) {
        if let Some(progress) = self.job.progress() {
            progress.cancel();
        }
    }
}

/// A picture for the clipboard that is being made beside the window.
#[derive(Default)]
pub(super) struct Copying {
    job: Job<u64, ColorImage>,
    /// The number of the picture among those of this window.
    number: u64,
    /// The title of the picture; `None` once the picture has been returned.
    title: Option<String>,
}

impl Copying {
    /// Begins to make a picture, in place of one that is not ready yet.
    pub(super) fn begin(&mut self, ctx: &Context, title: String, frame: DrawnFrame) {
        self.number += 1;
        self.title = Some(title);
        self.job.want(ctx, "picture", self.number, || move |_: &Progress| frame.image());
    }

    /// The finished picture with its title, or the error; `None` while it is being made and once it has been returned.
    pub(super) fn ended(&mut self) -> Option<Result<(String, ColorImage), String>> {
        self.title.as_ref()?;
        self.job.poll();
        let ended = match (self.job.result(&self.number), self.job.ended(&self.number)) {
            (Some(image), _) => Ok(image.clone()),
            (None, Some(Ended::Failed(why))) => Err(why.clone()),
            (None, Some(Ended::Stopped) | None) => return None,
        };
        self.job = Job::default();
        let title = self.title.take()?;
        Some(ended.map(|image| (title, image)))
    }
}

/// What is said of an export that was stopped.
pub(super) const CANCELLED: &str = "Cancelled; nothing was written";

/// An image as PNG.
fn png(image: &ColorImage) -> Result<Vec<u8>, String> {
    let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let failed = |e: png::EncodingError| format!("the picture cannot be made: {e}");
    let mut writer = encoder.write_header().map_err(failed)?;
    let pixels: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_of_its_size_and_colours() {
        let image = ColorImage::new([3, 2], vec![egui::Color32::LIGHT_BLUE; 6]);
        let bytes = png(&image).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (3, 2));
        assert_eq!(pixels[..4], egui::Color32::LIGHT_BLUE.to_array());
    }
}
