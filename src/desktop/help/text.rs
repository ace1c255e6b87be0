//! Styled text as egui lays it out: bold, emphasis, code, links, and the words of the search marked.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{FontId, Galley, Stroke, Ui};

use super::page::Span;
use super::search::Words;
use crate::desktop::fonts::semibold;
use crate::desktop::tokens::Palette;

/// Size of running text.
const SIZE: f32 = 14.0;

/// How text is written: its colours, and the words to mark.
#[derive(Clone, Copy)]
pub(super) struct TextPen<'a> {
    pub(super) palette: Palette,
    pub(super) words: &'a Words,
}

impl TextPen<'_> {
    /// Running text.
    pub(super) fn body(&self, text: &[Span]) -> LayoutJob {
        self.job(text, SIZE, false)
    }

    /// A remark that stands back.
    pub(super) fn note(&self, text: &[Span]) -> LayoutJob {
        let unstyled = |span: &Span| Span { emphasis: false, ..span.clone() };
        let mut job = self.job(&text.iter().map(unstyled).collect::<Vec<_>>(), SIZE, false);
        job.sections.iter_mut().for_each(|section| section.format.color = self.palette.warning);
        job
    }

    /// A heading, larger and bold.
    pub(super) fn heading(&self, text: &[Span], size: f32) -> LayoutJob {
        self.job(text, size, true)
    }

    /// Spans in one style.
    pub(super) fn plain(&self, text: &str, strong: bool) -> LayoutJob {
        self.job(&[Span { text: text.to_owned(), strong, ..Span::default() }], SIZE, false)
    }

    fn job(&self, text: &[Span], size: f32, bold: bool) -> LayoutJob {
        let mut job = LayoutJob::default();
        for span in text {
            let format = self.format(span, size, bold);
            let marked = TextFormat { background: self.palette.selected, expand_bg: 2.0, ..format.clone() };
            let hits = self.words.hits(&span.text);
            if hits.is_empty() {
                job.append(&span.text, 0.0, format);
                continue;
            }
            for (at, character) in span.text.chars().enumerate() {
                let is_hit = hits.iter().any(|(from, length)| (*from..from + length).contains(&at));
                append(&mut job, character, if is_hit { &marked } else { &format });
            }
        }
        job
    }

    fn format(&self, span: &Span, size: f32, bold: bool) -> TextFormat {
        let palette = &self.palette;
        // The face has no italics: what is emphasised is bold, too.
        let bold = bold || span.strong || span.emphasis;
        let font = if bold { semibold(size) } else { FontId::proportional(size) };
        let color = if span.link.is_some() { palette.accent } else { palette.text };
        let mut format = TextFormat::simple(font, color);
        format.line_height = Some(size * 1.5);
        if span.code {
            (format.background, format.expand_bg) = (palette.band_light, 2.0);
        }
        if span.link.is_some() {
            // Close under the letters, not under the line.
            (format.underline, format.line_height) = (Stroke::new(1.0, palette.accent), None);
        }
        format
    }
}

/// Adds a character, to the last piece where that has the same style.
fn append(job: &mut LayoutJob, character: char, format: &TextFormat) {
    match job.sections.last_mut() {
        Some(last) if last.format == *format => {
            job.text.push(character);
            last.byte_range.end = job.text.len().into();
        }
        _ => job.append(character.encode_utf8(&mut [0; 4]), 0.0, format.clone()),
    }
}

/// Spans laid out in a width.
pub(super) fn laid_out(ui: &Ui, mut job: LayoutJob, width: f32) -> Arc<Galley> {
    job.wrap.max_width = width;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
