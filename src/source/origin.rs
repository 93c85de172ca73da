//! Where a file comes from: one entry of `seeds/sources.toml` or `input/sources.toml`.

use serde::Deserialize;

/// Whether a publication may go out as it is: `draft` prints so on the cover, every page and the workbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    #[default]
    Draft,
    Final,
}

/// What a publication's cut-off names for a source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CutBy {
    /// An edition: nothing of a later one is shown.
    #[default]
    Edition,
    /// A period: nothing that ends later is shown, whichever edition says it.
    Period,
}

/// The provenance of one file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// File name within its folder.
    pub file: String,
    /// Short key by which `indicators.toml` and notes refer to it: `eurostat-use`.
    pub id: String,
    pub publisher: String,
    pub title: String,
    /// The release of the source: `2022`.
    pub edition: String,
    /// `dpa`, `progress` or `figures`.
    pub family: String,
    /// Country code; empty for figures of many countries.
    #[serde(default)]
    pub geo: String,
    /// BCP 47.
    #[serde(default)]
    pub language: String,
    pub rights: String,
    /// How the file was obtained, and its limits.
    #[serde(default)]
    pub obtained: String,
    /// SHA-256 of the file that a person looked at and accepted; empty for one that nobody did yet.
    #[serde(default)]
    pub sha256: String,
    /// The day on which the hash was recorded, ISO 8601.
    #[serde(default)]
    pub accepted: String,
    #[serde(default)]
    pub status: Status,
    /// Day of the edition, ISO 8601: the creation date of what is written.
    #[serde(default)]
    pub published: String,
    /// Per input source id: the newest edition or period that the publication may show.
    #[serde(default)]
    pub cut_off: std::collections::BTreeMap<String, String>,
    /// Of an input: what cut-offs name.
    #[serde(default)]
    pub cut_by: CutBy,
    /// Of an input: years by which its cut-off lies before a publication's edition, for publications without one of their own.
    #[serde(default)]
    pub lag: u8,
}
