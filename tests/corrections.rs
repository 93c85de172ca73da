//! What a person enters for a text that does not settle a value: each kind of line of `corrections.csv`, applied, half applied, stale.

use factsheet::dataset::{Record, correct, progress::ProgressDatasets};
use factsheet::document::progress;
use factsheet::settings::corrections;
use factsheet::source::{Source, Text};

const FILE: &str = "seeds/x.txt";

/// A report of our own with these corrections: its datasets, and what is told.
fn corrected(lines: &str) -> (ProgressDatasets, Vec<String>) {
    let bytes = include_bytes!("cases/progress-scrambled/input.txt");
    let mut text = Text::decode(&Source::new(FILE, None, bytes.to_vec())).value.expect("the case is UTF-8");
    let lines: String = lines.lines().map(|line| format!("{FILE},{line},seen,A. Weis,2026-11-22\n")).collect();
    let read = corrections::read(corrections::FILE, format!("file,location,column,found,value,reason,who,when\n{lines}").as_bytes());
    assert_eq!(read.diagnostics, []);
    let mut told = correct::text(&mut text, &read.value);
    let report = progress::read(&text).value.expect("a report");
    let mut data = ProgressDatasets::of(&report, &text).value;
    told.extend(correct::values(Some(&mut data), FILE, &read.value));
    (data, told.into_iter().map(|d| format!("{} {} {}", d.rule.id, d.place, d.found)).collect())
}

/// A row by its first line, as its CSV shows it.
fn row<R: Record>(rows: &[R], line: u32) -> String {
    let row = rows.iter().find(|row| row.lines().is_some_and(|lines| lines.start() == line)).expect("there is such a row");
    row.values().iter().map(factsheet::dataset::Value::plain).collect::<Vec<_>>().join(" ; ")
}

#[test]
fn every_column_that_a_text_leaves_open_can_be_settled() {
    let (data, told) = corrected(
        "75,milestones.year,,2016\n172,timeline_events.date_start,,2017-03-07\n197,regulations.date,,2018-04-09\n197,regulations.act_type,,law",
    );
    assert!(told.iter().all(|t| t.starts_with("SET007 seeds/x.txt:") && t.contains("nothing; entered by A. Weis")), "{told:#?}");
    assert_eq!(told.len(), 4);
    assert!(row(&data.milestones, 75).contains("2016 ; Vaccination record ; certain ;  ;"), "{}", row(&data.milestones, 75));
    assert!(row(&data.timeline_events, 172).starts_with("2017-03-07 ;  ; day ; mar. 7"), "{}", row(&data.timeline_events, 172));
    let regulation = row(&data.regulations, 197);
    assert!(regulation.contains("2018-04-09 ; day ; law") && regulation.contains("certain ;  ;"), "{regulation}");
    assert!(regulation.ends_with("entered by A. Weis on 2026-11-22: seen"), "{regulation}");
}

#[test]
fn what_is_half_settled_stays_open() {
    let (data, _) = corrected("197,regulations.date,,2018-04-09");
    let regulation = row(&data.regulations, 197);
    assert!(regulation.contains("ambiguous ; act_type=decree|act_type=law ;"), "{regulation}");
    let (data, _) = corrected("197,regulations.act_type,,law");
    let regulation = row(&data.regulations, 197);
    assert!(regulation.contains("law") && regulation.contains("month_day=04-09") && !regulation.contains("act_type="), "{regulation}");
}

#[test]
fn words_of_a_line_are_right_in_every_dataset() {
    let (data, told) = corrected("36,text,hackathon,jamboree");
    assert_eq!(told, ["SET007 seeds/x.txt:36 `hackathon`; corrected from hackathon by A. Weis on 2026-11-22: seen"]);
    assert!(row(&data.milestones, 36).contains("Data jamboree"), "{}", row(&data.milestones, 36));
}

#[test]
fn what_does_not_fit_is_refused() {
    for (line, rule, found) in [
        ("75,milestones.year,2015,2016", "SET006", "``"),
        ("76,milestones.year,,2016", "SET006", "no row"),
        ("75,milestones.year,,soon", "SET006", "no date"),
        ("172,timeline_events.date_start,,2017-02-30", "SET006", "no date"),
        ("75,milestones.milestone,x,y", "SET005", "milestones.milestone"),
        ("9999,text,a,b", "SET006", "``"),
    ] {
        let (_, told) = corrected(line);
        assert!(told.len() == 1 && told[0].starts_with(rule) && told[0].contains(found), "{line}: {told:#?}");
    }
}
