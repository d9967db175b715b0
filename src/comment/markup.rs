//! What there is to read in a text with markup.
//!
//! Scoring must not see tags, and must not take what is quoted for the writer's own words. Here a
//! quote in HTML (`<blockquote>`, `<aside class="quote">`) becomes what people type in plain text:
//! lines that begin with `> `. So whoever reads comments knows one sign for a quote, not three.

use std::borrow::Cow;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p", "div", "br", "hr", "li", "ul", "ol", "tr", "table", "pre", "h1", "h2", "h3", "h4", "h5",
    "h6", "section", "article", "figure", "dl", "dt", "dd",
];

/// Elements whose content nobody reads.
const HIDDEN: &[&str] = &["script", "style", "template", "title", "noscript"];

/// A text without its markup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {
    /// What there is to read.
    pub text: String,
    /// Where pieces begin: in `text`, in the source, and whether the piece is copied byte for byte.
    pieces: Vec<Piece>,
    /// Length of the source.
    source: usize,
    /// Only `&`, `<` and `>` were written in another way.
    is_escaped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Piece {
    at: usize,
    from: usize,
    verbatim: bool,
}

impl Plain {
    /// Reads HTML.
    ///
    /// ```
    /// use threadwarden::comment::Plain;
    ///
    /// let plain = Plain::from_html("<blockquote><p>Fish &amp; chips?</p></blockquote><p>Never!</p>");
    /// assert_eq!(plain.text, "> Fish & chips?\n\nNever!");
    /// assert_eq!(plain.source(17..22), 52..57);
    /// ```
    #[must_use]
    pub fn from_html(html: &str) -> Self {
        let mut reading = Reading::new(html);
        reading.run();
        reading.finish()
    }

    /// Reads plain text in which `&`, `<` and `>` are written as entities, as Reddit gives it.
    #[must_use]
    pub fn from_escaped(text: &str) -> Self {
        let mut reading = Reading::new(text);
        reading.copy(0..text.len(), true);
        Self { is_escaped: true, ..reading.finish() }
    }

    /// Reads HTML; `None` where it is the same as plain text.
    pub(crate) fn of_html(text: &str) -> Option<Self> {
        memchr::memchr2(b'<', b'&', text.as_bytes()).map(|_| Self::from_html(text))
    }

    /// Reads escaped text; `None` where nothing in it is escaped.
    pub(crate) fn of_escaped(text: &str) -> Option<Self> {
        let mut signs = memchr::memchr_iter(b'&', text.as_bytes());
        let is_escape = |at| matches!(entity(&text[at..]), Some(('&' | '<' | '>', _)));
        signs.any(is_escape).then(|| Self::from_escaped(text))
    }

    /// Reads another text that is written in the same way.
    pub(crate) fn of_new(&self, text: &str) -> Self {
        if self.is_escaped { Self::from_escaped(text) } else { Self::from_html(text) }
    }

    /// Where a byte range of `text` stands in the source.
    #[must_use]
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_of(range.start, false);
        start..self.source_of(range.end, true).max(start)
    }

    /// Where a byte of `text` comes from; an `end` lies behind the byte before it.
    fn source_of(&self, at: usize, end: bool) -> usize {
        let before = |piece: &Piece| if end { piece.at < at } else { piece.at <= at };
        let index = self.pieces.partition_point(before);
        let Some(piece) = index.checked_sub(1).and_then(|index| self.pieces.get(index)) else {
            return 0;
        };
        if piece.verbatim {
            return (piece.from + at - piece.at).min(self.source);
        }
        match (end, self.pieces.get(index)) {
            (false, _) => piece.from,
            (true, next) => next.map_or(self.source, |next| next.from),
        }
    }
}

/// HTML on its way to plain text.
struct Reading<'h> {
    html: &'h str,
    at: usize,
    plain: Plain,
    /// Quotes that are open.
    quotes: usize,
    /// For each open `<aside>`, whether it is a quote.
    asides: Vec<bool>,
    /// Line feeds to write before the next character.
    breaks: usize,
}

impl<'h> Reading<'h> {
    fn new(html: &'h str) -> Self {
        let plain = Plain { source: html.len(), ..Plain::default() };
        Self { html, at: 0, plain, quotes: 0, asides: Vec::new(), breaks: 0 }
    }

    fn run(&mut self) {
        while let Some(found) = memchr::memchr(b'<', &self.html.as_bytes()[self.at..]) {
            let tag = self.at + found;
            self.copy(self.at..tag, false);
            self.at = tag;
            self.tag();
        }
        self.copy(self.at..self.html.len(), false);
    }

