//! The command line as a person meets it: a small project built, broken, killed, traced, verified.
#![expect(clippy::disallowed_methods, reason = "a test copies a project and looks at what was written")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

/// A copy of the small project in a folder of its own.
struct Project {
    root: PathBuf,
}

impl Project {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
        let _ = std::fs::remove_dir_all(&root);
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["seeds", "input"] {
            std::fs::create_dir_all(root.join(folder)).expect("a folder for the test");
            for entry in std::fs::read_dir(home.join("tests/cases/small-project").join(folder)).expect("the fixture is there") {
                let path = entry.expect("the fixture can be listed").path();
                std::fs::copy(&path, root.join(folder).join(path.file_name().expect("a file"))).expect("copied");
            }
        }
        for file in ["input/methods.toml", "input/publication.toml"] {
            std::fs::copy(home.join(file), root.join(file)).expect("copied");
        }
        Self { root }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("the program starts");
        Run::of(output)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_factsheet"));
        command.current_dir(&self.root).args(arguments).env_remove("NO_COLOR");
        command
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.root.join(file);
        let text = std::fs::read_to_string(&path).expect("the file is text");
        assert!(text.contains(from), "{file} has `{from}`");
        std::fs::write(path, text.replacen(from, to, 1)).expect("written");
    }

    fn append(&self, file: &str, more: &str) {
        let path = self.root.join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(path, text + more).expect("written");
    }

    /// All files of the output folder.
    fn output(&self) -> BTreeMap<String, Vec<u8>> {
        fn walk(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let below = format!("{name}{}", entry.file_name().to_string_lossy());
                if entry.path().is_dir() {
                    walk(&entry.path(), &format!("{below}/"), files);
                } else {
                    files.insert(below, std::fs::read(entry.path()).expect("readable"));
                }
            }
        }
        let mut files = BTreeMap::new();
        walk(&self.root.join("output"), "", &mut files);
        files
    }
}

#[derive(Debug)]
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        assert!(self.out.contains(words) || self.err.contains(words), "`{words}` is missing in {self:#?}");
        self
    }
}

#[test]
fn a_project_is_built_verified_and_built_again_with_the_same_bytes() {
    let project = Project::new("build");
    let preview = project.run(&["build", "--dry-run"]).ends(0);
    assert!(preview.out.lines().all(|l| l.starts_with("new\t")), "{preview:?}");
    assert!(project.output().is_empty(), "a dry run writes nothing");
    let built = project.run(&["build"]).ends(0);
    assert_eq!(built.out.trim().replace('\\', "/"), "output/no-dpa-2022", "stdout is data: {built:?}");
    assert!(!built.err.contains('\u{1b}'), "no colours where there is no terminal");
    let first = project.output();
    for name in
        ["factsheet.pdf", "at-a-glance.pdf", "factsheet.xlsx", "factsheet-working.xlsx", "data/observations.csv", "data/entries.csv"]
    {
        assert!(first.contains_key(&format!("no-dpa-2022/{name}")), "{name} is missing in {:?}", first.keys());
    }
    project.run(&["verify"]).ends(0).says("verified");
    project.run(&["verify", "output/no-dpa-2022/factsheet.pdf"]).ends(0).says("verified");
    project.run(&["build", "-q"]).ends(0);
    assert!(first == project.output(), "a second build writes the same bytes");

    std::fs::write(project.root.join("output/no-dpa-2022/data/entries.csv"), "touched").expect("written");
    project.run(&["verify"]).ends(1).says("altered since it was written\tno-dpa-2022/data/entries.csv");
    std::fs::write(project.root.join("output/no-dpa-2022/notes.txt"), "mine").expect("written");
    project.run(&["build"]).ends(2).says("notes.txt");
    assert!(project.root.join("output/no-dpa-2022/notes.txt").exists(), "what we did not write stays");
}

