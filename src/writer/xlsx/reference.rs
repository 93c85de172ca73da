//! The sheets that explain the others: notes, legend, source files, methods, thresholds, checks, data dictionary.

use super::names::Names;
use super::places::Places;
use super::sheet::{Body, Cell, Grid, HEAD_ROW, Head, Role, Row, Sheet, Target};
use crate::report::Report;
use crate::vocabulary::Polarity;

/// Shorthand, meaning, Eurostat's code: the shorthand of the UK Analysis Function (METHODS.md section 2).
pub(super) const LEGEND: &[(&str, &str, &str)] = &[
    ("[x]", "not available", ":"),
    ("[z]", "not applicable: cannot exist, or not computed for the reason in the column Note", "m"),
    ("[c]", "confidential", "C"),
    ("[k]", "more than zero, less than half the unit shown", "0n"),
    ("[b]", "break in time series: no change is computed across it", "b"),
    ("[d]", "definition differs", "d"),
    ("[e]", "estimated", "e"),
    ("[f]", "forecast", "f"),
    ("[i]", "imputed", "i"),
    ("[n]", "not significant", "n"),
    ("[p]", "provisional", "p"),
    ("[r]", "revised", "r"),
    ("[u]", "low reliability", "u"),
];

fn sheet<'a>(names: &mut Names, name: &str, title: &str, sentence: &str, columns: Vec<Head>, rows: Vec<Vec<Cell<'a>>>) -> Sheet<'a> {
    let name = names.sheet(name);
    let rows = rows.into_iter().map(|cells| Row { cells, strong: false }).collect();
    Sheet {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        source: String::new(),
        period: String::new(),
        body: Body::Table(Grid::compact(names.table(&name), columns, rows, 1)),
        name,
    }
}

pub(super) fn notes<'a>(report: &'a Report, names: &mut Names) -> Sheet<'a> {
    let columns = vec![
        Head::new("Note", Role::Text, "number of the note").wide(10.0),
        Head::new("Title", Role::Label, "what the note is about").wide(36.0),
        Head::new("Text", Role::Prose, "the note").wide(100.0),
    ];
    let rows = (1..)
        .zip(&report.notes)
        .map(|(n, note)| vec![Cell::text(format!("[note {n}]")), Cell::text(note.title.as_str()), Cell::text(note.text.as_str())]);
    sheet(names, "Notes", "Notes", "Each row is one numbered note.", columns, rows.collect())
}

/// The mark of the note on something, ` [note 2]`; empty where there is none.
pub(super) fn note_on(report: &Report, title: &str) -> String {
    let at = report.notes.iter().position(|note| note.title == title);
    at.map_or_else(String::new, |at| format!(" [note {}]", at + 1))
}

pub(super) fn legend<'a>(names: &mut Names) -> Sheet<'a> {
    let columns = vec![
        Head::new("Shorthand", Role::Label, "mark in a cell or in the column Note").wide(12.0),
        Head::new("Meaning", Role::Prose, "what the mark says").wide(70.0),
        Head::new("Eurostat code", Role::Text, "code in the sheet Observations and in the data files").wide(16.0),
    ];
    let rows = LEGEND.iter().map(|(mark, meaning, code)| vec![Cell::text(*mark), Cell::text(*meaning), Cell::text(*code)]);
    let sentence = "Each row is one mark for a missing value or a flag: the shorthand of the UK Analysis Function beside Eurostat's code.";
    sheet(names, "Legend", "Legend: marks and flags", sentence, columns, rows.collect())
}

