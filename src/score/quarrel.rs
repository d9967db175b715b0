//! Who attacks whom: threads and authors seen as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Assessment;
use super::flamebait::{Flamebait, Label};
use crate::chain::Thread;

/// So many flamebait answers to one person are a pile-on.
const MANY: usize = 3;

/// What happened in a thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadSummary {
    /// How many comments there are, and how many of them have a score.
    pub comments: usize,
    /// How many comments have a score.
    pub scored: usize,
    /// How many are heated, flamebait not counted.
    pub heated: usize,
    /// How many are flamebait.
    pub flamebait: usize,
    /// The position of the first comment that is flamebait.
    pub first_flame: Option<usize>,
    /// The greatest heat, and the position of the comment where it was reached first.
    pub peak: Option<(usize, f64)>,
    /// People whom several comments attack, most attacked first.
    pub pile_ons: Vec<PileOn>,
}

/// Several attacks on one person.
#[derive(Clone, Debug, PartialEq)]
pub struct PileOn {
    /// The person attacked, if the name is known.
    pub victim: Option<String>,
    /// The position of the first comment that was attacked.
    pub comment: usize,
    /// The positions of the attacks.
    pub attacks: Vec<usize>,
    /// The attackers whose names are known, each once, in the order of the alphabet.
    pub attackers: Vec<String>,
}

/// What an author did, and what was done to the author.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorSummary {
    /// Display name.
    pub name: String,
    /// How many comments the author wrote.
    pub comments: usize,
    /// How many of them are heated, flamebait not counted.
    pub heated: usize,
    /// How many of them are flamebait.
    pub flamebait: usize,
    /// The greatest score of them.
    pub worst: Option<f64>,
    /// In how many threads the author wrote flamebait.
    pub threads_burnt: usize,
    /// How many flamebait answers the author's comments got from others.
    pub attacked: usize,
    /// How many others are known to have written them.
    pub attackers: usize,
}

/// Sums up a thread whose comments have been scored. The lists are parallel.
#[must_use]
pub fn summarise(thread: &Thread, assessments: &[Assessment]) -> ThreadSummary {
    let mut summary = ThreadSummary { comments: assessments.len(), ..ThreadSummary::default() };
    for (position, assessment) in assessments.iter().enumerate() {
        let heat = assessment.heat.heat;
        if summary.peak.is_none_or(|(_, peak)| heat > peak) {
            summary.peak = Some((position, heat));
        }
        match assessment.flamebait.as_ref().map(|found| found.label) {
            Some(Label::Calm) => {}
            Some(Label::Heated) => summary.heated += 1,
            Some(Label::Flamebait) => {
                summary.flamebait += 1;
                summary.first_flame.get_or_insert(position);
            }
            None => continue,
        }
        summary.scored += 1;
    }
    summary.pile_ons = pile_ons(thread, assessments);
    summary
}

/// Who wrote a comment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Person<'t> {
    Known(&'t str),
    /// The writer of the comment at that position, who is taken for a person of his own.
    Unknown(usize),
}

impl<'t> Person<'t> {
    fn name(self) -> Option<&'t str> {
        match self {
            Self::Known(name) => Some(name),
            Self::Unknown(_) => None,
        }
    }
}

/// The attacks on each person, where there are many.
fn pile_ons(thread: &Thread, assessments: &[Assessment]) -> Vec<PileOn> {
    let mut victims: BTreeMap<Person<'_>, Vec<(usize, usize)>> = BTreeMap::new();
    for (attack, victim) in attacks(thread, assessments) {
        let person = author(thread, victim).map_or(Person::Unknown(victim), Person::Known);
        victims.entry(person).or_default().push((attack, victim));
    }
    let many = victims.into_iter().filter(|(_, attacks)| attacks.len() >= MANY);
    let mut pile_ons: Vec<PileOn> = many
        .map(|(person, attacks)| {
            let attackers: BTreeSet<&str> =
                attacks.iter().filter_map(|&(attack, _)| author(thread, attack)).collect();
            PileOn {
                victim: person.name().map(str::to_owned),
                comment: attacks.iter().map(|&(_, comment)| comment).min().unwrap_or_default(),
                attackers: attackers.into_iter().map(str::to_owned).collect(),
                attacks: attacks.into_iter().map(|(attack, _)| attack).collect(),
            }
        })
        .filter(|pile_on| pile_on.attackers.len() != 1)
        .collect();
    pile_ons.sort_by(|a, b| b.attacks.len().cmp(&a.attacks.len()).then(a.comment.cmp(&b.comment)));
    pile_ons
}

/// The flamebait answers and the comments that they answer, where the two are not by one person.
fn attacks<'t>(
    thread: &'t Thread,
    assessments: &'t [Assessment],
) -> impl Iterator<Item = (usize, usize)> + 't {
    let burning = assessments.iter().enumerate().filter(|(_, assessment)| is_flamebait(assessment));
    burning.filter_map(|(attack, _)| {
        let victim = thread.reply(attack)?.to;
        let same = author(thread, attack).is_some_and(|name| author(thread, victim) == Some(name));
        (!same).then_some((attack, victim))
    })
}

fn is_flamebait(assessment: &Assessment) -> bool {
    label(assessment) == Some(Label::Flamebait)
}