#[test]
fn what_is_broken_is_refused_in_clear_messages_and_the_old_edition_stays() {
    let project = Project::new("broken");
    project.run(&["build", "-q", "--only", "data"]).ends(0);
    let before = project.output();
    let broken: [(&str, &str, &str, &str); 18] = [
        ("input/small.csv", "92.4,p", "9x.4,p", "input/small.csv"),
        ("input/small.csv", "58.1,", "158.1,", "input/small.csv"),
        ("input/small.csv", "EL,2021", "ZZ,2021", "ZZ"),
        ("input/indicators.toml", "averages = [\"EU27_2020\"]", "averages = [\"EU99\"]", "input/indicators.toml:20"),
        ("input/indicators.toml", "polarity", "polartiy", "polartiy"),
        ("input/methods.toml", "id = \"quorum\"", "id = \"quorom\"", "methods.toml"),
        ("input/sources.toml", "file = \"small.csv\"", "file = \"smal.csv\"", "smal.csv"),
        ("seeds/sources.toml", "family = \"dpa\"", "family = \"dap\"", "seeds/sources.toml:3"),
        ("seeds/norway.txt", "Norway", "Norwegen", "norway.txt"),
        ("input/indicators.toml", "polarity = \"higher\"", "polarity = \"highr\"", "expected `higher` or `lower`"),
        ("input/indicators.toml", "decimals = 0", "decimals = \"0\"", "expected a whole number\n  ┌─ input/indicators.toml:13"),
        ("input/indicators.toml", "decimals = 0", "decimals = 99", "expected at most 9 decimals"),
        ("input/indicators.toml", "PC_IND = 1.0", "PC_IND = nan", "whose factor is a number above 0"),
        ("input/indicators.toml", "sources = [\"small\"]", "sources = [\"smal\"]", "input/indicators.toml:10"),
        ("input/sources.toml", "edition = \"2022\"", "edition = \"latest\"", "expected an edition that names its year"),
        ("input/sources.toml", "lag = 1", "lag = -1", "input/sources.toml:9"),
        ("seeds/sources.toml", "geo = \"NO\"", "geo = \"SE\"", "expected the country that the text names, Norway, found Sweden"),
        ("seeds/sources.toml", "edition = \"2022\"", "edition = \"2023\"", "expected the edition that the text names, 2022, found 2023"),
    ];
    for (file, from, to, names) in broken {
        let whole = std::fs::read(project.root.join(file)).expect("readable");
        project.edit(file, from, to);
        let run = project.run(&["build", "--only", "data"]).ends(1);
        run.says("error[").says(names).says("help:").says("nothing was replaced");
        let after = project.output();
        let changed: Vec<&String> = after.iter().filter(|(n, b)| before.get(*n) != Some(b)).map(|(n, _)| n).collect();
        assert!(changed.iter().all(|n| n.starts_with("check.")), "{file}: {changed:?} changed although the build failed");
        assert_eq!(after.len(), before.len(), "{file}: nothing is added or gone");
        std::fs::write(project.root.join(file), whole).expect("written");
    }
    std::fs::write(project.root.join("latin1.txt"), b"Digital Public Administration factsheet 2022\n\nNorv\xe8ge\n").expect("written");
    project.run(&["build", "--source", "latin1.txt"]).ends(1).says("SRC001").says("latin1.txt:3");
    project.run(&["build", "--only", "data"]).ends(0);
}

#[test]
fn usage_is_taught() {
    let project = Project::new("usage");
    project.run(&["biuld"]).ends(2).says("build");
    project.run(&["build", "--source", "seeds/norwai.txt"]).ends(2).says("did you mean seeds/norway.txt?");
    project.run(&["build", "--only", "pfd"]).ends(2).says("pdf");
    project.run(&["rules", "SRC01"]).ends(2).says("SRC001");
    project.run(&["compare", "--indicator", "I_IUGOV21"]).ends(2).says("I_IUGOV12");
    project.run(&["trace", "I_IUGOV21", "NO", "2021"]).ends(2).says("I_IUGOV12");
    project.run(&["trace", "I_IUGOV12", "NO", "2050"]).ends(2).says("help: there are figures of I_IUGOV12 NO for 2020, 2021");
    project.run(&["trace", "I_IUGOV12", "PT", "2021"]).ends(2).says("help: there are figures of I_IUGOV12 for DK, EL, EU27_2020, NO");
    project.run(&["build", "--project", "nowhere"]).ends(2).says("--project");
    let help = project.run(&["--help"]).ends(0);
    let commands: Vec<&str> = help
        .out
        .lines()
        .skip_while(|l| *l != "Commands:")
        .skip(1)
        .take_while(|l| !l.is_empty())
        .filter_map(|l| l.strip_prefix("  ")?.split_whitespace().next().filter(|_| !l.starts_with("   ")))
        .collect();
    assert!(commands.len() >= 12, "{commands:?}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        let help = project.run(&[command, "--help"]).ends(0);
        assert_eq!(project.run(&["help", command]).ends(0).out, help.out);
        help.says("Examples:").says(&format!("factsheet {command}"));
    }
    for shell in ["bash", "zsh", "fish"] {
        project.run(&["completions", shell]).ends(0).says("factsheet");
    }
    project.run(&["man"]).ends(0).says(".TH");
}

