//! The pen: draws text, rules, grounds and paths on a page, and keeps what was drawn as the tree of tags by which a
//! screen reader goes through it. What is not content (rules, grounds, the page's header and footer) is an artifact.

use std::num::NonZeroU16;

use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind};

use super::face::{Faces, ShapedText, Weight};
use super::look::{ACCENT, HEADING, NOTE, PageColour, RULE, SOFT, TEXT};

/// The alignment of text to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextAlign {
    Left,
    Middle,
    Right,
}

/// A size, a weight and an ink.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) ink: PageColour,
}

impl Style {
    pub(super) const fn new(size: f32) -> Self {
        Self { size, weight: Weight::Regular, ink: TEXT }
    }

    pub(super) const fn note() -> Self {
        Self { size: NOTE, weight: Weight::Regular, ink: SOFT }
    }

    pub(super) const fn strong(self) -> Self {
        Self { weight: Weight::Strong, ..self }
    }

    pub(super) const fn ink(self, ink: PageColour) -> Self {
        Self { ink, ..self }
    }
}

/// A heading, for the outline: its words, its page, and its distance from the top.
pub(super) type Mark = (String, usize, f32);

/// Draws on one page.
pub(super) struct Pen<'p, 's> {
    pub(super) faces: &'p Faces,
    pub(super) surface: &'p mut Surface<'s>,
    page: usize,
    /// What was drawn, in reading order.
    pub(super) nodes: Vec<Node>,
    /// The headings.
    pub(super) marks: Vec<Mark>,
    /// Whether all that is drawn belongs to one figure or artifact that is already begun.
    inside: bool,
}

impl<'p, 's> Pen<'p, 's> {
    pub(super) const fn new(faces: &'p Faces, surface: &'p mut Surface<'s>, page: usize) -> Self {
        Self { faces, surface, page, nodes: Vec::new(), marks: Vec::new(), inside: false }
    }

