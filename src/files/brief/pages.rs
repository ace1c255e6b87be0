//! The pages of a PDF, with its outline and its tags for screen readers.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Node, TagTree};

use super::error::BriefError;
use super::face::{Faces, clean};
use super::pen::{Mark, Pen};
use crate::analysis::Progress;

/// Makes a PDF of so many pages of one width and height; `draw` draws the page of an index. The caller has
/// told the progress to expect a step for each.
///
/// # Errors
/// When the caller asked to stop, or the document cannot be made.
pub(super) fn draw_pages(
    faces: &Faces,
    title: &str,
    ((width, height), count): ((f32, f32), usize),
    progress: &Progress,
    mut draw: impl FnMut(&mut Pen<'_, '_>, usize),
) -> Result<Vec<u8>, BriefError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| BriefError::Form(format!("{error:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let (mut tree, mut marks) = (Vec::new(), Vec::new());
    for index in 0..count {
        if progress.is_cancelled() {
            return Err(BriefError::Stopped);
        }
        let settings = PageSettings::from_wh(width, height);
        let settings = settings.ok_or_else(|| BriefError::Form("its paper has no size".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut pen = Pen::new(faces, &mut surface, index);
        draw(&mut pen, index);
        let (nodes, mut here) = (std::mem::take(&mut pen.nodes), std::mem::take(&mut pen.marks));
        surface.finish();
        page.finish();
        tree.extend(nodes);
        marks.append(&mut here);
        progress.step();
    }
    finish(document, title, tree, marks)
}

/// Finishes a document with its title, outline and tags.
fn finish(mut document: Document, title: &str, tree: Vec<Node>, marks: Vec<Mark>) -> Result<Vec<u8>, BriefError> {
    let title = clean(title);
    let made = format!("Muster {}", env!("CARGO_PKG_VERSION"));
    let metadata = Metadata::new().title(title).language("en".to_owned()).creator(made.clone()).producer(made);
    document.set_metadata(metadata);
    let mut outline = Outline::new();
    for (words, page, y) in marks {
        let to = XyzDestination::new(page, Point::from_xy(0.0, y));
        outline.push_child(OutlineNode::new(clean(&words), to));
    }
    document.set_outline(outline);
    let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
    tags.children = tree;
    document.set_tag_tree(tags);
    document.finish().map_err(|error| BriefError::Form(format!("{error}: {error:?}")))
}
