//! Words that a comment has from the one that it answers: they are that one's, not the writer's.

use rustc_hash::FxHashSet;

use super::dictionary::BUILT_IN;
use super::fold::Folded;
use super::hash;
use super::token::{Token, Tokens};
use super::tokenise;

/// So many words in a row that stand in both comments are copied. Fewer are a turn of speech, or
/// are thrown back: "No, you are an idiot".
const RUN: usize = 8;

/// A copy with fewer words of the writer's own beside it says again what it copies.
const LEAST_OWN: usize = 3;

/// In quotation marks so many words will do. One alone may be anybody's.
const LEAST_MARKED: usize = 2;

/// Longer comments, in bytes, are not compared: many long ones would take too much time.
const LONGEST: usize = 16 << 10;

/// Whether an answer may be compared with the comment that it answers.
pub(super) fn can_compare(answer: &str, above: &str) -> bool {
    answer.len().max(above.len()) <= LONGEST
}

/// The words of the comment that is answered.
#[derive(Debug, Default)]
pub(super) struct Above {
    folded: Folded,
    tokens: Tokens,
    words: Vec<u64>,
    /// The hashes of its runs of words.
    runs: FxHashSet<u64>,
}

impl Above {
    /// Reads the comment that is answered.
    pub(super) fn read(&mut self, text: &str) {
        self.folded.fold(text);
        tokenise::tokenise(text, &self.folded, &BUILT_IN, &mut self.tokens);
        self.words.clear();
        self.words.extend(words(&self.tokens.list));
        self.runs.clear();
        self.runs.extend(self.words.windows(RUN).map(run));
    }

    /// Whether the words between two marks stand there in a row.
    pub(super) fn holds(&self, between: &[Token]) -> bool {
        let quoted: Vec<u64> = words(between).collect();
        quoted.len() >= LEAST_MARKED && self.words.windows(quoted.len()).any(|it| it == quoted)
    }

    /// Takes from the tokens of an answer what is copied from there without marks.
    pub(super) fn disown_copies(&self, tokens: &mut [Token]) {
        let places: Vec<usize> = (0..tokens.len()).filter(|&at| tokens[at].is_word()).collect();
        let mut copied = vec![false; tokens.len()];
        for places in places.windows(RUN) {
            let mut hashes = [0; RUN];
            for (hash, &place) in hashes.iter_mut().zip(places) {
                *hash = tokens[place].hash;
            }
            if self.runs.contains(&run(&hashes)) {
                copied[places[0]..=places[RUN - 1]].fill(true);
            }
        }
        let is_own = |&&place: &&usize| tokens[place].is_own_word() && !copied[place];
        if places.iter().filter(is_own).count() >= LEAST_OWN {
            let copied = tokens.iter_mut().zip(copied).filter(|(_, copied)| *copied);
            copied.for_each(|(token, _)| token.disown());
        }
    }
}

fn words(tokens: &[Token]) -> impl Iterator<Item = u64> + '_ {
    tokens.iter().filter(|token| token.is_word()).map(|token| token.hash)
}

/// The hash of some words in a row.
fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |run, &word| hash::pair(run, word))
}

#[cfg(test)]
mod tests {
    use crate::chain::{LinkOptions, Thread};
    use crate::comment::Comment;
    use crate::score::flamebait::{FlamebaitScorer, Label};
    use crate::score::{Assessment, Scorer};

    const ATTACK: &str = "You people on the council are nothing but a bunch of corrupt morons.";

    /// The label of an answer by `writer` to the attack, which Ann wrote.
    fn label(writer: &str, answer: &str) -> Label {
        let comment = |id: &str, author: &str, text: &str, parent: &str| Comment {
            id: id.to_owned(),
            author: author.to_owned(),
            text: text.to_owned(),
            parent: parent.to_owned(),
            ..Comment::default()
        };
        let comments = vec![comment("1", "Ann", ATTACK, ""), comment("2", writer, answer, "1")];
        let thread = Thread::link(comments, None, &LinkOptions::default());
        let scorable = Assessment { scorable: true, ..Assessment::default() };
        let mut assessments = vec![scorable.clone(), scorable];
        FlamebaitScorer::default().score(&thread, &mut assessments);
        let labels = assessments.into_iter().filter_map(|it| it.flamebait).map(|it| it.label);
        let labels: Vec<Label> = labels.collect();
        assert_ne!(labels[0], Label::Calm);
        labels[1]
    }

    #[test]
    fn what_an_answer_copies_from_the_comment_above_is_not_its_writers_attack() {
        let answer = format!("{ATTACK} That is a sad thing to read here every week.");
        assert_ne!(FlamebaitScorer::default().assess(&answer).label, Label::Calm);
        assert_eq!(label("Bob", &answer), Label::Calm);
        let answer = format!("Ann wrote:\n\n{}\n\nI do not agree at all.", ATTACK.to_uppercase());
        assert_eq!(label("Bob", &answer), Label::Calm);
    }

    #[test]
    fn what_an_answer_quotes_from_the_comment_above_is_not_its_writers_attack() {
        let answer = "I read \"a bunch of corrupt morons\" and closed the page.";
        assert_ne!(FlamebaitScorer::default().assess(answer).label, Label::Calm);
        assert_eq!(label("Bob", answer), Label::Calm);
        assert_ne!(label("Bob", "I read \"a bunch of stupid morons\" and smiled."), Label::Calm);
    }

    #[test]
    fn ones_own_words_and_a_copy_alone_are_said_again() {
        let answer = format!("{ATTACK} That is a sad thing to read here every week.");
        assert_ne!(label("Ann", &answer), Label::Calm);
        assert_eq!(label("", &answer), Label::Calm, "an unknown writer may be anybody");
        assert_ne!(label("Bob", ATTACK), Label::Calm);
        assert_ne!(label("Bob", &format!("This! {ATTACK}")), Label::Calm);
    }

    #[test]
    fn an_attack_beside_a_copy_is_the_writers() {
        assert_ne!(label("Bob", &format!("{ATTACK} Shut up, you stupid idiot.")), Label::Calm);
    }

    #[test]
    fn an_answer_of_enormous_length_is_taken_as_it_is() {
        let answer = format!("{ATTACK} That is a sad thing to read here every week.");
        assert_ne!(label("Bob", &(answer + &" ".repeat(super::LONGEST))), Label::Calm);
    }

    #[test]
    fn few_words_in_common_are_thrown_back() {
        assert_ne!(
            label("Bob", "Look in the mirror yourselves: a bunch of corrupt morons."),
            Label::Calm
        );
    }
}
