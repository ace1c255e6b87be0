#!/usr/bin/env python3
"""Makes the fonts of the window and of the brief, and `src/desktop/icons.rs`, from published packages.

The results are committed; run this only to add an icon or a script. The same packages give the same bytes.

    mkdir /tmp/fonts && cd /tmp/fonts
    npm pack inter-ui@4.1.1 @phosphor-icons/web@2.1.2
    python3 -m venv venv && venv/bin/pip install fonttools==4.68.0 brotli==1.2.1 uharfbuzz==0.57.0
    venv/bin/python /path/to/muster/assets/fonts/make.py /tmp/fonts

Text: Inter, regular and semi-bold (SIL Open Font License 1.1, `OFL.txt`). egui asks the shaper for no OpenType
features of its own, so tabular figures (`tnum`) are made the figures that the characters map to: digits, and the signs
as wide as digits. Comma, full stop and space keep their own widths; they are the same in every row of a column. Other
features only change the look (`ss01` to `ss08`, `cv01` and on) and are left out, as is `calt`, which would turn `->`
into an arrow under the cursor. Kerning stays; tabular figures have none.

Icons: Phosphor, regular (MIT, `PHOSPHOR-LICENSE.txt`), the few that `ICONS` names.
"""

import hashlib
import io
import json
import pathlib
import sys
import tarfile

import uharfbuzz
from fontTools import subset
from fontTools.ttLib import TTFont

HERE = pathlib.Path(__file__).resolve().parent
CODE = HERE.parent.parent / "src" / "desktop" / "icons.rs"
INTER = ("inter-ui-4.1.1.tgz", "e392e4d71f18a7c1f23dfecd833d68fa05eeab41862686584e80fd2b5d87e9c0")
PHOSPHOR = ("phosphor-icons-web-2.1.2.tgz", "40e3096099ca818c047979cece6a3764944d5200c67b64092f7bcd8bcd1d2b08")

# First and last code point of what the text face holds.
RANGES = [
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x024F),  # Latin Extended-A and B
    (0x02B0, 0x02FF),  # Spacing modifiers
    (0x0300, 0x036F),  # Combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x0490, 0x04FF),  # Cyrillic of other languages than Russian
    (0x1E00, 0x1EFF),  # Latin Extended Additional: Vietnamese
    (0x2000, 0x206F),  # General punctuation
    (0x2070, 0x209F),  # Superscripts and subscripts
    (0x20A0, 0x20CF),  # Currency signs
    (0x2100, 0x214F),  # Letter-like symbols
    (0x2150, 0x218F),  # Fractions
    (0x2190, 0x21FF),  # Arrows
    (0x2200, 0x22FF),  # Mathematical operators
    (0x2318, 0x2318),  # Command key
    (0x2325, 0x2326),  # Option and delete keys
    (0x232B, 0x232B),  # Backspace key
    (0x23CE, 0x23CE),  # Return key
    (0x2500, 0x25FF),  # Box drawing and geometric shapes
    (0x2605, 0x2606),  # Stars
    (0x2713, 0x2713),  # Check mark
    (0x2717, 0x2717),  # Cross
]

# Must be there: the signs that the window writes.
NEEDED = "0123456789+−×÷=<>≤≥≈≠±ΣΠ√Δ∆%‰–—…·•→←↑↓€£¥₹₩▲▼●■□✓\u00a0\u2007\u2009\u202f"

# Characters that take their tabular form.
TABULAR = "0123456789+−×÷=<>≤≥≈≠±"

