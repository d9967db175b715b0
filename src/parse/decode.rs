//! Text in any encoding becomes UTF-8, piece by piece.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::notes::Tally;
use super::source::Bytes;

/// How much is decoded at a time.
const PIECE: usize = 64 * 1024;

/// What files of other kinds begin with, and what to do about them.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "is a PDF; copy the comments into a text file, one a line"),
    (b"\xd0\xcf\x11\xe0", "is an old Office file; save it as .xlsx or .csv"),
    (
        b"BZh",
        "is packed with bzip2; unpack it first, or pipe it: bzcat FILE | threadwarden score -",
    ),
    (
        b"\xfd7zXZ",
        "is packed with xz; unpack it first, or pipe it: xzcat FILE | threadwarden score -",
    ),
    (b"7z\xbc\xaf", "is packed with 7-Zip; unpack it first"),
    (b"Rar!", "is packed with RAR; unpack it first"),
    (b"SQLite format 3", "is a database; export its table of comments as CSV"),
    (b"PAR1", "is Parquet; export it as CSV or JSON Lines"),
];

/// The encoding of a text that begins with `head`, or that of the name that the user gives.
pub(super) fn encoding(head: &[u8], name: Option<&str>) -> Result<&'static Encoding, String> {
    if let Some(name) = name {
        return Encoding::for_label(name.as_bytes()).ok_or_else(|| {
            format!("no encoding is called {name:?}; try utf-8, utf-16le or windows-1252")
        });
    }
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(encoding);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err((*what).to_owned());
    }
    if let Some(encoding) = utf_16(head) {
        return Ok(encoding);
    }
    let odd = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    // One in a hundred may be the odd NUL in a comment; more is no text.
    if head.iter().filter(odd).count() * 100 > head.len() {
        return Err("is no text file; give a dump as text, spreadsheet or archive".into());
    }
    if is_utf_8(head) {
        return Ok(UTF_8);
    }
    if let Some(encoding) = declared(head) {
        return Ok(encoding);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// UTF-16 without a byte order mark: half of the bytes of Latin text are zero.
fn utf_16(head: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 4096;
    let head = &head[..head.len().min(LOOKED_AT) & !1];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if pairs < 4 {
        None
    } else if odd * 3 > pairs && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 3 > pairs && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether bytes are UTF-8, but for an accident here and there.
fn is_utf_8(head: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    let mut chunks = head.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        // A character may be cut where the head ends.
        let cut = chunks.peek().is_none() && chunk.invalid().len() < 4;
        bad += usize::from(!(chunk.invalid().is_empty() || cut && head.len() >= PIECE));
    }
    bad == 0 || good > 10 * bad
}

/// The encoding that XML says it is in.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let start = &head[..head.len().min(200)];
    let declaration = start.split(|byte| *byte == b'>').next()?;
    let text = std::str::from_utf8(declaration).ok()?;
    let (_, rest) = text.split_once("<?xml")?.1.split_once("encoding=")?;
    let name = rest.get(1..)?.split(['"', '\'']).next()?;
    Encoding::for_label(name.as_bytes())
}

/// UTF-8 as text; what is none of it becomes U+FFFD. The library's own way to do this looks at each
/// byte, which is slow where all is well.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// Reads bytes in any encoding as UTF-8, without the byte order mark. What is no character in it,
/// and NULs, become U+FFFD and are counted.
pub(super) struct Decoder {
    raw: io::Chain<io::Cursor<Vec<u8>>, Bytes>,
    decoder: encoding_rs::Decoder,
    buffer: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    ended: bool,
    tally: Arc<Tally>,
}

impl Decoder {
    /// Decodes `head` and then `rest`.
    pub(super) fn new(
        head: Vec<u8>,
        rest: Bytes,
        encoding: &'static Encoding,
        tally: Arc<Tally>,
    ) -> Self {
        Self {
            raw: io::Cursor::new(head).chain(rest),
            decoder: encoding.new_decoder_with_bom_removal(),
            buffer: vec![0; PIECE],
            text: Vec::new(),
            at: 0,
            ended: false,
            tally,
        }
    }

    /// The first bytes of the text, about `most` of them, which stay to be read.
    pub(super) fn head(&mut self, most: usize) -> io::Result<Vec<u8>> {
        while self.text.len() < most && !self.ended {
            self.decode()?;
        }
        Ok(self.text.clone())
    }

