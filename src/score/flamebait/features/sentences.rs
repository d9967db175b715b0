//! Features of words in company: what stands together in a sentence.

use super::story::Story;
use super::{Feature, Features, belittles, is_negative, is_positive};
use crate::score::flamebait::category::{Class, Marks, mark};
use crate::score::flamebait::token::{Kind, Token};

/// What a sentence holds; each the place of the first such token.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Contents {
    pub(super) you: Option<usize>,
    pub(super) negative: Option<usize>,
    pub(super) positive: Option<usize>,
    pub(super) question: Option<usize>,
    pub(super) general: Option<usize>,
    pub(super) group: Option<usize>,
    pub(super) they: Option<usize>,
    pub(super) polite: Option<usize>,
    pub(super) violence: Option<usize>,
    pub(super) wish: Option<usize>,
    pub(super) emphatic: Option<usize>,
    pub(super) but: Option<usize>,
    /// The sum of the valences.
    pub(super) valence: f32,
}

/// Measures the sentences one by one, then how they follow on each other.
pub(super) fn measure(features: &mut Features, tokens: &[Token]) {
    let mut story = Story::default();
    let mut first = 0;
    while first < tokens.len() {
        let number = tokens[first].sentence;
        let length = tokens[first..].iter().take_while(|token| token.sentence == number).count();
        let contents = look_around(features, tokens, first, first + length);
        measure_sentence(features, tokens, first, first + length, &contents);
        story.go_on(features, first, first + length - 1, &contents);
        first += length;
    }
    story.end(features, tokens);
}

/// Of these markers the first word in a sentence is noted.
const NOTED: Marks = mark::YOU
    | mark::GENERAL
    | mark::GROUP
    | mark::THEY
    | mark::POLITE
    | mark::VIOLENCE
    | mark::WISH
    | mark::EMPHATIC
    | mark::BUT;

/// Collects what the sentence holds, and finds pairs of words that stand close together.
fn look_around(features: &mut Features, tokens: &[Token], first: usize, end: usize) -> Contents {
    let mut found = Contents::default();
    let mut near = Near::default();
    let (mut negated_until, mut noted) = (0, 0);
    for at in first..end {
        let token = &tokens[at];
        match token.kind {
            Kind::Outcry { asks: true } if !token.quoted => note(&mut found.question, at),
            Kind::Word => {}
            _ => continue,
        }
        if !token.neutral {
            // A negation turns what follows round, but not fully.
            found.valence += if at < negated_until { -0.74 * token.valence } else { token.valence };
        }
        let news = token.marks & NOTED & !noted;
        if news != 0 {
            noted |= news;
            let set = |slot: &mut Option<usize>, wanted: Marks| {
                if news & wanted != 0 {
                    *slot = Some(at);
                }
            };
            set(&mut found.you, mark::YOU);
            set(&mut found.general, mark::GENERAL);
            set(&mut found.group, mark::GROUP);
            set(&mut found.they, mark::THEY);
            set(&mut found.polite, mark::POLITE);
            set(&mut found.violence, mark::VIOLENCE);
            set(&mut found.wish, mark::WISH);
            set(&mut found.emphatic, mark::EMPHATIC);
            set(&mut found.but, mark::BUT);
        }
        if token.has(FOLLOWED) {
            near.follow(features, tokens, at);
            if token.has(mark::NEGATION) {
                negated_until = at + 4;
            }
        }
        if is_negative(token) {
            note(&mut found.negative, at);
            near.meet_negative(features, token, at);
        } else if is_positive(token) {
            note(&mut found.positive, at);
            near.meet(features, Feature::PositiveYou, near.you, at, 4);
        }
    }
    found
}

fn note(slot: &mut Option<usize>, at: usize) {
    slot.get_or_insert(at);
}

/// Words with one of these markers are looked at beside those before them.
const FOLLOWED: Marks = mark::YOU
    | mark::NEGATION
    | mark::PRAISE
    | mark::THIRD
    | mark::PUBLIC
    | mark::TITLE
    | mark::PEOPLE;

/// Where words of some kinds last stood in the sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Near {
    you: Option<usize>,
    you_are: Option<usize>,
    your: Option<usize>,
    third: Option<usize>,
    public: Option<usize>,
    negation: Option<usize>,
    insult: Option<usize>,
    negative: Option<usize>,
}

impl Near {
    /// Counts the feature if `earlier` stands at most `reach` words before `at`.
    fn meet(
        self,
        features: &mut Features,
        feature: Feature,
        earlier: Option<usize>,
        at: usize,
        reach: usize,
    ) {
        if let Some(earlier) = earlier.filter(|&earlier| at - earlier <= reach && earlier != at) {
            features.one(feature, earlier, at);
        }
    }

    /// A negative word comes: what stands before it is judged.
    fn meet_negative(&mut self, features: &mut Features, token: &Token, at: usize) {
        if belittles(token) {
            self.meet(features, Feature::YouInsult, self.you, at, 4);
            self.insult = Some(at);
        }
        self.meet(features, Feature::YouAreNegative, self.you_are, at, 5);
        self.meet(features, Feature::YourNegative, self.your, at, 3);
        self.meet(features, Feature::ThirdNegative, self.third, at, 5);
        self.meet(features, Feature::PublicNegative, self.public, at, 5);
        self.negative = Some(at);
    }

