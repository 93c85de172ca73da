//! `check.json` and `check.html`: what the checks of the last run found, for programs and for a browser.

use super::{Findings, Judged};
use crate::diagnostic::{Excerpt, Rule, Severity};
use crate::vocabulary::Spot;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Both files by their names in the output folder.
pub fn files(findings: &Findings) -> BTreeMap<String, Vec<u8>> {
    BTreeMap::from([("check.html".to_owned(), html(findings).into_bytes()), ("check.json".to_owned(), json(findings))])
}

/// Findings as one JSON document: `tool`, `version`, `summary`, `publications`, `findings`.
pub fn json(findings: &Findings) -> Vec<u8> {
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(|s| findings.count(s));
    let document = json!({
        "tool": "factsheet",
        "version": env!("CARGO_PKG_VERSION"),
        "passed": errors == 0,
        "summary": { "errors": errors, "warnings": warnings, "notes": notes, "waived": findings.waived() },
        "publications": findings.publications,
        "findings": findings.judged.iter().map(finding).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&document).expect("a JSON value is JSON");
    bytes.push(b'\n');
    bytes
}

fn finding(judged: &Judged) -> Value {
    let diagnostic = &judged.diagnostic;
    let mut value = json!({
        "rule": diagnostic.rule.id,
        "severity": diagnostic.rule.severity.as_str(),
        "publication": judged.publication,
        "file": diagnostic.place.file,
        "location": diagnostic.place.location(),
        "place": diagnostic.place.to_string(),
        "expected": diagnostic.expected,
        "found": diagnostic.found,
        "help": diagnostic.help,
        "waived": judged.waived,
    });
    if let Spot::Lines(lines) = &diagnostic.place.spot {
        value["line_start"] = json!(lines.start());
        value["line_end"] = json!(lines.end());
    }
    if let Some(excerpt) = &diagnostic.excerpt {
        value["excerpt"] = json!({ "text": excerpt.text, "mark": excerpt.mark.map(|(start, length)| json!({"start": start, "length": length})), "label": excerpt.label });
    }
    value
}

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#222;--grey:#595959;--wash:#eef2f6;--line:#c9cdd2;--paper:#fff;--error:#a4161a;--warning:#7a4d00;--note:#12436d;--mark:#ffe8a3}
@media (prefers-color-scheme:dark){:root{--ink:#eee;--grey:#b5b5b5;--wash:#22282e;--line:#4a525a;--paper:#15181b;--error:#ff9a9a;--warning:#ffc66b;--note:#9cc8f0;--mark:#5c4a00}}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main,header,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}
h1{font-size:1.75rem;line-height:1.2;margin:1.5rem 0 .5rem}h2{font-size:1.3rem;margin:2.5rem 0 .5rem;border-bottom:1px solid var(--line)}h3{font-size:1rem;margin:0}
a{color:var(--note)}:focus-visible{outline:3px solid var(--note);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .75rem;border-bottom:1px solid var(--line);text-align:right}th:first-child{text-align:left}
fieldset{border:1px solid var(--line);margin:1rem 0;padding:.25rem 1rem}label{display:inline-block;margin-right:1.25rem;padding:.25rem 0}
ol{list-style:none;margin:0;padding:0}li.finding{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.25rem 1.5rem;padding:.9rem 0;border-bottom:1px solid var(--line)}
@media (max-width:50rem){li.finding{grid-template-columns:minmax(0,1fr)}}
.error .severity{color:var(--error)}.warning .severity{color:var(--warning)}.note .severity{color:var(--note)}.severity{text-transform:capitalize}
p{margin:.25rem 0}.place{color:var(--grey);overflow-wrap:anywhere}
pre{margin:.25rem 0;padding:.5rem .75rem;background:var(--wash);overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;font:.875rem/1.5 ui-monospace,monospace}
mark{background:var(--mark);color:inherit;font-weight:600}[hidden]{display:none!important}
dt{font-weight:600;margin-top:1rem}dd{margin:0 0 0 1.5rem}
@media (max-width:35rem){th,td{padding:.25rem .3rem;font-size:.875rem}}
@media print{#filter,.skip{display:none}li.finding,dd{break-inside:avoid}h2,h3,dt{break-after:avoid}}";

// Without script everything is shown; the script only hides what is not ticked.
const SCRIPT: &str = "\
const boxes=[...document.querySelectorAll('fieldset input')],live=document.getElementById('shown');
function show(){const on=new Set(boxes.filter(b=>b.checked).map(b=>b.value));let n=0;
for(const f of document.querySelectorAll('li.finding')){f.hidden=!on.has(f.dataset.kind);if(!f.hidden)n++}
live.textContent=n+(n===1?' finding shown':' findings shown')}
document.getElementById('filter').hidden=false;boxes.forEach(b=>b.addEventListener('change',show));show();";

/// Findings as a self-contained page: by publication, the source line beside each finding, usable with a keyboard and
/// without scripts; nothing is loaded from elsewhere.
pub fn html(findings: &Findings) -> String {
    let verdict = if findings.fails_on(Severity::Error) { "This edition may not go out" } else { "This edition may go out" };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
         <title>{verdict}: factsheet check</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>\n<h1>{verdict}</h1>\n<p>{}.</p>\n</header>\n<main>\n",
        escape(&capital(&findings.summary())),
    );
    overview(&mut page, findings);
    page += "<fieldset id=\"filter\" hidden><legend>Show</legend>\n";
    for (kind, words) in [("error", "Errors"), ("warning", "Warnings"), ("note", "Notes"), ("waived", "Waived")] {
        let _ = writeln!(page, "<label><input type=\"checkbox\" value=\"{kind}\" checked> {words}</label>");
    }
    page += "<p id=\"shown\" role=\"status\"></p></fieldset>\n<div id=\"findings\" tabindex=\"-1\">\n";
    for (publication, id) in groups(findings) {
        let _ = writeln!(page, "<section aria-labelledby=\"p-{id}\">\n<h2 id=\"p-{id}\">{}</h2>", escape(&heading(publication)));
        let mut any = false;
        for judged in findings.judged.iter().filter(|j| j.publication == publication) {
            if !any {
                page += "<ol>\n";
                any = true;
            }
            item(&mut page, judged);
        }
        page += if any { "</ol>\n</section>\n" } else { "<p>Nothing found.</p>\n</section>\n" };
    }
    page += "</div>\n";
    glossary(&mut page, findings);
    let _ = write!(
        page,
        "</main>\n<footer><p>factsheet {}. Every rule: <code>factsheet rules</code>.</p></footer>\n<script>\n{SCRIPT}\n</script>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION")
    );
    page
}

/// Publications with an id for links: those with the worst findings first, then in order; what all share comes before them.
fn groups(findings: &Findings) -> Vec<(&str, String)> {
    let ids: BTreeSet<&str> =
        findings.judged.iter().map(|j| j.publication.as_str()).chain(findings.publications.iter().map(String::as_str)).collect();
    let worst = |id: &str| {
        let own = findings.judged.iter().filter(|j| j.publication == id && j.waived.is_none());
        own.map(|j| j.diagnostic.rule.severity).max().filter(|severity| *severity > Severity::Note)
    };
    let mut ids: Vec<&str> = ids.into_iter().collect();
    ids.sort_by_key(|id| Reverse(worst(id)));
    ids.into_iter().enumerate().map(|(i, id)| (id, i.to_string())).collect()
}

fn heading(publication: &str) -> String {
    if publication.is_empty() { "Figures and settings".to_owned() } else { publication.to_owned() }
}

fn overview(page: &mut String, findings: &Findings) {
    *page += "<table>\n<caption>Findings by publication</caption>\n<thead><tr><th scope=\"col\">Publication</th><th scope=\"col\">Errors</th><th scope=\"col\">Warnings</th><th scope=\"col\">Notes</th><th scope=\"col\">Waived</th></tr></thead>\n<tbody>\n";
    for (publication, id) in groups(findings) {
        let count = |kind: &str| findings.judged.iter().filter(|j| j.publication == publication && kind_of(j) == kind).count();
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\"><a href=\"#p-{id}\">{}</a></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&heading(publication)),
            count("error"),
            count("warning"),
            count("note"),
            count("waived")
        );
    }
    *page += "</tbody>\n</table>\n";
}

/// What a finding counts as: its severity, or `waived`.
fn kind_of(judged: &Judged) -> &'static str {
    if judged.waived.is_some() { "waived" } else { judged.diagnostic.rule.severity.as_str() }
}

