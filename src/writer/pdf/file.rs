//! Objects -> the bytes of a file (ISO 32000-1, 7.5): streams one by one, everything else packed together, and a table that
//! says where each object stands.
//!
//! lopdf writes such files too, but copies every object and writes it three times.

use super::Error;
use super::tags::name;
use crate::writer::deflate::zlib;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// Objects of a stream of objects: few streams pack best, and a reader unpacks one to find any of its objects.
const OBJECTS_PER_STREAM: usize = 400;

/// A stream whose bytes, as they are to be written, are kept elsewhere.
pub struct Lent<'b> {
    pub id: ObjectId,
    pub dictionary: Dictionary,
    pub bytes: &'b [u8],
}

/// The file of a document and the streams that are lent to it.
pub fn bytes(mut document: Document, lent: Vec<Lent>) -> Result<Vec<u8>, Error> {
    let objects = std::mem::take(&mut document.objects);
    let large = lent.iter().map(|stream| stream.bytes.len()).sum::<usize>();
    let mut file = File { bytes: Vec::with_capacity(large + ROOM), places: Vec::new() };
    file.bytes.extend_from_slice(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n");
    let mut small = Vec::with_capacity(objects.len());
    for ((id, _), object) in objects {
        match object {
            Object::Stream(stream) if stream.allows_compression => file.packed(id, stream.dict, &stream.content)?,
            Object::Stream(stream) => file.stream(id, stream.dict, &stream.content)?,
            other => small.push((id, other)),
        }
    }
    for Lent { id, dictionary, bytes } in lent {
        file.stream(id.0, dictionary, bytes)?;
    }
    let mut next = document.max_id + 1;
    let mut small = small.into_iter().peekable();
    while small.peek().is_some() {
        file.together(next, small.by_ref().take(OBJECTS_PER_STREAM))?;
        next += 1;
    }
    file.table(next, document.trailer)?;
    Ok(file.bytes)
}

/// What a document takes beside the streams that are lent to it.
const ROOM: usize = 1 << 18;

/// A file in the making.
struct File {
    bytes: Vec<u8>,
    /// By the number of the object.
    places: Vec<Place>,
}

#[derive(Clone, Copy)]
enum Place {
    /// No such object.
    Free,
    At(u32),
    /// Within a stream of objects.
    Within {
        stream: u32,
        index: u16,
    },
}

impl File {
    fn packed(&mut self, id: u32, mut dictionary: Dictionary, bytes: &[u8]) -> Result<(), Error> {
        dictionary.set("Filter", name("FlateDecode"));
        self.stream(id, dictionary, &zlib(bytes))
    }

    fn stream(&mut self, id: u32, mut dictionary: Dictionary, bytes: &[u8]) -> Result<(), Error> {
        dictionary.set("Length", int(bytes.len()));
        self.place(id, self.end()?);
        self.bytes.extend_from_slice(format!("{id} 0 obj\n").as_bytes());
        self.bytes.extend_from_slice(&written(dictionary.into())?);
        self.bytes.extend_from_slice(b"stream\n");
        self.bytes.extend_from_slice(bytes);
        self.bytes.extend_from_slice(b"\nendstream\nendobj\n");
        Ok(())
    }

    /// Objects in one stream: the number and place of each, then each.
    fn together(&mut self, id: u32, objects: impl Iterator<Item = (u32, Object)>) -> Result<(), Error> {
        let (mut places, mut content) = (String::new(), Vec::new());
        let mut count = 0;
        for (object, value) in objects {
            self.place(object, Place::Within { stream: id, index: count });
            places += &format!("{object} {} ", content.len());
            content.append(&mut written(value)?);
            count += 1;
        }
        let dictionary = dictionary! { "Type" => name("ObjStm"), "N" => i64::from(count), "First" => int(places.len()) };
        self.packed(id, dictionary, &[places.as_bytes(), &content].concat())
    }

    /// Where the next object begins.
    fn end(&self) -> Result<Place, Error> {
        u32::try_from(self.bytes.len()).map(Place::At).map_err(|_| Error::File("larger than 4 GB".to_owned()))
    }

    fn place(&mut self, id: u32, place: Place) {
        let id = id as usize;
        if self.places.len() <= id {
            self.places.resize(id + 1, Place::Free);
        }
        self.places[id] = place;
    }

    /// The table of all places, itself a stream, and the end of the file, which says where the table is.
    fn table(&mut self, id: u32, mut trailer: Dictionary) -> Result<(), Error> {
        let start = self.bytes.len();
        self.place(id, self.end()?);
        let mut entries = Vec::with_capacity(7 * self.places.len());
        for place in &self.places {
            let (kind, first, second) = match *place {
                Place::Free => (0, 0, u16::MAX),
                Place::At(at) => (1, at, 0),
                Place::Within { stream, index } => (2, stream, index),
            };
            entries.push(kind);
            entries.extend(first.to_be_bytes());
            entries.extend(second.to_be_bytes());
        }
        trailer.set("Type", name("XRef"));
        trailer.set("Size", int(self.places.len()));
        trailer.set("W", vec![1.into(), 4.into(), 2.into()]);
        self.packed(id, trailer, &entries)?;
        self.bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        Ok(())
    }
}

fn int(n: usize) -> Object {
    Object::Integer(i64::try_from(n).expect("lengths fit"))
}

/// An object as it is written, and a space. lopdf writes one alone only as what an operator of page content takes.
fn written(object: Object) -> Result<Vec<u8>, Error> {
    Ok(Content { operations: [Operation::new("", vec![object])] }.encode()?)
}
