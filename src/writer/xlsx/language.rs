//! The document's language: `dc:language` in `docProps/core.xml`, which rust_xlsxwriter does not write.

/// The part that holds the document's properties.
pub(super) const PART: &str = "docProps/core.xml";

/// Puts the element at the end of the properties; their order is free. A language that is none becomes English.
pub(super) fn with_language(xml: &str, language: &str) -> String {
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let language = if language.is_empty() { "en" } else { &language };
    xml.replace("</cp:coreProperties>", &format!("<dc:language>{language}</dc:language></cp:coreProperties>"))
}

#[cfg(test)]
mod tests {
    use super::with_language;

    #[test]
    fn the_language_stands_in_the_properties_and_cannot_break_them() {
        let xml = "<cp:coreProperties><dc:title>t</dc:title></cp:coreProperties>";
        assert_eq!(with_language(xml, "lb"), "<cp:coreProperties><dc:title>t</dc:title><dc:language>lb</dc:language></cp:coreProperties>");
        assert!(with_language(xml, "<x/>").contains("<dc:language>x</dc:language>"));
        assert!(with_language(xml, "").contains("<dc:language>en</dc:language>"));
    }
}