    /// Decodes the next bytes behind the text that is there.
    fn decode(&mut self) -> io::Result<()> {
        let read = loop {
            match self.raw.read(&mut self.buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.ended = read == 0;
        let start = self.text.len();
        let mut input = &self.buffer[..read];
        loop {
            let room = self.decoder.max_utf8_buffer_length_without_replacement(input.len());
            let end = self.text.len();
            self.text.resize(end + room.unwrap_or(4 * PIECE), 0);
            let (result, used, written) = self.decoder.decode_to_utf8_without_replacement(
                input,
                &mut self.text[end..],
                self.ended,
            );
            self.text.truncate(end + written);
            input = &input[used..];
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    self.text.extend_from_slice("\u{fffd}".as_bytes());
                    self.tally.add_replaced(1);
                }
            }
        }
        self.replace_nuls(start);
        Ok(())
    }

    fn replace_nuls(&mut self, start: usize) {
        if memchr::memchr(0, &self.text[start..]).is_none() {
            return;
        }
        let tail = self.text.split_off(start);
        for (index, piece) in tail.split(|byte| *byte == 0).enumerate() {
            if index > 0 {
                self.text.extend_from_slice("\u{fffd}".as_bytes());
                self.tally.add_replaced(1);
            }
            self.text.extend_from_slice(piece);
        }
    }
}

impl BufRead for Decoder {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.ended {
            self.text.clear();
            self.at = 0;
            self.decode()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.text.len());
    }
}

impl Read for Decoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read of `bytes`, the encoding assumed and the number of characters replaced.
    fn decoded(bytes: &[u8]) -> (String, &'static str, u64) {
        let encoding = encoding(bytes, None).unwrap();
        let tally = Arc::new(Tally::default());
        let (head, rest) = bytes.split_at(bytes.len() / 2);
        let rest: Bytes = Box::new(io::Cursor::new(rest.to_vec()));
        let mut decoder = Decoder::new(head.to_vec(), rest, encoding, Arc::clone(&tally));
        decoder.head(2).unwrap();
        let mut text = String::new();
        decoder.read_to_string(&mut text).unwrap();
        (text, encoding.name(), tally.replaced())
    }

    #[test]
    fn usual_encodings_are_found_out() {
        let text = "Ça coûte 10 € à Zoë";
        let utf_16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect();
        let utf_16le: Vec<u8> = utf_16(u16::to_le_bytes);
        let utf_16be: Vec<u8> = utf_16(u16::to_be_bytes);
        let (windows, ..) = encoding_rs::WINDOWS_1252.encode(text);
        let with_bom = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for (bytes, name) in [
            (text.as_bytes(), "UTF-8"),
            (&with_bom, "UTF-8"),
            (&utf_16le, "UTF-16LE"),
            (&utf_16be, "UTF-16BE"),
            (&[&b"\xff\xfe"[..], &utf_16le].concat(), "UTF-16LE"),
            (&windows, "windows-1252"),
        ] {
            assert_eq!(decoded(bytes), (text.to_owned(), name, 0));
        }
    }

    #[test]
    fn accidents_are_replaced_and_counted() {
        let bytes = [&b"nul \0, "[..], "é".repeat(40).as_bytes(), b", half \xc3"].concat();
        let mut text = "a ".repeat(100).into_bytes();
        text.extend(bytes);
        let (text, name, replaced) = decoded(&text);
        assert_eq!((name, replaced), ("UTF-8", 2));
        assert!(text.contains("nul \u{fffd}, é") && text.ends_with("half \u{fffd}"));
    }

    #[test]
    fn what_is_no_text_is_refused_with_advice() {
        assert!(encoding(b"%PDF-1.7", None).unwrap_err().contains("PDF"));
        assert!(encoding(&[7, 0, 1, 200, 3], None).unwrap_err().contains("no text"));
        assert!(encoding(b"a", Some("klingon")).unwrap_err().contains("klingon"));
    }

    #[test]
    fn an_encoding_that_xml_declares_is_believed_if_it_is_not_utf_8() {
        let xml = b"<?xml version='1.0' encoding='ISO-8859-2'?><a>\xb1</a>";
        assert_eq!(encoding(xml, None).unwrap().name(), "ISO-8859-2");
    }
}