#[test]
fn a_figure_is_traced_listed_compared_and_exported() {
    let project = Project::new("trace");
    let trace = project.run(&["trace", "i_iugov12", "no", "2021"]).ends(0);
    trace
        .says("as printed")
        .says("input/small.csv:9")
        .says("92.4")
        .says("flags p")
        .says("gap = country − average = 92.4 − 58.1")
        .says("rounded");
    project.run(&["trace", "I_IUGOV12/NO/2021/2022#gap", "--format", "json"]).ends(0).says("\"column\":\"gap\"");
    project.run(&["trace", "entries/20#title"]).ends(0).says("Act on Small Tests");
    project.run(&["trace", "no-dpa-2022/factsheet.xlsx!Key figures!E7"]).ends(0).says("92.4");
    project.run(&["trace", "no-dpa-2022/factsheet.xlsx!Kei figures!E7"]).ends(2).says("Key figures");
    project.run(&["trace", "entries/20#titel"]).ends(2).says("its columns are chapter, ");
    project.run(&["trace", "entries/19#title"]).ends(2).says("the nearest row of `entries` begins on line 20");
    project.run(&["trace", "entires/20#title"]).ends(2).says("did you mean entries/20?");
    project.run(&["trace", "I_IUGOV12"]).ends(2).says("help: add both: factsheet trace I_IUGOV12 NO 2021");
    project.run(&["list", "figures"]).ends(0).says("I_IUGOV12/NO/2021/2022#");
    project.run(&["list"]).ends(0).says("no-dpa-2022\tNorway\tfinal");
    let compare = project.run(&["compare", "--indicator", "I_IUGOV12", "--order", "value"]).ends(0);
    let norway = compare.out.find("Norway").expect("Norway reports");
    assert!(norway < compare.out.find("Denmark").expect("Denmark reports"), "the best first: {}", compare.out);
    let file = project.root.join("table.csv");
    project.run(&["compare", "--indicator", "I_IUGOV12", "--output", file.to_str().expect("a plain path")]).ends(0).says("written");
    let table = std::fs::read_to_string(&file).expect("the table was written");
    assert!(table.starts_with("indicator,geo,time_period,") && table.contains("I_IUGOV12,NO,2021,"), "{table}");
    let csv = project.run(&["export", "--to", "csv", "--dataset", "observations"]).ends(0);
    assert_eq!(csv.out.lines().count(), 9, "{}", csv.out);
    project.run(&["export", "--to", "csv", "--dataset", "observation"]).ends(2).says("did you mean observations?");
}

