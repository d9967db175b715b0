//! The sentiment engine against values recorded from the reference, rule by rule, and against any
//! text at all.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use threadwarden::chain::{LinkOptions, Thread};
use threadwarden::score::Scorer;
use threadwarden::score::sentiment::{Analyzer, Mode, Rule, Sentiment, SentimentScorer};
use threadwarden::table::{Cell, Rows};
use threadwarden::{Assessment, Comment};

static EXTENDED: LazyLock<Analyzer> =
    LazyLock::new(|| Analyzer::builder().mode(Mode::Extended).build().expect("a sound table"));

fn score(text: &str) -> Sentiment {
    Analyzer::default().score(text)
}

fn compound(text: &str) -> f64 {
    score(text).compound
}

fn extended(text: &str) -> f64 {
    EXTENDED.score(text).compound
}

/// `python3 tests/differential/vader.py record tests/fixtures/sentiment.jsonl` records the values.
#[test]
fn recorded_texts_have_the_values_of_the_reference() {
    let lines = include_str!("fixtures/sentiment.jsonl").lines();
    for line in lines {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let number = |name: &str| row[name].as_f64().unwrap();
        let text = row["text"].as_str().unwrap();
        let expected = Sentiment {
            neg: number("neg"),
            neu: number("neu"),
            pos: number("pos"),
            compound: number("compound"),
        };
        assert_eq!(score(text), expected, "{text:?}");
        assert_eq!(Analyzer::default().explain(text).sentiment, expected, "{text:?}");
    }
}

#[test]
fn a_booster_counts_once_even_inside_another_word() {
    assert_eq!(compound("he is also good"), 0.4404);
}

#[test]
fn a_single_question_mark_does_not_amplify() {
    assert_eq!(compound("Is it good?"), 0.4404);
    assert!(compound("Is it good??") > 0.4404);
}

#[test]
fn digits_do_not_keep_a_word_from_being_in_capitals() {
    assert_eq!(compound("B2B IS GOOD"), 0.4404);
    assert!(compound("B2B is GOOD") > 0.4404);
}

#[test]
fn no_turns_the_next_word_round() {
    assert_eq!(compound("no good"), -0.3412);
}

#[test]
fn tokens_of_one_letter_count_as_words() {
    assert_eq!(score("I am not a bad man").neu, 0.637);
}

#[test]
fn marks_do_not_amplify_what_is_not_felt() {
    assert_eq!(compound("Hello there!!!"), 0.0);
}

#[test]
fn a_token_of_two_letters_keeps_its_punctuation() {
    assert_eq!(compound("no."), 0.0);
}

#[test]
fn heart_and_hearts_have_feeling() {
    assert_eq!(compound("my heart"), 0.6369);
    assert!(compound("my hearts") > 0.6369);
}

#[test]
fn this_or_so_before_a_word_strengthens_it_without_never() {
    assert_eq!(compound("one of this big good"), 0.4404);
    assert!(compound("one of big this good") > 0.4404);
}

#[test]
fn words_are_found_by_their_small_letters() {
    assert_eq!(compound(":P"), 0.25);
    assert_eq!(compound("happineß"), 0.0);
    assert_eq!(compound("than\u{212a}s"), compound("thanks"));
}

#[test]
fn but_weighs_the_first_word_of_equal_valence() {
    let explanation = Analyzer::default().explain("bad bad but bad");
    let valences: Vec<_> = explanation.words.iter().map(|word| word.valence).collect();
    assert_eq!(valences, [-1.25, -1.25, -2.5 * 1.5]);
    let explanation = Analyzer::default().explain("but bad good bad");
    let valences: Vec<_> = explanation.words.iter().map(|word| word.valence).collect();
    assert_eq!(valences, [-3.75, 2.8499999999999996, -3.75]);
}

#[test]
fn at_least_turns_nothing_round_and_least_does() {
    assert_eq!(compound("It is at least good"), 0.4404);
    assert_eq!(compound("It is the least good"), -0.3412);
}

#[test]
fn idioms_are_phrases_of_whole_words_that_need_three_before() {
    assert_eq!(compound("He waits at the bus stop"), 0.0);
    assert_eq!(compound("food is to die for"), -0.5994);
    assert_eq!(compound("he is the shit yeah right now"), 0.25);
}

#[test]
fn without_doubt_turns_nothing_round() {
    assert_eq!(compound("without doubt good"), 0.6136);
    assert_eq!(compound("not one doubt bad"), 0.6072);
}

#[test]
fn any_word_with_an_n_t_negates_in_any_case() {
    assert_eq!(compound("MAYN'T love it"), -0.5216);
    assert_eq!(compound("I don’t love it"), 0.6369);
}

#[test]
fn separators_of_information_are_white_space() {
    assert_eq!(compound("not\u{1c}good"), -0.3412);
}