    /// A word with a marker comes.
    fn follow(&mut self, features: &mut Features, tokens: &[Token], at: usize) {
        let token = &tokens[at];
        let next = tokens.get(at + 1).filter(|next| next.sentence == token.sentence);
        let before = at
            .checked_sub(1)
            .map(|before| &tokens[before])
            .filter(|before| before.sentence == token.sentence);
        if token.has(mark::YOU) {
            self.meet(features, Feature::YouInsult, self.insult, at, 4);
            self.you = Some(at);
            if token.has(mark::YOU_ARE) || next.is_some_and(|next| next.has(mark::BE)) {
                self.you_are = Some(at);
            }
            if token.has(mark::YOUR) {
                self.your = Some(at);
            }
            if next.is_some_and(|next| next.has(mark::MODAL)) {
                features.one(Feature::YouModal, at, at + 1);
            }
            let like = before.is_some_and(|before| before.has(mark::LIKE));
            if like && at >= 2 && tokens[at - 2].has(mark::PEOPLE) {
                features.one(Feature::LikeYou, at - 2, at);
            }
        }
        if token.has(mark::NEGATION) {
            self.meet(features, Feature::YouNegated, self.you, at, 3);
            self.negation = Some(at);
        }
        if token.has(mark::PRAISE) {
            self.meet(features, Feature::NegatedPraise, self.negation, at, 3);
        }
        if token.has(mark::THIRD) {
            self.meet(features, Feature::ThirdNegative, self.negative, at, 5);
            self.third = Some(at);
        }
        if token.has(mark::PUBLIC | mark::TITLE) {
            self.meet(features, Feature::PublicNegative, self.negative, at, 5);
            self.public = Some(at);
        }
        if token.has(mark::PEOPLE)
            && before.is_some_and(|before| before.has(mark::DEMONSTRATIVE | mark::YOU))
        {
            features.one(Feature::TheseGroup, at - 1, at);
        }
    }
}

/// Features of what the sentence holds as a whole.
fn measure_sentence(
    features: &mut Features,
    tokens: &[Token],
    first: usize,
    end: usize,
    found: &Contents,
) {
    let mut both = |feature: Feature, one: Option<usize>, other: Option<usize>| {
        if let (Some(one), Some(other)) = (one, other) {
            features.one(feature, one, other);
        }
    };
    both(Feature::GroupNegative, found.group, found.negative);
    both(
        Feature::GroupGeneral,
        found.group.filter(|&at| !tokens[at].has(mark::IDENTITY)),
        found.general,
    );
    both(Feature::GroupGeneralNegative, found.group.and(found.general), found.negative);
    both(Feature::General, found.general, found.general);
    both(Feature::GeneralNegative, found.general, found.negative);
    both(Feature::TheyAll, found.general.filter(|&at| !tokens[at].has(mark::THEY)), found.they);
    both(Feature::QuestionYou, found.you, found.question);
    both(Feature::QuestionYouNegative, found.you.and(found.negative), found.question);
    both(Feature::QuestionNegative, found.negative, found.question);
    both(Feature::PositiveQuestion, found.positive, found.question);
    both(Feature::EmphaticYou, found.emphatic, found.you);
    both(Feature::PoliteNegative, found.polite, found.negative);
    both(Feature::ViolenceYou, found.violence, found.you);
    both(
        Feature::WishViolence,
        found.wish.filter(|&at| found.violence.is_some_and(|violence| violence > at)),
        found.violence,
    );
    if let (Some(but), Some(positive), Some(negative)) = (found.but, found.positive, found.negative)
        && positive < but
        && but < negative
    {
        features.one(Feature::ButFlip, positive, negative);
    }
    open_sentence(features, &tokens[first], first, found);
    for at in first..end {
        if tokens[at].classes != 0 {
            meet_phrase(features, tokens, at, found);
        }
    }
}

/// What the first word of a sentence says about it.
fn open_sentence(features: &mut Features, opening: &Token, first: usize, found: &Contents) {
    if opening.has(mark::YOU) {
        features.one(Feature::YouOpens, first, first);
    }
    if opening.has(mark::IMPERATIVE) {
        features.one(Feature::ImperativeStart, first, first);
        if let Some(you) = found.you {
            features.one(Feature::ImperativeYou, first, you);
        }
    }
    if let (true, Some(question)) = (opening.has(mark::OPENER), found.question)
        && found.you.or(found.negative).is_some()
    {
        features.one(Feature::Rhetorical, first, question);
    }
}

/// Phrases of the lexicons beside a second person, a question or strong words.
fn meet_phrase(features: &mut Features, tokens: &[Token], at: usize, found: &Contents) {
    let token = &tokens[at];
    let begins = |class: Class| token.is(class) && !(at > 0 && tokens[at - 1].is(class));
    let mut both = |class: Class, feature: Feature, other: Option<usize>| {
        if let Some(other) = other.filter(|_| begins(class)) {
            features.one(feature, at, other);
        }
    };
    both(Class::Dismissal, Feature::DismissalYou, found.you);
    both(Class::Condescension, Feature::CondescensionYou, found.you);
    both(Class::Accusation, Feature::AccusationYou, found.you);
    both(Class::Provocation, Feature::ProvocationYou, found.you);
    both(Class::NameCalling, Feature::NameCallingYou, found.you);
    both(Class::Profanity, Feature::ProfanityYou, found.you);
    both(Class::Sarcasm, Feature::SarcasmYou, found.you);
    both(Class::Sarcasm, Feature::SarcasmNegative, found.negative);
    both(Class::Sarcasm, Feature::SarcasmPositive, found.positive);
    both(Class::Sarcasm, Feature::SarcasmQuestion, found.question);
}
