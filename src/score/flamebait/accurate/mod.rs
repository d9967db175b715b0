//! The token model: a small network over the pieces of a text, which stands beside the additive
//! model in the scorer `accurate`.
//!
//! ```text
//! pieces ─► a row of the table each ─┬─► weighted mean ──────┐
//!                                    ├─► largest values ─────┤
//!                                    └─► three in a row ─────┼─► one hidden layer ─► log-odds
//! features ──────────────────────────────────────────────────┘
//! ```
//!
//! It is fitted by `training/flamebait/token_model.py`. What a piece adds to each filter over three
//! pieces in a row depends on the piece alone, so it is worked out once for the whole table.

mod file;
#[cfg(test)]
mod tests;
mod vocabulary;

use std::sync::LazyLock;

use ndarray::linalg::general_mat_vec_mul;
use ndarray::{Array2, ArrayView1, ArrayViewMut1};

use super::features::FEATURES;
use super::reader::Reader;
pub(super) use vocabulary::{Piece, Vocabulary, units};

/// A token model and how it is added to the additive one.
#[derive(Debug)]
pub(super) struct TokenModel {
    name: String,
    vocabulary: Vocabulary,
    /// How many numbers stand for a piece in its row, and how many filters there are.
    width: usize,
    filters: usize,
    /// For each piece its row, then what it adds to each filter as the first, second and third of
    /// three pieces.
    rows: Vec<f32>,
    /// A row of zeros.
    nothing: Vec<f32>,
    /// How much each piece counts in the mean.
    attention: Vec<f32>,
    filter_bias: Vec<f32>,
    /// The largest value of each feature that counts, and what it is multiplied by.
    limits: Vec<f32>,
    scales: Vec<f32>,
    hidden: Array2<f32>,
    hidden_bias: Vec<f32>,
    from_hidden: Vec<f32>,
    direct: Vec<f32>,
    bias: f32,
    /// What the log-odds of the two models are multiplied by in their sum, and what is added.
    share_of_sum: f32,
    share: f32,
    shift: f32,
}

static BUILT_IN: LazyLock<Option<TokenModel>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../../../models/flamebait-accurate.model");
    // A wrong file is a fault of the build, found by a test.
    TokenModel::read("models/flamebait-accurate.model", bytes).ok()
});

/// What the weighted mean is multiplied by beside the other inputs.
const MEAN_SCALE: f32 = 3.0;

/// Buffers of the token model, kept between texts.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    pieces: Vec<Piece>,
    /// Those that are left when a word is left out.
    left: Vec<Piece>,
    network: Network,
}

/// The numbers that go into the network and those of its hidden layer.
#[derive(Debug, Default)]
struct Network {
    inputs: Vec<f32>,
    hidden: Vec<f32>,
}

impl TokenModel {
    /// The model that is built in.
    pub(super) fn built_in() -> Option<&'static Self> {
        BUILT_IN.as_ref()
    }

    /// Name and version, as in the column `model`.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What the additive model's log-odds are multiplied by.
    pub(super) fn share_of_sum(&self) -> f32 {
        self.share_of_sum
    }

    /// The log-odds of the text that was read, where those of the additive model are `sum`.
    pub(super) fn combined(&self, sum: f32, reader: &mut Reader) -> f32 {
        self.share_of_sum * sum + self.share * self.alone(reader) + self.shift
    }

    /// The log-odds of the text that was read by this model alone.
    fn alone(&self, reader: &mut Reader) -> f32 {
        let Scratch { pieces, network, .. } = &mut reader.scratch;
        self.vocabulary.cut(&reader.folded.bytes, &reader.tokens.list, pieces);
        self.log_odds(pieces, &reader.features.values, network)
    }

    /// Hands over for each token of the text last combined how much lower the log-odds are without
    /// it.
    pub(super) fn leave_out(&self, reader: &mut Reader, mut each: impl FnMut(u32, f32)) {
        let Scratch { pieces, left, network } = &mut reader.scratch;
        let features = &reader.features.values;
        let all = self.log_odds(pieces, features, network);
        for word in pieces.chunk_by(|a, b| a.token == b.token) {
            let Some(token) = word[0].token else { continue };
            left.clear();
            left.extend(pieces.iter().filter(|piece| piece.token != Some(token)));
            each(token, self.share * (all - self.log_odds(left, features, network)));
        }
    }

    /// The log-odds of these pieces and features.
    fn log_odds(
        &self,
        pieces: &[Piece],
        features: &[f32; FEATURES],
        Network { inputs, hidden }: &mut Network,
    ) -> f32 {
        inputs.clear();
        inputs.resize(self.direct.len(), 0.0);
        let (mean, rest) = inputs.split_at_mut(self.width);
        let (largest, rest) = rest.split_at_mut(self.width);
        let (filtered, dense) = rest.split_at_mut(self.filters);
        if !pieces.is_empty() {
            self.pool(pieces, mean, largest);
            self.filter(pieces, filtered);
        }
        for (at, dense) in dense.iter_mut().enumerate() {
            let limit = self.limits[at];
            *dense = features[at].clamp(-limit, limit) * self.scales[at];
        }
        let inputs = ArrayView1::from(&inputs[..]);
        hidden.clear();
        hidden.extend(&self.hidden_bias);
        let mut output = ArrayViewMut1::from(&mut hidden[..]);
        general_mat_vec_mul(1.0, &self.hidden, &inputs, 1.0, &mut output);
        output.mapv_inplace(|value| value.max(0.0));
        let direct = ArrayView1::from(&self.direct[..]).dot(&inputs);
        self.bias + direct + ArrayView1::from(&self.from_hidden[..]).dot(&output)
    }

    /// The weighted mean and the largest values of the rows of the pieces.
    fn pool(&self, pieces: &[Piece], mean: &mut [f32], largest: &mut [f32]) {
        let weight = |piece: &Piece| self.attention[piece.number as usize];
        let unit = MEAN_SCALE / pieces.iter().map(weight).sum::<f32>();
        largest.fill(f32::NEG_INFINITY);
        for piece in pieces {
            let weight = unit * weight(piece);
            let row = &self.row(*piece)[..self.width];
            for ((mean, largest), &value) in mean.iter_mut().zip(&mut *largest).zip(row) {
                *mean += weight * value;
                *largest = if value > *largest { value } else { *largest };
            }
        }
    }

    /// The largest value of each filter over any three pieces in a row; nothing stands before the
    /// first and behind the last.
    fn filter(&self, pieces: &[Piece], filtered: &mut [f32]) {
        let part = |piece: Option<&Piece>, place: usize| {
            let row = piece.map_or(&self.nothing[..], |&piece| self.row(piece));
            &row[self.width + place * self.filters..][..self.filters]
        };
        filtered.fill(f32::NEG_INFINITY);
        for at in 0..pieces.len() {
            let before = part(at.checked_sub(1).and_then(|before| pieces.get(before)), 0);
            let here = part(pieces.get(at), 1);
            let after = part(pieces.get(at + 1), 2);
            let three = before.iter().zip(here).zip(after);
            for (filtered, ((&before, &here), &after)) in filtered.iter_mut().zip(three) {
                let value = before + here + after;
                *filtered = if value > *filtered { value } else { *filtered };
            }
        }
        for (filtered, bias) in filtered.iter_mut().zip(&self.filter_bias) {
            *filtered = (*filtered + bias).max(0.0);
        }
    }

    fn row(&self, piece: Piece) -> &[f32] {
        let length = self.width + 3 * self.filters;
        &self.rows[piece.number as usize * length..][..length]
    }
}