#[test]
fn what_changed_is_told_with_its_cause() {
    let project = Project::new("diff");
    project.run(&["build", "-q", "--only", "data", "--output", "old"]).ends(0);
    project.edit("input/small.csv", "92.4,p", "93.0,");
    project.run(&["inputs"]).ends(1).says("changed\tinput/small.csv");
    project.run(&["inputs", "--accept"]).ends(0).says("accepted\tinput/small.csv");
    project.run(&["inputs"]).ends(0).says("intact\tinput/small.csv");
    project.run(&["build", "-q", "--only", "data", "--output", "new"]).ends(0);
    let diff = project.run(&["diff", "old", "new", "--revisions", "revisions.csv", "--workbook", "changes.xlsx"]).ends(0);
    diff.says("92.4 → 93").says("source revised").says("flag");
    let revisions = std::fs::read_to_string(project.root.join("revisions.csv")).expect("written");
    assert!(revisions.contains("I_IUGOV12,NO,2021,PC_IND,IND_TOTAL,2022,92.4,93,small,9,9,"), "{revisions}");
    assert!(std::fs::read(project.root.join("changes.xlsx")).expect("written").starts_with(b"PK"));
    let text = std::fs::read_to_string(project.root.join("seeds/norway.txt")).expect("readable");
    std::fs::write(project.root.join("later.txt"), text.replace("Small Tests", "Tiny Tests").replace("factsheet 2022", "factsheet 2023"))
        .expect("written");
    project.run(&["diff", "seeds/norway.txt", "later.txt"]).ends(0).says("Act on Tiny Tests");
    project.run(&["diff", "seeds/norway.txt", "old"]).ends(2);
    std::fs::write(project.root.join("other.txt"), text.replace("Norway", "Finland")).expect("written");
    project.run(&["diff", "seeds/norway.txt", "other.txt"]).ends(2).says("no two editions of one source");
}

#[test]
fn a_figure_that_moved_is_told_and_printed_in_the_next_edition() {
    let project = Project::new("moved");
    std::fs::copy(project.root.join("input/small.csv"), project.root.join("small.csv")).expect("copied");
    project.edit("input/small.csv", "92.4,p", "93.0,");
    project.run(&["inputs"]).ends(1).says("there is no earlier edition");
    project.run(&["inputs", "--against", "small.csv"]).ends(1).says("moved\tinput/small.csv:9\tI_IUGOV12 NO 2021\t92.4\t93\t9");
    project.run(&["inputs", "--against", "seeds/norway.txt"]).ends(2).says("small.csv");
    project.edit("input/small.csv", "93.0,", "92.4,p");
    project.run(&["build", "-q", "--only", "data"]).ends(0);
    assert!(!project.output().contains_key("no-dpa-2022/data/revisions.csv"), "nothing was revised");
    project.run(&["check"]).ends(0);
    project.edit("input/small.csv", "92.4,p", "93.0,");
    project.edit("input/small.csv", "91.8", "91.7");
    project
        .run(&["check"])
        .ends(1)
        .says("warning[FIG018] expected `92.4` as before for I_IUGOV12 NO 2021 (at input/small.csv:9), found `93`");
    project.run(&["inputs", "--revisions"]).ends(2).says("--accept");
    let accepted = project.run(&["inputs", "--accept", "--revisions"]).ends(0);
    accepted.says("moved\tinput/small.csv:5\tI_IUGOV12 DK 2021\t91.8\t91.7\t5").says("2 in it");
    project.run(&["build", "-q", "--only", "data,workbook,pdf"]).ends(0);
    let revisions = String::from_utf8(project.output()["no-dpa-2022/data/revisions.csv"].clone()).expect("UTF-8");
    assert!(revisions.contains("I_IUGOV12,NO,2021,PC_IND,IND_TOTAL,2022,92.4,93,"), "{revisions}");
    project.run(&["verify"]).ends(0);
    project.run(&["inputs"]).ends(0);
    // A list that the figures no longer bear out is not printed.
    project.edit("input/revisions.csv", "92.4,93", "92.4,94");
    project.run(&["build", "-q", "--only", "data"]).ends(1).says("SET009");
    project.edit("input/revisions.csv", "92.4,94", "92.4,soon");
    project.run(&["build", "-q", "--only", "data"]).ends(1).says("SET008").says("input/revisions.csv:3");
}