#[test]
fn emoji_are_read_as_words_that_stick_to_what_follows() {
    assert_eq!(compound("I 😀 this"), compound("I grinning face this"));
    assert_eq!(compound("😀good"), compound("grinning facegood"));
}

#[test]
fn a_text_without_words_has_four_zeros() {
    assert_eq!(score(" \n\u{a0}"), Sentiment::default());
}

#[test]
fn long_texts_take_a_time_that_grows_with_their_length_only() {
    let texts = [
        "x ".repeat(500_000),
        "!".repeat(1_000_000),
        "good ".repeat(200_000),
        "bad but good ".repeat(80_000),
        "good but ".repeat(110_000),
        "😀".repeat(250_000),
        "not ".repeat(250_000),
        "é".repeat(500_000),
        "\u{2003}".repeat(333_333),
        "don't".repeat(200_000),
        "fed ".repeat(250_000),
    ];
    let analyzers = [Analyzer::default(), EXTENDED.clone()];
    for text in &texts {
        for analyzer in &analyzers {
            let start = Instant::now();
            let sentiment = analyzer.score(text);
            // An unoptimised build on a busy machine needs room; what is quadratic takes minutes.
            assert!(start.elapsed() < Duration::from_secs(20), "{text:.20}");
            assert!(sentiment.compound.abs() <= 1.0);
        }
    }
}

#[test]
fn extended_mode_reads_curly_apostrophes() {
    assert_eq!(extended("I don’t love it"), -0.5216);
}

#[test]
fn extended_mode_reads_emoji_with_a_variation_selector() {
    assert_eq!(compound("I ❤\u{fe0f} it"), 0.0);
    assert_eq!(extended("I ❤\u{fe0f} it"), compound("I heart it"));
    assert_eq!(extended("❤\u{fe0f}good"), compound("heart good"));
}

#[test]
fn extended_mode_knows_newer_emoji() {
    assert_eq!(compound("🥲"), 0.0);
    assert!(extended("🥲") > 0.0);
}

#[test]
fn extended_mode_finds_phrases_that_the_reference_cannot() {
    for (phrase, rating) in [("fed up", -1.8), ("can't stand", -2.0), ("screwed up", -1.5)] {
        let text = format!("They {phrase}, really.");
        let explanation = EXTENDED.explain(&text);
        assert_eq!(explanation.words.len(), 1, "{phrase}");
        assert_eq!(&text[explanation.words[0].range.clone()], phrase);
        assert_eq!(explanation.words[0].rating, rating);
    }
    assert!(extended("I am not FED UP with it") > 0.0);
    assert_eq!(extended("bus stop"), 0.0);
}

#[test]
fn extended_mode_finds_short_words_before_a_full_stop() {
    assert_eq!(extended("no."), -0.296);
}

#[test]
fn users_words_replace_and_add_in_either_mode() {
    let own = "good\t-3.0\npaywall\t-2.0\t0.5\t[-2, -2]\nTop Notch\t3.1\nwicked\tbooster\nnae\tnegation\n🦄\t2.5\n";
    let add =
        |mode| Analyzer::builder().mode(mode).lexicon("my.tsv", own).unwrap().build().unwrap();
    for analyzer in [add(Mode::Exact), add(Mode::Extended)] {
        let compound = |text| analyzer.score(text).compound;
        assert!(compound("good") < 0.0);
        assert!(compound("a paywall") < 0.0);
        assert!(compound("it is top notch today") > 0.6);
        assert!(compound("it is wicked great") > compound("it is great"));
        assert!(compound("nae great") < 0.0);
        assert!(compound("a 🦄 here") > 0.5);
    }
    assert_eq!(add(Mode::Exact).name(), "vader-3.3.2+my.tsv");
    assert_eq!(add(Mode::Extended).name(), "vader-3.3.2-extended+my.tsv");
}

#[test]
fn users_may_rely_on_their_own_words_alone() {
    let builder = Analyzer::builder().only_own_words();
    let analyzer = builder.lexicon("my.tsv", "tram\t2\n").unwrap().build().unwrap();
    assert_eq!(analyzer.score("a good bus").compound, 0.0);
    assert!(analyzer.score("not a tram").compound < 0.0);
    assert_eq!(analyzer.lexicon().filter(|entry| entry.kind() == "word").count(), 1);
}

#[test]
fn the_lexicon_in_force_names_kind_value_and_origin() {
    let analyzer = Analyzer::builder().lexicon("my.tsv", "good\t1\n").unwrap().build().unwrap();
    let entry = |word: &str| analyzer.lexicon().find(|entry| entry.word == word).unwrap();
    let shown = |word| (entry(word).kind(), entry(word).value(), &*entry(word).origin);
    assert_eq!(shown("good"), ("word", Some(1.0), "my.tsv"));
    assert_eq!(shown("bad"), ("word", Some(-2.5), "vader"));
    assert_eq!(shown("very"), ("booster", Some(0.293), "vader"));
    assert_eq!(shown("not"), ("negation", None, "vader"));
    assert_eq!(shown("the bomb"), ("idiom", Some(3.0), "vader"));
    assert_eq!(shown("😀"), ("emoji", None, "vader"));
    assert!(analyzer.lexicon().all(|entry| entry.word != "fed up"));
}