    fn finish(self) -> Plain {
        self.plain
    }

    /// Reads the tag at `at`, or the `<` there if it begins none.
    fn tag(&mut self) {
        let rest = &self.html[self.at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at = comment.find("-->").map_or(self.html.len(), |end| self.at + 4 + end + 3);
            return;
        }
        let inside = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
        if !inside.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!') {
            self.copy(self.at..self.at + 1, false);
            self.at += 1;
            return;
        }
        let Some(end) = tag_end(rest) else {
            // Cut off inside a tag: nothing more to read.
            self.at = self.html.len();
            return;
        };
        let closes = rest.starts_with("</");
        let tag = &rest[..end];
        let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        self.at += end;
        if HIDDEN.contains(&name.as_str()) && !closes {
            self.skip_to_end_of(&name);
        } else if name == "blockquote" {
            self.quote(closes);
        } else if name == "aside" {
            if !closes {
                self.asides.push(tag.contains("quote"));
            }
            self.begin_line(2);
            let is_quote = if closes { self.asides.pop() } else { self.asides.last().copied() };
            if is_quote == Some(true) {
                self.quote(closes);
            }
        } else if name == "br" {
            self.breaks += 1;
        } else if BLOCKS.contains(&name.as_str()) {
            self.begin_line(if name == "p" || self.quotes == 0 && closes { 2 } else { 1 });
        }
    }

    fn quote(&mut self, closes: bool) {
        self.begin_line(2);
        self.quotes = if closes { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
    }

    fn begin_line(&mut self, breaks: usize) {
        self.breaks = self.breaks.max(breaks);
    }

    fn skip_to_end_of(&mut self, name: &str) {
        let end = format!("</{name}");
        let rest = &self.html.as_bytes()[self.at..];
        let found = rest.windows(end.len()).position(|w| w.eq_ignore_ascii_case(end.as_bytes()));
        self.at = found.map_or(self.html.len(), |found| self.at + found);
    }

    /// Copies what stands between tags, with its entities read.
    fn copy(&mut self, range: Range<usize>, escaped_only: bool) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.html[at..range.end];
            let stop = memchr::memchr2(b'&', b'\n', rest.as_bytes()).unwrap_or(rest.len());
            if stop > 0 {
                self.push(&rest[..stop], at, true);
                at += stop;
                continue;
            }
            if rest.starts_with('\n') {
                if escaped_only || !self.plain.text.is_empty() {
                    self.break_line(at, escaped_only);
                }
                at += 1;
                continue;
            }
            match entity(rest) {
                Some((character, length))
                    if !escaped_only || matches!(character, '&' | '<' | '>') =>
                {
                    self.push(character.encode_utf8(&mut [0; 4]), at, false);
                    at += length;
                }
                _ => {
                    self.push("&", at, true);
                    at += 1;
                }
            }
        }
    }

    /// Takes a line feed of the source: one that stands there, beside those that tags ask for.
    fn break_line(&mut self, at: usize, verbatim: bool) {
        if verbatim {
            self.push("\n", at, true);
        } else {
            self.breaks = self.breaks.max(1);
        }
    }

    fn push(&mut self, text: &str, from: usize, verbatim: bool) {
        if self.breaks > 0 {
            if text.trim().is_empty() {
                return;
            }
            self.start_lines(from);
        } else if self.plain.text.is_empty() && self.quotes > 0 {
            self.piece(from, false);
            self.mark_quote();
        }
        self.piece(from, verbatim);
        self.plain.text.push_str(text);
    }

    /// Writes the line feeds due, and the sign of a quote.
    fn start_lines(&mut self, from: usize) {
        self.piece(from, false);
        if !self.plain.text.is_empty() {
            let length = self.plain.text.trim_end_matches([' ', '\t']).len();
            let breaks = self.breaks.min(2);
            if length < self.plain.text.len() {
                // The pieces before the cut stay true; those behind it are the line feeds'.
                self.plain.text.truncate(length);
                self.plain.pieces.retain(|piece| piece.at < length);
                self.piece(from, false);
            }
            self.plain.text.extend(std::iter::repeat_n('\n', breaks));
        }
        self.breaks = 0;
        self.mark_quote();
    }

    fn mark_quote(&mut self) {
        self.plain.text.extend(std::iter::repeat_n("> ", self.quotes.min(8)));
    }

    fn piece(&mut self, from: usize, verbatim: bool) {
        let piece = Piece { at: self.plain.text.len(), from, verbatim };
        match self.plain.pieces.last_mut() {
            Some(last) if last.at == piece.at => *last = piece,
            Some(last) if verbatim && last.verbatim && last.from + (piece.at - last.at) == from => {
            }
            _ => self.plain.pieces.push(piece),
        }
    }
}