/// The code list of the indicators shown.
pub(super) fn indicators<'a>(report: &'a Report, names: &mut Names) -> Sheet<'a> {
    let columns = vec![
        Head::new("Code", Role::Label, "code of the indicator").wide(16.0),
        Head::new("Name", Role::Prose, "printed name of the indicator").wide(60.0),
        Head::new("Short name", Role::Text, "name on the rows of this workbook").wide(34.0),
        Head::new("Group", Role::Text, "group that it is shown in").wide(34.0),
        Head::new("Dimension", Role::Text, "dimension or scoreboard within the group").wide(30.0),
        Head::new("Unit", Role::Text, "unit of its values").wide(20.0),
        Head::new("Good end", Role::Text, "which end is the good one").wide(14.0),
        Head::new("Averages", Role::Text, "averages that it is held against, the first one leading").wide(22.0),
        Head::new("EU target", Role::Number, "value that the EU aims at"),
        Head::new("Target year", Role::Count, "year of the target"),
        Head::new("Set by", Role::Prose, "who set the target").wide(34.0),
    ];
    let rows = report.indicators.iter().map(|i| {
        let group = report.groups.iter().find(|g| g.key == i.group).map_or(i.group.as_str(), |g| g.title.as_str());
        let averages: Vec<&str> = i.averages.iter().map(|g| g.name()).collect();
        vec![
            Cell::text(i.code.as_str()),
            Cell::text(i.label.as_str()),
            Cell::text(i.short.as_str()),
            Cell::text(group),
            Cell::text(i.dimension.as_str()),
            Cell::text(i.unit.label.as_str()),
            Cell::text(match i.polarity {
                Some(Polarity::HigherIsBetter) => "high",
                Some(Polarity::LowerIsBetter) => "low",
                None => "neither",
            }),
            Cell::text(averages.join(", ")),
            i.target.as_ref().map_or(Cell::Empty, |t| Cell::Number(t.value, i.decimals)),
            i.target.as_ref().map_or(Cell::Empty, |t| Cell::Count(i64::from(t.year))),
            i.target.as_ref().map_or(Cell::Empty, |t| Cell::text(t.set_by.as_str())),
        ]
    });
    let sentence = "Each row is one indicator shown in this workbook: its code, its names, its unit, and what it is held against.";
    sheet(names, "Indicators", "Indicators: code list", sentence, columns, rows.collect())
}

pub(super) fn files<'a>(report: &'a Report, names: &mut Names) -> Sheet<'a> {
    let columns = vec![
        Head::new("Source", Role::Label, "short key of the source").wide(22.0),
        Head::new("Publisher", Role::Prose, "who published it").wide(30.0),
        Head::new("Title", Role::Prose, "title of the source, with the number of the note on it").wide(44.0),
        Head::new("Edition", Role::Text, "release of the source").wide(12.0),
        Head::new("File", Role::Text, "file as it was read").wide(40.0),
        Head::new("SHA-256", Role::Prose, "hash of the file, hexadecimal").wide(34.0),
        Head::new("Rights", Role::Prose, "under what terms it may be used").wide(34.0),
        Head::new("How obtained", Role::Prose, "how the file was obtained, and its limits").wide(60.0),
    ];
    let rows = report.sources.iter().map(|s| {
        let title = format!("{}{}", s.title, note_on(report, &s.title));
        let texts = [&s.edition, &s.file, &s.sha256, &s.rights, &s.obtained].map(|t| Cell::text(t.as_str()));
        [Cell::text(s.id.as_str()), Cell::text(s.publisher.as_str()), Cell::text(title)].into_iter().chain(texts).collect()
    });
    sheet(names, "Source files", "Source files", "Each row is one file that this workbook was made from.", columns, rows.collect())
}

pub(super) fn methods<'a>(report: &'a Report, names: &mut Names) -> Sheet<'a> {
    let columns = vec![
        Head::new("Method", Role::Label, "name of the method").wide(28.0),
        Head::new("How it works", Role::Prose, "the rule in words").wide(100.0),
        Head::new("Source", Role::Prose, "who says so").wide(44.0),
    ];
    let rows = report.methods.iter().map(|m| [&m.name, &m.text, &m.source].map(|t| Cell::text(t.as_str())).to_vec());
    let sentence = "Each row is one method. The numbers that it compares with are named cells of the sheet Thresholds.";
    sheet(names, "Methods", "Methods", sentence, columns, rows.collect())
}

