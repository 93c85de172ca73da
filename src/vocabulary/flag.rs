//! Flags of observations: Eurostat's lists of `obs_status` and `conf_status`, in force since 27 January 2025.
//!
//! METHODS.md section 2. Case matters: `p` is provisional, `P` is non-statistical secrecy.

use std::collections::BTreeSet;

/// What an observation is marked with.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flags {
    obs_status: BTreeSet<char>,
    conf_status: BTreeSet<char>,
}

/// A character that is no flag of either list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownFlag(pub char);

impl Flags {
    /// Reads flags of either generation, several at once (`bu`): `s` reads as `i`, `z` as `m`, `c` as `C`; `r` is kept.
    ///
    /// # Errors
    /// The first character that is no flag.
    pub fn parse(text: &str) -> Result<Self, UnknownFlag> {
        let mut flags = Self::default();
        for c in text.chars().filter(|c| !c.is_whitespace() && *c != ',') {
            match c {
                'b' | 'd' | 'e' | 'f' | 'i' | 'm' | 'n' | 'p' | 'u' | 'r' => flags.obs_status.insert(c),
                's' => flags.obs_status.insert('i'),
                'z' => flags.obs_status.insert('m'),
                'C' | 'N' | 'P' => flags.conf_status.insert(c),
                'c' => flags.conf_status.insert('C'),
                other => return Err(UnknownFlag(other)),
            };
        }
        Ok(flags)
    }

    pub fn has(&self, flag: char) -> bool {
        self.obs_status.contains(&flag) || self.conf_status.contains(&flag)
    }

    pub fn is_empty(&self) -> bool {
        self.obs_status.is_empty() && self.conf_status.is_empty()
    }

    /// Status flags in alphabetical order without separator.
    pub fn obs_status(&self) -> String {
        self.obs_status.iter().collect()
    }

    /// Confidentiality flags in alphabetical order without separator.
    pub fn conf_status(&self) -> String {
        self.conf_status.iter().collect()
    }

    pub fn union(&self, other: &Self) -> Self {
        Self {
            obs_status: self.obs_status.union(&other.obs_status).copied().collect(),
            conf_status: self.conf_status.union(&other.conf_status).copied().collect(),
        }
    }
}