fn item(page: &mut String, judged: &Judged) {
    let diagnostic = &judged.diagnostic;
    let rule = diagnostic.rule;
    let _ = writeln!(
        page,
        "<li class=\"finding {0}\" data-kind=\"{1}\">\n<div><h3><span class=\"severity\">{0}</span> <a href=\"#{2}\">{2}</a> {3}</h3>",
        rule.severity.as_str(),
        kind_of(judged),
        rule.id,
        escape(rule.title)
    );
    for (what, text) in [("Expected", &diagnostic.expected), ("Found", &diagnostic.found), ("What to do", &diagnostic.help)] {
        if !text.is_empty() {
            let _ = writeln!(page, "<p><strong>{what}:</strong> {}</p>", quoted(text));
        }
    }
    if let Some(waived) = &judged.waived {
        let _ = writeln!(page, "<p><strong>Waived:</strong> {}</p>", escape(waived));
    }
    let _ = writeln!(page, "</div>\n<div><p class=\"place\">{}</p>", escape(&diagnostic.place.to_string()));
    if let Some(excerpt) = &diagnostic.excerpt {
        let _ = writeln!(page, "<pre>{}</pre>", marked(excerpt));
        if !excerpt.label.is_empty() {
            let _ = writeln!(page, "<p>{}</p>", escape(&excerpt.label));
        }
    }
    *page += "</div>\n</li>\n";
}

