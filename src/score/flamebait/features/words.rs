//! Features that need no sentence: counts of words, signs and entries of the lexicons.

use super::{Feature, Features, belittles, is_negative, is_positive};
use crate::score::flamebait::category::{Class, mark};
use crate::score::flamebait::hits::Hit;
use crate::score::flamebait::token::{Kind, Token};

/// From this severity on an insult or curse is strong.
const STRONG: u8 = 3;

/// Measures everything that needs no sentence.
pub(super) fn measure(features: &mut Features, tokens: &[Token], hits: &[Hit]) {
    for hit in hits.iter().filter(|hit| !hit.neutral) {
        count_hit(features, tokens, hit);
    }
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.quoted) {
        match token.kind {
            Kind::Word => count_word(features, token, at),
            Kind::Outcry { asks: true } => features.one(Feature::Question, at, at),
            Kind::Outcry { asks: false } => features.one(Feature::Exclamation, at, at),
            Kind::Ellipsis => {
                features.one(Feature::Ellipsis, at, at);
                if at + 1 == tokens.len() {
                    features.one(Feature::EndEllipsis, at, at);
                }
            }
            Kind::Quote => count_scare_quote(features, tokens, at),
            Kind::Mention | Kind::Link => {}
        }
    }
    look_for_shouting(features, tokens);
}

fn count_hit(features: &mut Features, tokens: &[Token], hit: &Hit) {
    let Hit { first, last, entry, .. } = *hit;
    let strong = entry.severity >= STRONG;
    let feature = match entry.class {
        Class::Insult if strong => Feature::StrongInsult,
        Class::Insult => Feature::Insult,
        Class::Abuse => Feature::Abuse,
        Class::Profanity if strong => Feature::StrongProfanity,
        Class::Profanity => Feature::Profanity,
        Class::Slur => Feature::Slur,
        Class::NameCalling => Feature::NameCalling,
        Class::Dismissal => Feature::Dismissal,
        Class::Condescension => Feature::Condescension,
        Class::Sarcasm => Feature::Sarcasm,
        Class::Threat => Feature::Threat,
        Class::Provocation => Feature::Provocation,
        Class::Accusation => Feature::Accusation,
        Class::Generalisation => Feature::Generalisation,
    };
    let words = &tokens[first..=last];
    // A group is judged only where something bad is said of it.
    if entry.class == Class::Generalisation
        && words.iter().any(|token| token.has(mark::IDENTITY))
        && !sentence(tokens, first).iter().any(is_negative)
    {
        return;
    }
    features.add(feature, first, last, entry.weight);
    if entry.class.belittles() {
        features.one(Feature::InsultDensity, first, last);
    }
    if words.iter().any(|token| token.disguised) {
        features.one(Feature::Disguise, first, last);
    }
}

/// The tokens of the sentence in which token `at` stands.
fn sentence(tokens: &[Token], at: usize) -> &[Token] {
    let number = tokens[at].sentence;
    let first = at - tokens[..at].iter().rev().take_while(|token| token.sentence == number).count();
    let last = at + tokens[at..].iter().take_while(|token| token.sentence == number).count();
    &tokens[first..last]
}

/// The words that count by themselves, and as what.
const COUNTED: [(u64, Feature); 9] = [
    (mark::YOU, Feature::You),
    (mark::YOU, Feature::YouDensity),
    (mark::YOUR, Feature::Your),
    (mark::THEY, Feature::They),
    (mark::FIRST, Feature::First),
    (mark::HEDGE, Feature::Hedge),
    (mark::POLITE, Feature::Polite),
    (mark::LAUGH, Feature::Laugh),
    (mark::MASK, Feature::Mask),
];

const ANY_COUNTED: u64 = mark::YOU
    | mark::YOUR
    | mark::THEY
    | mark::FIRST
    | mark::HEDGE
    | mark::POLITE
    | mark::LAUGH
    | mark::MASK;

fn count_word(features: &mut Features, token: &Token, at: usize) {
    if token.has(ANY_COUNTED) {
        for (marks, feature) in COUNTED {
            if token.has(marks) {
                features.one(feature, at, at);
            }
        }
    }
    if token.capitals {
        features.one(Feature::Capitals, at, at);
    }
    if is_negative(token) && !belittles(token) {
        features.add(Feature::Negative, at, at, -token.valence / 2.0);
    } else if is_positive(token) {
        features.add(Feature::Positive, at, at, token.valence / 2.0);
    }
}

/// A quotation of one or two words is seldom meant as it says.
fn count_scare_quote(features: &mut Features, tokens: &[Token], open: usize) {
    let close = [open + 2, open + 3]
        .into_iter()
        .find(|&close| tokens.get(close).is_some_and(|token| token.kind == Kind::Quote));
    if let Some(close) = close
        && tokens[open + 1..close].iter().all(Token::is_own_word)
    {
        features.one(Feature::ScareQuote, open, close);
    }
}

/// Whole comments in capitals.
fn look_for_shouting(features: &mut Features, tokens: &[Token]) {
    if features.values[Feature::Capitals as usize] == 0.0 {
        return;
    }
    let long = |token: &&Token| token.is_own_word() && token.end - token.start >= 3;
    let words = tokens.iter().filter(long).count();
    let shouted = tokens.iter().filter(|token| token.capitals).count();
    if words >= 4 && 10 * shouted >= 7 * words {
        #[expect(clippy::cast_precision_loss, reason = "a text has fewer than 2^24 words")]
        let share = 1.0 / shouted as f32;
        for (at, _) in tokens.iter().enumerate().filter(|(_, token)| token.capitals) {
            features.add(Feature::AllCapitals, at, at, share);
        }
    }
}
