//! The words that a frame paints: which are cut by their clip rectangle, painted over, or shortened. What is cut at the
//! edge of a scroll area has to come into view when it is scrolled, and what is shortened has to be whole in its tooltip.

use egui::epaint::{ClippedShape, TextShape};
use egui::{Color32, Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, Rect, Shape, TouchPhase, Vec2, vec2};
use egui_kittest::Harness;

/// Points by which ink may reach beyond its clip rectangle, or into that of another word: glyphs have soft edges.
const SOFT: f32 = 1.0;

/// A word as it is painted.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// The word itself.
    text: String,
    /// The whole text of which it is a part.
    of: String,
    /// Where its ink is.
    ink: Rect,
    /// The part of the window in which it may be painted.
    clip: Rect,
}

/// An edge of a clip rectangle that cuts a word.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Edge {
    Left,
    Right,
    Top,
    Bottom,
}

impl Word {
    /// The part of it that is seen, if any is.
    fn seen(&self) -> Option<Rect> {
        let seen = self.ink.intersect(self.clip);
        (seen.width() > SOFT && seen.height() > SOFT).then_some(seen)
    }

    /// By how much each edge cuts it.
    fn cuts(&self) -> Vec<(Edge, f32)> {
        let all = [
            (Edge::Left, self.clip.left() - self.ink.left()),
            (Edge::Right, self.ink.right() - self.clip.right()),
            (Edge::Top, self.clip.top() - self.ink.top()),
            (Edge::Bottom, self.ink.bottom() - self.clip.bottom()),
        ];
        all.into_iter().filter(|(_, hidden)| *hidden > SOFT).collect()
    }

    fn cut_at(&self, edge: Edge) -> bool {
        self.cuts().iter().any(|(at, _)| *at == edge)
    }

    fn told(&self) -> String {
        let at = self.ink.min;
        let of = if self.of.trim() == self.text { String::new() } else { format!(" of \"{}\"", self.of.trim()) };
        format!("\"{}\"{of} at {:.0}, {:.0}", self.text, at.x, at.y)
    }
}

/// A text that ends in an ellipsis.
#[derive(Debug, Clone)]
struct Shortened {
    whole: String,
    at: Pos2,
}

/// What a frame paints as text, in the order in which it does.
#[derive(Debug, Default)]
pub(crate) struct Words {
    visible: Vec<Word>,
    shortened: Vec<Shortened>,
    /// The texts that are not shortened.
    whole: Vec<String>,
    /// Words that something painted later hides in part.
    hidden: Vec<Word>,
}

impl Words {
    /// The words of the frame that was drawn last.
    pub(crate) fn of<S>(window: &Harness<'_, S>) -> Self {
        let screen = window.ctx.content_rect();
        let mut words = Self::default();
        for ClippedShape { clip_rect, shape, .. } in &window.output().shapes {
            words.add(shape, clip_rect.intersect(screen), screen);
        }
        words
    }