/// The source line with its marked part.
fn marked(excerpt: &Excerpt) -> String {
    let Some((start, length)) = excerpt.mark else { return escape(&excerpt.text) };
    let part = |from: usize, to: usize| escape(&excerpt.text.chars().skip(from).take(to - from).collect::<String>());
    format!("{}<mark>{}</mark>{}", part(0, start), part(start, start + length), part(start + length, usize::MAX))
}

/// The rules that were broken, explained.
fn glossary(page: &mut String, findings: &Findings) {
    let rules: BTreeMap<&str, &Rule> = findings.judged.iter().map(|j| (j.diagnostic.rule.id, j.diagnostic.rule)).collect();
    if rules.is_empty() {
        return;
    }
    *page += "<section aria-labelledby=\"rules\">\n<h2 id=\"rules\">Rules</h2>\n<dl>\n";
    for (id, rule) in rules {
        let _ = writeln!(
            page,
            "<dt id=\"{id}\" tabindex=\"-1\">{id}: {}</dt>\n<dd><p>{}</p><p>Source: {}</p></dd>",
            escape(rule.title),
            escape(rule.explanation),
            escape(rule.source)
        );
    }
    *page += "</dl>\n</section>\n";
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence with what stands between backticks set as code.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    let mut parts = text.split('`').peekable();
    let mut inside = false;
    while let Some(part) = parts.next() {
        // The last backtick of an odd number has no partner and stays.
        match (inside, parts.peek().is_some()) {
            (true, true) => out += &format!("<code>{}</code>", escape(part)),
            (true, false) => out += &format!("`{}", escape(part)),
            (false, _) => out += &escape(part),
        }
        inside = !inside;
    }
    out
}

/// HTML's own characters escaped; control characters, which HTML forbids, replaced.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::source::text::NOT_UTF8;
    use crate::vocabulary::{Lines, Place};

    #[test]
    fn what_a_source_says_cannot_become_markup() {
        let diagnostic = Diagnostic::new(&NOT_UTF8, Place::lines("seeds/<b>.txt", Lines::one(3)), "x", "<script>alert(1)</script>", "")
            .with_excerpt("a <i>b</i> c", "<i>", "");
        let judged = Judged { diagnostic, publication: String::new(), waived: None };
        let page = html(&Findings { judged: vec![judged], publications: vec!["lu-dpa-2022".to_owned()] });
        assert!(page.contains("a <mark>&lt;i&gt;</mark>b&lt;/i&gt; c"));
        assert!(!page.contains("<script>alert"));
        assert!(page.contains("lu-dpa-2022"));
        assert_eq!(quoted("a `<b>` c ` d"), "a <code>&lt;b&gt;</code> c ` d");
    }

    #[test]
    fn what_stops_an_edition_comes_first() {
        let judged = |publication: &str, waived: bool| Judged {
            diagnostic: Diagnostic::new(&NOT_UTF8, Place::file("seeds/x.txt"), "x", "y", ""),
            publication: publication.to_owned(),
            waived: waived.then(String::new),
        };
        let publications = ["a", "b", "c"].map(str::to_owned).to_vec();
        let findings = Findings { judged: vec![judged("b", true), judged("c", false)], publications };
        assert_eq!(groups(&findings).iter().map(|(id, _)| *id).collect::<Vec<_>>(), ["c", "a", "b"]);
    }
}
