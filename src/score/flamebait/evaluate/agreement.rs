//! How far people agree with each other beyond chance.

use std::collections::BTreeMap;

use super::{number, share};

/// Cohen's kappa of two people who decided on the same comments: 1 for full agreement, 0 for what
/// chance would give; none without comments or where both only ever gave the same single answer.
#[must_use]
pub fn cohens_kappa(pairs: &[(bool, bool)]) -> Option<f64> {
    let count = number(pairs.len());
    let part = |wanted: &dyn Fn(&(bool, bool)) -> bool| {
        share(number(pairs.iter().filter(|pair| wanted(pair)).count()), count)
    };
    let agreed = part(&|pair| pair.0 == pair.1)?;
    let (first, second) = (part(&|pair| pair.0)?, part(&|pair| pair.1)?);
    let by_chance = first * second + (1.0 - first) * (1.0 - second);
    share(agreed - by_chance, 1.0 - by_chance)
}

/// Krippendorff's alpha for answers without an order: each row holds the answers that one comment
/// got, from any number of people. 1 for full agreement, 0 for what chance would give; none where
/// no comment got two answers or all answers are the same.
#[must_use]
pub fn krippendorffs_alpha<Answer: Copy + Ord>(rows: &[Vec<Answer>]) -> Option<f64> {
    let mut totals: BTreeMap<Answer, f64> = BTreeMap::new();
    let mut observed = 0.0;
    for row in rows.iter().filter(|row| row.len() >= 2) {
        let mut counts: BTreeMap<Answer, f64> = BTreeMap::new();
        for &answer in row {
            *counts.entry(answer).or_default() += 1.0;
            *totals.entry(answer).or_default() += 1.0;
        }
        let size = number(row.len());
        let agreeing: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
        observed += (size * (size - 1.0) - agreeing) / (size - 1.0);
    }
    let all: f64 = totals.values().sum();
    let agreeing: f64 = totals.values().map(|count| count * (count - 1.0)).sum();
    let expected = share(all * (all - 1.0) - agreeing, all - 1.0)?;
    share(observed, expected).map(|disagreement| 1.0 - disagreement)
}

#[cfg(test)]
mod tests {
    use super::{cohens_kappa, krippendorffs_alpha};

    #[test]
    fn kappa_is_what_the_textbook_says() {
        // 20 both yes, 5 and 10 apart, 15 both no: observed 0.7, by chance 0.5.
        let mut pairs = vec![(true, true); 20];
        pairs.extend([(true, false); 5]);
        pairs.extend([(false, true); 10]);
        pairs.extend([(false, false); 15]);
        assert!((cohens_kappa(&pairs).unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(cohens_kappa(&[]), None);
        assert_eq!(cohens_kappa(&[(true, true)]), None);
    }

    #[test]
    fn alpha_takes_any_number_of_answers() {
        // Coincidences: 0-0 twice, 1-1 twice and 0-1 once each way.
        let rows = vec![vec![0, 0], vec![1, 1], vec![0, 1], vec![1]];
        assert!((krippendorffs_alpha(&rows).unwrap() - (1.0 - 2.0 / (18.0 / 5.0))).abs() < 1e-12);
        assert_eq!(krippendorffs_alpha::<u8>(&[]), None);
        assert_eq!(krippendorffs_alpha(&[vec![1, 1, 1]]), None);
    }
}
