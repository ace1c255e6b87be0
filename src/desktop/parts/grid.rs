//! Drawing a sheet in a view: its events go to the app as actions, and so do the entries of its menu.

use egui::Ui;

use crate::desktop::action::Action;
use crate::desktop::parts::printing;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Model, Sheet, SheetHost, SheetResponse};

/// Draws a sheet over the space there is, and tells the view what happened in it.
pub(in crate::desktop) fn show(
    sheet: &mut Sheet,
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    name: &str,
    model: &dyn Model,
) -> SheetResponse {
    show_with_menu(sheet, ui, scene, name, model, &|_| Vec::new())
}

/// Draws a sheet whose rows have a menu: `menu` gives the titles and actions for a cell.
pub(in crate::desktop) fn show_with_menu(
    sheet: &mut Sheet,
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    name: &str,
    model: &dyn Model,
    menu: &dyn Fn(At) -> Vec<(String, Action)>,
) -> SheetResponse {
    scene.print(|| printing::table(model));
    let titles = |at: At| menu(at).into_iter().map(|(title, _)| title).collect();
    let mut host = SheetHost::new(scene.document, scene.style(), &titles);
    let response = sheet.show(ui, &mut host, name, model);
    for event in host.into_events() {
        scene.send(event.into());
    }
    if let Some((at, index)) = response.menu
        && let Some((_, action)) = menu(at).into_iter().nth(index)
    {
        scene.send(action);
    }
    response
}