#[test]
fn a_file_without_an_entry_is_explained() {
    let project = Project::new("unlisted");
    std::fs::copy(project.root.join("seeds/norway.txt"), project.root.join("seeds/sweden.txt")).expect("copied");
    project.edit("seeds/sweden.txt", "Norway", "Sweden");
    std::fs::copy(project.root.join("input/small.csv"), project.root.join("input/next.csv")).expect("copied");
    let inputs = project.run(&["inputs"]).ends(0);
    inputs.says("not listed\tseeds/sweden.txt").says("id = \"se-dpa-2022\"").says("geo = \"SE\"");
    inputs.says("8 figures of 4 countries and aggregates, 2020 to 2021").says("select = { indicator = \"I_IUGOV12\" }");
    // What it says can be copied as it is.
    let entry = inputs.err.split("[[source]]").nth(1).and_then(|rest| rest.split("\nUntil then").next()).expect("an entry is printed");
    project.append("seeds/sources.toml", &format!("\n[[source]]{entry}"));
    project.run(&["inputs"]).ends(0).says("intact\tseeds/sweden.txt");
    project.run(&["build", "-q", "--only", "data"]).ends(0).says("output/se-dpa-2022");
    std::fs::write(project.root.join("input/letter.txt"), "Dear colleague").expect("written");
    project.run(&["inputs"]).ends(0).says("cannot be read").says("FIG001");
    // An entry without a hash is one that nobody accepted yet.
    project.append("input/sources.toml", "\n[[source]]\nfile = \"next.csv\"\nid = \"next\"\nfamily = \"figures\"\npublisher = \"\"\ntitle = \"\"\nedition = \"2022\"\nrights = \"\"\n");
    project.run(&["inputs"]).ends(1).says("changed\tinput/next.csv");
    project.run(&["inputs", "--accept"]).ends(0).says("accepted\tinput/next.csv");
    project.run(&["inputs"]).ends(0).says("intact\tinput/next.csv");
    // A list that cannot be read is not taken for an empty one.
    project.append("input/sources.toml", "\n[[source]]\nfile = 3\n");
    project.run(&["inputs"]).ends(1).says("SET001").says("input/sources.toml:");
}

#[test]
fn a_source_that_a_publication_names_does_not_vanish_without_a_word() {
    let project = Project::new("cut");
    project.edit("seeds/sources.toml", "small = \"2021\"", "small = \"2019\"\nlarge = \"2021\"");
    let check = project.run(&["check"]);
    check.says("warning[PUB059] expected figures of small no newer than 2019, for no-dpa-2022, found none: the file has edition 2022, from 2020 on");
    check.says("expected a source of input/sources.toml, found `large`").says("seeds/sources.toml:3");
}

#[test]
fn a_figure_that_was_put_right_says_so_wherever_it_shows() {
    let project = Project::new("corrected");
    const HEAD: &str = "file,location,column,found,value,reason,who,when\n";
    project.append("input/corrections.csv", &format!("{HEAD}input/small.csv,9,obs_value,92.4,92.5,misprint,A. Weis,2026-11-22\n"));
    project.run(&["check"]).ends(0).says("note[SET007] expected `92.5` in obs_value, found `92.4`").says("input/small.csv:9");
    project.run(&["trace", "I_IUGOV12", "NO", "2021"]).ends(0).says("92.4").says("corrected from 92.4 by A. Weis").says("92.5");
    project.run(&["build", "-q"]).ends(0);
    let observations = String::from_utf8(project.output()["no-dpa-2022/data/observations.csv"].clone()).expect("UTF-8");
    assert!(observations.contains("corrected from 92.4 by A. Weis on 2026-11-22: misprint"), "{observations}");
    let charts = |project: &Project| -> String {
        let files = project.output().into_iter().filter(|(name, _)| name.ends_with(".svg"));
        files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
    };
    assert!(charts(&project).contains(">p*<"), "an asterisk stands behind the flags");
    project.edit("input/corrections.csv", "92.4", "92.3");
    project.run(&["build", "-q"]).ends(1).says("SET006").says("input/corrections.csv:2");
}

#[test]
fn a_flag_of_an_average_shows_beside_it() {
    let project = Project::new("flagged");
    let before = "EU27_2020,2021,58.1,";
    project.edit("input/small.csv", before, &format!("{before}be"));
    project.run(&["inputs", "--accept"]).ends(0);
    project.run(&["build", "-q", "--only", "charts"]).ends(0);
    let chart = project.output()["no-dpa-2022/charts/headlines.svg"].clone();
    let chart = String::from_utf8_lossy(&chart);
    assert!(chart.contains(">be<"), "the average's flags stand behind its figure");
    assert!(chart.contains(">p<"), "the country's flag stands behind its figure");
}

