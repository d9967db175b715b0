//! The rules: what the words around it make of a word's valence.
//!
//! They follow the reference operation by operation, its slips included, since its numbers are
//! cited.

use std::collections::BTreeSet;

use super::explain::Rule;
use super::scan::Tokens;
use super::words::{CAPITALS, Idiom, Words, flags};

/// What capitals add among words that are not.
const CAPITAL: f64 = 0.733;

/// What a negation makes of a valence.
const NEGATED: f64 = -0.74;

/// How much of a booster counts, one, two and three words away.
const DISTANCE: [f64; 3] = [1.0, 0.95, 0.9];

/// Up to this many words with feeling, a plain search for an equal valence is the fastest.
const FEW: usize = 64;

/// Is told what the rules do, for an explanation.
pub(super) trait Watch {
    /// Because of the token `by`, the word with feeling number `felt` now has this valence.
    fn effect(&mut self, felt: usize, rule: Rule, by: Option<usize>, valence: f64);
}

/// Nobody wants to know.
impl Watch for () {
    #[inline]
    fn effect(&mut self, _: usize, _: Rule, _: Option<usize>, _: f64) {}
}

/// Fills `valences` with those of the tokens that may have feeling.
pub(super) fn apply(
    words: &Words,
    tokens: &Tokens,
    valences: &mut Vec<f64>,
    watch: &mut impl Watch,
) {
    let mixed = 0 < tokens.capitals && tokens.capitals < tokens.codes.len();
    let view = View { words, codes: &tokens.codes, mixed };
    valences.clear();
    for (felt, position) in tokens.felt.iter().enumerate() {
        valences.push(view.valence(*position, &mut |rule, by, valence| {
            watch.effect(felt, rule, by, valence);
        }));
    }
    if let Some(but) = tokens.but {
        if valences.len() <= FEW {
            weigh_few(valences, &tokens.felt, but, watch);
        } else {
            weigh_many(valences, &tokens.felt, but, watch);
        }
    }
}

struct View<'a> {
    words: &'a Words,
    codes: &'a [u32],
    /// Some tokens are in capitals, and some are not.
    mixed: bool,
}

impl View<'_> {
    fn flags(&self, position: usize) -> u32 {
        self.codes.get(position).map_or(0, |code| self.words.word(*code).flags)
    }

    /// The flags of the token `distance` before the one at `position`; 0 if there is none.
    fn before(&self, position: usize, distance: usize) -> u32 {
        position.checked_sub(distance).map_or(0, |position| self.flags(position))
    }

    fn has_capitals(&self, position: usize) -> bool {
        self.mixed && self.codes[position] & CAPITALS != 0
    }

    /// The valence of the token at `position`, which has one in the lexicon.
    fn valence(&self, position: usize, changed: &mut impl FnMut(Rule, Option<usize>, f64)) -> f64 {
        let word = self.words.word(self.codes[position]);
        let next = self.flags(position + 1);
        if word.flags & flags::KIND != 0 && next & flags::OF != 0 {
            changed(Rule::KindOf, Some(position + 1), 0.0);
            return 0.0;
        }
        let mut valence = word.valence;
        let [one, two, three] = [1, 2, 3].map(|distance| self.before(position, distance));

        if word.flags & flags::NO != 0 && next & flags::FELT != 0 {
            valence = 0.0;
            changed(Rule::No, None, valence);
        }
        let no = if one & flags::NO != 0 {
            Some(1)
        } else if two & flags::NO != 0 {
            Some(2)
        } else if three & flags::NO != 0 && one & flags::OR_NOR != 0 {
            Some(3)
        } else {
            None
        };
        if let Some(distance) = no {
            valence = word.valence * NEGATED;
            changed(Rule::No, Some(position - distance), valence);
        }

        if self.has_capitals(position) {
            valence += if valence > 0.0 { CAPITAL } else { -CAPITAL };
            changed(Rule::Capitals, None, valence);
        }

        let modifies = flags::BOOSTER | flags::NEGATION | flags::NEVER | flags::SO_THIS;
        if (one | two) & modifies != 0 || three & modifies != 0 {
            for distance in 1..=3 {
                if position >= distance && self.before(position, distance) & flags::FELT == 0 {
                    valence = self.boost(position, distance, valence, changed);
                    valence = self.negate(position, distance, valence, changed);
                }
                if distance == 3 {
                    valence = self.idioms(position, valence, changed);
                }
            }
        } else {
            valence = self.idioms(position, valence, changed);
        }

        if one & flags::LEAST != 0 && one & flags::FELT == 0 && two & flags::AT_VERY == 0 {
            valence *= NEGATED;
            changed(Rule::Least, Some(position - 1), valence);
        }
        valence
    }

    /// A word before strengthens or weakens.
    fn boost(
        &self,
        position: usize,
        distance: usize,
        mut valence: f64,
        changed: &mut impl FnMut(Rule, Option<usize>, f64),
    ) -> f64 {
        let by = position - distance;
        let booster = self.words.word(self.codes[by]);
        if booster.flags & flags::BOOSTER == 0 {
            return valence;
        }
        let mut amount = if valence < 0.0 { -booster.boost } else { booster.boost };
        if self.has_capitals(by) {
            amount += if valence > 0.0 { CAPITAL } else { -CAPITAL };
        }
        valence += amount * DISTANCE[distance - 1];
        changed(Rule::Booster, Some(by), valence);
        valence
    }

    /// A word before turns the feeling round, or "never so" and the like strengthens it.
    fn negate(
        &self,
        position: usize,
        distance: usize,
        mut valence: f64,
        changed: &mut impl FnMut(Rule, Option<usize>, f64),
    ) -> f64 {
        let by = position - distance;
        let here = self.flags(by);
        let is_never = here & flags::NEVER != 0;
        let between = |flag: u32| (1..distance).any(|near| self.before(position, near) & flag != 0);
        let never_so = match distance {
            1 => false,
            2 => is_never && between(flags::SO_THIS),
            // The reference's condition binds so that the word next to it needs no "never".
            _ => {
                is_never && self.before(position, 2) & flags::SO_THIS != 0
                    || self.before(position, 1) & flags::SO_THIS != 0
            }
        };
        if never_so {
            valence *= 1.25;
            changed(Rule::NeverSo, Some(by), valence);
        } else if here & flags::WITHOUT != 0 && between(flags::DOUBT) {
            // "Without a doubt" turns nothing round.
        } else if here & flags::NEGATION != 0 {
            valence *= NEGATED;
            changed(Rule::Negation, Some(by), valence);
        }
        valence
    }

    /// An idiom around the word gives its value; boosters of several words add theirs.
    fn idioms(
        &self,
        position: usize,
        mut valence: f64,
        changed: &mut impl FnMut(Rule, Option<usize>, f64),
    ) -> f64 {
        if position < 3 || self.before(position, 3) & flags::FELT != 0 {
            return valence;
        }
        let around = position - 3..self.codes.len().min(position + 3);
        if around.clone().all(|near| self.flags(near) & flags::PIVOT == 0) {
            return valence;
        }
        let find = |from: usize, to: usize, booster: bool| -> Option<&Idiom> {
            let codes = self.codes.get(from..to)?;
            let fits = |idiom: &&Idiom| {
                idiom.booster == booster
                    && idiom.words.len() == codes.len()
                    && idiom.words.iter().zip(codes).all(|(id, code)| *id == code & !CAPITALS)
            };
            self.words.idioms.iter().find(fits)
        };
        let i = position;
        let before = [(i - 1, i + 1), (i - 2, i + 1), (i - 2, i), (i - 3, i), (i - 3, i - 1)];
        let found = before.iter().find_map(|(from, to)| Some((*from, find(*from, *to, false)?)));
        let behind =
            [(i, i + 2), (i, i + 3)].map(|(from, to)| Some((from, find(from, to, false)?)));
        for (from, idiom) in [found, behind[0], behind[1]].into_iter().flatten() {
            valence = idiom.value;
            changed(Rule::Idiom, Some(from), valence);
        }
        for (from, to) in [(i - 3, i), (i - 3, i - 1), (i - 2, i)] {
            if let Some(idiom) = find(from, to, true) {
                valence += idiom.value;
                changed(Rule::Booster, Some(from), valence);
            }
        }
        valence
    }
}

