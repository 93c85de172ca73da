//! How cells look: the visual specification, sections 3 and 11, as formats.

use super::sheet::Role;
use crate::writer::theme::{self, Rgb};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};
use std::collections::BTreeMap;

/// What a cell's look depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// A cell of a table.
    Body {
        role: Role,
        decimals: u8,
        strong: bool,
        kind: Kind,
    },
    Head(Role),
    Title,
    Sentence,
    /// Grey words above a table.
    Aside,
    Link,
    /// What a line of the cover is about.
    Term,
    Fact,
    Finding,
    CountryKey,
    AverageKey,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Plain,
    Link,
    /// `[x]` in a column of numbers.
    Mark,
    /// Text that looks like a formula.
    Quoted,
    Date,
}

/// Formats made so far.
#[derive(Default)]
pub(super) struct Formats {
    made: BTreeMap<Style, Format>,
}

impl Formats {
    pub fn get(&mut self, style: Style) -> &Format {
        self.made.entry(style).or_insert_with(|| make(style))
    }
}

pub(super) fn color(Rgb(r, g, b): Rgb) -> Color {
    Color::RGB(u32::from(r) << 16 | u32::from(g) << 8 | u32::from(b))
}

/// `0.0`, or `+0.0;−0.0;0.0` for differences; thousands are set apart by the reader's own sign.
fn number_format(role: Role, decimals: u8) -> String {
    let digits = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{}", "0".repeat(usize::from(decimals))) };
    match role {
        Role::Gap => format!("+{digits};\u{2212}{digits};{digits}"),
        Role::Country | Role::Average | Role::Number => format!("{digits};\u{2212}{digits};{digits}"),
        Role::Count => "0".to_owned(),
        Role::Label | Role::Text | Role::Prose | Role::Date | Role::Boolean | Role::Place => "General".to_owned(),
    }
}

fn is_number(role: Role) -> bool {
    match role {
        Role::Country | Role::Average | Role::Gap | Role::Number | Role::Count => true,
        Role::Label | Role::Text | Role::Prose | Role::Date | Role::Boolean | Role::Place => false,
    }
}

fn role_color(role: Role) -> Option<Rgb> {
    match role {
        Role::Country => Some(theme::COUNTRY),
        Role::Average => Some(theme::AVERAGE),
        Role::Label | Role::Text | Role::Prose | Role::Gap | Role::Number | Role::Count | Role::Date | Role::Boolean | Role::Place => None,
    }
}

fn link(format: Format) -> Format {
    format.set_font_color(color(theme::COUNTRY)).set_underline(FormatUnderline::Single)
}

/// The format of a style.
pub(super) fn make(style: Style) -> Format {
    let plain = || Format::new().set_font_color(color(theme::INK)).set_align(FormatAlign::Top);
    match style {
        Style::Body { role, decimals, strong, kind } => {
            let mut format = plain();
            if let Some(rgb) = role_color(role) {
                format = format.set_font_color(color(rgb));
            }
            if is_number(role) {
                format = format.set_align(FormatAlign::Right).set_num_format(number_format(role, decimals));
            } else {
                // A text beside a number to its left needs air.
                format = format.set_align(FormatAlign::Left).set_indent(u8::from(role != Role::Label));
            }
            if role == Role::Prose || role == Role::Label {
                format = format.set_text_wrap();
            }
            if strong {
                format = format.set_bold();
            }
            match kind {
                Kind::Plain => format,
                Kind::Link => link(format),
                Kind::Mark => format.set_font_color(color(theme::GREY)),
                Kind::Quoted => format.set_quote_prefix(),
                Kind::Date => format.set_num_format("yyyy-mm-dd"),
            }
        }
        Style::Head(role) => plain()
            .set_bold()
            .set_text_wrap()
            .set_font_color(color(role_color(role).unwrap_or(theme::INK)))
            .set_background_color(color(theme::WASH))
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(color(theme::INK))
            .set_align(if is_number(role) { FormatAlign::Right } else { FormatAlign::Left })
            .set_indent(u8::from(!is_number(role) && role != Role::Label))
            .set_align(FormatAlign::Bottom),
        Style::Title => Format::new().set_bold().set_font_size(16.0).set_font_color(color(theme::COUNTRY)),
        Style::Sentence => plain(),
        Style::Aside => plain().set_font_color(color(theme::GREY)),
        Style::Link => link(plain()),
        Style::Term => plain().set_bold().set_text_wrap(),
        Style::Fact => plain().set_text_wrap(),
        Style::Finding => plain().set_bold().set_font_size(12.0),
        Style::CountryKey => plain().set_bold().set_font_color(color(theme::COUNTRY)),
        Style::AverageKey => plain().set_bold().set_font_color(color(theme::AVERAGE)),
    }
}
