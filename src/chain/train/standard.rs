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
    Feature::OftenSpeaks,
];

/// More of them in the order of time, where words tell most.
const HIDDEN_CHRONOLOGICAL: &[Feature] = &[Feature::Bare, Feature::BestRare, Feature::ManyDistance];

/// More of them where answers stand under what they answer.
const HIDDEN_NESTED: &[Feature] = &[Feature::Bare];

/// More of them where posts begin with all handles of the exchange.
const HIDDEN_MICROBLOG: &[Feature] = &[Feature::Inherited];

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

/// More of them in a chat.
const CHAT_SIMILAR: &[Feature] = &[Feature::Own, Feature::ToWriter];

/// More of them in a forum.
const FORUM_SIMILAR: &[Feature] = &[
    Feature::LeadShared,
    Feature::LatestShared,
    Feature::Begins,
    Feature::NamesAuthor,
    Feature::Own,
    Feature::Exchange,
];

/// What a quote reveals is too rare in labelled threads of pages to learn how much it counts.
const BY_HAND: &[(Feature, f32)] = &[
    (Feature::Told, 6.0),
    (Feature::ToldOther, -4.0),
    (Feature::NullQuote, 3.0),
    (Feature::Quoted, 0.7),
];

impl Course {
    /// How the model in that field of [`Models`](crate::chain::Models) is fitted.
    #[must_use]
    pub fn standard(field: &str) -> Option<Self> {
        use Layout::{Chronological, Nested};
        use Setting::{Hidden, Known};
        let (setting, layout, features, penalty, passes) = match field {
            "known_chronological" => (Known, Chronological, [KNOWN, &[]], 4.0, 1),
            "known_nested" => (Known, Nested, [KNOWN, NESTED], 1.0, 1),
            "known_chat" => (Known, Chronological, [KNOWN, CHAT], 5.0, 1),
            "chat_similar" => (Known, Chronological, [SIMILAR, CHAT_SIMILAR], 5.0, 1),
            "hidden_chronological" => {
                (Hidden, Chronological, [HIDDEN, HIDDEN_CHRONOLOGICAL], 3.0, 2)
            }
            "hidden_nested" => (Hidden, Nested, [HIDDEN, HIDDEN_NESTED], 5.0, 2),
            "hidden_microblog" => (Hidden, Chronological, [HIDDEN, HIDDEN_MICROBLOG], 2.0, 3),
            "similar" => (Known, Chronological, [SIMILAR, FORUM_SIMILAR], 2.0, 1),
            _ => return None,
        };
        let by_hand = matches!(field, "hidden_chronological" | "hidden_nested");
        let fixed = if by_hand { BY_HAND.to_vec() } else { Vec::new() };
        Some(Self {
            field: field.to_owned(),
            setting,
            layout,
            similar: field.contains("similar"),
            passes,
            recipe: Recipe { features: features.concat(), penalty, fixed },
        })
    }
}
