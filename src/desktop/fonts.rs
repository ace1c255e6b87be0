//! The text face, its semi-bold weight and the icons, as egui loads them. `assets/fonts/make.py` makes the files.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId, FontTweak};

use crate::files::fonts;

/// The family of headings, totals and whatever else stands out.
pub(super) const SEMIBOLD: &str = "semibold";

const ICONS: &[u8] = include_bytes!("../../assets/fonts/icons.ttf");

/// The names of the fonts within the definitions.
const TEXT: &str = "Inter";
const STRONG: &str = "Inter SemiBold";
const ICON: &str = "Phosphor";

/// How large an icon is against the text around it, and how far below the middle of its row it stands: between the
/// middle of capitals and the middle of small letters.
const ICON_SCALE: f32 = 1.2;
const ICON_DROP: f32 = 0.02;

/// A semi-bold font of a size, in points.
pub(super) fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// The fonts of the window: Inter for text, and the icons behind it so that one can stand within any text.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let icons = FontTweak { scale: ICON_SCALE, y_offset_factor: ICON_DROP, ..FontTweak::default() };
    let data = [
        (TEXT, FontData::from_static(fonts::REGULAR)),
        (STRONG, FontData::from_static(fonts::SEMIBOLD)),
        (ICON, FontData::from_static(ICONS).tweak(icons)),
    ];
    fonts.font_data.extend(data.map(|(name, data)| (name.to_owned(), Arc::new(data))));
    let behind = |first: &str| [first, ICON].map(str::to_owned).to_vec();
    fonts.families.insert(FontFamily::Proportional, behind(TEXT));
    fonts.families.insert(FontFamily::Monospace, behind(TEXT));
    fonts.families.insert(FontFamily::Name(SEMIBOLD.into()), behind(STRONG));
    fonts
}

#[cfg(test)]
mod tests {
    use egui::epaint::text::{Fonts, TextOptions};
    use egui::{Color32, FontId};

    use super::*;
    use crate::desktop::icons::Icon;

    fn fonts() -> Fonts {
        Fonts::new(TextOptions::default(), definitions())
    }

    fn families() -> [FontId; 2] {
        [FontId::proportional(14.0), semibold(14.0)]
    }

    #[test]
    fn every_icon_has_a_glyph_of_the_icon_font() {
        let mut fonts = fonts();
        let mut fonts = fonts.with_pixels_per_point(1.0);
        for font in families() {
            let characters = fonts.characters(&font.family);
            for icon in Icon::ALL {
                let glyph = icon.glyph().chars().next().unwrap();
                assert_eq!(characters[&glyph][0], ICON, "{icon:?} in {:?}", font.family);
            }
        }
    }

    #[test]
    fn no_two_icons_share_a_glyph() {
        let glyphs: std::collections::BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.glyph()).collect();
        assert_eq!(glyphs.len(), Icon::ALL.len());
    }

    #[test]
    fn the_text_face_has_the_signs_the_window_writes() {
        let mut fonts = fonts();
        let mut fonts = fonts.with_pixels_per_point(1.0);
        for (font, name) in families().into_iter().zip([TEXT, STRONG]) {
            let characters = fonts.characters(&font.family);
            for sign in "AZaz09ÄßçŁőΑωЖя€£¥₹₩−×÷≤≥≈≠ΣΠ√Δ→←↑↓…–—·•▲▼●■✓\u{a0}\u{2007}\u{2009}\u{202f}".chars()
            {
                assert_eq!(characters[&sign][0], name, "{sign:?}");
            }
        }
    }

    #[test]
    fn figures_line_up_whichever_digits_they_have() {
        let mut fonts = fonts();
        for scale in [1.0, 1.25, 2.0] {
            let mut fonts = fonts.with_pixels_per_point(scale);
            for size in [12.0, 12.5, 13.0, 14.0, 20.0, 22.0] {
                for font in [FontId::proportional(size), semibold(size)] {
                    let mut width =
                        |text: &str| fonts.layout_no_wrap(text.to_owned(), font.clone(), Color32::WHITE).size().x;
                    let one = width("1,111,111.11");
                    for digit in '0'..='9' {
                        let text: String = "1,111,111.11".chars().map(|c| if c == '1' { digit } else { c }).collect();
                        assert!((width(&text) - one).abs() < 0.01, "{text} at {size} points");
                    }
                    assert!((width("17\u{2007}7") - width("1742")).abs() < 0.01, "the figure space at {size} points");
                }
            }
        }
    }

    #[test]
    fn an_icon_does_not_make_its_row_taller() {
        let mut fonts = fonts();
        let mut fonts = fonts.with_pixels_per_point(1.0);
        for font in families() {
            let mut height = |text: String| fonts.layout_no_wrap(text, font.clone(), Color32::WHITE).size().y;
            assert!((height(format!("{} Save", Icon::FloppyDisk)) - height("Save".to_owned())).abs() < 0.01);
        }
    }
}
