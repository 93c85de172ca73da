//! The three faces of Source Sans 3, shaped and measured. All lengths in points unless a name says em.

use rustybuzz::{Face as Shaper, UnicodeBuffer, ttf_parser::GlyphId};
use std::sync::LazyLock;

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

/// Shapes a run in one face: kerning and ligatures of the font. `text` should be NFC.
pub fn shape(face: Face, text: &str) -> Shaped {
    let shaper = face.shaper();
    let em = shaper.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    let output = rustybuzz::shape(shaper, &[], buffer);
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

/// Width of a run in points.
pub fn width(face: Face, size: f32, text: &str) -> f32 {
    shape(face, text).width * size
}
