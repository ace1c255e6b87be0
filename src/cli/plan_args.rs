//! The plan of a command: a file, and the scenario or plan of record in it.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;

use super::failure::{self, Failure};
use super::passphrase::PassphraseArgs;
use crate::edit::{self, EditError};
use crate::engine::Outcome;
use crate::plan::Plan;

/// How a plan of record is named where a scenario can be.
const RECORD: &str = "record:";

#[derive(Debug, clap::Args)]
pub(super) struct PlanArgs {
    /// The plan, .ron or .json (.ron.age or .json.age where a passphrase protects it)
    plan: PathBuf,
    /// The plan as this scenario has it, or record:NAME as it was frozen
    #[arg(long, value_name = "NAME")]
    pub(super) scenario: Option<String>,
    /// The passphrase of a protected plan is this file's first line; without the option, a prompt asks for it
    // Not a flattened `PassphraseArgs`: clap would take a plan without options for none.
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[arg(skip)]
    secret: OnceCell<PassphraseArgs>,
}

impl PlanArgs {
    /// The same file with another scenario or plan of record.
    pub(super) fn with(&self, name: String) -> Self {
        let (plan, passphrase_file) = (self.plan.clone(), self.passphrase_file.clone());
        Self { plan, scenario: Some(name), passphrase_file, secret: self.secret.clone() }
    }

    /// What opens the plan where a passphrase protects it, and what is written from it.
    pub(super) fn secret(&self) -> &PassphraseArgs {
        self.secret.get_or_init(|| PassphraseArgs::of(self.passphrase_file.clone()))
    }

    /// The base plan.
    pub(super) fn base(&self) -> Result<Plan, Failure> {
        self.secret().read(&self.plan)
    }

    /// Writes the plan in the place of its file.
    pub(super) fn write(&self, plan: &Plan) -> Result<(), Failure> {
        self.secret().write(&self.plan, plan)
    }

    /// The chosen version of the plan, with a sentence for each edit of its scenario that does not fit.
    pub(super) fn read(&self) -> Result<(Plan, Vec<String>), Failure> {
        let plan = self.base()?;
        match &self.scenario {
            Some(name) => version(&plan, name),
            None => Ok((plan, Vec::new())),
        }
    }

    /// The index of the chosen scenario; `None` for the base plan.
    pub(super) fn scenario_index(&self, plan: &Plan) -> Result<Option<usize>, Failure> {
        let Some(name) = &self.scenario else { return Ok(None) };
        let index = plan.scenarios.iter().position(|s| s.name == *name);
        match name.strip_prefix(RECORD) {
            _ if index.is_some() => Ok(index),
            None if name == "base" => Ok(None),
            Some(_) => Err(Failure::Usage("a plan of record stays as it was frozen; name a scenario".to_owned())),
            None => Err(unknown(plan, &EditError::Unknown { what: "scenario", id: name.clone() })),
        }
    }

    /// The names of the chosen scenario and plan of record; empty if none is chosen.
    pub(super) fn version_names(&self) -> (String, String) {
        let name = self.scenario.clone().unwrap_or_default();
        match name.strip_prefix(RECORD) {
            Some(record) => (String::new(), record.to_owned()),
            None if name == "base" => Default::default(),
            None => (name, String::new()),
        }
    }

    /// The outcome of the chosen version; edits that do not fit are reported as warnings.
    pub(super) fn outcome(&self) -> Result<Outcome, Failure> {
        Ok(Outcome::of(self.version()?)?)
    }

    /// The chosen version of the plan; edits that do not fit are reported as warnings.
    pub(super) fn version(&self) -> Result<Arc<Plan>, Failure> {
        let (plan, lost) = self.read()?;
        failure::warn(&lost);
        Ok(Arc::new(plan))
    }
}

/// A plan by its name: a scenario, `record:NAME`, or `base` where no scenario has that name.
pub(super) fn version(base: &Plan, name: &str) -> Result<(Plan, Vec<String>), Failure> {
    match edit::scenario(base, name) {
        Ok(made) => Ok((made.plan, made.lost.iter().map(|lost| failure::lost(name, lost)).collect())),
        Err(_) if name == "base" => Ok((base.clone(), Vec::new())),
        Err(error) => {
            let Some(record) = name.strip_prefix(RECORD) else { return Err(unknown(base, &error)) };
            let found = edit::record(base, record);
            let found = found.ok_or(EditError::Unknown { what: "plan of record", id: record.to_owned() });
            let found = found.map_err(|error| unknown(base, &error))?;
            Ok(((*found.plan).clone(), Vec::new()))
        }
    }
}

/// That there is no such plan, and which there are.
fn unknown(base: &Plan, error: &EditError) -> Failure {
    let scenarios = base.scenarios.iter().map(|s| s.name.clone());
    let names: Vec<String> = scenarios.chain(base.frozen.iter().map(|r| format!("{RECORD}{}", r.name))).collect();
    let names = if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
    Failure::Usage(format!("{error}; {names}"))
}
