//! Flags of observations: Eurostat's lists of `obs_status` and `conf_status`, in force since 27 January 2025.
//!
//! METHODS.md section 2. Case matters: `p` is provisional, `P` is non-statistical secrecy.

/// What an observation is marked with. Every figure carries it, so it is two sets of bits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// By position in [`OBS_STATUS`].
    obs_status: u16,
    /// By position in [`CONF_STATUS`].
    conf_status: u8,
}

/// In alphabetical order.
const OBS_STATUS: [char; 10] = ['b', 'd', 'e', 'f', 'i', 'm', 'n', 'p', 'r', 'u'];
const CONF_STATUS: [char; 3] = ['C', 'N', 'P'];

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
            let flag = match c {
                's' => 'i',
                'z' => 'm',
                'c' => 'C',
                other => other,
            };
            if let Some(position) = OBS_STATUS.iter().position(|known| *known == flag) {
                flags.obs_status |= 1 << position;
            } else if let Some(position) = CONF_STATUS.iter().position(|known| *known == flag) {
                flags.conf_status |= 1 << position;
            } else {
                return Err(UnknownFlag(c));
            }
        }
        Ok(flags)
    }

    pub fn has(&self, flag: char) -> bool {
        self.all().any(|known| known == flag)
    }

    pub fn is_empty(&self) -> bool {
        self.obs_status == 0 && self.conf_status == 0
    }

    /// Status flags in alphabetical order without separator.
    pub fn obs_status(&self) -> String {
        members(&OBS_STATUS, self.obs_status).collect()
    }

    /// Confidentiality flags in alphabetical order without separator.
    pub fn conf_status(&self) -> String {
        members(&CONF_STATUS, self.conf_status.into()).collect()
    }

    pub fn union(&self, other: &Self) -> Self {
        Self { obs_status: self.obs_status | other.obs_status, conf_status: self.conf_status | other.conf_status }
    }

    fn all(&self) -> impl Iterator<Item = char> {
        members(&OBS_STATUS, self.obs_status).chain(members(&CONF_STATUS, self.conf_status.into()))
    }
}

/// The flags of a list whose bits are set.
fn members(list: &'static [char], bits: u16) -> impl Iterator<Item = char> {
    list.iter().enumerate().filter(move |(position, _)| bits & (1 << position) != 0).map(|(_, flag)| *flag)
}
