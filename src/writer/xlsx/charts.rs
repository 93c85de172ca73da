//! Figures -> native charts: their numbers are cells, their words stand beside them as text.

use super::format::{Style, color};
use super::sheet::{Figure, FigureKind, Label, Look, Series};
use super::text::clean;
use super::write::Pen;
use crate::writer::theme::{AVERAGE, AVERAGE_BAR, COUNTRY, COUNTRY_BAR, GREY, HAIRLINE, INK, OTHERS, Rgb, WHITE};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType,
    ChartPoint, ChartSeries, ChartSolidFill, ChartType, Worksheet, XlsxError,
};

/// Height of a row that nobody set, in pixels.
const ROW: u32 = 20;
/// The scale in per cent at which the columns fit across a printed page in Excel and in LibreOffice, and the rows it then has.
const SCALE: u16 = 60;
const PAGE: u32 = 54;

/// One chart below the other: what it tells, where its numbers stand, the chart, its source.
///
/// # Errors
/// What rust_xlsxwriter reports.
pub(super) fn write(pen: &mut Pen<'_>, worksheet: &mut Worksheet, figures: &[Figure], source: &str) -> Result<(), XlsxError> {
    let count = if figures.len() == 1 { "1 chart".to_owned() } else { format!("{} charts", figures.len()) };
    worksheet.write_string_with_format(4, 0, format!("No table, {count}."), pen.formats.get(Style::Aside))?;
    worksheet.set_screen_gridlines(false);
    worksheet.set_column_range_width(0, 14, 11.0)?;
    let mut row = super::sheet::HEAD_ROW;
    let (mut top, mut breaks) = (0, Vec::new());
    for figure in figures {
        // A chart is not cut by the end of a page.
        let end = row + 4 + figure.size.1.div_ceil(ROW);
        if end - top > PAGE && row > super::sheet::HEAD_ROW {
            breaks.push(row);
            top = row;
        }
        worksheet.write_string_with_format(row, 0, clean(&figure.finding), pen.formats.get(Style::Finding))?;
        if let super::sheet::Target::Cell(sheet, ..) = &figure.data {
            pen.link(worksheet, row + 1, 0, &format!("Numbers: sheet {sheet}"), &figure.data, Style::Link)?;
        }
        let mut chart = chart(figure)?;
        chart.set_width(figure.size.0).set_height(figure.size.1).set_alt_text(fit(&figure.alt));
        worksheet.insert_chart_with_offset(row + 2, 0, &chart, 0, 4)?;
        row += 3 + figure.size.1.div_ceil(ROW);
        if !source.is_empty() {
            worksheet.write_string_with_format(row, 0, clean(source), pen.formats.get(Style::Aside))?;
        }
        row += 2;
    }
    worksheet.set_landscape();
    worksheet.set_print_area(0, 0, row, 13)?;
    super::write::page(worksheet)?;
    // Excel heeds breaks only where the sheet is not fitted to pages.
    worksheet.set_page_breaks(&breaks)?;
    worksheet.set_print_scale(SCALE);
    Ok(())
}

