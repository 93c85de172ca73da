//! The targets that `input/indicators.toml` shows beside figures, held against those that an input file lists itself.

use super::Input;
use super::printed::{Parsed, as_printed, parse};
use crate::diagnostic::{Diagnostic, Rule, Severity};
use crate::document::figures::NOT_A_FIGURE;
use crate::settings::{Indicators, TargetEntry};
use crate::vocabulary::{Lines, Place};

pub static TARGET_DIFFERS: Rule = Rule {
    id: "FIG019",
    severity: Severity::Error,
    title: "A target in input/indicators.toml is the one that the sheet of targets in an input file lists.",
    source: "this project",
    explanation: "A workbook may list the targets of its indicators (a sheet with the columns indicator, target_2030 and unit). Two lists of one target must agree in value, unit and year: see which is right, and correct the other.",
};

pub static TARGET_NOT_LISTED: Rule = Rule {
    id: "FIG020",
    severity: Severity::Note,
    title: "Every target that an input file lists stands in input/indicators.toml.",
    source: "this project",
    explanation: "A target that is not listed there is not shown. Add a `[[target]]` with the indicator that measures the same thing, or with `not_shown` and the reason.",
};

/// Compares target by target; each finding names both places.
pub fn check(inputs: &[Input<'_>], indicators: &Indicators) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (input, target) in inputs.iter().flat_map(|input| input.figures.targets.iter().map(move |target| (input, target))) {
        let place = target.at.place(&input.name);
        let of_code = || indicators.targets.iter().filter(|entry| entry.code.eq_ignore_ascii_case(&target.indicator));
        let entry = of_code().find(|entry| target.year == Some(entry.year)).or_else(|| of_code().next());
        let Some(entry) = entry else {
            let found = format!("none for `{}`", target.indicator);
            let help = "add a [[target]] with this code, its indicator or the reason why it is not shown";
            diagnostics.push(Diagnostic::new(&TARGET_NOT_LISTED, place, "a target in input/indicators.toml", found, help));
            continue;
        };
        let printed = as_printed(&target.value);
        let value = match parse(&target.value) {
            Ok((Parsed::Number(value, _), _)) => value,
            // A cell that says there is none says nothing against the list.
            Ok((Parsed::Missing(_), _)) => continue,
            Err((expected, found)) => {
                let help = "correct the cell";
                diagnostics.push(Diagnostic::new(&NOT_A_FIGURE, place, expected, found, help));
                continue;
            }
        };
        let unit = if target.unit.is_empty() { &entry.unit } else { &target.unit };
        let year = target.year.unwrap_or(entry.year);
        let same_value = (value - entry.value).abs() <= f64::EPSILON * value.abs().max(entry.value.abs());
        if !same_value || !unit.eq_ignore_ascii_case(&entry.unit) || year != entry.year {
            let at = Place::lines(INDICATORS, Lines::one(entry.line));
            let expected = format!("the target for `{}` as at {at}: {}", entry.code, said(entry));
            let help = "see which is right, and correct the cell or the entry";
            diagnostics.push(Diagnostic::new(&TARGET_DIFFERS, place, expected, format!("{printed} {unit} in {year}"), help));
        }
    }
    diagnostics
}

const INDICATORS: &str = "input/indicators.toml";

fn said(entry: &TargetEntry) -> String {
    format!("{} {} in {}", entry.value, entry.unit, entry.year)
}
