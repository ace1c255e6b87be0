//! The plan document as text: RON and JSON, both ways, with nothing lost and every error placed.

use std::fmt;

use ron::ser::PrettyConfig;
use serde::de::DeserializeOwned;

use super::format::{Format, options};
use super::json_fields::list_instead_of_fields;
use super::migrate;
use crate::plan::limits::{MAX_NESTING, MAX_PROBLEMS, shortened};
use crate::plan::{Plan, Problem, SCHEMA, validate};

/// What a plan is called in a sentence.
const PLAN: &str = "plan";

/// One reason why a text is not a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Line and column, both from 1, where the text itself is at fault.
    pub at: Option<(usize, usize)>,
    /// The field and what is wrong with it.
    pub problem: Problem,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.at {
            write!(f, "line {line}, column {column}: ")?;
        }
        if self.problem.path.is_empty() { f.write_str(&self.problem.message) } else { self.problem.fmt(f) }
    }
}

/// Reads a plan document, also one of an older schema. Problems of a plan that can be read are not errors here:
/// [`validate`] finds them.
///
/// # Errors
/// Every reason found: that the document is of a newer schema; the place where the text stops being a plan document; or
/// each field that no plan has, together with everything else that is wrong with the plan.
pub fn decode(text: &str, format: Format) -> Result<Plan, Vec<Broken>> {
    let read = decode_newest(text, format);
    if read.as_ref().is_ok_and(|plan| migrate::is_read_as_it_stands(plan.schema)) {
        return read.map(migrate::raised);
    }
    // What is of another schema may be no plan by this one.
    let alone = |problem| vec![Broken { at: None, problem }];
    match migrate::schema_of(text, format) {
        Some(schema) if schema > u64::from(SCHEMA) => Err(alone(migrate::newer(schema))),
        // The reader of the newest schema judges what it is raised to, too.
        Some(schema) if !u32::try_from(schema).is_ok_and(migrate::is_read_as_it_stands) => {
            migrate::older(text, format, schema).map_err(alone).and_then(|text| decode_newest(&text, Format::Json))
        }
        _ => read,
    }
}

/// Reads a document of the newest schema.
fn decode_newest(text: &str, format: Format) -> Result<Plan, Vec<Broken>> {
    let mut unknown: Vec<String> = Vec::new();
    let mut note = |path: serde_ignored::Path<'_>| {
        if unknown.len() < MAX_PROBLEMS {
            unknown.push(said(&dotted(&shortened(&path.to_string(), 1_000))));
        }
    };
    let plan = match format {
        Format::Ron => {
            let options = options();
            let mut reader =
                ron::Deserializer::from_str_with_options(text, &options).map_err(|e| vec![ron_error("", &e, PLAN)])?;
            let plan = serde_path_to_error::deserialize(serde_ignored::Deserializer::new(&mut reader, &mut note));
            plan.map_err(|e| vec![ron_error(&e.path().to_string(), &reader.span_error(e.into_inner()), PLAN)]).and_then(
                |plan: Plan| {
                    reader.end().map_err(|e| vec![ron_error("", &reader.span_error(e), PLAN)])?;
                    Ok(plan)
                },
            )
        }
        Format::Json => {
            let mut reader = serde_json::Deserializer::from_str(text);
            let plan = serde_path_to_error::deserialize(serde_ignored::Deserializer::new(&mut reader, &mut note));
            plan.map_err(|e| vec![json_error(&e.path().to_string(), e.inner())]).and_then(|plan: Plan| {
                reader.end().map_err(|e| vec![json_error("", &e)])?;
                match list_instead_of_fields::<Plan>(text) {
                    None => Ok(plan),
                    Some((path, message)) => {
                        Err(vec![Broken { at: None, problem: Problem { path: place(&path), message } }])
                    }
                }
            })
        }
    }?;
    if unknown.is_empty() {
        return Ok(plan);
    }
    let message = "no plan has this field; check its spelling, or remove it";
    let unknown = unknown.into_iter().map(|path| Problem { path, message: message.to_owned() });
    Err(unknown.chain(validate(&plan)).map(|problem| Broken { at: None, problem }).collect())
}