# Phosphor's name, and what the icon stands for in the window.
ICONS = [
    ("table", "A table of figures"),
    ("grid-four", "A grid of tiles"),
    ("rows", "Rows"),
    ("columns", "Columns"),
    ("chart-bar", "A chart of bars"),
    ("chart-line", "A chart of lines"),
    ("chart-line-up", "A rising chart"),
    ("chart-pie", "Shares of a whole"),
    ("chart-scatter", "A chart of points"),
    ("map-trifold", "A map"),
    ("globe-hemisphere-west", "The world"),
    ("user", "One person"),
    ("user-plus", "A hire"),
    ("user-minus", "A leaver"),
    ("users", "People"),
    ("users-three", "A team"),
    ("identification-badge", "A position"),
    ("briefcase", "A role"),
    ("sliders-horizontal", "Assumptions"),
    ("check", "Done"),
    ("check-circle", "Met, sound"),
    ("warning", "A warning"),
    ("warning-circle", "An error"),
    ("info", "A note to know"),
    ("x", "Close"),
    ("x-circle", "Refused"),
    ("plus", "Add"),
    ("minus", "Take away"),
    ("pencil-simple", "Change"),
    ("trash", "Delete"),
    ("scissors", "Cut"),
    ("copy", "Copy"),
    ("clipboard", "Paste"),
    ("download-simple", "Import"),
    ("upload-simple", "Send out"),
    ("export", "Export"),
    ("file", "A file"),
    ("file-plus", "A new file"),
    ("file-csv", "A file of comma-separated values"),
    ("file-xls", "A workbook"),
    ("file-pdf", "A printable document"),
    ("folder-open", "Open a file"),
    ("floppy-disk", "Save"),
    ("arrow-u-up-left", "Undo"),
    ("arrow-u-up-right", "Redo"),
    ("magnifying-glass", "Search"),
    ("magnifying-glass-plus", "Zoom in"),
    ("magnifying-glass-minus", "Zoom out"),
    ("corners-out", "Fit all in view"),
    ("command", "Commands"),
    ("keyboard", "Shortcuts"),
    ("question", "Help"),
    ("sun", "Light theme"),
    ("moon", "Dark theme"),
    ("monitor", "Theme of the system"),
    ("gear", "Settings"),
    ("caret-down", "Unfolded"),
    ("caret-right", "Folded"),
    ("caret-up", "Fold"),
    ("caret-left", "Back"),
    ("arrow-up", "Up"),
    ("arrow-down", "Down"),
    ("arrow-left", "Left"),
    ("arrow-right", "Right"),
    ("arrows-down-up", "Sort"),
    ("arrow-clockwise", "Run again"),
    ("arrow-square-out", "Open elsewhere"),
    ("trend-up", "Above"),
    ("trend-down", "Below"),
    ("funnel", "Filter"),
    ("calendar", "Quarters and months"),
    ("flag", "A milestone"),
    ("currency-dollar", "Money"),
    ("coins", "Cost"),
    ("percent", "A share"),
    ("target", "The target"),
    ("git-branch", "A scenario"),
    ("git-diff", "Compare"),
    ("scales", "Weigh up"),
    ("dice-five", "Risk"),
    ("sparkle", "A suggestion"),
    ("lightning", "Optimise"),
    ("tree-structure", "Explain a figure"),
    ("function", "A formula"),
    ("eye", "Shown"),
    ("eye-slash", "Hidden"),
    ("lock", "Locked"),
    ("lock-open", "Open to change"),
    ("push-pin", "Pinned"),
    ("list", "The menu"),
    ("dots-three", "More"),
    ("dots-six-vertical", "Drag"),
    ("sidebar-simple", "The side panel"),
    ("play", "Run"),
    ("stop", "Stop"),
    ("hourglass", "Under way"),
    ("clock", "Time"),
    ("clock-counter-clockwise", "History"),
    ("link", "A link"),
    ("image", "A picture"),
    ("note", "A remark"),
    ("printer", "Print"),
    ("house", "The start"),
    ("wrench", "Fix"),
]


def package(folder, name_and_sum):
    """The files of a package, by path, once its checksum holds."""
    name, expected = name_and_sum
    data = (folder / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        sys.exit(f"{name} has the checksum {found}, not {expected}")
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}


def reduced(font, codes, features):
    """Leaves only these characters and these OpenType features."""
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.glyph_names = False
    options.legacy_kern = False
    options.drop_tables += ["gasp", "STAT", "meta"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)


