//! What a PDF says of itself, twice: in its Info dictionary and as XMP. Both are written from one value, so they agree.

use super::tags::utf16;
use crate::report::Report;
use crate::source::origin::Status;
use lopdf::{Dictionary, Object, dictionary};

/// Made from a report; nothing here is the clock's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    pub title: String,
    pub author: String,
    pub subject: String,
    pub keywords: String,
    pub language: String,
    /// Year, month, day.
    pub date: (u16, u8, u8),
    /// `lu-dpa-2022`.
    pub id: String,
}

const PRODUCER: &str = concat!("factsheet ", env!("CARGO_PKG_VERSION"));

impl Metadata {
    /// Of a report's document; `part` says which one (`at a glance`), empty for the factsheet itself.
    pub fn of(report: &Report, part: &str) -> Self {
        let draft = match report.status {
            Status::Draft => " (draft)",
            Status::Final => "",
        };
        let part_of = if part.is_empty() { String::new() } else { format!(" – {part}") };
        Self {
            title: format!("{} – {}{part_of}{draft}", report.title, report.country),
            author: report.author.clone(),
            subject: report.subject.clone(),
            keywords: report.keywords.join(", "),
            language: if report.language.is_empty() { "en".to_owned() } else { report.language.clone() },
            date: date(&report.date),
            id: if part.is_empty() { report.id.clone() } else { format!("{}/{part}", report.id) },
        }
    }

    /// `D:20220601000000Z`.
    pub fn pdf_date(&self) -> Object {
        let (year, month, day) = self.date;
        Object::string_literal(format!("D:{year:04}{month:02}{day:02}000000Z"))
    }

    pub fn info(&self) -> Dictionary {
        let mut info = dictionary! {
            "Title" => utf16(&self.title),
            "Creator" => utf16("factsheet"),
            "Producer" => utf16(PRODUCER),
            "CreationDate" => self.pdf_date(),
            "ModDate" => self.pdf_date(),
        };
        for (key, value) in [("Author", &self.author), ("Subject", &self.subject), ("Keywords", &self.keywords)] {
            if !value.is_empty() {
                info.set(key, utf16(value));
            }
        }
        info
    }

    pub fn xmp(&self) -> Vec<u8> {
        let (year, month, day) = self.date;
        let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        let mut xmp = String::from("<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        xmp += r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
"#;
        let mut add = |line: String| {
            xmp += &line;
            xmp.push('\n');
        };
        add(format!("<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>", escape(&self.title)));
        if !self.author.is_empty() {
            add(format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>", escape(&self.author)));
        }
        if !self.subject.is_empty() {
            add(format!(
                "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>",
                escape(&self.subject)
            ));
        }
        add(format!("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>", escape(&self.language)));
        add("<dc:format>application/pdf</dc:format>".to_owned());
        if !self.keywords.is_empty() {
            add(format!("<pdf:Keywords>{}</pdf:Keywords>", escape(&self.keywords)));
        }
        add(format!("<pdf:Producer>{}</pdf:Producer>", escape(PRODUCER)));
        add(format!(
            "<xmp:CreatorTool>factsheet</xmp:CreatorTool><xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>"
        ));
        add("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>".to_owned());
        // PDF/A knows no pdfuaid; it wants every further schema described.
        xmp += r#"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"#;
        xmp.into_bytes()
    }
}

fn escape(text: &str) -> String {
    let kept: String = text.chars().filter(|c| !c.is_control()).collect();
    kept.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A day in ISO 8601; what is missing of it is the first (the file needs some date, and never the clock's).
fn date(iso: &str) -> (u16, u8, u8) {
    let mut parts = iso.splitn(3, '-').map(|p| p.get(..p.len().min(4)).unwrap_or("").parse::<u16>().ok());
    let year = parts.next().flatten().filter(|y| (1000..=9999).contains(y)).unwrap_or(2000);
    let mut small = |limit: u16| parts.next().flatten().filter(|n| (1..=limit).contains(n)).and_then(|n| u8::try_from(n).ok()).unwrap_or(1);
    let month = small(12);
    (year, month, small(31))
}
