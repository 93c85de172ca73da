//! The three faces of Source Sans 3, shaped and measured. All lengths in points unless a name says em.

use rustybuzz::ttf_parser::gpos::{PairAdjustment, PositioningSubtable, ValueRecord};
use rustybuzz::ttf_parser::opentype_layout::{LayoutTable, Lookup};
use rustybuzz::ttf_parser::{GlyphId, Tag};
use rustybuzz::{Face as Shaper, UnicodeBuffer};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

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

/// A glyph of a run.
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

/// A run as glyphs, put behind those of `into`. Its words are set each by itself: what is measured is what is drawn,
/// wherever a line breaks. `text` should be NFC.
pub fn glyphs(face: Face, text: &str, into: &mut Vec<Glyph>) {
    let mut at = 0;
    for word in words(text) {
        match Plain::of(face, word) {
            Some(plain) => into.extend(plain.glyphs().map(|g| g.from(at))),
            None => into.extend(shape(face, word).glyphs.iter().map(|g| g.from(at))),
        }
        at += word.len();
    }
}

impl Glyph {
    fn from(self, at: usize) -> Self {
        Self { start: self.start + at, end: self.end + at, ..self }
    }
}

/// Width in em of a run as [`glyphs`] sets it.
pub fn extent(face: Face, text: &str) -> f32 {
    words(text).map(|word| word_width(face, word)).sum()
}

/// Width of a run in points.
pub fn width(face: Face, size: f32, text: &str) -> f32 {
    let mut words = text.split(' ');
    let first = words.next().map_or(0.0, |word| word_width(face, word));
    let (em, spaces) = words.fold((first, 0_usize), |(em, spaces), word| (em + word_width(face, word), spaces + 1));
    if spaces == 0 { em * size } else { em * size + word_width(face, " ") * size * spaces as f32 }
}

/// The words of a text and the spaces between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ').flat_map(|word| {
        let (word, space) = word.split_at(word.len() - usize::from(word.ends_with(' ')));
        [word, space]
    })
}

fn word_width(face: Face, word: &str) -> f32 {
    match Plain::of(face, word) {
        Some(plain) => plain.glyphs().map(|g| g.advance).sum(),
        None => shape(face, word).width,
    }
}

/// A word in printable ASCII, as most are. Such letters become one glyph each and stand nearer or farther in pairs, which
/// the font says in tables: to shape them takes a hundred times as long and gives the same, as the tests below hold.
struct Plain<'t> {
    letters: &'static Letters,
    word: &'t [u8],
}

impl<'t> Plain<'t> {
    fn of(face: Face, word: &'t str) -> Option<Self> {
        // The font joins an f to an f or a t.
        let joined = || word.as_bytes().windows(2).any(|pair| matches!(pair, [b'f', b'f' | b't']));
        (is_plain(word) && !joined()).then(|| Self { letters: Letters::of(face), word: word.as_bytes() })
    }

    fn glyphs(&self) -> impl Iterator<Item = Glyph> {
        let place = |letter: &u8| usize::from(letter - FIRST);
        self.word.iter().enumerate().map(move |(i, letter)| {
            let (id, advances) = (self.letters.glyphs[place(letter)], &self.letters.advances[place(letter)]);
            let advance = advances[self.word.get(i + 1).map_or(ALONE, place)];
            Glyph { id, advance, width: advances[ALONE], start: i, end: i + 1 }
        })
    }
}

/// Whether a text is printable ASCII. Without a way out of the loop, so that it takes many letters at once.
fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |plain, b| plain & matches!(b, b' '..=b'~'))
}

/// The first printable letter of ASCII, and how many there are.
const FIRST: u8 = b' ';
const COUNT: usize = 95;
/// Where the advance of a letter by itself stands.
const ALONE: usize = COUNT;

/// The printable letters of ASCII in a face.
struct Letters {
    glyphs: [u16; COUNT],
    /// The advance of each in em, before each.
    advances: Vec<[f32; COUNT + 1]>,
}

impl Letters {
    fn of(face: Face) -> &'static Self {
        static LETTERS: [OnceLock<Letters>; 3] = [const { OnceLock::new() }; 3];
        LETTERS[face as usize].get_or_init(|| Self::read(face.shaper()))
    }

    fn read(face: &Shaper) -> Self {
        let letter = |i| char::from(FIRST + u8::try_from(i).expect("ASCII has fewer"));
        let glyphs: [GlyphId; COUNT] = std::array::from_fn(|i| face.glyph_index(letter(i)).expect("the shipped fonts have all of ASCII"));
        let em = face.units_per_em() as f32;
        let lookups: Vec<Vec<Pairs>> = kerning(face).into_iter().map(|l| l.into_iter().map(|p| Pairs::of(p, &glyphs)).collect()).collect();
        let advances = |first: &GlyphId| {
            let mut units = [i32::from(face.glyph_hor_advance(*first).unwrap_or(0)); COUNT + 1];
            for lookup in &lookups {
                // The first table that knows a pair says it.
                let rows: Vec<[Option<i16>; COUNT]> = lookup.iter().filter_map(|pairs| pairs.row(*first, &glyphs)).collect();
                for (second, units) in units[..COUNT].iter_mut().enumerate() {
                    *units += rows.iter().find_map(|row| row[second]).map_or(0, i32::from);
                }
            }
            units.map(|units| units as f32 / em)
        };
        Self { advances: glyphs.iter().map(advances).collect(), glyphs: glyphs.map(|id| id.0) }
    }
}

