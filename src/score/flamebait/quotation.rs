//! Whose words stand in quotation marks: those of somebody who is quoted, or the writer's own.

use super::category::mark;
use super::token::{Kind, Token};

/// Takes from the tokens of the folded text `bytes` what the writer quotes: what stands in
/// quotation marks, unless these are scare quotes.
pub(super) fn disown(bytes: &[u8], tokens: &mut [Token]) {
    if tokens.iter().all(|token| token.kind != Kind::Quote) {
        return;
    }
    for sign in MARKS {
        let mut from = 0;
        while let Some((open, close)) = next_quotation(bytes, tokens, sign, from) {
            if is_quoted(bytes, tokens, open, close) {
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

/// A quotation of so many words is what somebody said, and no name for something.
const LONG: usize = 4;

/// Whether the words between two marks are somebody else's.
fn is_quoted(bytes: &[u8], tokens: &[Token], open: usize, close: usize) -> bool {
    let inside = &tokens[open + 1..close];
    let words = inside.iter().filter(|token| token.is_word()).count();
    // Who sets the whole comment in quotation marks says it all the same.
    let outside = tokens[..open].iter().chain(&tokens[close + 1..]);
    if words == 0 || !outside.into_iter().any(Token::is_word) {
        return false;
    }
    let sentence = tokens[open].sentence;
    let start = open - tokens[..open].iter().rev().take_while(|it| it.sentence == sentence).count();
    let before = &tokens[start..open];
    let own = announces(before);
    if own == Some(Voice::Writer) {
        return false;
    }
    if own == Some(Voice::Other) || is_told(&tokens[close..]) {
        return true;
    }
    if words >= LONG || is_sentence(inside) {
        // "You are "the biggest fool of all"": a name for somebody, however long.
        return is_sentence(inside) || !before.last().is_some_and(|it| it.has(mark::BE));
    }
    let opens = before.iter().all(|token| token.kind != Kind::Word || token.capitalised);
    opens && (is_discussed(&tokens[close..]) || stands_alone(bytes, tokens, close))
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
    let is_mine = OWN.contains(&before[at].hash) && subject.is_some_and(|it| it.has(mark::SELF));
    Some(if is_mine { Voice::Writer } else { Voice::Other })
}

/// What the writer does who says it here and now.
const OWN: [u64; 2] = [hash("say"), hash("call")];

/// Whether the words behind the closing mark say who said it: `"…", he said`.
fn is_told(close: &[Token]) -> bool {
    const REACH: usize = 2;
    let after = close[1..].iter().take(REACH).take_while(|it| it.sentence == close[0].sentence);
    let mut after = after.filter(|token| token.is_word());
    after.any(|token| token.has(mark::QUOTING) && !token.has(mark::REPORTING))
}

/// Whether somebody may have said it: somebody is spoken to or spoken of, or told to do something.
fn is_sentence(inside: &[Token]) -> bool {
    let speaks =
        |token: &Token| token.has(mark::YOU | mark::BE | mark::MODAL | mark::THEY | mark::SELF);
    let words = inside.iter().filter(|token| token.is_word());
    let orders = inside.len() > 1 && inside[0].has(mark::IMPERATIVE);
    orders || words.clone().count() > 1 && words.into_iter().any(speaks)
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
    close.get(1).is_some_and(|next| {
        next.sentence == close[0].sentence && WORDS.contains(&next.hash)
    })
}

/// Whether nothing goes on from the quotation: the sentence ends with it, or a dash follows.
fn stands_alone(bytes: &[u8], tokens: &[Token], close: usize) -> bool {
    if matches!(byte_before(bytes, &tokens[close]), b'.' | b'!' | b'?') {
        return true;
    }
    let Some(next) = tokens.get(close + 1) else { return true };
    let gap = bytes.get(tokens[close].range().end..next.range().start).unwrap_or_default();
    next.sentence != tokens[close].sentence
        || matches!(next.kind, Kind::Outcry { .. } | Kind::Ellipsis)
        || gap.contains(&b'-')
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
            "\"libtards\"? Really?",
            "Calling people \"stupid\" helps nobody",
            "@Ann \"you are all morons\" - charming",
            "He said \"you are an idiot\" and left",
            "\"You idiots\", she said.",
            "\"You clown!\" he shouted, and the bus left.",
            "The word \"moron\" has no place here.",
            "Please stop with the \"you are all morons\" talk.",
            "Nobody learns from \"shut up, you fool\" as an answer.",
            "\"Complete idiot.\" Thank you very much.",
            "My neighbour got a note, \"move your car, moron\", on his windscreen",
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
