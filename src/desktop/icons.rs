//! The icons of the icon font, by name. Written by `assets/fonts/make.py`; how they stand in text is in `fonts`.

/// Declares the icons: what each stands for, its name, and its character in the font.
macro_rules! icons {
    ($($(#[doc = $meaning:literal])+ $name:ident = $glyph:literal,)+) => {
        /// An icon of the icon font, named as Phosphor names it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(super) enum Icon {
            $($(#[doc = $meaning])+ $name,)+
        }

        impl Icon {
            /// Every icon.
            pub(super) const ALL: &[Self] = &[$(Self::$name,)+];

            /// The character to write: on its own, or within any text.
            pub(super) const fn glyph(self) -> &'static str {
                match self {
                    $(Self::$name => $glyph,)+
                }
            }
        }
    };
}

icons! {
    /// A table of figures.
    Table = "\u{e476}",
    /// A grid of tiles.
    GridFour = "\u{e296}",
    /// Rows.
    Rows = "\u{e5a2}",
    /// Columns.
    Columns = "\u{e546}",
    /// A chart of bars.
    ChartBar = "\u{e150}",
    /// A chart of lines.
    ChartLine = "\u{e154}",
    /// A rising chart.
    ChartLineUp = "\u{e156}",
    /// Shares of a whole.
    ChartPie = "\u{e158}",
    /// A chart of points.
    ChartScatter = "\u{eaac}",
    /// A map.
    MapTrifold = "\u{e31a}",
    /// The world.
    GlobeHemisphereWest = "\u{e28c}",
    /// One person.
    User = "\u{e4c2}",
    /// A hire.
    UserPlus = "\u{e4d0}",
    /// A leaver.
    UserMinus = "\u{e4ce}",
    /// People.
    Users = "\u{e4d6}",
    /// A team.
    UsersThree = "\u{e68e}",
    /// A position.
    IdentificationBadge = "\u{e6f6}",
    /// A role.
    Briefcase = "\u{e0ee}",
    /// Assumptions.
    SlidersHorizontal = "\u{e434}",
    /// Done.
    Check = "\u{e182}",
    /// Met, sound.
    CheckCircle = "\u{e184}",
    /// A warning.
    Warning = "\u{e4e0}",
    /// An error.
    WarningCircle = "\u{e4e2}",
    /// A note to know.
    Info = "\u{e2ce}",
    /// Close.
    X = "\u{e4f6}",
    /// Refused.
    XCircle = "\u{e4f8}",
    /// Add.
    Plus = "\u{e3d4}",
    /// Take away.
    Minus = "\u{e32a}",
    /// Change.
    PencilSimple = "\u{e3b4}",
    /// Delete.
    Trash = "\u{e4a6}",
    /// Cut.
    Scissors = "\u{eae0}",
    /// Copy.
    Copy = "\u{e1ca}",
    /// Paste.
    Clipboard = "\u{e196}",
    /// Import.
    DownloadSimple = "\u{e20c}",
    /// Send out.
    UploadSimple = "\u{e4c0}",
    /// Export.
    Export = "\u{eaf0}",
    /// A file.
    File = "\u{e230}",
    /// A new file.
    FilePlus = "\u{e236}",
    /// A file of comma-separated values.
    FileCsv = "\u{eb1c}",
    /// A workbook.
    FileXls = "\u{eb22}",
    /// A printable document.
    FilePdf = "\u{e702}",
    /// Open a file.
    FolderOpen = "\u{e256}",
    /// Save.
    FloppyDisk = "\u{e248}",
    /// Undo.
    ArrowUUpLeft = "\u{e08a}",
    /// Redo.
    ArrowUUpRight = "\u{e08c}",
    /// Search.
    MagnifyingGlass = "\u{e30c}",
    /// Zoom in.
    MagnifyingGlassPlus = "\u{e310}",
    /// Zoom out.
    MagnifyingGlassMinus = "\u{e30e}",
    /// Fit all in view.
    CornersOut = "\u{e1d0}",
    /// Commands.
    Command = "\u{e1c4}",
    /// Shortcuts.
    Keyboard = "\u{e2d8}",
    /// Help.
    Question = "\u{e3e8}",
    /// Light theme.
    Sun = "\u{e472}",
    /// Dark theme.
    Moon = "\u{e330}",
    /// System theme.
    Monitor = "\u{e32e}",
    /// Settings.
    Gear = "\u{e270}",
    /// Unfolded.
    CaretDown = "\u{e136}",
    /// Folded.
    CaretRight = "\u{e13a}",
    /// Fold.
    CaretUp = "\u{e13c}",
    /// Back.
    CaretLeft = "\u{e138}",
    /// Up.
    ArrowUp = "\u{e08e}",
    /// Down.
    ArrowDown = "\u{e03e}",
    /// Left.
    ArrowLeft = "\u{e058}",
    /// Right.
    ArrowRight = "\u{e06c}",
    /// Sort.
    ArrowsDownUp = "\u{e098}",
    /// Run again.
    ArrowClockwise = "\u{e036}",
    /// Open elsewhere.
    ArrowSquareOut = "\u{e5de}",
    /// Above.
    TrendUp = "\u{e4ae}",
    /// Below.
    TrendDown = "\u{e4ac}",
    /// Filter.
    Funnel = "\u{e266}",
    /// Quarters and months.
    Calendar = "\u{e108}",
    /// A milestone.
    Flag = "\u{e244}",
    /// Money.
    CurrencyDollar = "\u{e550}",
    /// Cost.
    Coins = "\u{e78e}",
    /// A share.
    Percent = "\u{e3b6}",
    /// The target.
    Target = "\u{e47c}",
    /// A scenario.
    GitBranch = "\u{e278}",
    /// Compare.
    GitDiff = "\u{e27c}",
    /// Weigh up.
    Scales = "\u{e750}",
    /// Risk.
    DiceFive = "\u{e1ee}",
    /// A suggestion.
    Sparkle = "\u{e6a2}",
    /// Optimise.
    Lightning = "\u{e2de}",
    /// Explain a figure.
    TreeStructure = "\u{e67c}",
    /// A formula.
    Function = "\u{ebe4}",
    /// Shown.
    Eye = "\u{e220}",
    /// Hidden.
    EyeSlash = "\u{e224}",
    /// Locked.
    Lock = "\u{e2fa}",
    /// Open to change.
    LockOpen = "\u{e306}",
    /// Pinned.
    PushPin = "\u{e3e2}",
    /// The menu.
    List = "\u{e2f0}",
    /// More.
    DotsThree = "\u{e1fe}",
    /// Drag.
    DotsSixVertical = "\u{eae2}",
    /// The side panel.
    SidebarSimple = "\u{ec24}",
    /// Run.
    Play = "\u{e3d0}",
    /// Stop.
    Stop = "\u{e46c}",
    /// Under way.
    Hourglass = "\u{e2b2}",
    /// Time.
    Clock = "\u{e19a}",
    /// History.
    ClockCounterClockwise = "\u{e1a0}",
    /// A link.
    Link = "\u{e2e2}",
    /// A picture.
    Image = "\u{e2ca}",
    /// A remark.
    Note = "\u{e348}",
    /// Print.
    Printer = "\u{e3dc}",
    /// The start.
    House = "\u{e2c2}",
    /// Fix.
    Wrench = "\u{e5d4}",
}

/// The font holds an icon for each name: more than none, and each of one character of the private use area.
const _: () = {
    let mut rest = Icon::ALL;
    while let [icon, others @ ..] = rest {
        assert!(icon.glyph().len() == 3, "an icon is one character of the private use area");
        rest = others;
    }
};

impl std::fmt::Display for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.glyph())
    }
}
