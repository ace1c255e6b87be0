//! The two weights of the text face: text shaped, measured, shortened and broken into lines. The digits of the face
//! are tabular. Where a character has no glyph a box stands for it, and what was meant stays in the text that is
//! searched and read aloud.

use std::cell::Cell;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};

use super::error::BriefError;
use crate::files::fonts::{REGULAR, SEMIBOLD};

/// Stands for characters that the face does not have.
const BOX: char = '□';

/// A weight of the face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Strong,
}

struct Face {
    font: Font,
    shaper: rustybuzz::Face<'static>,
}

/// Both weights, read once.
pub(super) struct Faces {
    regular: Face,
    strong: Face,
    /// Whether a box replaced letters since the last call.
    boxes: Cell<bool>,
}

/// A line of text that is ready to be drawn.
pub(super) struct ShapedText {
    pub(super) font: Font,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// What the glyphs show.
    pub(super) text: String,
    /// What is meant, where that is more or other than what is shown.
    pub(super) meant: Option<String>,
    /// Width at a size of 1.
    pub(super) width: f32,
}

impl Face {
    fn read(data: &'static [u8]) -> Result<Self, BriefError> {
        let broken = || BriefError::Form("its font cannot be read".to_owned());
        let font = Font::new(data.into(), 0).ok_or_else(broken)?;
        Ok(Self { font, shaper: rustybuzz::Face::from_slice(data, 0).ok_or_else(broken)? })
    }

    fn has(&self, c: char) -> bool {
        self.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0)
    }

    /// Shapes from left to right: the face has no script that runs the other way.
    fn shape(&self, text: String, meant: Option<String>) -> ShapedText {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.shaper, &[], buffer);
        let em = self.font.units_per_em();
        let part = |units: i32| f32::from(i16::try_from(units).unwrap_or(i16::MAX)) / em;
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(|g| usize::try_from(g.cluster).unwrap_or(0)).collect();
        let end = |start: usize| starts.iter().copied().find(|s| *s > start).unwrap_or(text.len());
        let placed = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts);
        let glyph = |((info, at), start): ((&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition), &usize)| {
            let (forward, right, up) = (part(at.x_advance), part(at.x_offset), part(at.y_offset));
            KrillaGlyph::new(GlyphId::new(info.glyph_id), forward, right, up, 0.0, *start..end(*start), None)
        };
        let glyphs: Vec<KrillaGlyph> = placed.map(glyph).collect();
        let width = glyphs.iter().map(|g| g.x_advance).sum();
        ShapedText { font: self.font.clone(), glyphs, text, meant, width }
    }
}

impl Faces {
    pub(super) fn read() -> Result<Self, BriefError> {
        Ok(Self { regular: Face::read(REGULAR)?, strong: Face::read(SEMIBOLD)?, boxes: Cell::new(false) })
    }

    fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        }
    }

    /// Whether a box replaced letters since the last call.
    pub(super) fn took_boxes(&self) -> bool {
        self.boxes.take()
    }

    /// Whether the face can show most of a text.
    pub(super) fn can_show(&self, text: &str) -> bool {
        let letters: Vec<char> = clean(text).chars().filter(|c| *c != ' ').collect();
        let known = letters.iter().filter(|c| self.regular.has(**c)).count();
        known * 2 >= letters.len()
    }

    /// What a text shows, and what it means where that differs.
    fn shown(&self, weight: Weight, text: &str) -> (String, Option<String>) {
        let (text, face) = (clean(text), self.of(weight));
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            if face.has(c) {
                shown.push(c);
            } else if !shown.ends_with(BOX) {
                shown.push(BOX);
                self.boxes.set(true);
            }
        }
        let meant = (shown != text).then_some(text);
        (shown, meant)
    }

    /// A text on one line, however long.
    pub(super) fn line(&self, weight: Weight, text: &str) -> ShapedText {
        let (shown, meant) = self.shown(weight, text);
        self.of(weight).shape(shown, meant)
    }

    /// A text on one line of at most that width, shortened with … where it is longer; the width is in ems.
    pub(super) fn fitted(&self, weight: Weight, text: &str, width: f32) -> ShapedText {
        let whole = self.line(weight, text);
        if whole.width <= width {
            return whole;
        }
        let meant = whole.meant.unwrap_or_else(|| whole.text.clone());
        let letters: Vec<char> = whole.text.chars().collect();
        let cut = |n: usize| {
            let kept: String = letters.iter().take(n).collect();
            self.of(weight).shape(format!("{}…", kept.trim_end()), Some(meant.clone()))
        };
        let (mut least, mut most) = (0, letters.len());
        while least < most {
            let middle = (least + most).div_ceil(2);
            if cut(middle).width <= width {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        cut(least)
    }

    /// A text on as many lines as it needs, at most so many; the last is shortened where it does not end there.
    pub(super) fn wrapped(&self, weight: Weight, text: &str, width: f32, most: usize) -> Vec<ShapedText> {
        let text = clean(text);
        let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
        let mut lines = Vec::new();
        let mut at = 0;
        while at < words.len() && lines.len() < most {
            let rest = words.get(at..).unwrap_or_default();
            if lines.len() + 1 == most {
                lines.push(self.fitted(weight, &rest.join(" "), width));
                break;
            }
            let fits = |n: usize| {
                let part = rest.get(..n).unwrap_or_default().join(" ");
                self.line(weight, &part).width <= width
            };
            let taken = (1..=rest.len()).take_while(|n| fits(*n)).last().unwrap_or(1);
            let part = rest.get(..taken).unwrap_or_default().join(" ");
            let line = self.fitted(weight, &part, width);
            lines.push(if taken < rest.len() { self.spaced(weight, line) } else { line });
            at += taken;
        }
        lines
    }

    /// The line with a space at its end, which separates its words from the next for readers of the text
    /// without seeing it.
    pub(super) fn spaced(&self, weight: Weight, line: ShapedText) -> ShapedText {
        self.of(weight).shape(format!("{} ", line.text), line.meant.map(|meant| format!("{meant} ")))
    }
}

/// A text in one line, without characters that steer and do not show.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
    };
    let plain: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !steers(*c)).collect();
    plain.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
