//! A compound file (MS-CFB): the one stream of it that a workbook of Excel 97 to 2003 keeps its records in.

const END: u32 = 0xffff_fffe;
/// Streams below this size lie in the small sectors of the root's stream.
const SMALL: usize = 4096;

/// The bytes of the stream `Workbook`.
///
/// # Errors
/// What is wrong with the file, in words. Chains that lead out of the file or never end are faults; nothing is allocated
/// that the file does not hold.
pub(super) fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let file = File::open(bytes)?;
    let directory = file.stream(file.directory, usize::MAX)?;
    let entries: Vec<Entry> = directory.chunks_exact(128).filter_map(Entry::read).collect();
    let root = entries.first().ok_or("a compound file without a directory")?;
    let wanted = entries.iter().find(|entry| entry.name == "workbook");
    let Some(wanted) = wanted else {
        let older = entries.iter().any(|entry| entry.name == "book");
        return Err(if older { "a workbook of Excel 95 or older" } else { "a compound file without a workbook in it" });
    };
    if wanted.size >= SMALL {
        return file.stream(wanted.start, wanted.size);
    }
    let small = file.stream(root.start, root.size)?;
    let table = numbers(&file.stream(file.small_table, usize::MAX)?);
    collect(wanted.start, wanted.size, &table, |sector| small.get(sector.checked_mul(64)?..)?.get(..64))
}

struct File<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    /// For each sector the one that follows it.
    table: Vec<u32>,
    /// First sectors of the directory and of the table of small sectors.
    directory: u32,
    small_table: u32,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, &'static str> {
        const CUT: &str = "a compound file that is cut off";
        let head = bytes.get(..512).ok_or(CUT)?;
        let number = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let sector_size = match u16::from_le_bytes([head[30], head[31]]) {
            9 => 512,
            12 => 4096,
            _ => return Err("a compound file with sectors of an unknown size"),
        };
        let mut file = Self { bytes, sector_size, table: Vec::new(), directory: number(48), small_table: number(60) };
        // The sectors that hold the table: 109 of them are named in the head, further ones in a chain of their own.
        let mut holders: Vec<u32> = (76..512).step_by(4).map(number).collect();
        let mut next = number(68);
        let most = bytes.len() / sector_size + 1;
        for _ in 0..most {
            if next >= 0xffff_fffa {
                break;
            }
            let mut more = numbers(file.sector(next as usize).ok_or(CUT)?);
            next = more.pop().ok_or(CUT)?;
            holders.extend(more);
        }
        let named: Vec<u32> = holders.into_iter().filter(|sector| *sector < 0xffff_fffa).collect();
        if named.len() > most {
            return Err("a compound file whose table is larger than the file");
        }
        for sector in named {
            let part = numbers(file.sector(sector as usize).ok_or(CUT)?);
            file.table.extend(part);
        }
        Ok(file)
    }

    /// A sector; the last one of a file may be shorter.
    fn sector(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_add(1)?.checked_mul(self.sector_size)?;
        let end = start.checked_add(self.sector_size)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|sector| !sector.is_empty())
    }

    fn stream(&self, start: u32, size: usize) -> Result<Vec<u8>, &'static str> {
        collect(start, size, &self.table, |sector| self.sector(sector))
    }
}

/// The bytes of a chain of sectors, up to `size`.
fn collect<'s>(start: u32, size: usize, table: &[u32], sector: impl Fn(usize) -> Option<&'s [u8]>) -> Result<Vec<u8>, &'static str> {
    let (mut found, mut at, mut steps) = (Vec::new(), start, 0);
    while at != END && found.len() < size {
        let part = sector(at as usize).ok_or("a compound file with a chain that leads out of it")?;
        found.extend_from_slice(part);
        at = *table.get(at as usize).ok_or("a compound file with a chain that leads out of it")?;
        steps += 1;
        if steps > table.len() {
            return Err("a compound file with a chain that never ends");
        }
    }
    found.truncate(size);
    Ok(found)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four)).collect()
}

struct Entry {
    /// In lower case.
    name: String,
    start: u32,
    size: usize,
}

impl Entry {
    /// `None` for an entry that is not used.
    fn read(bytes: &[u8]) -> Option<Self> {
        let units: Vec<u16> = bytes.get(..64)?.as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
        let end = units.iter().position(|unit| *unit == 0).unwrap_or(units.len());
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let kind = *bytes.get(66)?;
        let size = usize::try_from(number(120)?).ok()?;
        (kind != 0).then_some(Self { name: String::from_utf16_lossy(&units[..end]).to_lowercase(), start: number(116)?, size })
    }
}
