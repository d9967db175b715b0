//! Ten ways to disguise a word, on sentences of our own, and look-alikes that are innocent.

use super::FlamebaitScorer;
use super::category::Category;

/// Sentences with a gap for an insult.
const SENTENCES: [&str; 4] = [
    "You are a {} if you believe that.",
    "What a {} you must be.",
    "Only a {} would write this about the new bridge.",
    "Listen, {}, nobody asked you.",
];

/// Words that fill the gap.
const INSULTS: [&str; 20] = [
    "stupid",
    "idiot",
    "moron",
    "asshole",
    "bitch",
    "dumbass",
    "imbecile",
    "scumbag",
    "retard",
    "loser",
    "pathetic",
    "ignorant",
    "hypocrite",
    "fucker",
    "bastard",
    "shithead",
    "douchebag",
    "cretin",
    "traitor",
    "liar",
];

/// A way to disguise a word.
type Way = fn(&str) -> String;

const WAYS: [(&str, Way); 10] = [
    ("leet", |word| {
        word.chars()
            .map(|letter| match letter {
                'i' => '1',
                'o' => '0',
                'e' => '3',
                'a' => '@',
                's' => '$',
                't' => '7',
                letter => letter,
            })
            .collect()
    }),
    ("spaced", |word| spread(word, " ")),
    ("dotted", |word| spread(word, ".")),
    ("asterisk", |word| {
        let letters = (0..).zip(word.chars());
        letters
            .map(|(at, letter)| if at > 0 && "aeiou".contains(letter) { '*' } else { letter })
            .collect()
    }),
    ("repeat", |word| {
        let middle = word.len() / 2;
        format!("{}{}{}", &word[..middle], word[middle..=middle].repeat(4), &word[middle + 1..])
    }),
    ("homoglyph", |word| {
        word.replace('a', "а")
            .replace('e', "е")
            .replace('o', "о")
            .replace('c', "с")
            .replace('i', "і")
            .replace('u', "υ")
    }),
    ("zero-width", |word| spread(word, "\u{200b}")),
    ("full-width", |word| {
        word.chars().filter_map(|letter| char::from_u32(letter as u32 + 0xfee0)).collect()
    }),
    ("swapped", |word| {
        let mut letters: Vec<char> = word.chars().collect();
        let middle = letters.len() / 2;
        letters.swap(middle - 1, middle);
        letters.into_iter().collect()
    }),
    ("dropped", |word| {
        let middle = word.len() / 2;
        format!("{}{}", &word[..middle], &word[middle + 1..])
    }),
];

fn spread(word: &str, sign: &str) -> String {
    let letters: Vec<String> = word.chars().map(String::from).collect();
    letters.join(sign)
}

fn scores(scorer: &FlamebaitScorer, disguise: Way) -> Vec<f64> {
    let fill =
        |sentence: &str, word: &str| scorer.assess(&sentence.replace("{}", &disguise(word))).score;
    SENTENCES.iter().flat_map(|sentence| INSULTS.map(|word| fill(sentence, word))).collect()
}

#[test]
fn three_quarters_of_disguised_insults_pass_where_four_fifths_of_plain_ones_do() {
    for scorer in [FlamebaitScorer::default(), FlamebaitScorer::accurate()] {
        let mut plain = scores(&scorer, str::to_owned);
        plain.sort_by(f64::total_cmp);
        let threshold = plain[plain.len() / 5];
        for (name, way) in WAYS {
            let disguised = scores(&scorer, way);
            let caught = disguised.iter().filter(|&&score| score >= threshold).count();
            assert!(4 * caught >= 3 * disguised.len(), "{name}: {caught} of {}", disguised.len());
        }
    }
}

#[test]
fn a_disguised_word_weighs_what_the_word_does() {
    let weight = |text: &str| {
        let reasons = FlamebaitScorer::default().assess(text).reasons;
        reasons.iter().find(|reason| text[reason.span.clone()].starts_with('i')).unwrap().weight
    };
    let plain = weight("You are an imbecile.");
    for disguised in ["You are an imbceile.", "You are an imbecle.", "You are an i-m-b-e-c-i-l-e."]
    {
        let more = weight(disguised) - plain;
        let disguise = weight("You are an imbecilе.") - plain;
        assert!((more - disguise).abs() < 1e-4, "{disguised}: {more}, not {disguise}");
    }
}

#[test]
fn a_disguise_is_named_with_its_place() {
    for text in ["you 1d10t", "you i.d.i.o.t", "you id**t", "you i d i o t"] {
        let found = FlamebaitScorer::default().assess(text);
        let spans: Vec<_> = found.reasons.iter().map(|reason| &text[reason.span.clone()]).collect();
        assert!(spans.contains(&&text[4..]), "{text}: {spans:?}");
    }
}

#[test]
fn a_disguise_is_a_category() {
    let is_named = |text: &str| {
        let found = FlamebaitScorer::default().assess(text);
        found.categories.iter().any(|(category, _)| *category == Category::Disguise)
    };
    for text in ["You are a stupid 1d10t!", "You are an i.d.i.o.t, you clown!", "You dumb id**t!"] {
        assert!(is_named(text), "{text}");
    }
    assert!(!is_named("You are a stupid idiot!"));
}

#[test]
fn look_alikes_are_innocent() {
    let scorer = FlamebaitScorer::default();
    for text in [
        "The council of Scunthorpe will assess the plan.",
        "Dick Cheney was vice president.",
        "Call 1-800-555-0199 before 5 pm.",
        "See https://example.org/a55?b=1d10t&c=d for the table.",
        "let x = a[i] & b | c; // t0d0",
        "Roll 1d10, then 2d6 and 1d100 for damage.",
        "The Galaxy A55 takes the 4k5 adapter.",
        "My e-mail is b1tch3ll@example.org",
        "He got an A+ in maths, $5 and 100% of the vote.",
        "The class passed the grass on the way to the bass concert.",
        "Add 50 g of butter, 2 eggs and 1 l of milk.",
        "I a m o k",
        "Turkish lira, Niger and Nigeria, Essex and Sussex, Penistone",
        "The part of the site with the pick and the phone",
    ] {
        let found = scorer.explain(text);
        let kinds: Vec<_> = found.contributions.iter().map(|reason| reason.kind).collect();
        assert!(!kinds.contains(&"disguise") && !kinds.contains(&"insult"), "{text}: {kinds:?}");
    }
}
