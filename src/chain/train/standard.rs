//! How the models that are built in are fitted.

use super::course::Course;
use super::evaluate::Setting;
use super::fit::Recipe;
use crate::chain::{Feature, Layout};

/// Features for threads whose authors are known. Their words tell nothing more, as measured.
const KNOWN: &[Feature] = &[
    Feature::Null,
    Feature::NullQuote,
    Feature::Quoted,
    Feature::Above,
    Feature::Distance,
    Feature::Bare,
    Feature::NoBare,
    Feature::Question,
    Feature::Length,
    Feature::Siblings,
    Feature::Rank,
    Feature::ToWriter,
    Feature::ToOther,
    Feature::InOwnChain,
    Feature::Answered,
    Feature::Again,
];

/// More of them where answers stand under what they answer.
const NESTED: &[Feature] = &[Feature::NullInside, Feature::Same, Feature::Follows, Feature::Open];

/// Features that only a chat has.
const CHAT: &[Feature] = &[
    Feature::Likeness,
    Feature::Speaks,
    Feature::OpenQuestion,
    Feature::BothAsk,
    Feature::Own,
    Feature::OwnDistance,
    Feature::OwnSame,
    Feature::Since,
    Feature::Spoken,
    Feature::OpenRank,
    Feature::Continued,
];

/// Features for threads whose authors are hidden.
const HIDDEN: &[Feature] = &[
    Feature::Null,
    Feature::NullQuote,
    Feature::FirstShared,
    Feature::Run,
    Feature::Likeness,
    Feature::Rare,
    Feature::Quoted,
    Feature::Above,
    Feature::First,
    Feature::Distance,
    Feature::NoBare,
    Feature::Question,
    Feature::Speaks,
    Feature::Length,
    Feature::Chain,
    Feature::Steps,
    Feature::NamesToo,
    Feature::Pool,
    Feature::Votes,
    Feature::OtherVotes,
    Feature::Told,
    Feature::ToldOther,
    Feature::NamesWriter,
    Feature::Turn,
    Feature::ChildNames,
    Feature::ParentNames,
    Feature::Fresh,
    Feature::OftenSpeaks,
];

/// Features for comments that speak to nobody.
const SIMILAR: &[Feature] = &[
    Feature::Null,
    Feature::NullAlike,
    Feature::FirstShared,
    Feature::AnyShared,
    Feature::Run,
    Feature::Likeness,
    Feature::Rare,
    Feature::Quoted,
    Feature::Above,
    Feature::Distance,
    Feature::Speaks,
    Feature::Length,
];

/// What a quote reveals is too rare in labelled threads to learn how much it counts.
const BY_HAND: &[(Feature, f32)] = &[(Feature::Told, 4.0), (Feature::ToldOther, -4.0)];

impl Course {
    /// How the model in that field of [`Models`](crate::chain::Models) is fitted.
    #[must_use]
    pub fn standard(field: &str) -> Option<Self> {
        use Layout::{Chronological, Nested};
        use Setting::{Hidden, Known};
        let nested = [KNOWN, NESTED].concat();
        let chat = [KNOWN, CHAT].concat();
        let author = [SIMILAR, &[Feature::Own, Feature::ToWriter]].concat();
        let (field, setting, layout, features, penalty) = match field {
            "known_chronological" => {
                ("known_chronological", Known, Chronological, KNOWN.to_vec(), 4.0)
            }
            "known_nested" => ("known_nested", Known, Nested, nested, 1.0),
            "known_chat" => ("known_chat", Known, Chronological, chat, 5.0),
            "chat_similar" => ("chat_similar", Known, Chronological, author, 5.0),
            "hidden_chronological" => {
                ("hidden_chronological", Hidden, Chronological, HIDDEN.to_vec(), 5.0)
            }
            "hidden_nested" => ("hidden_nested", Hidden, Nested, HIDDEN.to_vec(), 5.0),
            "hidden_microblog" => ("hidden_microblog", Hidden, Chronological, HIDDEN.to_vec(), 5.0),
            "similar" => ("similar", Known, Chronological, SIMILAR.to_vec(), 5.0),
            _ => return None,
        };
        let hidden = setting == Hidden;
        let fixed = if hidden { BY_HAND.to_vec() } else { Vec::new() };
        Some(Self {
            field,
            setting,
            layout,
            similar: field.contains("similar"),
            passes: if hidden { 2 } else { 1 },
            recipe: Recipe { features, penalty, fixed },
        })
    }
}