fn chart(figure: &Figure) -> Result<Chart, XlsxError> {
    let mut chart = Chart::new(match figure.kind {
        FigureKind::Lines => ChartType::ScatterStraightWithMarkers,
        FigureKind::Columns => ChartType::Column,
        FigureKind::Timeline => ChartType::Scatter,
    });
    let mut marks = Chart::new(ChartType::Line);
    let mut combined = false;
    for series in &figure.series {
        match series.look {
            Look::AverageMarks | Look::AverageRule => {
                make(marks.add_series(), series);
                combined = true;
            }
            Look::CountryLine | Look::AverageLine | Look::CountryColumns | Look::OthersColumns(_) | Look::Certain | Look::Ambiguous => {
                make(chart.add_series(), series);
            }
        }
    }
    if combined {
        chart.combine(&marks);
    }
    chart.title().set_name(fit(&figure.what).as_str()).set_font(font(11.0, INK).set_bold()).set_overlay(false);
    chart.legend().set_hidden();
    let hairline = line(HAIRLINE, 0.5);
    chart.y_axis().set_major_gridlines(true).set_major_gridlines_line(&hairline).set_font(&font(9.0, GREY)).set_num_format("General");
    chart.y_axis().set_format(ChartFormat::new().set_no_line());
    chart.x_axis().set_font(&font(9.0, GREY)).set_format(ChartFormat::new().set_line(&line(INK, 0.75))).set_major_gridlines(false);
    if let Some(minimum) = figure.axis.0 {
        chart.y_axis().set_min(minimum);
    }
    if let Some(maximum) = figure.axis.1 {
        chart.y_axis().set_max(maximum);
    }
    if let Some((first, last)) = figure.years {
        // Half a year of air on the left, room for the name of the series on the right.
        let room = ((last - first) / 6).max(1);
        chart.x_axis().set_min(first).set_max(last + room).set_major_unit(if last - first > 14 { 2 } else { 1 }).set_num_format("0");
    }
    if figure.kind == FigureKind::Timeline {
        chart.y_axis().set_reverse().set_hidden(true).set_major_gridlines(false);
        chart.x_axis().set_major_gridlines(true).set_major_gridlines_line(&hairline);
    }
    chart
        .chart_area()
        .set_format(ChartFormat::new().set_no_border().set_solid_fill(&ChartSolidFill::new().set_color(color(WHITE)).clone()));
    Ok(chart)
}

/// Gives a series of a chart its cells, its look and its words. (A series pushed ready-made loses its marker.)
fn make(made: &mut ChartSeries, series: &Series) {
    let range = |column: u16| (series.sheet.as_str(), series.rows.0, column, series.rows.1, column);
    made.set_name(fit(&series.name).as_str()).set_categories(range(series.category)).set_values(range(series.value));
    let marker = |kind, size, fill: Rgb, border: Rgb| {
        let mut format = ChartFormat::new();
        format.set_solid_fill(ChartSolidFill::new().set_color(color(fill))).set_border(&line(border, 1.25));
        let mut marker = ChartMarker::new();
        marker.set_type(kind).set_size(size).set_format(&mut format);
        marker
    };
    let no_line = || {
        let mut format = ChartFormat::new();
        format.set_no_line();
        format
    };
    match series.look {
        Look::CountryLine => {
            made.set_format(ChartFormat::new().set_line(&line(COUNTRY, 2.25))).set_marker(&marker(
                ChartMarkerType::Circle,
                6,
                COUNTRY,
                COUNTRY,
            ));
        }
        Look::AverageLine => {
            made.set_format(ChartFormat::new().set_line(&line(AVERAGE, 1.25))).set_marker(&marker(
                ChartMarkerType::Diamond,
                7,
                WHITE,
                AVERAGE,
            ));
        }
        Look::CountryColumns => {
            made.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color(COUNTRY)))).set_gap(60);
        }
        Look::OthersColumns(own) => {
            made.set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color(HAIRLINE)))).set_gap(40);
            if let Some(own) = own {
                let mut points = vec![ChartPoint::default(); own];
                points
                    .push(ChartPoint::new().set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(color(COUNTRY)))));
                made.set_points(&points);
                let mut labels: Vec<ChartDataLabel> = (0..own).map(|_| ChartDataLabel::new().set_hidden().to_custom()).collect();
                labels.push(ChartDataLabel::new().set_font(font(9.0, COUNTRY).set_bold()).show_value().to_custom());
                let rest = usize::try_from(series.rows.1 - series.rows.0).unwrap_or(0) - own;
                labels.extend((0..rest).map(|_| ChartDataLabel::new().set_hidden().to_custom()));
                made.set_custom_data_labels(&labels);
            }
        }
        Look::AverageMarks => {
            made.set_format(&mut no_line()).set_marker(&marker(ChartMarkerType::Diamond, 9, AVERAGE_BAR, AVERAGE));
        }
        Look::AverageRule => {
            let mut rule = line(AVERAGE, 1.25);
            rule.set_dash_type(ChartLineDashType::Solid);
            made.set_format(ChartFormat::new().set_line(&rule)).set_marker(ChartMarker::new().set_none());
        }
        Look::Certain => {
            made.set_format(&mut no_line()).set_marker(&marker(ChartMarkerType::Circle, 7, COUNTRY, COUNTRY));
        }
        Look::Ambiguous => {
            made.set_format(&mut no_line()).set_marker(&marker(ChartMarkerType::Diamond, 8, COUNTRY_BAR, COUNTRY));
        }
    }
    label(made, series);
}

