//! Whose words stand in quotation marks: those of somebody who is quoted, or the writer's own.

use super::above::Above;
use super::category::mark;
use super::token::{Kind, Token};

/// Takes from the tokens of the folded text `bytes` what the writer quotes: what stands in
/// quotation marks, unless these are scare quotes. `above` is the comment answered, if it is to be
/// looked at.
pub(super) fn disown(bytes: &[u8], tokens: &mut [Token], above: Option<&Above>) {
    if tokens.iter().all(|token| token.kind != Kind::Quote) {
        return;
    }
    for sign in MARKS {
        let mut from = 0;
        while let Some((open, close)) = next_quotation(bytes, tokens, sign, from) {
            if is_quoted(tokens, open, close, above) {
                tokens[open + 1..close].iter_mut().for_each(Token::disown);
            }
            from = close + 1;
        }
    }
}

/// The hashes of double and single quotation marks.
const MARKS: [u64; 2] = [hash("\""), hash("'")];

/// Longer stretches between two marks are two marks of which one was forgotten, in bytes.
const LONGEST: usize = 4000;

/// The marks of the next quotation between such signs from the token `from` on. One that is never
/// closed is none, and marks that stand doubled are one.
fn next_quotation(
    bytes: &[u8],
    tokens: &[Token],
    sign: u64,
    from: usize,
) -> Option<(usize, usize)> {
    let mut open: Option<usize> = None;
    let is_mark = |token: &Token| token.kind == Kind::Quote && token.hash == sign;
    for (at, token) in tokens.iter().enumerate().skip(from).filter(|(_, token)| is_mark(token)) {
        match open {
            Some(start) if start + 1 == at => open = Some(at),
            Some(start) if closes(bytes, token) => {
                if token.range().start - tokens[start].range().end <= LONGEST {
                    return Some((start, at));
                }
                open = None;
            }
            _ if opens(bytes, token) => open = Some(at),
            _ => {}
        }
    }
    None
}

/// Straight marks are inches too (`a 5" pipe`): those may close a quotation, but not open one.
fn opens(bytes: &[u8], token: &Token) -> bool {
    !is_letter(byte_before(bytes, token)) && !byte_after(bytes, token).is_ascii_whitespace()
}

fn closes(bytes: &[u8], token: &Token) -> bool {
    !is_letter(byte_after(bytes, token))
}

/// The byte before the token; white space at the start of the text.
fn byte_before(bytes: &[u8], token: &Token) -> u8 {
    token.range().start.checked_sub(1).map_or(b' ', |at| bytes[at])
}

fn byte_after(bytes: &[u8], token: &Token) -> u8 {
    bytes.get(token.range().end).copied().unwrap_or(b' ')
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Whether the words between two marks are somebody else's: others say them, they stand in the
/// comment answered, or they are what the sentence is about. Length and grammar tell nothing, as
/// people quote themselves and the air.
fn is_quoted(tokens: &[Token], open: usize, close: usize, above: Option<&Above>) -> bool {
    let sentence = tokens[open].sentence;
    let start = open - tokens[..open].iter().rev().take_while(|it| it.sentence == sentence).count();
    let before = &tokens[start..open];
    match announces(before) {
        Some(voice) => voice == Voice::Other,
        None => {
            above.is_some_and(|above| above.holds(&tokens[open + 1..close]))
                || is_told(&tokens[close..])
                || begins(before) && is_discussed(&tokens[close..])
        }
    }
}

/// Whether the sentence begins with the quotation, or with a name or a capital before it.
fn begins(before: &[Token]) -> bool {
    before.iter().all(|token| token.kind != Kind::Word || token.capitalised)
}

/// Who speaks in a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Voice {
    Writer,
    Other,
}

/// How many words before a quotation may say whose it is.
const REACH: usize = 4;

/// Who speaks by the words before: "he said", "calling people", "the word", but "I say".
fn announces(before: &[Token]) -> Option<Voice> {
    const CALLED: u64 = hash("called");
    let first = before.len().saturating_sub(REACH);
    let at = first
        + before[first..]
            .iter()
            .rposition(|token| token.has(mark::QUOTING | mark::REPORTING | mark::NAMING))?;
    let subject = at.checked_sub(1).map(|at| &before[at]);
    if before[at].hash == CALLED && subject.is_some_and(|it| it.hash == hash("so")) {
        return None;
    }
    Some(if is_said_now(before, at) { Voice::Writer } else { Voice::Other })
}

/// Whether the writer says it here and now, with the token `at`: "I say", "I call them".
pub(super) fn is_said_now(tokens: &[Token], at: usize) -> bool {
    const NOW: [u64; 2] = [hash("say"), hash("call")];
    NOW.contains(&tokens[at].hash) && at > 0 && tokens[at - 1].has(mark::SELF)
}

/// Whether the words behind the closing mark say who said it: `"…", he said`.
fn is_told(close: &[Token]) -> bool {
    const REACH: usize = 2;
    let after = close[1..].iter().take(REACH).take_while(|it| it.sentence == close[0].sentence);
    let mut after = after.filter(|token| token.is_word());
    after.any(|token| token.has(mark::QUOTING) && !token.has(mark::REPORTING))
}

