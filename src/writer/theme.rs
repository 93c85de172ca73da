//! Colours, type scale and spaces, for all writers: the visual specification, sections 1 to 3.

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
