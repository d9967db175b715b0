//! A lower-case copy of a text without tricks, and the way back to the original.

use std::ops::Range;

/// A folded copy of a text: lower case, plain letters for look-alikes, nothing invisible.
///
/// Kept between comments so that its buffers are used again.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// The folded text. Bytes above 127 are letters of other scripts.
    pub(super) bytes: Vec<u8>,
    /// For each folded byte, where its character begins in the original; empty if that is the same.
    origin: Vec<u32>,
    /// For each folded byte, where its character ends in the original; empty if that is one on.
    end: Vec<u32>,
}

impl Folded {
    /// Takes in a new text, of which at most 2^31 bytes are read.
    pub(super) fn fold(&mut self, text: &str) {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        self.bytes.clear();
        self.origin.clear();
        self.end.clear();
        if text.is_ascii() {
            self.bytes.extend_from_slice(text.as_bytes());
            self.bytes.make_ascii_lowercase();
            return;
        }
        let mut at = 0;
        while at < text.len() {
            at = self.push_ascii(text, at);
            if let Some(letter) = text[at..].chars().next() {
                self.push(at, letter);
                at += letter.len_utf8();
            }
        }
    }

    /// Takes in the plain letters from `start` on. Gives the place behind them.
    fn push_ascii(&mut self, text: &str, start: usize) -> usize {
        let rest = &text.as_bytes()[start..];
        let length = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let known = self.bytes.len();
        self.bytes.extend_from_slice(&rest[..length]);
        self.bytes[known..].make_ascii_lowercase();
        let (first, behind) = (narrow(start), narrow(start + length));
        self.origin.extend(first..behind);
        self.end.extend(first + 1..behind + 1);
        start + length
    }

    /// Whether the text was plain ASCII.
    pub(super) fn is_plain(&self) -> bool {
        self.origin.is_empty()
    }

    fn push(&mut self, offset: usize, letter: char) {
        if let Some(plain) = plain(letter) {
            self.bytes.extend_from_slice(plain.as_bytes());
        } else if let Some(plain) = styled(letter) {
            self.bytes.push(plain);
        } else if letter.is_alphanumeric() {
            let mut buffer = [0; 4];
            for lower in letter.to_lowercase() {
                self.bytes.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
            }
        } else if !invisible(letter) {
            self.bytes.push(b' ');
        }
        let (start, end) = (narrow(offset), narrow(offset + letter.len_utf8()));
        self.origin.resize(self.bytes.len(), start);
        self.end.resize(self.bytes.len(), end);
    }

    /// The byte range of the original that the folded bytes `range` stand for.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        if self.is_plain() || range.is_empty() {
            return range;
        }
        self.origin[range.start] as usize..self.end[range.end - 1] as usize
    }
}

/// More than this is not read: offsets are kept in 32 bits.
const LONGEST: usize = 1 << 31;

/// An offset in a text no longer than `LONGEST`.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// What is drawn without width or steers the direction of writing.
fn invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{e0000}'..='\u{e0fff}')
}

/// Letters and digits in another style: full width, mathematical, circled, in squares.
fn styled(letter: char) -> Option<u8> {
    let code = letter as u32;
    let (offset, letters) = match code {
        0xff01..=0xff5e => {
            return u8::try_from(code - 0xff01 + 0x21).ok().map(|c| c.to_ascii_lowercase());
        }
        0x1d400..=0x1d6a3 => ((code - 0x1d400) % 26, b'a'),
        0x1d7ce..=0x1d7ff => ((code - 0x1d7ce) % 10, b'0'),
        0x24b6..=0x24cf => (code - 0x24b6, b'a'),
        0x24d0..=0x24e9 => (code - 0x24d0, b'a'),
        0x249c..=0x24b5 => (code - 0x249c, b'a'),
        0x1f130..=0x1f149 => (code - 0x1f130, b'a'),
        0x1f150..=0x1f169 => (code - 0x1f150, b'a'),
        0x1f170..=0x1f189 => (code - 0x1f170, b'a'),
        _ => return None,
    };
    u8::try_from(offset).ok().map(|offset| letters + offset)
}

