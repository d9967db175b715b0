//! What scores a text that was read: the additive model, alone or together with the token model.

use std::borrow::Cow;

use super::accurate::TokenModel;
use super::model::Model;
use super::reader::{Found, Reader};

/// The models that a scorer uses.
#[derive(Clone, Debug)]
pub(super) struct Judge {
    pub(super) model: Cow<'static, Model>,
    pub(super) tokens: Option<&'static TokenModel>,
}

impl Judge {
    /// Name and version, as in the column `model`.
    pub(super) fn name(&self) -> &str {
        self.tokens.map_or(self.model.name(), TokenModel::name)
    }

    /// The log-odds of the text that was read.
    pub(super) fn log_odds(&self, reader: &mut Reader) -> f32 {
        let sum = self.model.log_odds(reader);
        self.tokens.map_or(sum, |tokens| tokens.combined(sum, reader))
    }

    /// Hands over what each word added to the log-odds last given, in no special order. By the
    /// additive model that is all but its bias; what the token model makes of words together is
    /// not shared out among them.
    pub(super) fn contributions(&self, reader: &mut Reader, mut each: impl FnMut(Found)) {
        let share = self.tokens.map_or(1.0, TokenModel::share_of_sum);
        reader.contributions(&self.model, |found| {
            each(Found { weight: share * found.weight, ..found });
        });
        if let Some(tokens) = self.tokens {
            tokens.leave_out(reader, |token, weight| {
                each(Found { bare: true, ..Found::new("word", token, token, weight) });
            });
        }
    }
}
