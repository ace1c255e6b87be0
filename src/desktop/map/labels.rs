//! Where the labels of a map stand: on their places if they can, else beside, and never on each other. Draws nothing.

use egui::{Pos2, Rect, Vec2, vec2};

/// Room between two labels.
const GAP: f32 = 2.0;
/// How far a label beside what it names keeps from it, how much farther each step takes it, and how many there are.
const CLEAR: f32 = 5.0;
const STEP: f32 = 10.0;
const STEPS: u8 = 9;

/// The directions to move a label in, the more usual first.
const WAYS: [Vec2; 12] = [
    vec2(0.0, -1.0),
    vec2(0.0, 1.0),
    vec2(-1.0, 0.0),
    vec2(1.0, 0.0),
    vec2(-0.7, -0.7),
    vec2(0.7, -0.7),
    vec2(-0.7, 0.7),
    vec2(0.7, 0.7),
    vec2(-0.9, -0.4),
    vec2(0.9, -0.4),
    vec2(-0.9, 0.4),
    vec2(0.9, 0.4),
];

/// A label to place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Label {
    /// What it names.
    pub(super) place: Pos2,
    /// How much room it takes.
    pub(super) size: Vec2,
    /// Half the width and height of what it names, to stand clear of.
    pub(super) reach: Vec2,
    /// Whether it may stand on its place, or must stand beside it for not hiding what it names.
    pub(super) fits: bool,
}

impl Label {
    /// The rectangle around its place.
    pub(super) fn home(&self) -> Rect {
        Rect::from_center_size(self.place, self.size)
    }

    /// The rectangles it may take: on its place, then farther and farther away.
    fn candidates(self) -> impl Iterator<Item = Rect> {
        let home = self.home();
        let clear = home.size() / 2.0 + self.reach.min(self.size) + Vec2::splat(CLEAR);
        let beside = (0..STEPS).flat_map(move |steps| {
            let away = clear + Vec2::splat(f32::from(steps) * STEP);
            WAYS.iter().map(move |way| home.translate(*way * away))
        });
        self.fits.then_some(home).into_iter().chain(beside)
    }
}

/// For each label the rectangle that it takes. The first label has the first choice; one that finds no room within
/// `within` near its place has none. No label hides another, its place, or the line between them.
pub(super) fn arrange(labels: &[Label], within: Rect) -> Vec<Option<Rect>> {
    let mut taken: Vec<(Pos2, Rect)> = Vec::new();
    labels
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let others = labels.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other.place);
            let free = |rect: &Rect| {
                within.contains_rect(*rect)
                    && !taken.iter().any(|(_, other)| other.expand(GAP).intersects(*rect))
                    && !others.clone().any(|other| rect.expand(GAP).contains(other))
                    && !taken.iter().any(|(place, other)| {
                        crosses(leader(label.place, *rect), *other) || crosses(leader(*place, *other), *rect)
                    })
            };
            let found = label.candidates().find(free)?;
            taken.push((label.place, found));
            Some(found)
        })
        .collect()
}

/// The line from a place to its label; no longer than a point where the label stands on it.
pub(super) fn leader(place: Pos2, label: Rect) -> [Pos2; 2] {
    [place, label.clamp(place)]
}

/// Whether a line runs through a rectangle, as far as points along it tell.
fn crosses([from, to]: [Pos2; 2], rect: Rect) -> bool {
    (0..=16_u8).any(|part| rect.contains(from.lerp(to, f32::from(part) / 16.0)))
}

#[cfg(test)]
mod tests {
    use egui::pos2;

    use super::*;

    const WITHIN: Rect = Rect { min: Pos2::ZERO, max: pos2(400.0, 300.0) };

    fn label(x: f32, y: f32, width: f32) -> Label {
        Label { place: pos2(x, y), size: vec2(width, 26.0), reach: Vec2::ZERO, fits: true }
    }

    #[test]
    fn a_lone_label_stands_on_its_place_or_beside_what_it_would_hide() {
        let fits = label(100.0, 100.0, 60.0);
        assert_eq!(arrange(&[fits], WITHIN), [Some(fits.home())]);
        let beside = arrange(&[Label { fits: false, ..fits }], WITHIN);
        assert!(!beside[0].unwrap().contains(fits.place));
    }

    #[test]
    fn labels_do_not_overlap_or_hide_a_place_or_leave_the_picture() {
        let at = |i: u8| label(150.0 + 9.0 * f32::from(i), 140.0 + 7.0 * f32::from(i % 4), 70.0);
        let labels: Vec<Label> = (0..12).map(at).collect();
        let placed = arrange(&labels, WITHIN);
        let found: Vec<Rect> = placed.iter().copied().flatten().collect();
        assert!(found.len() >= 8, "{} labels", found.len());
        for (i, a) in found.iter().enumerate() {
            assert!(WITHIN.contains_rect(*a));
            assert!(found.iter().skip(i + 1).all(|b| !a.intersects(*b)));
        }
        for (i, taken) in placed.iter().enumerate() {
            let Some(taken) = taken else { continue };
            for (j, (other, rect)) in labels.iter().zip(&placed).enumerate().filter(|(j, _)| *j != i) {
                assert!(!taken.contains(other.place), "{i} hides the place of {j}");
                assert!(
                    rect.is_none_or(|rect| !crosses(leader(other.place, rect), *taken)),
                    "{i} hides the line of {j}"
                );
            }
        }
    }

    #[test]
    fn a_label_without_room_is_left_out() {
        assert_eq!(arrange(&[label(5.0, 5.0, 500.0)], WITHIN), [None]);
    }
}
