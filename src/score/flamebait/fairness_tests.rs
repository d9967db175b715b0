//! Names of groups raise nothing, and what is not the writer's attack is none.

use super::{FlamebaitScorer, Label};
use crate::lexicon;

const IDENTITY: &str = include_str!("../../../lexicons/flamebait/identity.tsv");

/// Harmless sentences with a gap for a name; other ones than those that models are fitted to.
const HARMLESS: [&str; 20] = [
    "My uncle is {} and so is his wife.",
    "I have been {} all my life.",
    "A {} friend of mine opened a bakery.",
    "The {} students won the chess tournament.",
    "We talked with a {} doctor about the new hospital.",
    "Is the new mayor {}?",
    "You should ask a {} colleague about it.",
    "Many {} families live in this street.",
    "{} people pay taxes like everybody else.",
    "Being {} is nothing special here.",
    "The film tells the story of a {} teacher.",
    "I met {} neighbours at the market.",
    "Our {} choir sings on Sundays.",
    "She is a proud {} woman.",
    "He is {}, she is not.",
    "Some of the {} voters stayed at home.",
    "Nobody asked whether the driver was {}.",
    "The law protects {} workers.",
    "A {} man held the door for me.",
    "I love {} food.",
];

/// The scorers that are built in.
fn both() -> [FlamebaitScorer; 2] {
    [FlamebaitScorer::default(), FlamebaitScorer::accurate()]
}

#[test]
fn no_name_of_a_group_is_heated_in_more_than_a_twentieth_of_harmless_sentences() {
    for scorer in both() {
        for (_, fields) in lexicon::entries(IDENTITY) {
            let heated: Vec<String> = HARMLESS
                .iter()
                .map(|sentence| sentence.replace("{}", fields[0]))
                .filter(|text| scorer.assess(text).label > Label::Calm)
                .collect();
            assert!(20 * heated.len() <= HARMLESS.len(), "{scorer:?}: {heated:?}");
        }
    }
}

#[test]
fn denied_reported_and_own_insults_stay_calm() {
    all_calm(&[
        "Sorry, I was stupid to believe it.",
        "I'm such an idiot, I forgot my keys.",
        "He called me an idiot in front of everybody.",
        "They accused him of being a racist.",
        "She is not stupid.",
        "I never said he was an idiot.",
        "> you are a stupid moron\nI do not agree with this tone.",
        "The mayor said: \"you are all idiots\" and left the room.",
        "My stupid mistake cost us the game.",
    ]);
}

#[test]
fn harmless_words_about_things_and_manners_stay_calm() {
    all_calm(&[
        "calm down, no need to be rude",
        "The stupid traffic light is broken again.",
        "My car is a piece of garbage.",
        "That man killed my dog and nobody cares.",
        "The council of Scunthorpe will assess the plan.",
        "Dick Cheney was vice president.",
    ]);
}

fn all_calm(texts: &[&str]) {
    for scorer in both() {
        for text in texts {
            let found = scorer.explain(text);
            assert_eq!(found.flamebait.label, Label::Calm, "{text}: {found:#?}");
        }
    }
}

#[test]
fn the_same_words_said_of_somebody_are_not_calm() {
    for text in [
        "You were stupid to believe it.",
        "You are such an idiot.",
        "You racist!",
        "Your stupid mistake cost us the game.",
        "kys",
    ] {
        for scorer in both() {
            assert_ne!(scorer.assess(text).label, Label::Calm, "{text}");
        }
    }
}
