//! What is measured about a text besides its words: who is spoken to, and in what company.
//!
//! Each feature is a sum over events, and each event knows its tokens: so the weight of a feature
//! can be shared out among the words that caused it.

mod sentences;
mod story;
mod words;

use super::category::Category;
use super::hits::Hit;
use super::token::Token;

/// How the sum of the events of a feature becomes its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Each further event adds less.
    Count,
    /// Relative to the square root of the number of words.
    Density,
    /// As it is.
    Plain,
}

/// Declares the features: constant, shape, the kind of the reason in a report, category.
macro_rules! features {
    ($($constant:ident $shape:ident $kind:literal $($category:ident)?;)+) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(in crate::score::flamebait) enum Feature { $($constant),+ }

        impl Feature {
            pub(in crate::score::flamebait) const ALL: &[Self] = &[$(Self::$constant),+];

            const SHAPES: &[Shape] = &[$(Shape::$shape),+];

            /// The kind of the reason that a report names.
            pub(in crate::score::flamebait) fn kind(self) -> &'static str {
                match self { $(Self::$constant => $kind),+ }
            }

            /// The category that the feature speaks for.
            pub(in crate::score::flamebait) fn category(self) -> Option<Category> {
                match self { $(Self::$constant => None$(.or(Some(Category::$category)))?),+ }
            }

            /// Which words caused it.
            pub(in crate::score::flamebait) fn blame(self) -> Blame {
                match self {
                    Self::Valence | Self::WorstSentence | Self::Contrast => Blame::Valence,
                    _ => Blame::Events,
                }
            }

            /// The constant's name, for tables.
            pub(in crate::score::flamebait) fn name(self) -> &'static str {
                match self { $(Self::$constant => stringify!($constant)),+ }
            }
        }
    };
}

features! {
    Insult Count "insult" Insult;
    Abuse Count "insult" Insult;
    StrongInsult Count "insult" Insult;
    Profanity Count "profanity" Provocation;
    StrongProfanity Count "profanity" Provocation;
    Slur Count "slur" Slur;
    NameCalling Count "name-calling" NameCalling;
    Dismissal Count "dismissal" Dismissal;
    Condescension Count "condescension" Condescension;
    Sarcasm Count "sarcasm" Sarcasm;
    Threat Count "threat" Threat;
    Provocation Count "provocation" Provocation;
    Accusation Count "accusation" Accusation;
    Generalisation Count "generalisation" Generalisation;
    InsultDensity Density "insult" Insult;
    Disguise Count "disguise" Disguise;
    You Count "second person";
    YouDensity Density "second person";
    Your Count "second person";
    They Count "third person";
    First Count "first person";
    Hedge Count "hedge";
    Polite Count "politeness";
    Laugh Count "laughter" Sarcasm;
    Capitals Count "capitals" Shouting;
    AllCapitals Plain "capitals" Shouting;
    Exclamation Count "exclamation" Shouting;
    Question Count "question";
    Ellipsis Count "ellipsis";
    EndEllipsis Plain "ellipsis";
    ScareQuote Count "scare quotes" Sarcasm;
    Mask Count "masked word" Disguise;
    Negative Density "negative word";
    Positive Density "positive word";
    Valence Plain "tone of the words";
    WorstWord Plain "negative word";
    WorstSentence Plain "negative sentence";
    Contrast Plain "change of tone";
    General Count "sweeping word" Generalisation;
    YouInsult Count "insult to you" Insult;
    YouAreNegative Count "you are …" Insult;
    YourNegative Count "your …" Condescension;
    LikeYou Count "people like you" Condescension;
    TheseGroup Count "these people" Generalisation;
    GroupNegative Count "group and negative word" Generalisation;
    GroupGeneral Count "group and sweeping word" Generalisation;
    GroupGeneralNegative Count "group judged" Generalisation;
    GeneralNegative Count "sweeping judgement" Generalisation;
    TheyAll Count "they all" Generalisation;
    ThirdNegative Count "judged person";
    ThirdNegativeFirst Plain "judged person";
    PublicNegative Count "judged public figure" Accusation;
    QuestionYou Count "question to you";
    QuestionYouNegative Count "hostile question" Provocation;
    QuestionNegative Count "hostile question" Provocation;
    Rhetorical Count "rhetorical question" Sarcasm;
    Questions Count "question";
    NegatedPraise Count "denied virtue" Insult;
    PositiveThenNegative Count "change of tone";
    ButFlip Count "change of tone";
    ImperativeStart Count "order" Condescension;
    ImperativeYou Count "order to you" Condescension;
    ContraStart Plain "contradiction" Dismissal;
    EmphaticYou Count "emphasis to you" Condescension;
    YouModal Count "you should" Condescension;
    YouNegated Count "you don't" Condescension;
    YouOpens Count "sentence to you";
    YouFirst Plain "second person";
    YouAlone Plain "second person";
    DismissalYou Count "dismissal of you" Dismissal;
    CondescensionYou Count "condescension to you" Condescension;
    AccusationYou Count "accusation of you" Accusation;
    ProvocationYou Count "provocation of you" Provocation;
    NameCallingYou Count "name-calling of you" NameCalling;
    ProfanityYou Count "profanity at you" Provocation;
    SarcasmYou Count "sarcasm to you" Sarcasm;
    SarcasmNegative Count "sarcasm" Sarcasm;
    SarcasmPositive Count "sarcasm" Sarcasm;
    SarcasmQuestion Count "sarcasm" Sarcasm;
    PositiveQuestion Count "praise in a question" Sarcasm;
    PositiveYou Count "praise of you";
    ShortJab Plain "short jab" Insult;
    PoliteNegative Count "politeness and negative word";
    ViolenceYou Count "violence to you" Threat;
    WishViolence Count "wished violence" Threat;
}