/// Words out of a document, short enough for a sentence.
fn said(text: &str) -> String {
    shortened(text, 300)
}

/// What is wrong with a document that is nested deeper than any plan.
fn too_deep() -> String {
    format!("the brackets are nested deeper than {MAX_NESTING}, which no plan is; the file may be damaged")
}

/// Reads any other document that is kept as RON, with its unknown fields as errors where its type denies them. `what` is
/// its name in a sentence.
pub(super) fn ron_of<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, Vec<Broken>> {
    let options = options();
    let mut reader =
        ron::Deserializer::from_str_with_options(text, &options).map_err(|e| vec![ron_error("", &e, what)])?;
    let read = serde_path_to_error::deserialize(&mut reader);
    let read = read.map_err(|e: serde_path_to_error::Error<ron::Error>| {
        vec![ron_error(&e.path().to_string(), &reader.span_error(e.into_inner()), what)]
    })?;
    reader.end().map_err(|e| vec![ron_error("", &reader.span_error(e), what)])?;
    Ok(read)
}

/// Writes a plan document; [`decode`] gives the same plan back.
///
/// # Errors
/// When the plan cannot be written in this form; no plan that was read has been seen to.
pub fn encode(plan: &Plan, format: Format) -> Result<String, String> {
    let mut text = match format {
        Format::Ron => options()
            .to_string_pretty(plan, PrettyConfig::new().indentor("    ").compact_arrays(true))
            .map_err(|e| e.to_string())?,
        Format::Json => serde_json::to_string_pretty(plan).map_err(|e| e.to_string())?,
    };
    text.push('\n');
    Ok(text)
}

fn ron_error(path: &str, error: &ron::error::SpannedError, what: &str) -> Broken {
    use ron::Error;
    let at = (error.span.start.line, error.span.start.col);
    let message = match &error.code {
        Error::Eof => format!("the file ends here, in the middle of the {what}"),
        Error::ExpectedString => {
            "text in quotes is expected here; decimals too are in quotes, such as \"0.15\"".to_owned()
        }
        Error::ExpectedInteger => "a whole number is expected here, without quotes".to_owned(),
        Error::ExpectedComma => "a comma is expected here".to_owned(),
        Error::ExpectedMapColon => "a colon is expected here, after the field's name".to_owned(),
        Error::ExpectedArray => "a list in square brackets is expected here".to_owned(),
        Error::ExpectedMap => "a map in curly brackets is expected here".to_owned(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "a group of fields in round brackets is expected here".to_owned()
        }
        Error::MissingStructField { field, .. } => format!("the field \"{field}\" is missing; add it"),
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("\"{}\" is none of {}", said(found), expected.join(", "))
        }
        Error::NoSuchStructField { expected, found, .. } => {
            format!("there is no field \"{}\" here; there are {}", said(found), expected.join(", "))
        }
        Error::ExceededRecursionLimit => too_deep(),
        other => said(&other.to_string()),
    };
    Broken { at: Some(at), problem: Problem { path: place(path), message } }
}

fn json_error(path: &str, error: &serde_json::Error) -> Broken {
    let full = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    let message = match full.strip_suffix(&suffix).unwrap_or(&full) {
        "recursion limit exceeded" => too_deep(),
        other => said(other),
    };
    Broken { at: Some((error.line(), error.column())), problem: Problem { path: place(path), message } }
}

/// A path as `serde_path_to_error` gives it; nothing for the document itself.
fn place(path: &str) -> String {
    if path == "." || path == "?" { String::new() } else { said(path) }
}

/// `regions.2.market.0` as `regions[2].market[0]`.
fn dotted(path: &str) -> String {
    let mut text = String::new();
    for part in path.split('.').filter(|part| *part != "?") {
        if part.parse::<usize>().is_ok() {
            text = format!("{text}[{part}]");
        } else {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(part);
        }
    }
    text
}
