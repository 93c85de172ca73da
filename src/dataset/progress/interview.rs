//! Interviews: who speaks, questions and answers, pull quotes.

use crate::dataset::certainty::{ALTERNATIVES, CERTAINTY, Certainty};
use crate::dataset::{Column, ColumnType, LINE_END, LINE_START, Record, Schema, Value, column};
use crate::vocabulary::Lines;

/// One interview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// The project it is about.
    pub topic: String,
    pub headline: String,
    pub interviewee: String,
    pub role: String,
    pub organisation: String,
    pub lines: Lines,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const INTERVIEWS: &[Column] = &[
    column("topic", ColumnType::Text, "project it is about"),
    column("headline", ColumnType::Text, "headline"),
    column("interviewee", ColumnType::Text, "who is asked"),
    column("role", ColumnType::Text, "role of who is asked"),
    column("organisation", ColumnType::Text, "organisation of who is asked"),
    LINE_START,
    LINE_END,
];

impl Record for Interview {
    const SCHEMA: Schema =
        Schema { name: "interviews", title: "Interviews", row: "one interview", columns: INTERVIEWS, key: &["line_start"] };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.topic),
            Value::text(&self.headline),
            Value::text(&self.interviewee),
            Value::text(&self.role),
            Value::text(&self.organisation),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterviewQuestion {
    pub interviewee: String,
    /// Counted from 1 within the interview.
    pub number: u32,
    pub question: String,
    pub answer: String,
    pub lines: Lines,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const INTERVIEW_QUESTIONS: &[Column] = &[
    column("interviewee", ColumnType::Text, "who is asked"),
    column("number", ColumnType::Integer, "number within the interview, from 1"),
    column("question", ColumnType::Text, "question as printed"),
    column("answer", ColumnType::Text, "answer as printed"),
    LINE_START,
    LINE_END,
];

impl Record for InterviewQuestion {
    const SCHEMA: Schema = Schema {
        name: "interview_questions",
        title: "Questions and answers",
        row: "one question with its answer",
        columns: INTERVIEW_QUESTIONS,
        key: &["interviewee", "number"],
    };

    fn values(&self) -> Vec<Value> {
        vec![
            Value::text(&self.interviewee),
            Value::Integer(i64::from(self.number)),
            Value::text(&self.question),
            Value::text(&self.answer),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}

/// One pull quote, its pieces put in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub interviewee: String,
    /// With its quotation marks.
    pub quote: String,
    pub lines: Lines,
    pub certainty: Certainty,
    /// The lines whose words stand in this row.
    pub serves: Vec<u32>,
}

const QUOTES: &[Column] = &[
    column("interviewee", ColumnType::Text, "who says so"),
    column("quote", ColumnType::Text, "quote as printed, its pieces in reading order"),
    LINE_START,
    LINE_END,
    CERTAINTY,
    ALTERNATIVES,
];

impl Record for Quote {
    const SCHEMA: Schema = Schema { name: "quotes", title: "Pull quotes", row: "one pull quote", columns: QUOTES, key: &["line_start"] };

    fn values(&self) -> Vec<Value> {
        let [certainty, alternatives] = self.certainty.values();
        vec![
            Value::text(&self.interviewee),
            Value::text(&self.quote),
            Value::line(self.lines.start()),
            Value::line(self.lines.end()),
            certainty,
            alternatives,
        ]
    }

    fn lines(&self) -> Option<Lines> {
        Some(self.lines)
    }
}
