//! The choices of a planner about how a table is read.

use std::collections::BTreeSet;

use super::amount::DecimalSign;
use super::cell::ImportRow;
use super::day::DateOrder;
use super::field::ImportField;
use super::kind::ImportKind;
use super::period::QuarterNames;
use super::scale::Scale;
use super::value_map::NamedValue;
use crate::plan::TableNames;
use crate::units::Month;

/// The use of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ColumnUse {
    /// Nothing is known of it, and nothing is taken from it.
    #[default]
    Unknown,
    /// It is left out, as the planner has said.
    LeftOut,
    /// It holds this.
    Holds(ImportField),
}

impl ColumnUse {
    /// The field that it holds.
    #[must_use]
    pub const fn field(self) -> Option<ImportField> {
        match self {
            Self::Holds(field) => Some(field),
            Self::Unknown | Self::LeftOut => None,
        }
    }
}

/// Rows that are taken, or not, by what stands in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFilter {
    /// The column, from 0.
    pub column: usize,
    /// The texts in it.
    pub texts: BTreeSet<String>,
    /// Whether rows with these texts are taken and no others, or all but these.
    pub keeps: bool,
}

impl RowFilter {
    /// Whether a row stays in.
    pub(super) fn takes(&self, row: &ImportRow) -> bool {
        let text = row.cell(self.column).shown();
        self.texts.iter().any(|t| t.eq_ignore_ascii_case(&text)) == self.keeps
    }
}

/// A region or role that is made for a name in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewName {
    /// Whether it is a region or a role.
    pub what: NamedValue,
    /// Its name.
    pub name: String,
    /// The id of the region or role that it is made like, with its pay; the first one where absent.
    pub like: Option<String>,
}

/// The choices about how a table is read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Choices {
    /// The kind of the table.
    pub kind: ImportKind,
    /// The use of each column.
    pub columns: Vec<ColumnUse>,
    /// The order of day and month; found from each column where absent.
    pub dates: Option<DateOrder>,
    /// The last year that two digits can mean; twenty years after the plan begins where absent.
    pub last_year: Option<i32>,
    /// The sign before decimals; found from each column where absent.
    pub numbers: Option<DecimalSign>,
    /// The year, fiscal or calendar, of quarters that do not say so; found from all of them where absent.
    pub quarters: Option<QuarterNames>,
    /// The unit of amounts of money; as the headings say where absent.
    pub scale: Option<Scale>,
    /// Whether rows that the sheet hides are taken.
    pub hidden_rows: bool,
    /// Whether people who work for another company count.
    pub contingent: bool,
    /// Filters, which all have to let a row in.
    pub filters: Vec<RowFilter>,
    /// The table's own names of regions, roles and statuses, where they are not the plan's.
    pub names: TableNames,
    /// Regions and roles that are made for names in the table.
    pub new_names: Vec<NewName>,
    /// The month that is being closed: rows that name no month are of it, and later ones stay out. Where absent, the last
    /// closed month is the last that is taken, and rows have to name their month.
    pub month: Option<Month>,
    /// Whether a later start of somebody who was there in closed months is a correction, and not a return.
    pub later_starts: bool,
    /// Whether a list of people may be shorter by more than a tenth than the people who were there.
    pub shrunk: bool,
    /// Whether what the rows do not name is taken out of the plan, as if the table were everything of its kind.
    pub replace: bool,
}

impl Choices {
    /// The fields that the columns hold.
    pub(super) fn fields(&self) -> impl Iterator<Item = ImportField> + '_ {
        self.columns.iter().filter_map(|column| column.field())
    }

    /// Whether a column holds a field.
    pub(super) fn has(&self, field: ImportField) -> bool {
        self.fields().any(|f| f == field)
    }
}
