//! Interviews: who speaks, what is asked and answered, and pull quotes torn into the body.

use super::block::blocks;
use super::line::{PROJECT_BY, Passage, QUESTIONS, ends_sentence, is_label, trimmed, words};
use crate::source::Text;

/// One interview by its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    pub topic: Passage,
    pub headline: Passage,
    pub interviewee: Passage,
    pub role: Passage,
    pub organisation: Passage,
    /// Running text before the first question.
    pub intro: Vec<Passage>,
    pub questions: Vec<Question>,
    pub quotes: Vec<PullQuote>,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub question: Passage,
    pub answer: Passage,
}

/// A pull quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullQuote {
    /// In reading order, with its quotation marks.
    pub quote: Passage,
    /// False where the order of its pieces is only that of the lines.
    pub settled: bool,
}

/// Reads an interview's lines; `None` if they have no label of questions and answers.
pub fn read(text: &Text, content: &[u32]) -> Option<Interview> {
    let mut all = blocks(text, content);
    let label = all.iter().position(|b| is_label(trimmed(text, b[0]), QUESTIONS))?;
    let mut interview = Interview::default();
    for block in &all[..label] {
        let lines: Vec<u32> = block.iter().copied().filter(|n| !is_label(trimmed(text, *n), PROJECT_BY)).collect();
        interview.topic = interview.topic.then(&Passage::of(text, &lines));
    }
    let mut rest = all.split_off(label + 1).into_iter().peekable();
    interview.headline = rest.next().map(|b| Passage::of(text, &b)).unwrap_or_default();
    if let Some(speaker) = rest.next_if(|b| !ends_sentence(trimmed(text, *b.last().expect("a block has lines"))) && b.len() <= 4) {
        let last = speaker.len() - 1;
        interview.interviewee = Passage::of(text, &speaker[..1]);
        if last >= 2 {
            interview.role = Passage::of(text, &speaker[1..last]);
            interview.organisation = Passage::of(text, &speaker[last..]);
        } else if last == 1 {
            interview.role = Passage::of(text, &speaker[1..]);
        }
    }
    let (body, torn) = take_quotes(text, rest.collect());
    questions(text, &body, &mut interview);
    let answers: String = interview.questions.iter().map(|q| q.answer.text.as_str()).collect::<Vec<_>>().join(" ");
    interview.quotes = torn.iter().map(|pieces| assemble(text, pieces, &answers)).collect();
    Some(interview)
}

/// Takes pull quotes out of the body: a block that opens with a quotation mark, up to the line that closes it. Where its own
/// block does not close it, fragments (a few words that begin no sentence) between other blocks belong to it.
fn take_quotes(text: &Text, body: Vec<Vec<u32>>) -> (Vec<Vec<u32>>, Vec<Vec<Vec<u32>>>) {
    let mut out: Vec<Vec<u32>> = Vec::new();
    let mut quotes: Vec<Vec<Vec<u32>>> = Vec::new();
    let mut open: Option<Vec<Vec<u32>>> = None;
    let closes = |n: &u32| trimmed(text, *n).ends_with(['”', '"']);
    for (i, block) in body.iter().enumerate() {
        let first = trimmed(text, block[0]);
        let close = block.iter().position(closes);
        if let Some(mut pieces) = open.take() {
            let closing = close.filter(|_| !first.starts_with(['“', '"']) && !first.chars().next().is_some_and(char::is_uppercase));
            if let Some(at) = closing {
                pieces.push(block[..=at].to_vec());
                quotes.push(pieces);
                out.extend((at + 1 < block.len()).then(|| block[at + 1..].to_vec()));
                continue;
            }
            let fragment = block.len() <= 2 && block.iter().all(|n| words(trimmed(text, *n)) <= 5 && !ends_sentence(trimmed(text, *n)));
            if fragment && !first.chars().next().is_some_and(char::is_uppercase) {
                pieces.push(block.clone());
            } else {
                out.push(block.clone());
            }
            open = Some(pieces);
            continue;
        }
        if first.starts_with(['“', '"']) {
            // A mark that closes on its first line, or late in a long block, is speech within running text.
            if let Some(at) = close.filter(|at| *at <= 12) {
                quotes.push(vec![block[..=at].to_vec()]);
                out.extend((at + 1 < block.len()).then(|| block[at + 1..].to_vec()));
                continue;
            }
            let later = body[i + 1..].iter().any(|b| b.iter().any(closes));
            if close.is_none() && later && block.len() <= 4 {
                open = Some(vec![block.clone()]);
                continue;
            }
        }
        out.push(block.clone());
    }
    // Never closed: its words stay where they are.
    out.extend(open.into_iter().flatten());
    out.sort();
    (out, quotes)
}