fn label(assessment: &Assessment) -> Option<Label> {
    assessment.flamebait.as_ref().map(|found: &Flamebait| found.label)
}

fn author(thread: &Thread, position: usize) -> Option<&str> {
    Some(thread.authors.get(position)?.as_ref()?.name.as_str())
}

/// Gathers what authors did over many threads.
#[derive(Clone, Debug, Default)]
pub struct Authors {
    known: BTreeMap<String, (AuthorSummary, BTreeSet<String>)>,
}

impl Authors {
    /// Takes in a thread whose comments have been scored. The lists are parallel.
    pub fn add(&mut self, thread: &Thread, assessments: &[Assessment]) {
        let mut burnt = BTreeSet::new();
        for (position, assessment) in assessments.iter().enumerate() {
            let Some(name) = author(thread, position) else { continue };
            let (summary, _) = self.known.entry(name.to_owned()).or_default();
            summary.comments += 1;
            summary.heated += usize::from(label(assessment) == Some(Label::Heated));
            if is_flamebait(assessment) {
                summary.flamebait += 1;
                summary.threads_burnt += usize::from(burnt.insert(name));
            }
            if let Some(found) = &assessment.flamebait {
                summary.worst =
                    Some(summary.worst.map_or(found.score, |worst| worst.max(found.score)));
            }
        }
        for (attack, victim) in attacks(thread, assessments) {
            let Some(name) = author(thread, victim) else { continue };
            let (summary, attackers) = self.known.entry(name.to_owned()).or_default();
            summary.attacked += 1;
            attackers.extend(author(thread, attack).map(str::to_owned));
        }
    }

    /// The authors in the order of the alphabet.
    pub fn summaries(&self) -> impl Iterator<Item = AuthorSummary> {
        self.known.iter().map(|(name, (summary, attackers))| AuthorSummary {
            name: name.clone(),
            attackers: attackers.len(),
            ..summary.clone()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Authors, summarise};
    use crate::chain::{AuthorSource, Authorship, Evidence, Link, Reply, Thread};
    use crate::score::Assessment;
    use crate::score::flamebait::{Flamebait, Label};

    /// Comments by author, comment answered, and score.
    fn thread(comments: &[(&str, Option<usize>, f64)]) -> (Thread, Vec<Assessment>) {
        let reply = |to| Link::Reply(Reply { to, evidence: Evidence::Given, confidence: 1.0 });
        let named = |name: &str| Authorship {
            name: name.into(),
            source: AuthorSource::Given,
            confidence: 1.0,
        };
        let scored = |score| Flamebait {
            score,
            label: Label::of(score),
            categories: Vec::new(),
            target: None,
            reasons: Vec::new(),
        };
        let thread = Thread {
            links: comments.iter().map(|comment| comment.1.map_or(Link::Root, reply)).collect(),
            authors: comments.iter().map(|comment| Some(named(comment.0))).collect(),
            ..Thread::default()
        };
        let assessments = comments.iter().map(|comment| Assessment {
            flamebait: Some(scored(comment.2)),
            ..Assessment::default()
        });
        (thread, assessments.collect())
    }

    #[test]
    fn three_flames_from_two_people_on_one_are_a_pile_on() {
        let (thread, assessments) = thread(&[
            ("Ann", None, 0.1),
            ("Bob", Some(0), 0.9),
            ("Cid", Some(0), 0.8),
            ("Ann", Some(1), 0.2),
            ("Bob", Some(3), 0.95),
        ]);
        let summary = summarise(&thread, &assessments);
        assert_eq!((summary.flamebait, summary.first_flame), (3, Some(1)));
        let [pile_on] = &summary.pile_ons[..] else { panic!("{summary:?}") };
        assert_eq!((pile_on.victim.as_deref(), pile_on.comment), (Some("Ann"), 0));
        assert_eq!(pile_on.attacks, [1, 2, 4]);
        assert_eq!(pile_on.attackers, ["Bob", "Cid"]);
    }

    #[test]
    fn a_quarrel_of_two_is_no_pile_on_and_nobody_attacks_himself() {
        let (thread, assessments) = thread(&[
            ("Ann", None, 0.1),
            ("Bob", Some(0), 0.9),
            ("Bob", Some(0), 0.9),
            ("Bob", Some(0), 0.9),
            ("Bob", Some(1), 0.9),
        ]);
        assert_eq!(summarise(&thread, &assessments).pile_ons, []);
    }

    #[test]
    fn offenders_and_victims_are_counted_over_threads() {
        let mut authors = Authors::default();
        for _ in 0..2 {
            let (thread, assessments) =
                thread(&[("Ann", None, 0.1), ("Bob", Some(0), 0.9), ("Bob", Some(0), 0.6)]);
            authors.add(&thread, &assessments);
        }
        let summaries: Vec<_> = authors.summaries().collect();
        assert_eq!(
            summaries.iter().map(|author| &author.name[..]).collect::<Vec<_>>(),
            ["Ann", "Bob"]
        );
        assert_eq!(
            (summaries[0].attacked, summaries[0].attackers, summaries[0].flamebait),
            (2, 1, 0)
        );
        let bob = &summaries[1];
        assert_eq!((bob.comments, bob.heated, bob.flamebait, bob.threads_burnt), (4, 2, 2, 2));
    }
}