#[test]
fn an_explanation_points_into_the_original_text() {
    let text = "I 😀 your NOT very good 💔!!";
    let explanation = Analyzer::default().explain(text);
    let words: Vec<_> = explanation
        .words
        .iter()
        .map(|word| (word.word.as_str(), &text[word.range.clone()]))
        .collect();
    assert_eq!(words, [("grinning", "😀"), ("good", "good"), ("broken", "💔"), ("heart", "💔")]);
    let good = &explanation.words[1];
    let effects: Vec<_> = good
        .effects
        .iter()
        .map(|effect| (effect.rule, effect.by.clone().map(|by| &text[by])))
        .collect();
    assert_eq!(effects, [(Rule::Booster, Some("very")), (Rule::Negation, Some("NOT"))]);
    assert_eq!(good.valence, good.effects[1].valence);
    assert_eq!((explanation.exclamations, explanation.questions), (2, 0));
}

#[test]
fn a_deleted_comment_has_empty_cells_and_a_blank_one_zeros() {
    let comment =
        |text: &str, deleted| Comment { text: text.into(), deleted, ..Comment::default() };
    let comments = vec![comment("good", false), comment("", false), comment("good", true)];
    let thread = Thread::link(comments, None, &LinkOptions::default());
    let mut assessments = vec![Assessment::default(); 3];
    assessments[0].scorable = true;
    let scorer = SentimentScorer::default();
    scorer.score(&thread, &mut assessments);
    let mut rows = Rows::new(scorer.columns().len());
    for (position, assessment) in assessments.iter().enumerate() {
        scorer.write(&thread, position, assessment, &mut rows);
    }
    let cells: Vec<Vec<_>> = rows.iter().map(|row| row.cells().collect()).collect();
    let number = Cell::Number;
    assert_eq!(
        cells,
        [
            vec![number(0.4404), Cell::Text("positive"), number(0.0), number(0.0), number(1.0)],
            vec![number(0.0), Cell::Text("unscored"), number(0.0), number(0.0), number(0.0)],
            vec![Cell::Empty, Cell::Text("unscored"), Cell::Empty, Cell::Empty, Cell::Empty],
        ]
    );
    assert_eq!(scorer.name(), "vader-3.3.2");
}

/// Texts in which words, rules and oddities are frequent.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "\\PC{0,12}",
        ".{0,3}",
        "[a-zA-Z']{1,70}",
        prop::sample::select(vec![
            " ",
            " ",
            " ",
            " ",
            "\n",
            "\u{2003}",
            "good",
            "BAD",
            "not",
            "very",
            "but",
            "no",
            "don't",
            "don’t",
            "fed up",
            "kind of",
            "😀",
            "❤\u{fe0f}",
            "!",
            "?",
            ":)",
            "é",
            "the shit",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_has_values_in_their_ranges(text in texts()) {
        for analyzer in [Analyzer::default(), EXTENDED.clone()] {
            let Sentiment { neg, neu, pos, compound } = analyzer.score(&text);
            let sum = neg + neu + pos;
            prop_assert!([neg, neu, pos].iter().all(|share| (0.0..=1.0).contains(share)));
            prop_assert!((-1.0..=1.0).contains(&compound));
            prop_assert!(sum == 0.0 || (sum - 1.0).abs() < 0.0021);
            prop_assert_eq!(sum == 0.0, analyzer.explain(&text).tokens == 0);
        }
    }

    #[test]
    fn an_explanation_has_the_score_and_ranges_in_the_text(text in texts()) {
        for analyzer in [Analyzer::default(), EXTENDED.clone()] {
            let explanation = analyzer.explain(&text);
            prop_assert_eq!(explanation.sentiment, analyzer.score(&text));
            for word in &explanation.words {
                let ranges = word.effects.iter().filter_map(|effect| effect.by.clone());
                for range in ranges.chain([word.range.clone()]) {
                    prop_assert!(text.get(range).is_some_and(|part| !part.is_empty()));
                }
                let last = word.effects.last().map_or(word.rating, |effect| effect.valence);
                prop_assert_eq!(last, word.valence);
            }
        }
    }

    #[test]
    fn more_white_space_changes_nothing(text in "[a-zA-Z!?' ]{0,200}", size in 1_usize..150) {
        let wide = text.replace(' ', &" ".repeat(size));
        prop_assert_eq!(score(&wide), score(&text));
    }
}