#[test]
fn waivers_hold_until_they_expire_and_only_where_they_apply() {
    let project = Project::new("waivers");
    project.edit("input/small.csv", "92.4,p", "92.5,p");
    let waiver = |rule: &str, expires: &str| {
        format!(
            "[[waiver]]\nrule = \"{rule}\"\nplace = \"input/small.csv\"\nreason = \"known\"\nperson = \"A. Person\"\nexpires = \"{expires}\"\n"
        )
    };
    let check = project.run(&["check"]).ends(1);
    let rule = check.out.split("error[").nth(1).and_then(|rest| rest.split(']').next()).expect("the hash differs").to_owned();
    std::fs::write(project.root.join("input/waivers.toml"), waiver(&rule, "2999-12-31")).expect("written");
    project.run(&["check"]).ends(0).says("waived: until 2999-12-31 by A. Person: known");
    std::fs::write(project.root.join("input/waivers.toml"), waiver(&rule, "2020-01-01")).expect("written");
    project.run(&["check"]).ends(1).says("SET082");
    std::fs::write(project.root.join("input/waivers.toml"), waiver("SRC001", "2999-12-31")).expect("written");
    project.run(&["check"]).ends(1).says("SET083");
    project.append("input/waivers.toml", "[[waiver]]\nrule = 3\n");
    project.run(&["check"]).ends(1).says("SET080");
}

#[test]
fn findings_are_printed_for_people_programs_and_annotations() {
    let project = Project::new("formats");
    project.edit("seeds/norway.txt", "https://example.org/tests", "www.example.org");
    project.run(&["inputs", "--accept"]).ends(0);
    let people = project.run(&["check"]).ends(0);
    people.says("warning[PUB054]").says("seeds/norway.txt:22").says("^^^");
    project.run(&["check", "--fail-on", "warning"]).ends(1);
    let json: serde_json::Value = serde_json::from_str(&project.run(&["check", "--format", "json"]).ends(0).out).expect("JSON");
    assert_eq!(json["passed"], true);
    let link = json["findings"].as_array().expect("a list").iter().find(|f| f["rule"] == "PUB054").expect("the link is found");
    assert_eq!((link["line_start"].as_u64(), link["publication"].as_str()), (Some(22), Some("no-dpa-2022")));
    project.run(&["check", "--format", "github"]).ends(0).says("::warning file=seeds/norway.txt,line=22,endLine=22,title=PUB054");
}

#[test]
fn the_page_of_findings_works_in_a_browser() {
    let project = Project::new("page");
    project.edit("seeds/norway.txt", "https://example.org/tests", "www.example.org");
    project.run(&["check", "-q"]).ends(1);
    let page = project.root.join("output/check.html");
    let dump = Command::new("chromium").args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]).arg(&page).output();
    let Ok(dump) = dump else {
        eprintln!("SKIPPED: chromium is not there");
        return;
    };
    let dom = String::from_utf8_lossy(&dump.stdout);
    assert!(dom.contains("This edition may not go out"), "{dom}");
    // The script has run: it counts what is shown.
    assert!(dom.contains("findings shown"), "{dom}");
    for part in ["lang=\"en\"", "<main>", "<h1>", "scope=\"col\"", "class=\"skip\"", "role=\"status\"", "<mark>www.example.org</mark>"] {
        assert!(dom.contains(part), "{part} is missing");
    }
    assert!(!dom.contains("http://") && !dom.contains("src="), "nothing is loaded from elsewhere");
}

#[test]
fn killed_at_random_moments_an_edition_is_whole() {
    let project = Project::new("killed");
    project.run(&["build", "-q", "--only", "data"]).ends(0);
    let old = project.output();
    let started = std::time::Instant::now();
    project.run(&["build", "-q", "--only", "data,charts"]).ends(0);
    let whole = started.elapsed();
    let new = project.output();
    // `KILLS=100 cargo test --test cli killed` for more.
    let kills: u32 = std::env::var("KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(12);
    let publication = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        files.iter().filter(|(n, _)| n.starts_with("no-dpa-2022/")).map(|(n, b)| (n.clone(), b.clone())).collect()
    };
    for n in 0..kills {
        let only = if n % 2 == 0 { "data" } else { "data,charts" };
        let mut child =
            project.command(&["build", "-q", "--only", only]).stdout(std::process::Stdio::null()).spawn().expect("the program starts");
        // Spread over the whole run, most of them near its end, where the output is replaced.
        let part = 1.0 - (f64::from(n) / f64::from(kills)).powi(2) * 0.5;
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part));
        let _ = child.kill();
        let _ = child.wait();
        let there = publication(&project.output());
        assert!(there == publication(&old) || there == publication(&new), "kill {n}: neither the old edition nor the new one");
    }
    project.run(&["build", "-q", "--only", "data"]).ends(0);
    assert_eq!(project.output(), old, "after all kills a build gives the edition and nothing lies about");
    project.run(&["verify"]).ends(0);
}

