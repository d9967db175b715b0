//! What Python says of characters and of tokens that are not plain ASCII.

/// Whether Python's `str.split` divides at the character.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, '\x1c'..='\x1f') || character.is_whitespace()
}

/// The length of the white space at the start of `bytes`, which begin with a character outside
/// ASCII; 0 if it is none.
pub(super) fn space_length(bytes: [u8; 3]) -> usize {
    match bytes {
        [0xc2, 0x85 | 0xa0, _] => 2,
        [0xe1, 0x9a, 0x80]
        | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf]
        | [0xe2, 0x81, 0x9f]
        | [0xe3, 0x80, 0x80] => 3,
        _ => 0,
    }
}

/// The token without ASCII punctuation at its ends; as it is if one or two characters remain, or
/// none.
pub(super) fn strip(token: &str) -> &str {
    let core = trim(token);
    if core.chars().nth(2).is_some() { core } else { token }
}

/// The token without ASCII punctuation at its ends.
pub(super) fn trim(token: &str) -> &str {
    token.trim_matches(|character: char| character.is_ascii_punctuation())
}

/// Python's `str.isupper`: some letter is a capital, and none is small or a title letter.
pub(super) fn is_upper(token: &str) -> bool {
    let mut cased = false;
    for character in token.chars().filter(|character| !is_uncased_in_14(*character)) {
        if character.is_lowercase() || is_title(character) || character == '\u{295}' {
            return false;
        }
        cased |= character.is_uppercase();
    }
    cased
}

/// Unicode's category Lt.
fn is_title(character: char) -> bool {
    matches!(
        character,
        '\u{1c5}' | '\u{1c8}' | '\u{1cb}' | '\u{1f2}'
            | '\u{1f88}'..='\u{1f8f}'
            | '\u{1f98}'..='\u{1f9f}'
            | '\u{1fa8}'..='\u{1faf}'
            | '\u{1fbc}' | '\u{1fcc}' | '\u{1ffc}'
    )
}

/// Letters that have case by now, but had none in Unicode 14, which Python 3.11 knows. The one
/// letter that lost it since, U+0295, was a small one.
fn is_uncased_in_14(character: char) -> bool {
    matches!(
        character,
        '\u{10fc}'
            | '\u{1c89}'..='\u{1c8a}'
            | '\u{a7cb}'..='\u{a7cf}'
            | '\u{a7d2}' | '\u{a7d4}'
            | '\u{a7da}'..='\u{a7dc}'
            | '\u{a7f1}'..='\u{a7f4}'
            | '\u{ab69}'
            | '\u{10d50}'..='\u{10d85}'
            | '\u{16ea0}'..='\u{16ed3}'
            | '\u{1df25}'..='\u{1df2a}'
            | '\u{1e030}'..='\u{1e06d}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_characters_are_capitals_as_in_python() {
        // sum(chr(i).isupper() for i in range(0x110000)) on Python 3.11.
        let upper = ('\0'..=char::MAX).filter(|it| is_upper(it.encode_utf8(&mut [0; 4]))).count();
        assert_eq!(upper, 1951);
        // sum((chr(i) + "A").isupper() for i in range(0x110000)), without the surrogates.
        let beside = ('\0'..=char::MAX).filter(|it| is_upper(&format!("{it}A"))).count();
        assert_eq!(beside, 1109562);
    }

    #[test]
    fn a_title_letter_is_no_capital() {
        assert!(!is_upper("ǅ"));
        assert!(!is_upper("AǅB"));
        assert!(is_upper("AÄ1"));
        assert!(!is_upper("123"));
    }

    #[test]
    fn white_space_is_that_of_python() {
        let spaces: Vec<_> = ('\0'..=char::MAX).filter(|it| is_space(*it)).collect();
        assert_eq!(spaces.len(), 29);
        for space in spaces.iter().filter(|it| !it.is_ascii()) {
            let mut bytes = [b'x'; 4];
            space.encode_utf8(&mut bytes);
            assert_eq!(space_length([bytes[0], bytes[1], bytes[2]]), space.len_utf8());
        }
        let none = ('\u{80}'..=char::MAX).filter(|it| !is_space(*it));
        for character in none.filter(|it| it.len_utf8() > 1) {
            let mut bytes = [b'x'; 4];
            character.encode_utf8(&mut bytes);
            assert_eq!(space_length([bytes[0], bytes[1], bytes[2]]), 0, "{character:?}");
        }
    }

    #[test]
    fn strips_punctuation_only_if_more_than_two_characters_remain() {
        assert_eq!(strip("\"good!\""), "good");
        assert_eq!(strip("no."), "no.");
        assert_eq!(strip("éé!"), "éé!");
        assert_eq!(strip(":)"), ":)");
        assert_eq!(strip("don't"), "don't");
    }
}
