//! Words so common that they explain nothing by themselves, whatever a model has learnt of them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::hash;
use super::token::Token;

/// The kind of the reason for words that are all common.
pub(super) const COMMON: &str = "common words";

/// Articles, pronouns, prepositions, conjunctions, auxiliary verbs, and adverbs of time and degree.
const WORDS: &str = "
    a an the this that these those it its it's that's there here what which who whom whose when
    where why how i me my mine myself i'm i've i'd i'll you your yours yourself you're you've you'd
    you'll he him his himself he's she her hers herself she's we us our ours ourselves we're we've
    they them their theirs themselves they're they've one ones someone something anyone anything
    everyone everything nobody nothing no not don't doesn't didn't isn't aren't wasn't weren't won't
    can't couldn't shouldn't wouldn't haven't hasn't hadn't and or but nor so yet if then than
    because as while though although until unless since of in on at by for with about against
    between into through during before after above below to from up down out off over under again
    further be am is are was were been being have has had having do does did doing done can could
    may might must shall should will would need let get gets got getting go goes going went gone
    come comes came make makes made take takes took put say says said see seen know all any both
    each few more most other some such only own same too very just now even still also ever never
    always often once already much many lot lots quite rather really well like way thing things
    time times day year years people man men woman women person good new old first last next two
    three back yes yeah oh ok okay please thanks";

static HASHES: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| WORDS.split_whitespace().map(|word| hash::word(word.as_bytes())).collect());

/// Whether a token is a sign, or a word that is common everywhere.
pub(super) fn is_common(token: &Token) -> bool {
    !token.is_word() || HASHES.contains(&token.hash)
}

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::score::flamebait::FlamebaitScorer;

    #[test]
    fn no_word_stands_twice() {
        let mut words: Vec<&str> = WORDS.split_whitespace().collect();
        words.sort_unstable();
        let twice = words.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None);
    }

    #[test]
    fn reports_name_no_word_that_stands_in_every_comment() {
        let text = "A man who is in the habit of it, and that is what you are, you stupid clown.";
        let found = FlamebaitScorer::default().assess(text);
        assert!(!found.reasons.is_empty());
        for reason in &found.reasons {
            assert!(reason.is_telling() && text[reason.span.clone()].len() > 1, "{reason:?}");
        }
    }
}
