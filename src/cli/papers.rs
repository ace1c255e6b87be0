//! What comes with an installed program: completions for shells, and manual pages. Both are made from the commands.

use std::io::Write;
use std::path::Path;

use clap::Command;
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::failure::{self, Failure};
use crate::files;

/// Writes what a shell reads to complete commands, options and values.
pub(super) fn completions(command: &mut Command, shell: Shell, out: &mut dyn Write) -> Result<(), Failure> {
    let mut script = Vec::new();
    generate(shell, command, "muster", &mut script);
    Ok(out.write_all(&script)?)
}

/// Writes a manual page for the program, and one for each command, into a folder.
pub(super) fn manual_pages(command: &Command, folder: &Path) -> Result<(), Failure> {
    page(command.clone(), "muster", folder)?;
    let shown = command.get_subcommands().filter(|command| !command.is_hide_set());
    for subcommand in shown {
        let name = format!("muster-{}", subcommand.get_name());
        let as_typed = format!("muster {}", subcommand.get_name());
        page(subcommand.clone().display_name(name.clone()).bin_name(as_typed), &name, folder)?;
    }
    Ok(())
}

fn page(command: Command, name: &str, folder: &Path) -> Result<(), Failure> {
    let mut text = Vec::new();
    Man::new(command)
        .title(name.to_uppercase())
        .source(concat!("Muster ", env!("CARGO_PKG_VERSION")))
        .render(&mut text)?;
    let path = folder.join(format!("{name}.1"));
    failure::noted(&path, &files::write_bytes(&path, &text)?);
    Ok(())
}
