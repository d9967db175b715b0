//! The keys by which names are compared.

/// Appends the letters and digits of `name` in lower case and without accents, so that `Chad
/// Myers`, `chad_myers` and `ChadMyers` are one.
pub(super) fn squeeze(name: &str, key: &mut String) {
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        if c.is_ascii() {
            key.push(c.to_ascii_lowercase());
        } else {
            for lower in c.to_lowercase() {
                match plain(lower) {
                    "" => key.push(lower),
                    letters => key.push_str(letters),
                }
            }
        }
    }
}

/// The key of a name; its raw text in lower case if it holds neither letter nor digit.
pub(super) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    squeeze(name, &mut key);
    if key.is_empty() { name.trim().to_lowercase() } else { key }
}

/// A lower-case Latin letter without its accent; empty for any other character.
fn plain(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' | 'ģ' => "g",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    }
}

/// Whether two keys differ by at most one letter put in, left out, changed or swapped.
pub(super) fn near(one: &str, other: &str) -> bool {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let head: usize = same.map(|(a, _)| a.len_utf8()).sum();
    let (one, other) = (&one[head..], &other[head..]);
    let swapped = || {
        let (mut a, mut b) = (one.chars(), other.chars());
        a.next().zip(a.next()) == b.next().zip(b.next()).map(|(x, y)| (y, x)) && a.eq(b)
    };
    let (a, b) = (behind_first(one), behind_first(other));
    a == b || a == other || one == b || swapped()
}

/// The text without its first letter.
fn behind_first(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_spaces_and_marks_do_not_count() {
        assert_eq!(key("Zoë  Ångström_3"), "zoeangstrom3");
        assert_eq!(key("Straße"), "strasse");
        assert_eq!(key("* *"), "* *");
        assert_eq!(key("Žofie Ł."), key("zofie l"));
    }

    #[test]
    fn one_slip_of_the_pen_is_near() {
        for slip in ["wanda", "wnada", "wand", "wandaa", "vanda", "waanda"] {
            assert!(near("wanda", slip), "{slip}");
        }
        assert!(!near("wanda", "wendo"));
        assert!(!near("wanda", "wa"));
        assert!(near("", "a"));
    }
}