def tabular(font):
    """Maps the characters of `TABULAR` to their tabular glyphs."""
    gsub = font["GSUB"].table
    lookups = {i for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum" for i in r.Feature.LookupListIndex}
    forms = {}
    for index in lookups:
        for table in gsub.LookupList.Lookup[index].SubTable:
            forms.update(getattr(table, "ExtSubTable", table).mapping)
    plain = font.getBestCmap()
    changed = {ord(c): forms[plain[ord(c)]] for c in TABULAR}
    for table in font["cmap"].tables:
        table.cmap.update({code: glyph for code, glyph in changed.items() if code in table.cmap})


def text(source, target):
    """Writes one weight of the text face."""
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    tabular(font)
    missing = [c for c in NEEDED if ord(c) not in font.getBestCmap()]
    if missing:
        sys.exit(f"{target}: no glyph for {missing}")
    reduced(font, [c for first, last in RANGES for c in range(first, last + 1)], ["ccmp", "kern", "locl", "mark", "mkmk"])
    data = saved(font)
    check_columns(data, target)
    (HERE / target).write_bytes(data)
    print(target, len(data), "bytes,", len(font.getBestCmap()), "characters")


def check_columns(data, target):
    """Stops unless figures line up, whichever digits stand in them."""
    face = uharfbuzz.Face(data)
    font = uharfbuzz.Font(face)

    def width(line):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(line)
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        return sum(p.x_advance for p in buffer.glyph_positions)

    def same(name, lines):
        widths = {width(line) for line in lines}
        if len(widths) != 1:
            sys.exit(f"{target}: {name} differ in width: {widths}")

    pairs = [a + b for a in "0123456789" for b in "0123456789"]
    same("pairs of digits", pairs)
    same("digits and the figure space", [*"0123456789", "\u2007"])
    same("digits and the signs", "0123456789+−=")
    for between in ",. \u00a0\u2009\u202f-−–/:%×":
        same(f"digits around {between!r}", [a + between + b for a, b in pairs])


def saved(font):
    """The bytes of a font, the same on every run."""
    font["head"].modified = font["head"].created
    font.flavor = None
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def icons(source, selection, target):
    """Writes the icon font and returns each icon's code point."""
    codes = {}
    for icon in json.loads(selection)["icons"]:
        for name in icon["properties"]["name"].split(","):
            codes[name.strip()] = icon["properties"]["code"]
    chosen = [(name, meaning, codes[name]) for name, meaning in ICONS]
    if len({code for _, _, code in chosen}) != len(chosen):
        sys.exit("an icon is named twice")
    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    reduced(font, [code for _, _, code in chosen], [])
    # The package states no left bearing: a renderer that goes by it would draw every icon at the edge of its square.
    font = TTFont(io.BytesIO(saved(font)), recalcTimestamp=False)
    for glyph, outline in font["glyf"].glyphs.items():
        outline.expand(font["glyf"])
        advance, _ = font["hmtx"][glyph]
        font["hmtx"][glyph] = (advance, getattr(outline, "xMin", 0))
    data = saved(font)
    (HERE / target).write_bytes(data)
    print(target, len(data), "bytes,", len(chosen), "icons")
    return chosen


def code(chosen):
    """Writes the Rust names of the icons."""
    lines = [
        "//! The icons of the icon font, by name. Written by `assets/fonts/make.py`; how they stand in text is in `fonts`.",
        "",
        "/// Declares the icons: what each stands for, its name, and its character in the font.",
        "macro_rules! icons {",
        "    ($($(#[doc = $meaning:literal])+ $name:ident = $glyph:literal,)+) => {",
        "        /// An icon of the icon font, named as Phosphor names it.",
        "        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]",
        "        pub(super) enum Icon {",
        "            $($(#[doc = $meaning])+ $name,)+",
        "        }",
        "",
        "        impl Icon {",
        "            /// Every icon.",
        "            pub(super) const ALL: &[Self] = &[$(Self::$name,)+];",
        "",
        "            /// The character to write: on its own, or within any text.",
        "            pub(super) const fn glyph(self) -> &'static str {",
        "                match self {",
        "                    $(Self::$name => $glyph,)+",
        "                }",
        "            }",
        "        }",
        "    };",
        "}",
        "",
        "icons! {",
    ]
    for name, meaning, point in chosen:
        rust = "".join(part.capitalize() for part in name.split("-"))
        lines += [f"    /// {meaning}.", f'    {rust} = "\\u{{{point:x}}}",']
    lines += [
        "}",
        "",
        "/// The font holds an icon for each name: more than none, and each of one character of the private use area.",
        "const _: () = {",
        "    let mut rest = Icon::ALL;",
        "    while let [icon, others @ ..] = rest {",
        '        assert!(icon.glyph().len() == 3, "an icon is one character of the private use area");',
        "        rest = others;",
        "    }",
        "};",
        "",
        "impl std::fmt::Display for Icon {",
        "    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {",
        "        f.write_str(self.glyph())",
        "    }",
        "}",
        "",
    ]
    CODE.write_text("\n".join(lines), encoding="utf-8")


def main():
    """Makes everything from the packages in the folder that the command names."""
    folder = pathlib.Path(sys.argv[1])
    inter, phosphor = package(folder, INTER), package(folder, PHOSPHOR)
    text(inter["package/web/Inter-Regular.woff2"], "Inter-Regular.ttf")
    text(inter["package/web/Inter-SemiBold.woff2"], "Inter-SemiBold.ttf")
    regular = "package/src/regular/"
    chosen = icons(phosphor[regular + "Phosphor.ttf"], phosphor[regular + "selection.json"], "icons.ttf")
    (HERE / "OFL.txt").write_bytes(inter["package/LICENSE.txt"])
    (HERE / "PHOSPHOR-LICENSE.txt").write_bytes(phosphor["package/LICENSE"])
    code(chosen)


if __name__ == "__main__":
    main()
