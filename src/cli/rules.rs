//! `factsheet rules`: what every rule demands, who says so, and what to do.

use super::session::nearest;
use super::terminal::Terminal;
use super::{End, Failure};
use crate::check::{self, RULES};
use crate::diagnostic::Rule;

const EXAMPLES: &str = "\
Examples:
  factsheet rules                all rules, one a line
  factsheet rules FIG003         one rule with its reason and what to do
  factsheet rules DPA            the rules of one group
  factsheet rules --markdown     the page docs/rules.md";

/// Explain the rules that data can break
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// A rule (FIG003) or a group of rules (FIG)
    id: Option<String>,
    /// All rules as the documentation's page
    #[arg(long, conflicts_with = "id")]
    markdown: bool,
}

pub fn run(arguments: &Arguments, terminal: Terminal) -> Result<End, Failure> {
    if arguments.markdown {
        terminal.bytes(check::documentation().as_bytes());
        return Ok(End::Done);
    }
    let Some(id) = &arguments.id else {
        for rule in RULES.iter() {
            terminal.data(&format!("{}  {:7}  {}", rule.id, rule.severity.as_str(), rule.title));
        }
        return Ok(End::Done);
    };
    let meant: Vec<&Rule> = RULES.iter().copied().filter(|r| r.id.to_uppercase().starts_with(&id.to_uppercase())).collect();
    if meant.is_empty() {
        let near = nearest(id, RULES.iter().map(|r| r.id)).map_or_else(String::new, |near| format!("; did you mean {near}?"));
        return Err(Failure(format!("there is no rule {id}{near}\n  help: `factsheet rules` lists all")));
    }
    for rule in meant {
        let out = terminal.on_stdout();
        out.data(&format!("{} ({})  {}\n", rule.id, rule.severity.as_str(), rule.title));
        out.data(&format!("{}\n\nSource: {}\n", rule.explanation, rule.source));
    }
    Ok(End::Done)
}
