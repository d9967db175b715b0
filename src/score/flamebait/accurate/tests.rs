use super::TokenModel;
use crate::score::flamebait::reader::Reader;
use crate::score::flamebait::{FlamebaitScorer, Label};

/// Sentences, and their log-odds in the program that fitted the model.
const SENTENCES: &str = include_str!("../../../../tests/fixtures/flamebait-sentences.csv");
const LOG_ODDS: [f32; 6] = [6.4124, -3.4917, 0.1988, 2.5515, -5.0433, -0.1646];

#[test]
fn the_built_in_model_reckons_as_the_program_that_fitted_it() {
    let model = TokenModel::built_in().unwrap();
    let mut reader = Reader::default();
    let texts = csv::Reader::from_reader(SENTENCES.as_bytes()).into_records();
    for (text, expected) in texts.map(|row| row.unwrap()[0].to_owned()).zip(LOG_ODDS) {
        reader.read(&text);
        let found = model.alone(&mut reader);
        assert!((found - expected).abs() < 1e-3, "{text}: {found}");
    }
}

#[test]
fn a_damaged_file_is_a_clear_error() {
    let bytes = include_bytes!("../../../../models/flamebait-accurate.model");
    let message = |bytes: &[u8]| TokenModel::read("a.model", bytes).unwrap_err().to_string();
    assert!(message(&bytes[..bytes.len() / 2]).contains("cut short or damaged"));
    assert!(message(b"").contains("damaged"));
    let mut changed = bytes.to_vec();
    changed[5000] ^= 1;
    assert!(message(&changed).contains("damaged"));
}

#[test]
fn what_words_add_is_named_with_its_place() {
    let text = "Some of this is fine, but you are a pathetic clown.";
    let found = FlamebaitScorer::accurate().explain(text);
    assert_ne!(found.flamebait.label, Label::Calm);
    let reasons = &found.flamebait.reasons;
    assert!(reasons.iter().any(|reason| &text[reason.span.clone()] == "pathetic"), "{reasons:?}");
    let sum: f32 = found.contributions.iter().map(|reason| reason.weight).sum();
    assert!((found.bias + sum - found.log_odds).abs() < 1e-3);
}

#[test]
fn any_text_has_a_score() {
    let scorer = FlamebaitScorer::accurate();
    for text in ["", " ", "!", "日本", "\u{200b}", &"you fool ".repeat(500)] {
        let score = scorer.assess(text).score;
        assert!((0.0..=1.0).contains(&score), "{text}: {score}");
    }
}