/// Puts the pieces of a quote in reading order with the help of an answer that says the same words: walking along the answer,
/// each stretch comes from the piece whose next letters match. Pieces in one block need no help.
fn assemble(text: &Text, pieces: &[Vec<u32>], answers: &str) -> PullQuote {
    let passages: Vec<Passage> = pieces.iter().map(|p| Passage::of(text, p)).collect();
    let lines: Vec<u32> = pieces.iter().flatten().copied().collect();
    let in_order = passages.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join(" ");
    if passages.len() == 1 {
        return PullQuote { quote: Passage { text: in_order, lines }, settled: true };
    }
    match woven(&passages, answers) {
        Some(quote) => PullQuote { quote: Passage { text: quote, lines }, settled: true },
        None => PullQuote { quote: Passage { text: in_order, lines }, settled: false },
    }
}

/// Letters and digits of a text in lower case, each with its byte offset.
fn letters(text: &str) -> Vec<(usize, char)> {
    text.char_indices().filter(|(_, c)| c.is_alphanumeric()).flat_map(|(i, c)| c.to_lowercase().map(move |l| (i, l))).collect()
}

fn woven(pieces: &[Passage], answers: &str) -> Option<String> {
    let target: Vec<char> = letters(answers).into_iter().map(|(_, c)| c).collect();
    let sources: Vec<Vec<(usize, char)>> = pieces.iter().map(|p| letters(&p.text)).collect();
    let total: usize = sources.iter().map(Vec::len).sum();
    let opening: Vec<char> = sources.first()?.iter().map(|(_, c)| *c).collect();
    if opening.is_empty() {
        return None;
    }
    let starts = (0..target.len()).filter(|i| target[*i..].starts_with(&opening));
    for start in starts {
        let window = target.get(start..start + total)?;
        let mut at = vec![0usize; sources.len()];
        let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
        let mut current = 0;
        let mut whole = true;
        for wanted in window {
            let has = |s: usize, at: &[usize]| sources[s].get(at[s]).is_some_and(|(_, c)| c == wanted);
            if !has(current, &at) {
                match (0..sources.len()).find(|s| has(*s, &at)) {
                    Some(other) => current = other,
                    None => {
                        whole = false;
                        break;
                    }
                }
            }
            let index = at[current];
            match stretches.last_mut() {
                Some((s, _, end)) if *s == current && *end == index => *end = index + 1,
                Some(_) | None => stretches.push((current, index, index + 1)),
            }
            at[current] += 1;
        }
        if whole {
            return Some(printed(pieces, &sources, &stretches));
        }
    }
    None
}

/// The stretches as printed, joined by one space. What is no letter goes with the letter before it.
fn printed(pieces: &[Passage], sources: &[Vec<(usize, char)>], stretches: &[(usize, usize, usize)]) -> String {
    let slices = stretches.iter().map(|(s, from, to)| {
        let begin = if *from == 0 { 0 } else { sources[*s][*from].0 };
        let end = sources[*s].get(*to).map_or(pieces[*s].text.len(), |(offset, _)| *offset);
        pieces[*s].text[begin..end].trim()
    });
    slices.collect::<Vec<_>>().join(" ")
}

/// Words that open a question.
const ASKING: &[&str] = &[
    "who",
    "what",
    "what’s",
    "what's",
    "which",
    "why",
    "how",
    "how’s",
    "when",
    "where",
    "whom",
    "whose",
    "can",
    "could",
    "do",
    "does",
    "did",
    "is",
    "are",
    "was",
    "were",
    "will",
    "would",
    "should",
    "shall",
    "may",
    "have",
    "has",
    "had",
    "isn’t",
    "aren’t",
    "don’t",
    "doesn’t",
];

