//! Requests of the window to a table: to take the keyboard, and to carry a command out there. The table that had the
//! keyboard last takes a request; the first one only where that table is out of sight.

use egui::{Context, Id};

use super::keys::TableCommand;

/// The passes that a request waits: a dialog that closes covers its table for one more.
const PASSES: u64 = 2;

/// A request that waits for its table.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableRequest {
    /// The pass in which it was made.
    pass: u64,
    /// The table that is to take it; `None` for the first that can.
    table: Option<Id>,
    /// The command; `None` if only the keyboard is to be taken.
    command: Option<TableCommand>,
}

/// The table that had the keyboard last, and the pass in which it was drawn last.
#[derive(Debug, Clone, Copy)]
struct LastTable {
    table: Id,
    pass: u64,
}

/// The table that had the keyboard last takes it again; if that is out of sight, the first table.
pub(in crate::desktop) fn ask_for_keyboard(ctx: &Context) {
    TableRequest::new(last_in_sight(ctx), None, ctx).keep(ctx);
}

/// The first table that is drawn in the next frame takes the keyboard.
pub(in crate::desktop) fn ask_first_table(ctx: &Context) {
    TableRequest::new(None, None, ctx).keep(ctx);
}

/// The table that had the keyboard last takes it again and carries a command out; if that is out of sight, the first
/// table.
pub(in crate::desktop) fn ask_table(ctx: &Context, command: TableCommand) {
    TableRequest::new(last_in_sight(ctx), Some(command), ctx).keep(ctx);
}

/// Drops a request that no table has taken in time; says what to do if it was a command.
pub(in crate::desktop) fn drop_untaken(ctx: &Context) -> Option<&'static str> {
    let request = TableRequest::waiting(ctx)?;
    ctx.request_repaint();
    if ctx.cumulative_pass_nr() < request.pass + PASSES {
        return None;
    }
    TableRequest::forget(ctx);
    request.command.map(|_| "Select a cell in a table first")
}

/// Notes that a table is drawn, and whether it has the keyboard.
pub(super) fn note_table(ctx: &Context, table: Id, has_keyboard: bool) {
    let pass = ctx.cumulative_pass_nr();
    if has_keyboard || last_table(ctx).is_some_and(|last| last.table == table) {
        ctx.data_mut(|data| data.insert_temp(last_table_id(), LastTable { table, pass }));
    }
}

impl TableRequest {
    fn new(table: Option<Id>, command: Option<TableCommand>, ctx: &Context) -> Self {
        Self { pass: ctx.cumulative_pass_nr(), table, command }
    }

    /// Whether a table takes the keyboard because of a request. A command is then that table's; only the search needs no
    /// selected cell.
    pub(super) fn take_keyboard(ctx: &Context, table: Id, has_selection: bool) -> bool {
        let Some(request) = Self::waiting(ctx) else { return false };
        let suits = request.command.is_none_or(|command| has_selection || command == TableCommand::Find);
        let takes = suits && request.table.is_none_or(|wanted| wanted == table);
        match request.command {
            Some(_) if takes => Self { table: Some(table), ..request }.keep(ctx),
            None if takes => Self::forget(ctx),
            _ => {}
        }
        takes
    }

    /// The command that waits for a table that has taken the keyboard.
    pub(super) fn take_command(ctx: &Context, table: Id) -> Option<TableCommand> {
        let command = Self::waiting(ctx).filter(|request| request.table == Some(table))?.command;
        if command.is_some() {
            Self::forget(ctx);
        }
        command
    }

    fn id() -> Id {
        Id::unique("request to a table")
    }

    fn waiting(ctx: &Context) -> Option<Self> {
        ctx.data(|data| data.get_temp(Self::id()))
    }

    fn keep(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Self::id(), self));
        ctx.request_repaint();
    }

    fn forget(ctx: &Context) {
        ctx.data_mut(|data| data.remove::<Self>(Self::id()));
    }
}

fn last_table_id() -> Id {
    Id::unique("table that had the keyboard last")
}

fn last_table(ctx: &Context) -> Option<LastTable> {
    ctx.data(|data| data.get_temp(last_table_id()))
}

/// The table that had the keyboard last, if it is drawn in this pass.
fn last_in_sight(ctx: &Context) -> Option<Id> {
    last_table(ctx).filter(|last| last.pass == ctx.cumulative_pass_nr()).map(|last| last.table)
}