/// Accented letters, letters of other scripts that look Latin, and typographic signs.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        '‘' | '’' | '‚' | 'ʼ' | '´' | '′' | '‛' | 'ʹ' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '″' => "\"",
        '…' => "...",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '•' | '·' | '∙' | '●' | '＊' | '∗' | '★' | '☆' | '✱' => "*",
        '¡' => "!",
        '¿' => "?",
        'à'..='å'
        | 'À'..='Å'
        | 'ā'
        | 'ă'
        | 'ą'
        | 'Ā'
        | 'Ă'
        | 'Ą'
        | 'ǎ'
        | 'ạ'
        | 'ả'
        | 'а'
        | 'А'
        | 'α'
        | 'Α'
        | 'ɑ'
        | 'ª' => "a",
        'æ' | 'Æ' => "ae",
        'ß' => "ss",
        'В' | 'ƀ' | 'ɓ' | 'Β' | 'β' | 'ь' | 'Ь' => "b",
        'ç' | 'Ç' | 'ć' | 'č' | 'ĉ' | 'ċ' | 'Ć' | 'Č' | 'с' | 'С' | 'ϲ' | '¢' | 'ⅽ' => {
            "c"
        }
        'ð' | 'Ð' | 'ď' | 'đ' | 'Ď' | 'Đ' | 'ԁ' | 'ɗ' | 'ⅾ' => "d",
        'è'..='ë'
        | 'È'..='Ë'
        | 'ē'
        | 'ĕ'
        | 'ė'
        | 'ę'
        | 'ě'
        | 'Ē'
        | 'Ę'
        | 'Ě'
        | 'ẹ'
        | 'ẽ'
        | 'е'
        | 'Е'
        | 'ё'
        | 'Ё'
        | 'є'
        | 'ε'
        | 'Ε'
        | '€' => "e",
        'ƒ' | 'ғ' => "f",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'Ğ' | 'ɡ' | 'ց' => "g",
        'ĥ' | 'ħ' | 'Η' | 'Н' | 'һ' | 'հ' => "h",
        'ì'..='ï'
        | 'Ì'..='Ï'
        | 'ĩ'
        | 'ī'
        | 'ĭ'
        | 'į'
        | 'ı'
        | 'İ'
        | 'і'
        | 'І'
        | 'ї'
        | 'Ї'
        | 'ι'
        | 'Ι'
        | 'ⅰ'
        | 'ɩ' => "i",
        'ĵ' | 'ј' | 'Ј' | 'ʝ' => "j",
        'ķ' | 'к' | 'К' | 'κ' | 'Κ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' | 'Ł' | 'ⅼ' | 'ӏ' | 'Ӏ' | 'ǀ' | 'ɭ' => "l",
        'м' | 'М' | 'Μ' | 'ⅿ' => "m",
        'ñ' | 'Ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'Ν' | 'η' | 'п' | 'ո' => "n",
        'ò'..='ö'
        | 'ø'
        | 'Ò'..='Ö'
        | 'Ø'
        | 'ō'
        | 'ŏ'
        | 'ő'
        | 'Ő'
        | 'ọ'
        | 'о'
        | 'О'
        | 'ο'
        | 'Ο'
        | 'օ'
        | 'σ'
        | '°'
        | 'º' => "o",
        'œ' | 'Œ' => "oe",
        'р' | 'Р' | 'ρ' | 'Ρ' | 'þ' => "p",
        'ԛ' => "q",
        'ŕ' | 'ŗ' | 'ř' | 'г' | '®' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'Ś' | 'Ş' | 'Š' | 'ș' | 'ѕ' | 'Ѕ' | '§' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'т' | 'Т' | 'Τ' | 'τ' | '†' => "t",
        'ù'..='ü' | 'Ù'..='Ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'υ' | 'ս' | 'µ' | 'μ' | 'ʋ' => {
            "u"
        }
        'ν' | 'ѵ' | 'ⅴ' => "v",
        'ŵ' | 'ԝ' | 'ѡ' | 'ω' => "w",
        'х' | 'Х' | 'χ' | 'Χ' | '×' | 'ⅹ' => "x",
        'ý' | 'ÿ' | 'Ý' | 'Ÿ' | 'ŷ' | 'у' | 'У' | 'ү' | 'γ' | 'Υ' => "y",
        'ź' | 'ż' | 'ž' | 'Ź' | 'Ż' | 'Ž' | 'Ζ' => "z",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::Folded;

    fn folded(text: &str) -> String {
        let mut folded = Folded::default();
        folded.fold(text);
        String::from_utf8(folded.bytes).unwrap()
    }

    #[test]
    fn look_alike_full_width_and_invisible_letters_become_plain() {
        assert_eq!(folded("Тhе ｆｕｌｌ mo\u{200b}ney, 𝒸𝓁𝑒𝒶𝓇"), "the full money, clear");
        assert_eq!(folded("“Café” – naïve…"), "\"cafe\" - naive...");
    }

    #[test]
    fn emoji_are_gaps_and_other_scripts_stay() {
        assert_eq!(folded("ok😀no 日本"), "ok no 日本");
    }

    #[test]
    fn ranges_lead_back_to_whole_characters_of_the_original() {
        let text = "Éa😀\u{200b}ßx";
        let mut folded = Folded::default();
        folded.fold(text);
        assert_eq!(folded.bytes, b"ea ssx");
        assert_eq!(&text[folded.original(0..2)], "Éa");
        assert_eq!(&text[folded.original(3..4)], "ß");
        assert_eq!(&text[folded.original(5..6)], "x");
    }
}