#[test]
fn a_second_build_is_told_to_wait() {
    let project = Project::new("locked");
    std::fs::create_dir_all(project.root.join("output")).expect("created");
    let folder = std::fs::File::open(project.root.join("output")).expect("a folder can be opened");
    if folder.try_lock().is_err() {
        eprintln!("SKIPPED: this system does not lock folders");
        return;
    }
    project.run(&["build"]).ends(2).says("another factsheet build");
    drop(folder);
    project.run(&["build", "-q", "--only", "charts"]).ends(0);
}

#[test]
fn a_full_disk_leaves_the_old_edition() {
    let project = Project::new("full");
    let disk = project.root.join("disk");
    std::fs::create_dir_all(&disk).expect("created");
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=400k", "tmpfs"]).arg(&disk).output();
    if !mount.is_ok_and(|m| m.status.success()) {
        eprintln!("SKIPPED: a small tmpfs cannot be mounted here");
        return;
    }
    let output = disk.join("output");
    let output = output.to_str().expect("a plain path");
    let small = project.run(&["build", "-q", "--only", "charts", "--output", output]);
    let full = project.run(&["build", "--output", output]);
    let there = std::fs::read_dir(disk.join("output/no-dpa-2022")).map(|entries| entries.count()).unwrap_or(0);
    let verified = project.run(&["verify", output]);
    let _ = Command::new("umount").arg(&disk).output();
    small.ends(0);
    full.ends(2).says("could not write");
    assert!(there > 0, "the old edition is there");
    verified.ends(0);
}

#[test]
fn the_pages_that_the_program_writes_are_current() {
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")).expect("docs/rules.md is there");
    assert!(page == factsheet::check::documentation(), "renew it: cargo run -- rules --markdown > docs/rules.md");
    for (what, file) in [("columns", "docs/datasets.md"), ("methods", "docs/methods.md")] {
        let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("the page is there");
        let made = Command::new(env!("CARGO_BIN_EXE_factsheet"))
            .args(["--project", env!("CARGO_MANIFEST_DIR"), "list", what, "--markdown"])
            .output()
            .expect("the program runs");
        assert!(page == String::from_utf8_lossy(&made.stdout), "renew it: cargo run -- list {what} --markdown > {file}");
    }
}

#[test]
fn every_rule_is_registered_once() {
    fn walk(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("src can be listed") {
            let path = entry.expect("src can be listed").path();
            if path.is_dir() {
                walk(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("sources are UTF-8");
            // Rules that only tests use stand below the mark.
            let code = text.split("#[cfg(test)]").next().unwrap_or("");
            for rule in code.split(": Rule =").skip(1).map(str::trim_start) {
                let id = match rule.strip_prefix("item(") {
                    Some(item) => item.split('"').nth(1),
                    None => rule.split("id: \"").nth(1).and_then(|rest| rest.split('"').next()),
                };
                found.extend(id.filter(|id| id.len() == 6).map(str::to_owned));
            }
        }
    }
    let mut declared = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut declared);
    // Those of the PDF are declared in a list of their own.
    declared.extend(factsheet::writer::pdf::RULES.iter().map(|r| r.id.to_owned()));
    declared.sort();
    let mut registered: Vec<&str> = factsheet::check::RULES.iter().map(|r| r.id).collect();
    registered.sort_unstable();
    assert_eq!(declared, registered, "check::RULES lists every `static …: Rule` once");
    registered.dedup();
    assert_eq!(declared.len(), registered.len(), "no two rules have one id");
}
