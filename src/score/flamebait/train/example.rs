//! Labelled comments as numbers.

use super::labelled::Labelled;
use crate::score::flamebait::features::FEATURES;
use crate::score::flamebait::ngram;
use crate::score::flamebait::reader::Reader;

/// A labelled comment as the model sees it.
pub(super) struct Example {
    pub(super) features: [f32; FEATURES],
    pub(super) buckets: Vec<u32>,
    /// What each bucket weighs.
    pub(super) share: f64,
    /// The log-odds that it begins with.
    pub(super) start: f64,
    pub(super) target: f64,
    pub(super) weight: f64,
}

/// Reads all texts.
pub(super) fn examples(rows: &[Labelled]) -> Vec<Example> {
    let mut reader = Reader::default();
    let example = |row: &Labelled| {
        reader.read(&row.text);
        let mut buckets = Vec::new();
        ngram::each(reader.tokens(), |ngram| buckets.push(ngram.bucket));
        Example {
            features: reader.features.values,
            share: ngram::share(buckets.len()).into(),
            buckets,
            start: 0.0,
            target: row.target,
            weight: row.weight,
        }
    };
    rows.iter().map(example).collect()
}