fn label(made: &mut ChartSeries, series: &Series) {
    let rgb = match series.look {
        Look::CountryLine | Look::CountryColumns | Look::Certain | Look::Ambiguous => COUNTRY,
        Look::AverageLine | Look::AverageMarks | Look::AverageRule => AVERAGE,
        Look::OthersColumns(_) => OTHERS,
    };
    let words = |text: &str, bold: bool| {
        let mut font = font(9.0, if bold { rgb } else { INK });
        if bold {
            font.set_bold();
        }
        ChartDataLabel::new().set_value(fit(text).as_str()).set_font(&font).set_position(ChartDataLabelPosition::Right).to_custom()
    };
    match &series.label {
        Label::None => {}
        Label::Name => {
            let before = usize::try_from(series.rows.1 - series.rows.0).unwrap_or(0);
            let mut labels: Vec<ChartDataLabel> = (0..before).map(|_| ChartDataLabel::new().set_hidden().to_custom()).collect();
            labels.push(words(&series.name, true));
            made.set_custom_data_labels(&labels);
        }
        Label::Each(texts) => {
            let labels: Vec<ChartDataLabel> = texts.iter().map(|text| words(text, false)).collect();
            made.set_custom_data_labels(&labels);
        }
    }
}

fn line(rgb: Rgb, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(color(rgb)).set_width(width);
    line
}

fn font(size: f64, rgb: Rgb) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_size(size).set_color(color(rgb));
    font
}

/// A title or an alternative text of at most 255 characters, Excel's limit of both; cut at a word.
fn fit(text: &str) -> String {
    const MOST: usize = 250;
    // A title that began with "=" would be taken for a range.
    let clean = clean(text.trim_start_matches('='));
    if clean.encode_utf16().count() <= MOST {
        return clean.into_owned();
    }
    let mut units = 0;
    let cut: String = clean
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= MOST
        })
        .collect();
    format!("{}…", cut.rfind(' ').map_or(cut.as_str(), |at| &cut[..at]))
}

/// Puts the elements of a scatter series into the order of the schema: rust_xlsxwriter 0.102 writes the marker before the
/// series' own format.
pub(super) fn in_order(mut xml: String) -> String {
    const WRONG: &str = "</c:marker><c:spPr>";
    const MARKER: &str = "<c:marker>";
    const END: &str = "</c:spPr>";
    while let Some(at) = xml.find(WRONG) {
        let format = at + "</c:marker>".len();
        let (Some(marker), Some(length)) = (xml[..at].rfind(MARKER), xml[format..].find(END)) else { break };
        let end = format + length + END.len();
        let swapped = format!("{}{}", &xml[format..end], &xml[marker..format]);
        xml.replace_range(marker..end, &swapped);
    }
    xml
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn a_series_format_comes_before_its_marker() {
        let wrong = "<c:ser><c:tx/><c:marker><c:spPr>m</c:spPr></c:marker><c:spPr>s</c:spPr><c:xVal/></c:ser>".repeat(2);
        let right = "<c:ser><c:tx/><c:spPr>s</c:spPr><c:marker><c:spPr>m</c:spPr></c:marker><c:xVal/></c:ser>".repeat(2);
        assert_eq!(in_order(wrong), right);
        assert_eq!(in_order(right.clone()), right);
    }
}