/// Whether the words behind the closing mark say something of the quotation: `"…" is no argument`.
fn is_discussed(close: &[Token]) -> bool {
    const WORDS: [u64; 11] = [
        hash("is"),
        hash("isn't"),
        hash("was"),
        hash("wasn't"),
        hash("says"),
        hash("means"),
        hash("proves"),
        hash("shows"),
        hash("tells"),
        hash("helps"),
        hash("does"),
    ];
    let next = close.iter().find(|token| token.kind != Kind::Quote);
    next.is_some_and(|next| next.sentence == close[0].sentence && WORDS.contains(&next.hash))
}

const fn hash(word: &str) -> u64 {
    super::hash::word(word.as_bytes())
}

#[cfg(test)]
mod tests {
    use crate::score::flamebait::reader::Reader;

    /// The words of the text that are the writer's own attack.
    fn attacks(text: &str) -> Vec<String> {
        let mut reader = Reader::default();
        reader.read(text);
        let attacks = reader.hits.iter().filter(|hit| hit.entry.class.belittles() && !hit.neutral);
        let words = |first: usize, last: usize| {
            let tokens = reader.tokens();
            let range = tokens[first].range().start..tokens[last].range().end;
            text[reader.folded.original(range)].to_owned()
        };
        attacks.map(|hit| words(hit.first, hit.last)).collect()
    }

    #[test]
    fn quoted_words_are_not_the_writers_attack() {
        for text in [
            "\"complete idiot\" says more about you",
            "\"You are an idiot\" is no argument",
            "Calling people \"stupid\" helps nobody",
            "He said \"you are an idiot\" and left",
            "\"You idiots\", she said.",
            "\"You clown!\" he shouted, and the bus left.",
            "The word \"moron\" has no place here.",
        ] {
            assert!(attacks(text).is_empty(), "{text}: {:?}", attacks(text));
        }
    }

    #[test]
    fn marks_of_every_kind_quote() {
        for (open, close) in [
            ("\"", "\""),
            ("“", "”"),
            ("”", "”"),
            ("„", "“"),
            ("«", "»"),
            ("»", "«"),
            ("‹", "›"),
            ("‘", "’"),
            ("‚", "‘"),
            ("'", "'"),
            ("''", "''"),
            ("\"\"", "\"\""),
        ] {
            let text = format!("{open}You are all morons{close} is no argument");
            assert!(attacks(&text).is_empty(), "{text}: {:?}", attacks(&text));
        }
    }

    #[test]
    fn scare_quotes_are_the_writers() {
        for (text, expected) in [
            ("You are an \"idiot\"", "idiot"),
            ("You are \"the biggest moron of all time\" to me", "moron"),
            ("Those \"complete idiots\" run the town", "idiots"),
            ("I call them \"libtards\" and always will", "libtards"),
            ("I say \"shut up, you moron\" to that", "moron"),
            ("a so-called \"moron\" in charge", "moron"),
        ] {
            assert!(attacks(text).contains(&expected.to_owned()), "{text}: {:?}", attacks(text));
        }
    }

    #[test]
    fn attacks_outside_of_the_marks_are_the_writers() {
        for text in [
            "\"It never rains\" you idiot",
            "You idiot, \"it never rains\" is what I said",
            "\"You are all morons\" says the moron",
        ] {
            assert!(!attacks(text).is_empty(), "{text}");
        }
        assert_eq!(attacks("\"You are all morons\" says the moron"), ["moron"]);
    }

    #[test]
    fn a_comment_that_is_one_quotation_says_what_it_says() {
        assert_eq!(attacks("\"You are all morons\""), ["morons"]);
        assert_eq!(attacks("@Ann \"You are all morons!\""), ["morons"]);
    }

    #[test]
    fn a_quotation_that_nobody_is_said_to_have_made_is_the_writers() {
        assert_eq!(attacks("Have a nice day. \"You are all morons.\" Bye."), ["morons"]);
    }

    #[test]
    fn marks_that_a_table_doubled_quote_too() {
        assert!(attacks("\"He said \"\"you are an idiot\"\" and left\"").is_empty());
    }

    #[test]
    fn inches_apostrophes_and_lone_marks_quote_nothing() {
        for text in [
            "a 5\" pipe, you are a moron, and a 6\" pipe",
            "\"never closed, you are a moron and you know",
            "'Tis the dogs' home that you are a moron about",
            "Don't you idiots' think so",
            "rock 'n' roll is for you idiots",
            "the '90s called, you are a moron, it's the boys' home",
        ] {
            assert!(!attacks(text).is_empty(), "{text}");
        }
        let text = "\"never closed, you moron. And \"you are all idiots\" is no argument";
        assert_eq!(attacks(text), ["moron"]);
    }

    #[test]
    fn a_quotation_counts_for_no_feature_but_the_writers_words_do() {
        let mut reader = Reader::default();
        reader.read("\"YOU MORONS, what are you???\" was on the wall.");
        assert!(reader.features.events.is_empty(), "{:?}", reader.features.events);
    }
}