    fn add(&mut self, shape: &Shape, clip: Rect, screen: Rect) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| self.add(shape, clip, screen)),
            Shape::Text(text) => self.add_text(text, clip),
            Shape::Rect(rect) if rect.fill.a() > 0 && rect.blur_width == 0.0 && rect.angle == 0.0 => {
                let painted = rect.rect.intersect(clip);
                // A dialog dims all that lies behind it.
                if rect.fill.a() == 255 || painted.contains_rect(screen) {
                    self.paint_over(painted);
                }
            }
            _ => {}
        }
    }

    /// Takes away what an opaque rectangle hides, and keeps what it hides in part.
    fn paint_over(&mut self, painted: Rect) {
        self.shortened.retain(|text| !painted.contains(text.at));
        self.visible.retain(|word| {
            let Some(seen) = word.seen() else { return false };
            let over = seen.intersect(painted);
            if painted.expand(SOFT).contains_rect(seen) {
                return false;
            }
            if over.width() > SOFT && over.height() > SOFT {
                self.hidden.push(word.clone());
            }
            true
        });
    }

    fn add_text(&mut self, shape: &TextShape, clip: Rect) {
        let plain = shape.override_text_color.unwrap_or(Color32::WHITE);
        if plain == Color32::TRANSPARENT || shape.opacity_factor == 0.0 {
            return;
        }
        let turn = egui::emath::Rot2::from_angle(shape.angle);
        let place = |rect: Rect| {
            let corners = [rect.left_top(), rect.right_top(), rect.left_bottom(), rect.right_bottom()];
            Rect::from_points(&corners.map(|corner| shape.pos + turn * corner.to_vec2()))
        };
        let whole = &shape.galley.job.text;
        let mut painted = Rect::NOTHING;
        for row in &shape.galley.rows {
            for glyphs in row.row.glyphs.split(|glyph| glyph.chr.is_whitespace()) {
                let inked = glyphs.iter().filter(|glyph| !glyph.uv_rect.is_nothing());
                let ink = inked.fold(Rect::NOTHING, |ink, glyph| {
                    let corner = row.pos + (glyph.pos + glyph.uv_rect.offset).to_vec2();
                    ink.union(Rect::from_min_size(corner, glyph.uv_rect.size))
                });
                if ink.is_positive() {
                    let text = glyphs.iter().map(|glyph| glyph.chr).collect();
                    let word = Word { text, of: whole.clone(), ink: place(ink), clip };
                    if let Some(seen) = word.seen() {
                        painted = painted.union(seen);
                        self.visible.push(word);
                    }
                }
            }
        }
        if shape.galley.elided && painted.is_positive() {
            self.shortened.push(Shortened { whole: whole.clone(), at: painted.center() });
        } else if painted.is_positive() {
            self.whole.push(whole.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    /// Pairs of words of which one is painted over the other.
    fn overlaps(&self) -> Vec<String> {
        let seen: Vec<(&Word, Rect)> =
            self.visible.iter().filter_map(|word| Some((word, word.seen()?.shrink(SOFT)))).collect();
        let mut found = Vec::new();
        for (i, (word, rect)) in seen.iter().enumerate() {
            // A halo is the same text again.
            let others = seen[i + 1..].iter().filter(|(other, _)| other.of != word.of);
            for (other, _) in others.filter(|(_, place)| place.is_positive() && place.intersect(*rect).is_positive()) {
                found.push(format!("{} is painted over {}", other.told(), word.told()));
            }
        }
        found
    }
}

/// What is wrong with the words of the window as it is, in words; empty where nothing is.
pub(crate) fn faults<S>(window: &mut Harness<'_, S>) -> Vec<String> {
    let words = Words::of(window);
    let mut found = words.overlaps();
    found.extend(words.hidden.iter().map(|word| format!("{} is painted over", word.told())));
    found.extend(cut_for_good(window, &words));
    found.extend(shortened_for_good(window, &words));
    found
}

/// The words that are cut and that no scrolling brings into view.
fn cut_for_good<S>(window: &mut Harness<'_, S>, words: &Words) -> Vec<String> {
    let cut = words.visible.iter().flat_map(|word| word.cuts().into_iter().map(move |cut| (word, cut)));
    let mut open: Vec<(&Word, Edge, f32)> = cut.map(|(word, (edge, hidden))| (word, edge, hidden)).collect();
    let mut found = Vec::new();
    while let Some((word, edge, hidden)) = open.pop() {
        let by = match edge {
            Edge::Left => vec2(hidden + 30.0, 0.0),
            Edge::Right => vec2(-hidden - 30.0, 0.0),
            Edge::Top => vec2(0.0, hidden + 30.0),
            Edge::Bottom => vec2(0.0, -hidden - 30.0),
        };
        let at = word.seen().unwrap_or(word.ink).center();
        scroll(window, at, by);
        let after = Words::of(window);
        scroll(window, at, -by);
        let comes = |word: &Word, hidden: f32| {
            after.visible.iter().any(|other| {
                let moved = other.ink.min - word.ink.min;
                let (along, across) =
                    if by.x == 0.0 { (moved.y / by.y.signum(), moved.x) } else { (moved.x / by.x.signum(), moved.y) };
                other.text == word.text && along >= hidden - SOFT && across.abs() < SOFT && !other.cut_at(edge)
            })
        };
        if !comes(word, hidden) {
            found.push(format!(
                "{} is cut at its {edge:?} edge by {hidden:.0} points, and does not scroll",
                word.told()
            ));
        }
        open.retain(|(word, at, hidden)| *at != edge || !comes(word, *hidden));
    }
    found
}

/// The texts that are shortened and that no tooltip says whole.
fn shortened_for_good<S>(window: &mut Harness<'_, S>, words: &Words) -> Vec<String> {
    let mut found = Vec::new();
    for text in &words.shortened {
        let whole = text.whole.split_whitespace().collect::<Vec<_>>().join(" ");
        let times = |words: &Words| words.whole.iter().filter(|text| text.contains(&whole)).count();
        window.hover_at(text.at);
        let is_said = (0..8).any(|_| {
            window.step();
            times(&Words::of(window)) > times(words)
        });
        window.event(Event::PointerGone);
        window.run_ok();
        if !is_said {
            let at = text.at;
            found.push(format!("\"{whole}\" at {:.0}, {:.0} is shortened, and no tooltip has all of it", at.x, at.y));
        }
    }
    found
}

fn scroll<S>(window: &mut Harness<'_, S>, at: Pos2, delta: Vec2) {
    window.hover_at(at);
    window.step();
    let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
    window.event(Event::MouseWheel { unit, delta, phase, source, modifiers: Modifiers::NONE });
    for _ in 0..6 {
        window.step();
    }
    window.event(Event::PointerGone);
    window.run_ok();
}

/// The faults of a small window.
fn faults_of(mut draw: impl FnMut(&mut egui::Ui)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    // The fonts are those of the program.
    let fonts = crate::harness::window(&crate::harness::copy_of_the_world(folder.path()));
    let fonts = fonts.ctx.fonts(|fonts| fonts.definitions().clone());
    let mut is_set = false;
    let mut window = Harness::builder().with_size([300.0, 200.0]).build_ui(|ui| {
        if std::mem::replace(&mut is_set, true) {
            draw(ui);
        } else {
            ui.ctx().set_fonts(fonts.clone());
        }
    });
    window.run();
    faults(&mut window)
}

#[test]
fn faults_name_words_that_are_cut_or_shortened_or_painted_over() {
    let at = |x: f32, y: f32| Rect::from_min_size(egui::pos2(x, y), vec2(60.0, 20.0));
    let write = |ui: &egui::Ui, rect: Rect, text: &str| {
        let font = egui::FontId::proportional(13.0);
        ui.painter().with_clip_rect(rect).text(rect.min, egui::Align2::LEFT_TOP, text, font, Color32::GRAY);
    };
    assert_eq!(faults_of(|ui| write(ui, at(10.0, 10.0), "whole")), [""; 0]);
    let [cut] = faults_of(|ui| write(ui, at(10.0, 10.0), "a headline")).try_into().unwrap();
    assert!(cut.starts_with("\"headline\" of \"a headline\" at") && cut.contains("its Right edge"), "{cut}");
    let twice = |ui: &mut egui::Ui| {
        write(ui, at(10.0, 10.0), "one");
        write(ui, at(15.0, 12.0), "other");
    };
    let [over] = faults_of(twice).try_into().unwrap();
    assert!(over.starts_with("\"other\" at") && over.contains(" is painted over \"one\""), "{over}");
    let covered = |ui: &mut egui::Ui| {
        write(ui, at(10.0, 10.0), "word");
        ui.painter().rect_filled(at(25.0, 5.0), 0.0, Color32::RED);
    };
    assert!(faults_of(covered)[0].ends_with("is painted over"));
    let shortened = |ui: &mut egui::Ui| {
        let label = egui::Label::new("much longer than there is room for in a window of this width").truncate();
        ui.add(label.show_tooltip_when_elided(false));
    };
    assert!(faults_of(shortened)[0].contains("no tooltip has all of it"));
}

#[test]
fn faults_are_none_where_words_scroll_into_view_or_have_a_tooltip() {
    let scrolled = |ui: &mut egui::Ui| {
        egui::ScrollArea::vertical().max_height(50.0).show(ui, |ui| (0..9).for_each(|n| drop(ui.label(n.to_string()))));
    };
    assert_eq!(faults_of(scrolled), [""; 0]);
    let shortened = |ui: &mut egui::Ui| {
        ui.add(egui::Label::new("much longer than there is room for in a window of this width").truncate());
    };
    assert_eq!(faults_of(shortened), [""; 0]);
}
