//! Limits of a spreadsheet on a formula: its length, the arguments of a function, and the depth of nested functions.

use super::error::WorkbookError;

/// The upper bound of the characters of a formula.
const CHARACTERS: usize = 8_192;
/// The upper bound of the arguments of a function.
const ARGUMENTS: usize = 255;
/// Most functions inside each other.
const LEVELS: usize = 64;

/// Refuses a formula that no spreadsheet opens.
pub(super) fn check(sheet: &str, formula: &str) -> Result<(), WorkbookError> {
    // A shorter one has neither so many arguments nor so many levels.
    if formula.len() <= 2 * LEVELS || fits(formula) {
        return Ok(());
    }
    let what = format!(
        "a formula of the sheet {sheet} is longer than a spreadsheet takes ({CHARACTERS} characters, {ARGUMENTS} arguments of \
         a function, {LEVELS} levels). Plan fewer moves out of one region and role in a quarter, or fewer roles; `muster \
         evaluate` writes every figure of a plan of any size as CSV"
    );
    Err(WorkbookError::TooLarge { what })
}

fn fits(formula: &str) -> bool {
    if formula.chars().count() > CHARACTERS {
        return false;
    }
    let (mut in_text, mut commas) = (false, Vec::new());
    for character in formula.chars() {
        match character {
            '"' => in_text = !in_text,
            _ if in_text => {}
            '(' => commas.push(0_usize),
            ')' => drop(commas.pop()),
            ',' => {
                if let Some(last) = commas.last_mut() {
                    *last += 1;
                }
            }
            _ => {}
        }
        if commas.len() > LEVELS || commas.last().is_some_and(|commas| *commas >= ARGUMENTS) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::{check, fits};

    #[test]
    fn a_formula_has_as_many_characters_arguments_and_levels_as_a_spreadsheet_takes() {
        let sum = |many: usize| format!("=SUM({})", vec!["A1"; many].join(","));
        let nested = |many: usize| format!("={}1{}", "ABS(".repeat(many), ")".repeat(many));
        let long = |many: usize| format!("={}", "1".repeat(many - 1));
        assert!(fits(&sum(255)) && !fits(&sum(256)));
        assert!(fits(&nested(64)) && !fits(&nested(65)));
        assert!(fits(&long(8192)) && !fits(&long(8193)));
        assert!(fits(&format!("=IF(A1=\"{}\",1,2)", ",".repeat(300))), "commas of a text are no arguments");
        let error = check("Moves", &sum(256)).map_err(|error| error.to_string());
        assert!(
            error.is_err_and(
                |text| text.starts_with("the plan is too large for a workbook: a formula of the sheet Moves")
            )
        );
    }
}
