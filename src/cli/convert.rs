//! `muster convert`: a plan turned into its other form, put under a passphrase, or taken out of one.

use std::path::{Path, PathBuf};

use super::failure::{self, Failure};
use super::passphrase::PassphraseArgs;
use crate::files::{self, Safe};
use crate::plan::Plan;

/// The two files of a conversion.
#[derive(Debug, clap::Args)]
pub(super) struct ConvertArgs {
    /// The plan to read
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// The plan to write; what is there is replaced
    #[arg(value_name = "OUT")]
    output: PathBuf,
    /// Take IN and its earlier versions away once OUT protects the plan
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    secret: PassphraseArgs,
}

/// Writes the plan; says of a plain file that it stays beside the protected one, or takes it away.
pub(super) fn write(args: &ConvertArgs) -> Result<(), Failure> {
    let ConvertArgs { input, output, remove, secret } = args;
    let protects = files::is_protected(output) && !files::is_protected(input);
    if *remove && !protects {
        let message =
            "--remove deletes an unprotected plan once a passphrase protects it; name OUT .ron.age or .json.age";
        return Err(Failure::Usage(message.to_owned()));
    }
    if *remove && files::is_same(input, output) {
        let message = format!("{}: IN and OUT are the same file; nothing was written", output.display());
        return Err(Failure::Usage(message));
    }
    let plan = secret.read(input)?;
    secret.write(output, &plan)?;
    if *remove {
        take_away(input, (output, &plan), secret)?;
    } else if protects {
        failure::say(&format!(
            "{} stays, and whoever may read it needs no passphrase; --remove takes it away, with its earlier versions",
            input.display()
        ));
    }
    Ok(())
}

/// Takes a plain plan away, once the protected one is known to hold it.
fn take_away(input: &Path, (output, plan): (&Path, &Plan), secret: &PassphraseArgs) -> Result<(), Failure> {
    let stays = |why: &str| Failure::Usage(format!("{}: it stays: {why}", input.display()));
    if secret.read(output)? != *plan {
        return Err(stays(&format!("{} does not hold the same plan", output.display())));
    }
    if !secret.is_as_read(input)? {
        return Err(stays("somebody else has written it since it was read"));
    }
    let has_other_names = files::has_other_names(input);
    // Without a home there are no earlier versions.
    Safe::of_user().map_or_else(|_| files::remove(input), |safe| safe.remove(input))?;
    failure::say(&format!("removed {} and its earlier versions", input.display()));
    if has_other_names {
        failure::warn(&[format!("{}: its other names (hard links) still hold the plan", input.display())]);
    }
    Ok(())
}
