//! Kinds of provocation, and what lexicons are made of.

use std::fmt;

/// What kind of provocation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Words that belittle a person.
    Insult,
    /// Words that degrade people for what they are.
    Slur,
    /// Coined names for the other camp.
    NameCalling,
    /// Harm announced or wished.
    Threat,
    /// Baiting: dares, taunts, abuse for its own sake.
    Provocation,
    /// An opinion waved away.
    Dismissal,
    /// Talking down.
    Condescension,
    /// Saying the opposite of what is meant.
    Sarcasm,
    /// A sweeping judgement about everybody of a kind.
    Generalisation,
    /// A charge of lying, bad faith or crime.
    Accusation,
    /// Capitals and strings of exclamation marks.
    Shouting,
    /// An offensive word written so that a filter should miss it.
    Disguise,
}

impl Category {
    /// All categories, in the order of their declaration.
    pub const ALL: [Self; 12] = [
        Self::Insult,
        Self::Slur,
        Self::NameCalling,
        Self::Threat,
        Self::Provocation,
        Self::Dismissal,
        Self::Condescension,
        Self::Sarcasm,
        Self::Generalisation,
        Self::Accusation,
        Self::Shouting,
        Self::Disguise,
    ];

    /// The word for it in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Insult => "insult",
            Self::Slur => "slur",
            Self::NameCalling => "name-calling",
            Self::Threat => "threat",
            Self::Provocation => "provocation",
            Self::Dismissal => "dismissal",
            Self::Condescension => "condescension",
            Self::Sarcasm => "sarcasm",
            Self::Generalisation => "generalisation",
            Self::Accusation => "accusation",
            Self::Shouting => "shouting",
            Self::Disguise => "disguise",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// The class of an entry that heats a comment, as the lexicons name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Insult,
    Abuse,
    Profanity,
    Slur,
    NameCalling,
    Dismissal,
    Condescension,
    Sarcasm,
    Threat,
    Provocation,
    Accusation,
    Generalisation,
}

impl Class {
    pub(super) const ALL: [Self; 12] = [
        Self::Insult,
        Self::Abuse,
        Self::Profanity,
        Self::Slur,
        Self::NameCalling,
        Self::Dismissal,
        Self::Condescension,
        Self::Sarcasm,
        Self::Threat,
        Self::Provocation,
        Self::Accusation,
        Self::Generalisation,
    ];

    /// The name in the lexicons, which is also the kind of the reason in a report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Insult => "insult",
            Self::Abuse => "abuse",
            Self::Profanity => "profanity",
            Self::Slur => "slur",
            Self::NameCalling => "name-calling",
            Self::Dismissal => "dismissal",
            Self::Condescension => "condescension",
            Self::Sarcasm => "sarcasm",
            Self::Threat => "threat",
            Self::Provocation => "provocation",
            Self::Accusation => "accusation",
            Self::Generalisation => "generalisation",
        }
    }

    /// The category that it speaks for; strong language by itself speaks for none.
    pub(super) fn category(self) -> Option<Category> {
        match self {
            Self::Insult | Self::Abuse => Some(Category::Insult),
            Self::Slur => Some(Category::Slur),
            Self::NameCalling => Some(Category::NameCalling),
            Self::Dismissal => Some(Category::Dismissal),
            Self::Condescension => Some(Category::Condescension),
            Self::Sarcasm => Some(Category::Sarcasm),
            Self::Threat => Some(Category::Threat),
            Self::Provocation => Some(Category::Provocation),
            Self::Accusation => Some(Category::Accusation),
            Self::Generalisation => Some(Category::Generalisation),
            Self::Profanity => None,
        }
    }

    /// Whether it says something bad of somebody, rather than how it is said.
    pub(super) fn belittles(self) -> bool {
        matches!(self, Self::Insult | Self::Abuse | Self::Slur | Self::NameCalling)
    }
}

/// Declares the markers: bits for words whose company decides how an insult is meant.
macro_rules! markers {
    ($($constant:ident = $name:literal),+ $(,)?) => {
        /// A set of markers.
        pub(super) type Marks = u64;

        /// The bit of each marker.
        pub(super) mod mark {
            #[repr(u8)]
            #[expect(
                clippy::upper_case_acronyms,
                non_camel_case_types,
                reason = "the constants are made from them"
            )]
            enum Bit { $($constant),+ }
            $(pub(in crate::score::flamebait) const $constant: super::Marks = 1 << Bit::$constant as u8;)+
        }

        /// The marker that the lexicons call `name`.
        pub(super) fn marker(name: &str) -> Option<Marks> {
            match name {
                $($name => Some(mark::$constant),)+
                _ => None,
            }
        }
    };
}

markers! {
    YOU = "you",
    YOUR = "your",
    YOU_ARE = "you-are",
    BE = "be",
    FIRST = "i",
    SELF = "self",
    THIRD = "third",
    THEY = "they",
    HE = "he",
    DEMONSTRATIVE = "demonstrative",
    PEOPLE = "people",
    GENERAL = "general",
    NEGATION = "negation",
    HEDGE = "hedge",
    POLITE = "polite",
    PRAISE = "praise",
    CONTRA = "contra",
    IMPERATIVE = "imperative",
    OPENER = "opener",
    EMPHATIC = "emphatic",
    MODAL = "modal",
    BUT = "but",
    LAUGH = "laugh",
    VIOLENCE = "violence",
    QUOTING = "quoting",
    LIKE = "like",
    WISH = "wish",
    TITLE = "title",
    WRITER = "writer",
    PUBLIC = "public",
    GROUP = "group",
    MASK = "profanity-mask",
    FILLER = "filler",
    REPORTING = "reporting",
    IDENTITY = "identity",
    NAME = "name",
    SOURCE = "source",
    THING = "thing",
    POINTLESS = "pointless",
    NAMING = "naming",
}
