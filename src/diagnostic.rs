//! What is wrong, where, and what to do: [`Diagnostic`]; and a value beside what is wrong with it: [`Checked`].
//!
//! Data that is wrong is a diagnostic with a place. A world that is wrong (disk, settings) is an [`crate::pipeline::Error`].

use crate::vocabulary::Place;

/// How bad it is: an error stops the publication, a warning is for a person to judge, a note informs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A rule that data can break. Rules are declared as statics in the module that checks them
/// and listed in `check::RULES`, from which the documentation is made.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable: `FIG003`. Never given to another rule.
    pub id: &'static str,
    pub severity: Severity,
    /// What the rule demands, in one sentence.
    pub title: &'static str,
    /// Who says so: a published document, or `this project`.
    pub source: &'static str,
    /// Why, and what to do where it is broken: a paragraph of the documentation.
    pub explanation: &'static str,
}

/// One breach of a rule at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub rule: &'static Rule,
    pub place: Place,
    /// The source line or row as it stands, for the reader to see.
    pub excerpt: Option<Excerpt>,
    pub expected: String,
    pub found: String,
    /// What to do.
    pub help: String,
}

/// A line of the source with the part that is meant, in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    pub text: String,
    /// First marked character and how many; `None` marks nothing.
    pub mark: Option<(usize, usize)>,
    /// What stands under the mark: `not a digit`.
    pub label: String,
}

impl Diagnostic {
    pub fn new(rule: &'static Rule, place: Place, expected: impl Into<String>, found: impl Into<String>, help: impl Into<String>) -> Self {
        Self { rule, place, excerpt: None, expected: expected.into(), found: found.into(), help: help.into() }
    }

    /// Shows the line that is meant; `mark` is the part of `text` to underline (its first occurrence).
    #[must_use]
    pub fn with_excerpt(mut self, text: &str, mark: &str, label: &str) -> Self {
        let mark = (!mark.is_empty()).then(|| text.find(mark).map(|at| (text[..at].chars().count(), mark.chars().count()))).flatten();
        self.excerpt = Some(Excerpt { text: text.to_owned(), mark, label: label.to_owned() });
        self
    }
}

/// A value beside everything that is wrong with it. Stages collect; nobody stops at the first fault.
#[derive(Clone, Debug)]
pub struct Checked<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    pub fn ok(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Takes the value and hands the diagnostics over.
    pub fn into_value(self, sink: &mut Vec<Diagnostic>) -> T {
        sink.extend(self.diagnostics);
        self.value
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: f(self.value), diagnostics: self.diagnostics }
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.rule.severity == Severity::Error)
    }
}
