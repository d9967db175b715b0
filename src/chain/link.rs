//! Who answers whom.

use rustc_hash::{FxHashMap, FxHashSet};

use super::author::{self, QUOTE_TELLS, Quoted};
use super::reading::Reading;
use super::shared::{self, STRETCH, Stretches};
use super::thread::{AuthorSource, Authorship, Evidence, Link, Reply};
use super::words::Words;
use crate::comment::{Article, Comment};

/// How sure the simple rules are, measured on labelled threads.
mod sure {
    pub(super) const QUOTE: f32 = 0.95;
    pub(super) const ONLY_COMMENT: f32 = 0.95;
    pub(super) const LATEST_COMMENT: f32 = 0.75;
    pub(super) const REVEALED: f32 = 0.9;
    pub(super) const ABSENT: f32 = 0.6;
    pub(super) const QUOTE_OF_ABSENT: f32 = 0.9;
}

/// What linking finds out.
pub(super) struct Linked {
    pub(super) links: Vec<Link>,
    pub(super) authors: Vec<Option<Authorship>>,
    pub(super) addressees: Vec<Option<std::ops::Range<usize>>>,
}

/// What the comments quote: the comment quoted, or that it is not here.
struct Quotes {
    found: Vec<Option<Quoted>>,
    lost: Vec<bool>,
}

/// Links the comments.
pub(super) fn link(comments: &[Comment], article: Option<&Article>) -> Linked {
    let reading = Reading::new(comments);
    let quotes = find_quotes(comments, article, &reading);
    let authors = authors(comments, &reading, &quotes);
    let links = mentioned(&reading, &quotes);
    let addressees = (0..comments.len())
        .map(|position| reading.addressee(position).map(|named| named.range.clone()))
        .collect();
    let mut linked = Linked { links, authors, addressees };
    given(comments, &mut linked.links);
    linked
}

/// Looks for what is quoted.
fn find_quotes(comments: &[Comment], article: Option<&Article>, reading: &Reading) -> Quotes {
    let mut quotes =
        Quotes { found: vec![None; comments.len()], lost: vec![false; comments.len()] };
    if reading.quotes.iter().all(Vec::is_empty) {
        return quotes;
    }
    let mut words = Words::new();
    let mut stretches = Stretches::default();
    let mut shares = Vec::new();
    let mut in_article = FxHashSet::default();
    if let Some(article) = article {
        words.add(&article.title, &[]);
        words.add(&article.text, &[]);
        for part in 0..2 {
            in_article.extend(words.of(part).windows(STRETCH).map(shared::hash));
        }
    }
    for (position, comment) in comments.iter().enumerate() {
        let spans = words.add(&comment.text, &reading.quotes[position]);
        let mine = words.of(words.len() - 1);
        stretches.enter(position, mine, &spans, &mut shares);
        let longest = spans.iter().map(ExactSizeIterator::len).max().unwrap_or_default();
        if longest < STRETCH {
            continue;
        }
        let asked = spans.iter().map(|span| span.len().saturating_sub(STRETCH - 1)).sum::<usize>();
        quotes.found[position] = author::quoted(&shares, u32::try_from(asked).unwrap_or(u32::MAX));
        let somewhere = shares.iter().any(|share| share.quoted > 0)
            || spans.iter().any(|span| {
                let mut stretches = mine[span.clone()].windows(STRETCH);
                stretches.any(|stretch| in_article.contains(&shared::hash(stretch)))
            });
        quotes.lost[position] = longest > STRETCH && !somewhere;
    }
    quotes
}

/// Who wrote what: as given, or as told by those who quote it to somebody.
fn authors(comments: &[Comment], reading: &Reading, quotes: &Quotes) -> Vec<Option<Authorship>> {
    let revealed = author::revealed(reading, &quotes.found);
    let told = comments.iter().zip(revealed);
    told.map(|(comment, revealed)| {
        if !comment.author.is_empty() {
            let name = comment.author.clone();
            return Some(Authorship { name, source: AuthorSource::Given, confidence: 1.0 });
        }
        let name = reading.names.get(revealed?)?.clone();
        Some(Authorship { name, source: AuthorSource::Quote, confidence: QUOTE_TELLS })
    })
    .collect()
}

/// Links by mentions and quotes.
fn mentioned(reading: &Reading, quotes: &Quotes) -> Vec<Link> {
    let revealed = author::revealed(reading, &quotes.found);
    let mut written: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut links = Vec::with_capacity(quotes.found.len());
    for (position, &revealed) in revealed.iter().enumerate() {
        let reply = |to, evidence, confidence| Link::Reply(Reply { to, evidence, confidence });
        let addressee = reading.addressee(position);
        let theirs = addressee.and_then(|named| {
            let lists = named.who.iter().filter_map(|who| written.get(who));
            lists.max_by_key(|list| list.last().copied())
        });
        let quoted = quotes.found[position].filter(|quoted| {
            theirs.is_none_or(|theirs| !reading.known || theirs.contains(&quoted.comment))
        });
        links.push(match (quoted, addressee, theirs) {
            (Some(quoted), ..) => reply(quoted.comment, Evidence::Quote, sure::QUOTE),
            (None, Some(_), Some(theirs)) => {
                let latest = theirs.last().copied().unwrap_or_default();
                let confidence = match theirs.len() {
                    _ if !reading.known => sure::REVEALED,
                    1 => sure::ONLY_COMMENT,
                    _ => sure::LATEST_COMMENT,
                };
                reply(latest, Evidence::Mention, confidence)
            }
            (None, Some(_), None) if quotes.lost[position] => {
                Link::Absent { confidence: sure::QUOTE_OF_ABSENT }
            }
            (None, Some(_), None) => Link::Absent { confidence: sure::ABSENT },
            (None, None, _) => Link::Root,
        });
        if let Some(writer) = reading.writers[position].or(revealed) {
            written.entry(writer).or_default().push(position);
        }
    }
    links
}

/// What the dump says about parents stands above all that is inferred.
fn given(comments: &[Comment], links: &mut [Link]) {
    if comments.iter().all(|comment| comment.parent.is_empty()) {
        return;
    }
    let mut positions: FxHashMap<&str, usize> = FxHashMap::default();
    for (position, comment) in comments.iter().enumerate() {
        if !comment.parent.is_empty() {
            links[position] = match positions.get(comment.parent.as_str()) {
                Some(&to) => Link::Reply(Reply { to, evidence: Evidence::Given, confidence: 1.0 }),
                None => Link::Orphan,
            };
        }
        positions.insert(&comment.id, position);
    }
}