/// How the weight of a feature is shared out among the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blame {
    /// Among its events, by their amounts.
    Events,
    /// Among all words with a valence.
    Valence,
}

/// How many features there are.
pub(super) const FEATURES: usize = Feature::ALL.len();

/// Something that counts towards a feature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub(super) feature: Feature,
    /// First and last token.
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) amount: f32,
}

/// The features of a text and what caused them.
#[derive(Debug)]
pub(super) struct Features {
    /// The value of each feature.
    pub(super) values: [f32; FEATURES],
    /// A bit for each feature that may have another value than 0: few of them do in any one text.
    touched: u128,
    pub(super) events: Vec<Event>,
}

const _: () = assert!(FEATURES <= u128::BITS as usize);

impl Default for Features {
    fn default() -> Self {
        Self { values: [0.0; FEATURES], touched: 0, events: Vec::new() }
    }
}

impl Features {
    /// Measures a text anew.
    pub(super) fn measure(&mut self, tokens: &[Token], hits: &[Hit]) {
        self.values = [0.0; FEATURES];
        self.touched = 0;
        self.events.clear();
        words::measure(self, tokens, hits);
        sentences::measure(self, tokens);
        let words = tokens.iter().filter(|token| token.is_own_word()).count().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a text has fewer than 2^24 words")]
        let root = (words as f32).sqrt();
        for place in places(self.touched) {
            let value = &mut self.values[place];
            match Feature::SHAPES[place] {
                Shape::Count if *value > 0.0 => *value = value.ln_1p(),
                Shape::Density => *value /= root,
                Shape::Count | Shape::Plain => {}
            }
        }
    }

    /// The features that may have another value than 0, in their order, with their values.
    pub(super) fn found(&self) -> impl Iterator<Item = (Feature, f32)> {
        places(self.touched).map(|place| (Feature::ALL[place], self.values[place]))
    }

    /// Counts an event that is caused by the tokens `first` to `last`.
    fn add(&mut self, feature: Feature, first: usize, last: usize, amount: f32) {
        if amount == 0.0 {
            return;
        }
        self.values[feature as usize] += amount;
        self.touched |= 1 << feature as u8;
        // A text has fewer than 2^32 tokens.
        let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.events.push(Event { feature, first: narrow(first), last: narrow(last), amount });
    }

    /// Sets a feature for which other things than events are to blame.
    fn set(&mut self, feature: Feature, value: f32) {
        self.values[feature as usize] = value;
        self.touched |= 1 << feature as u8;
    }

    /// Counts an event once.
    fn one(&mut self, feature: Feature, first: usize, last: usize) {
        self.add(feature, first.min(last), first.max(last), 1.0);
    }
}

/// The places of the bits that are set.
fn places(mut bits: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then_some(bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}

/// From this valence on a word is positive, and from its opposite on negative.
const STRONG: f32 = 1.2;

/// Whether a token says something bad.
fn is_negative(token: &Token) -> bool {
    !token.neutral && (token.valence <= -STRONG || belittles(token))
}

fn is_positive(token: &Token) -> bool {
    token.valence >= STRONG
}

fn belittles(token: &Token) -> bool {
    use super::category::Class;
    const BELITTLING: u16 = 1 << Class::Insult as u16
        | 1 << Class::Abuse as u16
        | 1 << Class::Slur as u16
        | 1 << Class::NameCalling as u16;
    token.classes & BELITTLING != 0
}
