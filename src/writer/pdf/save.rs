//! Objects -> the bytes of a file: objects packed into streams of objects, and a packed table of where they are.

use super::content::{decimal, integer, literal};
use crate::writer::payload;
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

/// Objects of a stream of objects: few streams pack best, and a reader unpacks one to find any of its objects.
const OBJECTS_PER_STREAM: usize = 400;

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    Free,
    At(usize),
    /// In a stream of objects, as which of them.
    Within(u32, usize),
}

/// Objects to be packed together: number and place of each in their bytes.
type Pack = (Vec<(u32, usize)>, Vec<u8>);

/// The file. Every stream that has no filter yet is packed, except where its dictionary's owner forbids it.
pub fn file(document: &mut Document) -> Vec<u8> {
    let mut streams: Vec<(u32, Vec<u8>)> = Vec::new();
    let mut packs: Vec<Pack> = Vec::new();
    for ((number, _), object) in &mut document.objects {
        if let Object::Stream(stream) = object {
            if stream.allows_compression && !stream.dict.has(b"Filter") {
                pack(stream);
            }
            streams.push((*number, Vec::new()));
            continue;
        }
        if packs.last().is_none_or(|(ids, _)| ids.len() == OBJECTS_PER_STREAM) {
            packs.push((Vec::with_capacity(OBJECTS_PER_STREAM), Vec::with_capacity(64 * OBJECTS_PER_STREAM)));
        }
        let (ids, bytes) = packs.last_mut().expect("pushed above");
        ids.push((*number, bytes.len()));
        write(bytes, object);
        bytes.push(b'\n');
    }
    let first = document.max_id + 1;
    let size = first as usize + packs.len() + 1;
    let mut places = vec![Place::Free; size];
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    for (number, _) in &streams {
        if let Some(Object::Stream(stream)) = document.objects.get(&(*number, 0)) {
            places[*number as usize] = Place::At(out.len());
            write_stream(&mut out, *number, stream);
        }
    }
    for (pack_number, (ids, bytes)) in (first..).zip(packs) {
        let mut head = Vec::with_capacity(ids.len() * 10);
        for (index, (number, offset)) in ids.iter().enumerate() {
            places[*number as usize] = Place::Within(pack_number, index);
            integer(&mut head, i64::from(*number));
            head.push(b' ');
            integer(&mut head, int(*offset));
            head.push(b' ');
        }
        let dictionary = dictionary! { "Type" => "ObjStm", "N" => int(ids.len()), "First" => int(head.len()) };
        head.extend_from_slice(&bytes);
        let mut stream = Stream::new(dictionary, head);
        pack(&mut stream);
        places[pack_number as usize] = Place::At(out.len());
        write_stream(&mut out, pack_number, &stream);
    }
    table(document, out, places)
}

/// Adds the table of places, which is the trailer as well, and says where it stands.
fn table(document: &Document, mut out: Vec<u8>, mut places: Vec<Place>) -> Vec<u8> {
    let at = out.len();
    let number = places.len() - 1;
    places[number] = Place::At(at);
    // Each row is told by how it differs from the one above: that packs to a tenth.
    let mut rows = Vec::with_capacity(places.len() * (ROW + 1));
    let mut above = [0; ROW];
    for place in &places {
        let (kind, a, b) = match place {
            Place::Free => (0, 0, 0xffff),
            Place::At(offset) => (1, *offset, 0),
            Place::Within(stream, index) => (2, *stream as usize, *index),
        };
        let (a, b) = ((a as u64).to_be_bytes(), (b as u64).to_be_bytes());
        let row = [kind, a[4], a[5], a[6], a[7], b[6], b[7]];
        rows.push(2);
        rows.extend(row.iter().zip(above).map(|(now, before)| now.wrapping_sub(before)));
        above = row;
    }
    let mut dictionary = document.trailer.clone();
    for (key, value) in dictionary! {
        "Type" => "XRef", "Size" => int(places.len()), "W" => vec![1.into(), 4.into(), 2.into()],
        "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => int(ROW) }
    }
    .into_iter()
    {
        dictionary.set(key, value);
    }
    let mut stream = Stream::new(dictionary, rows);
    pack(&mut stream);
    write_stream(&mut out, u32::try_from(number).expect("a file of ours has fewer objects"), &stream);
    out.extend_from_slice(b"startxref\n");
    integer(&mut out, int(at));
    out.extend_from_slice(b"\n%%EOF\n");
    out
}

/// Bytes of a row of the table: kind, place, index.
const ROW: usize = 7;

fn int(n: usize) -> i64 {
    i64::try_from(n).expect("sizes of a file fit")
}

/// Packs a stream.
fn pack(stream: &mut Stream) {
    let packed = payload::pack(&stream.content);
    stream.dict.set("Filter", "FlateDecode");
    stream.set_content(packed);
}

fn write_stream(out: &mut Vec<u8>, number: u32, stream: &Stream) {
    integer(out, i64::from(number));
    out.extend_from_slice(b" 0 obj\n");
    write_dictionary(out, &stream.dict, Some(stream.content.len()));
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(&stream.content);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

fn write(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(true) => out.extend_from_slice(b"true"),
        Object::Boolean(false) => out.extend_from_slice(b"false"),
        Object::Integer(n) => integer(out, *n),
        Object::Real(value) => decimal(out, *value, 3),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            bytes.iter().for_each(|b| literal(out, *b));
            out.push(b')');
        }
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for b in bytes {
                out.extend([b >> 4, b & 15].map(|d| b"0123456789ABCDEF"[usize::from(d)]));
            }
            out.push(b'>');
        }
        Object::Array(items) => {
            out.push(b'[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(b' ');
                }
                write(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary, None),
        // Streams stand for themselves; here only their dictionary could.
        Object::Stream(stream) => write_dictionary(out, &stream.dict, None),
        Object::Reference((number, generation)) => {
            integer(out, i64::from(*number));
            out.push(b' ');
            integer(out, i64::from(*generation));
            out.extend_from_slice(b" R");
        }
    }
}

/// A dictionary; that of a stream has its length.
fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary, length: Option<usize>) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary.iter().filter(|(key, _)| length.is_none() || key.as_slice() != b"Length") {
        write_name(out, key);
        // Only what begins with a letter or a digit needs a space after a name.
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        write(out, value);
    }
    if let Some(length) = length {
        out.extend_from_slice(b"/Length ");
        integer(out, int(length));
    }
    out.extend_from_slice(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for b in name {
        if b.is_ascii_graphic() && !b"()<>[]{}/%#".contains(b) {
            out.push(*b);
        } else {
            out.push(b'#');
            out.extend([b >> 4, b & 15].map(|d| b"0123456789ABCDEF"[usize::from(d)]));
        }
    }
}