/// The thresholds, and the name of each with its cell, to be defined.
pub(super) fn thresholds<'a>(report: &'a Report, names: &mut Names) -> (Sheet<'a>, Vec<(String, Target)>) {
    let columns = vec![
        Head::new("Name", Role::Label, "name of the cell that holds the value, to use in formulas").wide(30.0),
        Head::new("Value", Role::Number, "the threshold").wide(12.0),
        Head::new("Unit", Role::Text, "unit of the threshold").wide(22.0),
        Head::new("Meaning", Role::Prose, "what is compared with it").wide(70.0),
        Head::new("Source", Role::Prose, "who says so").wide(44.0),
    ];
    let rows = report.thresholds.iter().map(|t| {
        vec![
            Cell::text(t.name.as_str()),
            Cell::Number(t.value, t.decimals),
            Cell::text(t.unit.as_str()),
            Cell::text(t.meaning.as_str()),
            Cell::text(t.source.as_str()),
        ]
    });
    let sentence = "Each row is one number that a method compares with. Change a value, and positions and classes in this workbook follow.";
    let sheet = sheet(names, "Thresholds", "Thresholds", sentence, columns, rows.collect());
    let cells = (HEAD_ROW + 1..)
        .zip(&report.thresholds)
        .map(|(row, t)| (t.name.clone(), Target::Cell(sheet.name.clone().into(), row, 1)))
        .collect();
    (sheet, cells)
}

pub(super) fn checks<'a>(report: &'a Report, names: &mut Names, places: &mut Places) -> Sheet<'a> {
    let columns = vec![
        Head::new("Rule", Role::Label, "id of the rule").wide(10.0),
        Head::new("Severity", Role::Text, "error, warning or note").wide(12.0),
        Head::new("What was found", Role::Prose, "expected and found, in a sentence").wide(100.0),
        Head::new("Place", Role::Place, "line or cell that the finding is about").wide(44.0),
    ];
    let name = names.sheet("Checks");
    let rows = (HEAD_ROW + 1..).zip(&report.findings).map(|(row, finding)| Row {
        strong: false,
        cells: vec![
            Cell::text(finding.rule.as_str()),
            Cell::text(finding.severity.as_str()),
            Cell::text(finding.sentence.as_str()),
            places.place(&finding.place, &Target::Cell(name.clone().into(), row, 0)),
        ],
    });
    let rows = rows.collect();
    Sheet {
        title: "Checks: what was found".to_owned(),
        sentence: "Each row is one finding of the automatic checks on the sources of this publication, worst first.".to_owned(),
        source: String::new(),
        period: String::new(),
        body: Body::Table(Grid::compact(names.table("Checks"), columns, rows, 1)),
        name,
    }
}

/// Every column of every table before it.
pub(super) fn dictionary<'a>(sheets: &[Sheet<'_>], names: &mut Names) -> Sheet<'a> {
    let columns = vec![
        Head::new("Sheet", Role::Label, "sheet that holds the column").wide(26.0),
        Head::new("Column", Role::Text, "head of the column, with its unit").wide(34.0),
        Head::new("Type", Role::Text, "what its cells hold").wide(14.0),
        Head::new("Meaning", Role::Prose, "what it says").wide(80.0),
        Head::new("Data column", Role::Text, "the same in the data files: dataset and column").wide(34.0),
    ];
    let mut rows = Vec::new();
    for sheet in sheets {
        if let Body::Table(grid) = &sheet.body {
            for head in &grid.columns {
                rows.push(vec![
                    Cell::text(sheet.name.clone()),
                    Cell::text(head.text.clone()),
                    Cell::text(type_of(head.role)),
                    Cell::text(head.meaning.clone()),
                    Cell::text(head.dataset.clone()),
                ]);
            }
        }
    }
    let sentence = "Each row is one column of one sheet: what it holds, in which unit, and its name in the data files.";
    sheet(names, "Data dictionary", "Data dictionary", sentence, columns, rows)
}

fn type_of(role: Role) -> &'static str {
    match role {
        Role::Label | Role::Text | Role::Prose => "text",
        Role::Country | Role::Average | Role::Gap | Role::Number => "number",
        Role::Count => "whole number",
        Role::Date => "date",
        Role::Boolean => "true or false",
        Role::Place => "link",
    }
}