    /// Draws a line of text with its baseline at `y`; gives what it is in the tree of tags.
    pub(super) fn line(
        &mut self,
        x: f32,
        y: f32,
        side: TextAlign,
        line: &ShapedText,
        style: Style,
    ) -> Option<Identifier> {
        if line.glyphs.is_empty() {
            return None;
        }
        let left = match side {
            TextAlign::Left => x,
            TextAlign::Middle => x - line.width * style.size / 2.0,
            TextAlign::Right => x - line.width * style.size,
        };
        let span = SpanTag::empty().with_actual_text(line.meant.as_deref());
        let tag = (!self.inside).then(|| self.surface.start_tagged(ContentTag::Span(span)));
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(Fill { paint: style.ink.colour().into(), ..Fill::default() }));
        let at = Point::from_xy(left, y);
        self.surface.draw_glyphs(at, &line.glyphs, line.font.clone(), &line.text, style.size, false);
        if tag.is_some() {
            self.surface.end_tagged();
        }
        tag
    }

    /// Draws a text on one line.
    pub(super) fn text(&mut self, x: f32, y: f32, side: TextAlign, text: &str, style: Style) -> Option<Identifier> {
        let line = self.faces.line(style.weight, text);
        self.line(x, y, side, &line, style)
    }

    /// Draws a text on one line of at most that width, shortened with … where it is longer.
    pub(super) fn fitted(&mut self, at: (f32, f32), width: f32, text: &str, style: Style) -> Option<Identifier> {
        let line = self.faces.fitted(style.weight, text, width / style.size);
        self.line(at.0, at.1, TextAlign::Left, &line, style)
    }

    /// Draws a figure, which is never cut: where it is wider than that it is drawn smaller.
    pub(super) fn figure(
        &mut self,
        x: f32,
        y: f32,
        side: TextAlign,
        width: f32,
        text: &str,
        style: Style,
    ) -> Option<Identifier> {
        let line = self.faces.line(style.weight, text);
        let fits = style.size.min(width / line.width.max(0.01));
        self.line(x, y, side, &line, Style { size: fits, ..style })
    }

    /// Draws a paragraph of at most so many lines, the first with its baseline at `y`; gives the last baseline.
    pub(super) fn paragraph(&mut self, at: (f32, f32), width: f32, max_lines: usize, text: &str, style: Style) -> f32 {
        let lines = self.faces.wrapped(style.weight, text, width / style.size, max_lines);
        let (mut y, mut children) = (at.1, Vec::new());
        for (index, line) in lines.iter().enumerate() {
            y = if index == 0 { at.1 } else { y + style.size * 1.4 };
            children.extend(self.line(at.0, y, TextAlign::Left, line, style).map(Node::from));
        }
        self.push(Tag::P, children);
        y
    }

    /// Draws a heading of a section, with a note behind it such as the unit.
    pub(super) fn heading(&mut self, at: (f32, f32), width: f32, text: &str, note: &str) {
        let style = Style::new(HEADING).strong().ink(ACCENT);
        let line = self.faces.fitted(style.weight, text, width / style.size);
        let id = self.line(at.0, at.1, TextAlign::Left, &line, style);
        self.head(2, text, at.1 - HEADING, id);
        let used = line.width * style.size + 7.0;
        if !note.is_empty() && used < width {
            let id = self.fitted((at.0 + used, at.1), width - used, note, Style::note());
            self.push(Tag::P, id.map(Node::from).into_iter().collect());
        }
    }

    /// Enters a heading that is drawn, given what its lines are in the tree of tags.
    pub(super) fn head(&mut self, level: u16, text: &str, y: f32, ids: impl IntoIterator<Item = Identifier>) {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        self.push(Tag::Hn(level, Some(text.to_owned())), ids.into_iter().map(Node::from).collect());
        self.marks.push((text.to_owned(), self.page, y));
    }

    /// Enters a group of what was drawn, unless it is empty.
    pub(super) fn push(&mut self, tag: impl Into<TagKind>, children: Vec<Node>) {
        if !children.is_empty() {
            self.nodes.push(TagGroup::with_children(tag, children).into());
        }
    }

    /// Draws a figure: all that `draw` draws is one thing, which the words stand for.
    pub(super) fn drawing(&mut self, words: &str, place: (f32, f32, f32, f32), draw: impl FnOnce(&mut Self)) {
        let id = self.surface.start_tagged(ContentTag::Other);
        self.inside = true;
        draw(self);
        self.inside = false;
        self.surface.end_tagged();
        let (left, top, width, height) = place;
        let place = Rect::from_xywh(left, top, width, height).map(|rect| BBox::new(self.page, rect));
        self.push(Tag::Figure(Some(words.to_owned())).with_bbox(place), vec![id.into()]);
    }

    /// Draws what is no content.
    pub(super) fn artifact(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        if self.inside {
            return draw(self);
        }
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        self.inside = true;
        draw(self);
        self.inside = false;
        self.surface.end_tagged();
    }

    /// Fills a rectangle.
    pub(super) fn ground(&mut self, left: f32, top: f32, width: f32, height: f32, ink: PageColour) {
        let mut path = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(left, top, width, height) {
            path.push_rect(rect);
        }
        self.fill(path.finish(), ink);
    }

    /// Draws a straight line.
    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32, ink: PageColour) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        self.stroke(path.finish(), width, ink);
    }

    /// A thin rule across.
    pub(super) fn hair(&mut self, left: f32, right: f32, y: f32) {
        self.rule((left, y), (right, y), 0.5, RULE);
    }

    /// Fills a path.
    pub(super) fn fill(&mut self, path: Option<Path>, ink: PageColour) {
        self.painted(path, Some(Fill { paint: ink.colour().into(), ..Fill::default() }), None);
    }

    /// Strokes a path.
    pub(super) fn stroke(&mut self, path: Option<Path>, width: f32, ink: PageColour) {
        self.painted(path, None, Some(Stroke { paint: ink.colour().into(), width, ..Stroke::default() }));
    }

    fn painted(&mut self, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
        let Some(path) = path else { return };
        self.artifact(ArtifactType::Layout, |pen| {
            pen.surface.set_fill(fill);
            pen.surface.set_stroke(stroke);
            pen.surface.draw_path(&path);
        });
    }

    /// Draws text that runs upwards from a point.
    pub(super) fn upwards(&mut self, x: f32, y: f32, text: &str, style: Style) {
        self.surface.push_transform(&Transform::from_rotate_at(-90.0, x, y));
        self.text(x, y, TextAlign::Middle, text, style);
        self.surface.pop();
    }
}