/// The lookups of the feature `kern` for Latin letters, each of tables that adjust pairs.
fn kerning<'f>(face: &Shaper<'f>) -> Vec<Vec<PairAdjustment<'f>>> {
    let feature = |gpos: &LayoutTable<'f>| {
        let script = gpos.scripts.find(Tag::from_bytes(b"latn"))?;
        let mut features = script.default_language?.feature_indices.into_iter().filter_map(|i| gpos.features.get(i));
        features.find(|feature| feature.tag == Tag::from_bytes(b"kern"))
    };
    let Some((gpos, feature)) = face.tables().gpos.and_then(|gpos| Some((gpos, feature(&gpos)?))) else { return Vec::new() };
    let tables = |lookup: Lookup<'f>| {
        let tables = lookup.subtables.into_iter::<PositioningSubtable>();
        tables.filter_map(|table| if let PositioningSubtable::Pair(pairs) = table { Some(pairs) } else { None }).collect()
    };
    feature.lookup_indices.into_iter().filter_map(|i| gpos.lookups.get(i)).map(tables).collect()
}

/// A table of pairs, with the class that each letter has in it as the second of a pair.
struct Pairs<'f> {
    table: PairAdjustment<'f>,
    seconds: [u16; COUNT],
}

impl<'f> Pairs<'f> {
    fn of(table: PairAdjustment<'f>, glyphs: &[GlyphId; COUNT]) -> Self {
        let seconds = match &table {
            PairAdjustment::Format1 { .. } => [0; COUNT],
            PairAdjustment::Format2 { classes, .. } => glyphs.map(|glyph| classes.1.get(glyph)),
        };
        Self { table, seconds }
    }

    /// What it adds to the advance of a glyph before each letter, if it knows the pair.
    fn row(&self, first: GlyphId, glyphs: &[GlyphId; COUNT]) -> Option<[Option<i16>; COUNT]> {
        let advance = |(value, _): (ValueRecord, ValueRecord)| value.x_advance;
        match &self.table {
            PairAdjustment::Format1 { coverage, sets } => {
                let set = sets.get(coverage.get(first)?)?;
                Some(glyphs.map(|second| set.get(second).map(advance)))
            }
            PairAdjustment::Format2 { coverage, classes, matrix } => {
                coverage.get(first)?;
                let class = classes.0.get(first);
                Some(self.seconds.map(|second| matrix.get((class, second)).map(advance)))
            }
        }
    }
}

/// A word as glyphs.
struct Shaped {
    glyphs: Vec<Glyph>,
    /// Width in em.
    width: f32,
}

/// Words that are remembered of a face before it starts afresh: they repeat, from page to page and from country to country.
const REMEMBERED: usize = 16_384;

type Plan = (Face, rustybuzz::Direction, rustybuzz::Script, Rc<rustybuzz::ShapePlan>);

thread_local! {
    static PLANS: RefCell<Vec<Plan>> = const { RefCell::new(Vec::new()) };
}

type Words = RwLock<HashMap<String, Arc<Shaped>>>;

/// Shapes a word in one face: kerning and ligatures of the font.
fn shape(face: Face, word: &str) -> Arc<Shaped> {
    static WORDS: [LazyLock<Words>; 3] = [const { LazyLock::new(RwLock::default) }; 3];
    let words = &WORDS[face as usize];
    if let Some(known) = words.read().unwrap_or_else(PoisonError::into_inner).get(word) {
        return Arc::clone(known);
    }
    let shaped = Arc::new(shape_anew(face, word));
    let mut words = words.write().unwrap_or_else(PoisonError::into_inner);
    if words.len() >= REMEMBERED {
        words.clear();
    }
    words.insert(word.to_owned(), Arc::clone(&shaped));
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

/// What the three faces can print of a text: joiners and other invisible controls are left out, and a character without
/// a glyph becomes a question mark, since an empty box would say nothing and no archive takes it.
pub fn printable(text: &str) -> Cow<'_, str> {
    let plain = |c: char| Face::Regular.shaper().glyph_index(c).is_some() && Face::Italic.shaper().glyph_index(c).is_some();
    if is_plain(text) || text.chars().all(|c| matches!(c, ' '..='~') || (!invisible(c) && plain(c))) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(face: Face, word: &str) {
        let Some(plain) = Plain::of(face, word) else { return };
        let shaped = shape_anew(face, word);
        assert_eq!(plain.glyphs().collect::<Vec<_>>(), shaped.glyphs, "{face:?} {word:?}");
        assert_eq!(plain.glyphs().map(|g| g.advance).sum::<f32>(), shaped.width, "{face:?} {word:?}");
    }

    #[test]
    fn every_pair_of_plain_letters_stands_as_shaped() {
        for face in Face::ALL {
            for first in ' '..='~' {
                // Before and after every other, in one run.
                let beside = |second: &char| Plain::of(face, &format!("{first}{second}{first}")).is_some();
                let pairs: String = (' '..='~').filter(beside).flat_map(|second| [first, second]).collect();
                agrees(face, &pairs);
            }
        }
    }

    #[test]
    fn plain_words_stand_as_shaped() {
        let words = include_str!("../../seeds/dpa-factsheet-2022-luxembourg.txt").split_whitespace().step_by(8);
        let letters: String = (' '..='~').collect();
        let stretches = (2..9).flat_map(|n| (0..letters.len() - n).map(move |at| at..at + n)).map(|range| &letters[range]);
        let forms = [
            "tf", "fi", "fjfl", "ffi", "1/2", "10/12", "...", "-->", "www", "(c)", "2nd", "a1b2", "H2O", "x^2", "o'clock", "fb", "fh",
            "fk", "Th",
        ];
        for word in words.chain(stretches).chain(forms) {
            Face::ALL.iter().for_each(|face| agrees(*face, word));
        }
    }
}
