//! The printable content of a view of the window: its tables and pictures, and the words that name the plan.

/// A view, ready to be printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PrintedView {
    /// The name of the view.
    pub title: String,
    /// The plan's name.
    pub plan: String,
    /// Of which state of the plan it is, the day, the unit: the parts of a line below the title.
    pub about: Vec<String>,
    /// Its parts, from the top down.
    pub parts: Vec<PrintedPart>,
}

/// A part of a view.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintedPart {
    /// A table.
    Table(PrintedTable),
    /// A chart or a map.
    Picture(PrintedPicture),
}

/// A table as it is shown: folded rows are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrintedTable {
    /// The heading over the names of rows.
    pub corner: String,
    /// The columns after the names of rows.
    pub columns: Vec<PrintedColumn>,
    /// The rows.
    pub rows: Vec<PrintedRow>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrintedColumn {
    /// The heading over this column and its neighbours of the same group; empty for none.
    pub group: String,
    /// Its heading.
    pub title: String,
    /// Whether it holds texts rather than figures.
    pub words: bool,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrintedRow {
    /// Its name.
    pub title: String,
    /// Its depth: 0 for an area.
    pub depth: u8,
    /// Whether it is a sum or a group.
    pub strong: bool,
    /// Its cells, one a column.
    pub cells: Vec<PrintedCell>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrintedCell {
    /// Its text.
    pub text: String,
    /// The colour behind it, as red, green and blue.
    pub ground: Option<[u8; 3]>,
    /// Whether it is a text rather than a figure.
    pub words: bool,
}

/// A picture: shapes on white, which are drawn as large as the page takes them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PrintedPicture {
    /// A description for a screen reader.
    pub words: String,
    /// Width and height, in the unit of its shapes.
    pub size: [f32; 2],
    /// Its shapes, from the lowest to the uppermost.
    pub shapes: Vec<ClippedShape>,
}

/// A shape, of which only a part may be in sight.
#[derive(Debug, Clone, PartialEq)]
pub struct ClippedShape {
    /// The shape.
    pub shape: PrintedShape,
    /// The left, top, width and height that are in sight; `None` if nothing is hidden.
    pub clip: Option<[f32; 4]>,
}

/// A colour: red, green, blue and opacity, 0 to 255.
pub type PrintedInk = [u8; 4];

/// A shape of a picture; points are x to the right and y down.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintedShape {
    /// An area within these points.
    Area {
        /// Its corners.
        points: Vec<[f32; 2]>,
        /// Its colour.
        ink: PrintedInk,
    },
    /// A line through these points.
    Line {
        /// Its points.
        points: Vec<[f32; 2]>,
        /// Its width.
        width: f32,
        /// Its colour.
        ink: PrintedInk,
    },
    /// A line of text.
    Text {
        /// Its words.
        text: String,
        /// Where its baseline begins.
        at: [f32; 2],
        /// The height of its letters.
        size: f32,
        /// Whether it is semi-bold.
        strong: bool,
        /// How far it is turned clockwise, in degrees.
        turn: f32,
        /// Its colour.
        ink: PrintedInk,
    },
}
