//! The switches of `muster optimise` that leave limits out: one for each kind of limit.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::engine::LimitKind;

/// The limits that are left out.
#[derive(Debug, Clone, Default)]
pub(super) struct LimitSwitches {
    pub(super) left_out: Vec<LimitKind>,
}

impl clap::FromArgMatches for LimitSwitches {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut switches = Self::default();
        switches.update_from_arg_matches(matches)?;
        Ok(switches)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.left_out = LimitKind::ALL.into_iter().filter(|kind| matches.get_flag(kind.option())).collect();
        Ok(())
    }
}

impl clap::Args for LimitSwitches {
    fn augment_args(command: Command) -> Command {
        LimitKind::ALL.into_iter().fold(command, |command, kind| {
            let help = format!("Without this limit: {}", kind.kept());
            command.arg(Arg::new(kind.option()).long(kind.option()).help(help).action(ArgAction::SetTrue))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
