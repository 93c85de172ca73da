//! Initiatives, spotlights, principles and interviews.

use crate::dataset::Certainty;
use crate::dataset::progress::{Initiative, Interview, InterviewQuestion, Milestone, Principle, PrincipleGroup, Quote, Spotlight};
use crate::document::progress::entry::{Catalogue, Entry};
use crate::document::progress::line::hull;
use crate::document::progress::wording::{sentences, stems};
use crate::document::progress::{Body, Brochure, Passage};

/// The initiatives of a catalogue, and the entries of it that are spotlights: of a name that stands twice the longer text of
/// three sentences or more, if it is at least half as long again.
pub fn initiatives(catalogue: &Catalogue, area: &str) -> (Vec<Initiative>, Vec<Spotlight>) {
    let mut initiatives = Vec::new();
    let mut spotlights = Vec::new();
    for (i, entry) in catalogue.entries.iter().enumerate() {
        let twin = catalogue.entries.iter().enumerate().find(|(o, e)| *o != i && !e.name.is_empty() && e.name.text == entry.name.text);
        let longer = twin.is_some_and(|(_, e)| entry.text.text.len() * 2 > e.text.text.len() * 3);
        if longer && sentences(&[(1, &entry.text.text)]).len() >= 3 {
            spotlights.push(spotlight(entry, area, &["dataset=initiatives".to_owned()]));
            continue;
        }
        let audience = entry.audience.and_then(|a| catalogue.audiences.get(a));
        let mut others: Vec<String> = entry
            .other_audience
            .and_then(|a| catalogue.audiences.get(a))
            .map(|a| format!("audience={}", a.name.text))
            .into_iter()
            .collect();
        others.extend(entry.other_names.iter().map(|n| format!("name={n}")));
        let lines = hull(&entry.lines());
        let mut serves = entry.lines();
        serves.extend(audience.iter().flat_map(|a| a.name.lines.clone()));
        initiatives.push(Initiative {
            audience: audience.map(|a| a.name.text.clone()).unwrap_or_default(),
            name: entry.name.text.clone(),
            description: entry.text.text.clone(),
            lines,
            certainty: Certainty::among(others),
            serves,
        });
    }
    (initiatives, spotlights)
}

/// One spotlight; further readings of it as given.
pub fn spotlight(entry: &Entry, area: &str, others: &[String]) -> Spotlight {
    let names = entry.other_names.iter().map(|n| format!("name={n}"));
    Spotlight {
        area: area.to_owned(),
        name: entry.name.text.clone(),
        text: entry.text.text.clone(),
        lines: hull(&entry.lines()),
        certainty: Certainty::among(others.iter().cloned().chain(names).collect()),
        serves: entry.lines(),
    }
}

/// Names that a nameless spotlight may have: milestones of its area that its text speaks of.
pub fn possible_names(entry: &Entry, area: &str, milestones: &[Milestone]) -> Vec<String> {
    if !entry.name.is_empty() {
        return Vec::new();
    }
    let words = stems(&entry.text.text);
    let spoken = |m: &&Milestone| m.area == area && crate::document::progress::wording::covers(&words, &stems(&m.milestone));
    milestones.iter().filter(spoken).map(|m| format!("name={}", m.milestone)).collect()
}

/// The statements of principle in the order of the text's sections, each group in its own order.
pub fn principles(brochure: &Brochure) -> Vec<Principle> {
    let mut out = Vec::new();
    for section in &brochure.sections {
        match &section.body {
            Body::Recipe(recipe) => {
                for item in &recipe.ingredients {
                    let serves: Vec<u32> = item.number.lines.iter().chain(&item.label.lines).chain(&item.text.lines).copied().collect();
                    let others = item.others.iter().map(|t| format!("text={t}")).collect();
                    out.push(Principle {
                        group: PrincipleGroup::Recipe,
                        number: item.number.text.clone(),
                        label: item.label.text.clone(),
                        text: item.text.text.clone(),
                        lines: hull(&serves),
                        certainty: Certainty::among(others),
                        serves,
                    });
                }
            }
            Body::Approach(approach) => {
                out.extend(approach.steps.iter().map(|p| plain(PrincipleGroup::Approach, p)));
                out.extend(approach.roles.iter().map(|p| plain(PrincipleGroup::Roles, p)));
            }
            Body::Manifesto(statements) => out.extend(statements.iter().map(|p| plain(PrincipleGroup::Manifesto, p))),
            Body::Intro(_)
            | Body::Areas { .. }
            | Body::Area(_)
            | Body::Interview(_)
            | Body::Spotlights(_)
            | Body::Catalogue(_)
            | Body::Journey(_)
            | Body::Rundown(_)
            | Body::Disclaimer(_)
            | Body::Other(_) => {}
        }
    }
    out
}

fn plain(group: PrincipleGroup, passage: &Passage) -> Principle {
    Principle {
        group,
        number: String::new(),
        label: String::new(),
        text: passage.text.clone(),
        lines: passage.span(),
        certainty: Certainty::certain(),
        serves: passage.lines.clone(),
    }
}

/// Interviews with their questions and pull quotes.
pub fn interviews(brochure: &Brochure) -> (Vec<Interview>, Vec<InterviewQuestion>, Vec<Quote>) {
    let (mut interviews, mut questions, mut quotes) = (Vec::new(), Vec::new(), Vec::new());
    for section in &brochure.sections {
        let Body::Interview(shape) = &section.body else { continue };
        let who = shape.interviewee.text.clone();
        let parts = [&shape.topic, &shape.headline, &shape.interviewee, &shape.role, &shape.organisation];
        let serves: Vec<u32> = parts.iter().flat_map(|p| p.lines.clone()).collect();
        interviews.push(Interview {
            topic: shape.topic.text.clone(),
            headline: shape.headline.text.clone(),
            interviewee: who.clone(),
            role: shape.role.text.clone(),
            organisation: shape.organisation.text.clone(),
            lines: hull(&serves),
            serves,
        });
        for (number, question) in (1..).zip(&shape.questions) {
            let serves: Vec<u32> = question.question.lines.iter().chain(&question.answer.lines).copied().collect();
            questions.push(InterviewQuestion {
                interviewee: who.clone(),
                number,
                question: question.question.text.clone(),
                answer: question.answer.text.clone(),
                lines: hull(&serves),
                serves,
            });
        }
        for quote in &shape.quotes {
            let others = if quote.settled { Vec::new() } else { vec!["order of the pieces".to_owned()] };
            quotes.push(Quote {
                interviewee: who.clone(),
                quote: quote.quote.text.clone(),
                lines: quote.quote.span(),
                certainty: Certainty::among(others),
                serves: quote.quote.lines.clone(),
            });
        }
    }
    (interviews, questions, quotes)
}