/// What the first "but", at position `but`, makes of a valence at `position`.
fn weigh(valence: f64, position: usize, but: usize) -> Option<f64> {
    match position.cmp(&but) {
        std::cmp::Ordering::Less => Some(valence * 0.5),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(valence * 1.5),
    }
}

/// Halves what was felt before "but" and strengthens what is felt behind. The reference does not
/// change the valence at hand but the first that equals it, which may be another.
fn weigh_few(valences: &mut [f64], positions: &[usize], but: usize, watch: &mut impl Watch) {
    for felt in 0..valences.len() {
        let valence = valences[felt];
        let first = valences.iter().position(|other| *other == valence).unwrap_or(felt);
        if let Some(weighed) = weigh(valence, positions[first], but) {
            valences[first] = weighed;
            if valence != 0.0 {
                watch.effect(first, Rule::But, Some(but), weighed);
            }
        }
    }
}

/// Does the same in a time that does not grow with the square of the length.
fn weigh_many(valences: &mut [f64], positions: &[usize], but: usize, watch: &mut impl Watch) {
    let mut seen = BTreeSet::new();
    for felt in 0..valences.len() {
        let valence = valences[felt];
        if valence == 0.0 {
            continue;
        }
        let bits = valence.to_bits();
        seen.insert((bits, felt));
        let Some(&(_, first)) = seen.range((bits, 0)..).next() else { continue };
        if let Some(weighed) = weigh(valence, positions[first], but) {
            seen.remove(&(bits, first));
            seen.insert((weighed.to_bits(), first));
            valences[first] = weighed;
            watch.effect(first, Rule::But, Some(but), weighed);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ways_to_weigh_by_but_agree(
            quarters in prop::collection::vec(-8_i8..8, 0..80),
            but in 0_usize..200,
        ) {
            let valences: Vec<f64> = quarters.iter().map(|it| f64::from(*it) / 4.0).collect();
            let positions: Vec<usize> = (0..valences.len()).map(|it| it * 2).collect();
            let (mut few, mut many) = (valences.clone(), valences);
            weigh_few(&mut few, &positions, but, &mut ());
            weigh_many(&mut many, &positions, but, &mut ());
            prop_assert_eq!(few, many);
        }
    }
}