/// The text with its entities read; one that is not known stays as it is.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut read = text[..first].to_owned();
    let mut rest = &text[first..];
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        read.push_str(&rest[..at]);
        let (character, length) = entity(&rest[at..]).unwrap_or(('&', 1));
        read.push(character);
        rest = &rest[at + length..];
    }
    read.push_str(rest);
    Cow::Owned(read)
}

/// The length of the tag that `rest` begins with: to the first `>` outside quotation marks.
fn tag_end(rest: &str) -> Option<usize> {
    let first = memchr::memchr3(b'>', b'"', b'\'', rest.as_bytes())?;
    if rest.as_bytes()[first] == b'>' {
        return Some(first + 1);
    }
    let mut quote = None;
    let mut previous = b' ';
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            // Only behind `=`: an apostrophe elsewhere in a broken tag must not swallow the rest.
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
        previous = byte;
    }
    rest.find('>').map(|at| at + 1)
}

/// The character that the entity at the start of `rest` stands for, and its length there.
pub(crate) fn entity(rest: &str) -> Option<(char, usize)> {
    const LONGEST: usize = 12;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        None => named(name)?,
    };
    Some((character, end + 1))
}

/// The entities that comment systems write; a rare one stays as it is.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "euro" => '€',
        "pound" => '£',
        "cent" => '¢',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "deg" => '°',
        "shy" => '\u{ad}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Plain;

    fn text(html: &str) -> String {
        Plain::from_html(html).text
    }

    #[test]
    fn tags_go_and_entities_are_read() {
        assert_eq!(
            text("<p>A <b>b</b> &lt;3 &#x2F; &#39; <a href=\"x>y\">z</a></p>"),
            "A b <3 / ' z"
        );
        assert_eq!(text("one<br/>two<br><br>three<p>four"), "one\ntwo\n\nthree\n\nfour");
        assert_eq!(text("a<script>b</script>c<!-- d -->e"), "ace");
    }

    #[test]
    fn what_is_no_tag_and_no_entity_stays() {
        assert_eq!(text("1 < 2 && AT&T; <3 &unknown; & <"), "1 < 2 && AT&T; <3 &unknown; & <");
        assert_eq!(text("cut off <a href="), "cut off ");
    }

    #[test]
    fn quotes_become_lines_with_a_sign() {
        assert_eq!(
            text("<blockquote>\n<p>He said<br>this.</p>\n</blockquote>\n\n<p>No.</p>"),
            "> He said\n> this.\n\nNo."
        );
        assert_eq!(
            text(
                "<aside class=\"quote no-group\" data-post=\"1\"><blockquote>Q</blockquote></aside>A"
            ),
            "> > Q\n\nA"
        );
        assert_eq!(text("<aside class=\"onebox\">Link</aside>A"), "Link\n\nA");
    }

    #[test]
    fn a_range_of_the_words_is_found_in_the_text() {
        let html = "<p>Fish &amp; <i>chips</i></p>\n<p>never</p>";
        let plain = Plain::from_html(html);
        for word in ["Fish", "chips", "never"] {
            let at = plain.text.find(word).unwrap();
            assert_eq!(&html[plain.source(at..at + word.len())], word);
        }
        let at = plain.text.find('&').unwrap();
        assert_eq!(&html[plain.source(at..at + 1)], "&amp;");
        assert_eq!(&html[plain.source(0..at + 1)], "Fish &amp;");
    }

    #[test]
    fn escaped_text_keeps_everything_else() {
        let plain = Plain::from_escaped("&gt; quoted\n\n<b> &amp;c. &copy;");
        assert_eq!(plain.text, "> quoted\n\n<b> &c. &copy;");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_ranges_stay_inside(html in "[<>/&;a-c \n\"'=p!é-]{0,60}") {
            let plain = Plain::from_html(&html);
            for (at, character) in plain.text.char_indices() {
                let range = plain.source(at..at + character.len_utf8());
                proptest::prop_assert!(range.start <= range.end && range.end <= html.len());
                proptest::prop_assert!(html.get(range).is_some());
            }
        }
    }
}
