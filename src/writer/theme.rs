//! Colours, type scale and spaces, for all writers: the visual specification, sections 1 to 3.

use super::font::Face;

/// A colour as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

pub const INK: Rgb = Rgb(0x22, 0x22, 0x22);
pub const GREY: Rgb = Rgb(0x59, 0x59, 0x59);
/// The country, in every document.
pub const COUNTRY: Rgb = Rgb(0x12, 0x43, 0x6d);
/// Bars of single indicators.
pub const COUNTRY_LIGHT: Rgb = Rgb(0x64, 0x87, 0xa8);
/// The average, in every document.
pub const AVERAGE: Rgb = Rgb(0xb8, 0x4a, 0x0a);
pub const OTHERS: Rgb = Rgb(0x8a, 0x8a, 0x8a);
/// Rules only.
pub const HAIRLINE: Rgb = Rgb(0xc9, 0xcd, 0xd2);
/// The country's row, group heads.
pub const WASH: Rgb = Rgb(0xee, 0xf2, 0xf6);
pub const WHITE: Rgb = Rgb(0xff, 0xff, 0xff);
/// Data bars of a workbook behind a signed gap: the country ahead, the average ahead. Dark ink stays readable on both.
pub const COUNTRY_BAR: Rgb = Rgb(0xb5, 0xca, 0xdd);
pub const AVERAGE_BAR: Rgb = Rgb(0xf0, 0xc3, 0xa5);

/// Size, leading, face and colour of a kind of text. A line box of leading l has its baseline 0.75 l below its top.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub size: f32,
    pub leading: f32,
    pub face: Face,
    pub color: Rgb,
}

impl Style {
    pub const fn new(size: f32, leading: f32, face: Face, color: Rgb) -> Self {
        Self { size, leading, face, color }
    }

    /// The same in another colour.
    pub const fn colored(self, color: Rgb) -> Self {
        Self { color, ..self }
    }

    /// The same in another face.
    pub const fn faced(self, face: Face) -> Self {
        Self { face, ..self }
    }
}

/// The type scale: the visual specification, section 2.
pub mod style {
    use super::{COUNTRY, Face, GREY, INK, Style};

    pub const COUNTRY_NAME: Style = Style::new(44.0, 52.0, Face::Semibold, COUNTRY);
    pub const GLANCE_TITLE: Style = Style::new(32.0, 39.0, Face::Semibold, COUNTRY);
    pub const KICKER: Style = Style::new(12.0, 16.25, Face::Semibold, INK);
    pub const KEY_FIGURE: Style = Style::new(30.0, 32.5, Face::Semibold, COUNTRY);
    pub const H1: Style = Style::new(22.0, 26.0, Face::Semibold, INK);
    /// Sub-headings and tile labels of one size.
    pub const H2: Style = Style::new(12.0, 16.25, Face::Semibold, INK);
    pub const LEAD: Style = Style::new(12.0, 16.25, Face::Regular, INK);
    pub const FINDING: Style = Style::new(10.5, 13.0, Face::Semibold, INK);
    pub const BODY: Style = Style::new(9.5, 13.0, Face::Regular, INK);
    pub const TILE: Style = Style::new(9.5, 13.0, Face::Semibold, INK);
    pub const LABEL: Style = Style::new(9.0, 13.0, Face::Regular, INK);
    pub const HEAD: Style = Style::new(9.0, 13.0, Face::Semibold, INK);
    pub const WHAT: Style = Style::new(9.0, 13.0, Face::Regular, GREY);
    /// Text of entries: labels set closer.
    pub const ENTRY: Style = Style::new(9.0, 11.7, Face::Regular, INK);
    pub const TICK: Style = Style::new(8.0, 9.75, Face::Regular, GREY);
    pub const NOTE: Style = Style::new(7.5, 9.75, Face::Regular, GREY);
}

/// The page and its grid, in points: the visual specification, section 1.
pub mod grid {
    /// A4.
    pub const PAGE_WIDTH: f32 = 595.28;
    pub const PAGE_HEIGHT: f32 = 841.89;
    /// The unit of vertical rhythm.
    pub const G: f32 = 13.0;
    pub const LEFT: f32 = 56.64;
    pub const RIGHT: f32 = 538.64;
    pub const TOP: f32 = 78.0;
    pub const BOTTOM: f32 = 780.0;
    /// Width of the text block.
    pub const MEASURE: f32 = 482.0;

    /// Left edge of a column of the twelve.
    pub const fn col(i: u8) -> f32 {
        LEFT + 41.25 * i as f32
    }

    /// Width of so many columns with the gutters between them.
    pub const fn span(n: u8) -> f32 {
        41.25 * n as f32 - G
    }
}