/// Splits the body into introduction, questions and answers. A question ends with `?` at a line's end, begins a line after a
/// sentence's end, and is no speech and no bracket; one sentence of statement may go before it.
fn questions(text: &Text, body: &[Vec<u32>], interview: &mut Interview) {
    let lines: Vec<(u32, bool)> = body.iter().flat_map(|b| b.iter().enumerate().map(|(i, n)| (*n, i == 0))).collect();
    let spans = question_spans(text, &lines);
    let first = spans.first().map_or(lines.len(), |(from, _)| *from);
    let mut paragraph: Vec<u32> = Vec::new();
    for (i, (n, opens)) in lines[..first].iter().enumerate() {
        let ended = i > 0 && ends_sentence(trimmed(text, lines[i - 1].0));
        if *opens && ended && !paragraph.is_empty() {
            interview.intro.push(Passage::of(text, &std::mem::take(&mut paragraph)));
        }
        paragraph.push(*n);
    }
    interview.intro.extend((!paragraph.is_empty()).then(|| Passage::of(text, &paragraph)));
    for (i, (from, to)) in spans.iter().enumerate() {
        let end = spans.get(i + 1).map_or(lines.len(), |(next, _)| *next);
        let numbers = |range: &[(u32, bool)]| range.iter().map(|(n, _)| *n).collect::<Vec<_>>();
        let question = Passage::of(text, &numbers(&lines[*from..=*to]));
        let answer = Passage::of(text, &numbers(&lines[to + 1..end]));
        interview.questions.push(Question { question, answer });
    }
}

/// First and last index of each question's lines.
fn question_spans(text: &Text, lines: &[(u32, bool)]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut quoted = 0i32;
    let mut bracketed = 0i32;
    for (i, (n, _)) in lines.iter().enumerate() {
        let line = trimmed(text, *n);
        for c in line.chars() {
            match c {
                '“' => quoted += 1,
                '”' => quoted = (quoted - 1).max(0),
                '(' => bracketed += 1,
                ')' => bracketed = (bracketed - 1).max(0),
                _ => {}
            }
        }
        if !line.ends_with('?') || quoted > 0 || bracketed > 0 {
            continue;
        }
        let floor = spans.last().map_or(0, |(_, to)| to + 1);
        let begins = |at: usize| at == floor || at == 0 || ends_sentence(trimmed(text, lines[at - 1].0));
        let Some(mut from) = (floor..=i).rev().find(|at| begins(*at)) else { continue };
        // One short statement may stand before the question, in lines of its own at the start of a block.
        let passage = Passage::of(text, &lines[from..=i].iter().map(|(n, _)| *n).collect::<Vec<_>>()).text;
        let sentences = inner_ends(&passage);
        let asks = passage[sentences..].split_whitespace().next().is_some_and(|w| ASKING.contains(&w.to_lowercase().trim_matches(',')));
        let answered = lines.get(i + 1).is_some_and(|(next, opens)| !opens || (sentences == 0 && *next > 0));
        if !asks || !answered || i - from >= 6 {
            continue;
        }
        if !lines[from].1 {
            let block_start = (floor..from).rev().find(|at| lines[*at].1);
            if let Some(start) =
                block_start.filter(|s| from - s <= 2 && (*s + 1..from).all(|k| !ends_sentence(trimmed(text, lines[k - 1].0))))
            {
                let fresh = start == 0 || ends_sentence(trimmed(text, lines[start - 1].0)) || start == floor;
                if fresh {
                    from = start;
                }
            }
        }
        spans.push((from, i));
    }
    spans
}

/// Byte offset at which the last sentence of a passage begins.
fn inner_ends(passage: &str) -> usize {
    let bytes: Vec<(usize, char)> = passage.char_indices().collect();
    let mut last = 0;
    for pair in bytes.windows(2) {
        let ((i, c), (_, next)) = (pair[0], pair[1]);
        if matches!(c, '.' | '!' | '?')
            && next == ' '
            && !super::line::ABBREVIATIONS.iter().any(|a| passage[..=i].to_lowercase().ends_with(a))
        {
            last = i + 2;
        }
    }
    last.min(passage.len())
}
