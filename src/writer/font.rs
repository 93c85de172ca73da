//! The three faces of Source Sans 3, shaped and measured. All lengths in points unless a name says em.

use rustybuzz::{Face as Shaper, UnicodeBuffer, ttf_parser::GlyphId};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

/// A face of the one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Face {
    Regular,
    Semibold,
    Italic,
}

impl Face {
    pub const ALL: [Self; 3] = [Self::Regular, Self::Semibold, Self::Italic];

    /// The font file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../assets/SourceSans3-Regular.ttf"),
            Self::Semibold => include_bytes!("../../assets/SourceSans3-Semibold.ttf"),
            Self::Italic => include_bytes!("../../assets/SourceSans3-Italic.ttf"),
        }
    }

    pub fn shaper(self) -> &'static Shaper<'static> {
        static SHAPERS: LazyLock<[Shaper<'static>; 3]> =
            LazyLock::new(|| Face::ALL.map(|f| Shaper::from_slice(f.bytes(), 0).expect("the shipped fonts are fonts")));
        &SHAPERS[self as usize]
    }
}

/// What a PDF's font descriptor says of a face, in font units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    pub em: u16,
    pub ascent: i16,
    pub descent: i16,
    /// Left, bottom, right, top of all glyphs together.
    pub bounds: [i16; 4],
}

impl Face {
    pub fn metrics(self) -> Metrics {
        let face = self.shaper();
        let bounds = face.global_bounding_box();
        let em = u16::try_from(face.units_per_em()).expect("the shipped fonts have a thousand units");
        Metrics { em, ascent: face.ascender(), descent: face.descender(), bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max] }
    }

    /// Advance of a glyph in font units.
    pub fn advance(self, glyph: u16) -> u16 {
        self.shaper().glyph_hor_advance(GlyphId(glyph)).unwrap_or(0)
    }
}

/// A glyph of a shaped run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub id: u16,
    /// Advance in em, kerning included.
    pub advance: f32,
    /// Advance of the glyph alone in em: what the font's width table says.
    pub width: f32,
    /// Byte range in the text that it stands for.
    pub start: usize,
    pub end: usize,
}

/// A run of text as glyphs.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    pub glyphs: Vec<Glyph>,
    /// Width in em.
    pub width: f32,
}

/// Runs that a thread remembers before it starts afresh: words repeat, and shaping is most of the time of a page.
const REMEMBERED: usize = 16_384;

type Plan = (Face, rustybuzz::Direction, rustybuzz::Script, Rc<rustybuzz::ShapePlan>);

thread_local! {
    static PLANS: RefCell<Vec<Plan>> = const { RefCell::new(Vec::new()) };
    static RUNS: RefCell<HashMap<Face, HashMap<String, Arc<Shaped>>>> = RefCell::new(HashMap::new());
}

/// Shapes a run in one face: kerning and ligatures of the font. `text` should be NFC.
pub fn shape(face: Face, text: &str) -> Arc<Shaped> {
    if let Some(known) = RUNS.with_borrow(|runs| runs.get(&face).and_then(|of| of.get(text)).cloned()) {
        return known;
    }
    let shaped = Arc::new(shape_anew(face, text));
    RUNS.with_borrow_mut(|runs| {
        let of = runs.entry(face).or_default();
        if of.len() >= REMEMBERED {
            of.clear();
        }
        of.insert(text.to_owned(), Arc::clone(&shaped));
    });
    shaped
}

fn shape_anew(face: Face, text: &str) -> Shaped {
    let shaper = face.shaper();
    let em = shaper.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let output = rustybuzz::shape_with_plan(shaper, &plan(face, &buffer), buffer);
    let (infos, positions) = (output.glyph_infos(), output.glyph_positions());
    let glyphs: Vec<Glyph> = infos
        .iter()
        .zip(positions)
        .enumerate()
        .map(|(i, (info, position))| {
            let start = info.cluster as usize;
            let end = infos[i + 1..].iter().map(|n| n.cluster as usize).find(|c| *c > start).unwrap_or(text.len());
            let id = u16::try_from(info.glyph_id).expect("TrueType glyph ids are 16 bits");
            let width = f32::from(shaper.glyph_hor_advance(GlyphId(id)).unwrap_or(0)) / em;
            Glyph { id, advance: position.x_advance as f32 / em, width, start, end }
        })
        .collect();
    let width = glyphs.iter().map(|g| g.advance).sum();
    Shaped { glyphs, width }
}

/// The plan for runs like this one. Making it costs more than shaping a word.
fn plan(face: Face, buffer: &UnicodeBuffer) -> Rc<rustybuzz::ShapePlan> {
    let (direction, script) = (buffer.direction(), buffer.script());
    PLANS.with_borrow_mut(|plans| {
        if let Some((.., plan)) = plans.iter().find(|(f, d, s, _)| (*f, *d, *s) == (face, direction, script)) {
            return Rc::clone(plan);
        }
        let plan = Rc::new(rustybuzz::ShapePlan::new(face.shaper(), direction, Some(script), buffer.language().as_ref(), &[]));
        plans.push((face, direction, script, Rc::clone(&plan)));
        plan
    })
}

/// A run of several words, each shaped by itself: what is measured is what is drawn, wherever a line breaks.
pub fn run(face: Face, text: &str) -> Arc<Shaped> {
    if !text.contains(' ') {
        return shape(face, text);
    }
    let mut whole = Shaped { glyphs: Vec::with_capacity(text.len()), width: 0.0 };
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.strip_suffix(' ');
        for (piece, start) in [(bare.unwrap_or(word), at), (if bare.is_some() { " " } else { "" }, at + bare.map_or(0, str::len))] {
            let shaped = shape(face, piece);
            whole.glyphs.extend(shaped.glyphs.iter().map(|g| Glyph { start: g.start + start, end: g.end + start, ..*g }));
            whole.width += shaped.width;
        }
        at += word.len();
    }
    Arc::new(whole)
}

/// Width of a run in points.
pub fn width(face: Face, size: f32, text: &str) -> f32 {
    text.split(' ').map(|word| shape(face, word).width).sum::<f32>() * size
        + shape(face, " ").width * size * text.matches(' ').count() as f32
}

/// What the three faces can print of a text: joiners and other invisible controls are left out, and a character without
/// a glyph becomes a question mark, since an empty box would say nothing and no archive takes it.
pub fn printable(text: &str) -> Cow<'_, str> {
    let plain = |c: char| Face::Regular.shaper().glyph_index(c).is_some() && Face::Italic.shaper().glyph_index(c).is_some();
    if text.chars().all(|c| matches!(c, ' '..='~') || (!invisible(c) && plain(c))) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !invisible(*c));
    Cow::Owned(
        kept.map(|c| {
            if c.is_whitespace() {
                if c == '\u{a0}' || c == '\u{202f}' { c } else { ' ' }
            } else if plain(c) {
                c
            } else {
                '?'
            }
        })
        .collect(),
    )
}

/// Controls without a picture: zero-width characters, soft hyphen, word joiner, byte order mark.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}')
}
