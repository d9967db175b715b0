//! Who wrote what, where the dump does not say.

use super::reading::Reading;
use super::text::Text;
use super::thread::{AuthorSource, Authorship};
use super::votes::Votes;
use crate::comment::Comment;

/// How sure it is that who is spoken to wrote what is quoted: people also quote others to
/// somebody.
const QUOTE_TELLS: f32 = 0.95;

/// How many more votes than all others together a name must have to count as the writer.
const LEAD: f32 = 0.8;

/// A quote that was found in an earlier comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The comment that is quoted.
    pub(super) comment: usize,
    /// How many stretches of the quotes were found there.
    pub(super) stretches: u32,
}

/// The comment that the comment at `position` quotes by marked quotes, if one has most of what is
/// quoted. The earliest of those that hold it wrote it; later ones quote it too.
pub(super) fn quoted(text: &Text, position: usize) -> Option<Quoted> {
    let asked = text.asked[position];
    let shares = text.shares(position).iter();
    let best = shares.max_by_key(|share| (share.quoted, std::cmp::Reverse(share.with)))?;
    let quotes = text.shares(position).iter().filter(|share| share.quoted > 0);
    // Four words may be a saying, unless one comment alone holds them, and all of them.
    let few = || best.quoted == 1 && asked == 1 && quotes.count() == 1;
    ((best.quoted > 1 || few()) && best.quoted * 2 >= asked)
        .then_some(Quoted { comment: best.with, stretches: best.quoted })
}

/// For each comment, the name that somebody speaks to while quoting it. A comment that several
/// names lay claim to is nobody's.
pub(super) fn revealed(
    reading: &Reading,
    quoted: impl Fn(usize) -> Option<Quoted>,
    size: usize,
) -> Vec<Option<usize>> {
    let mut writers = vec![None; size];
    let mut disputed = vec![false; size];
    for position in 0..size {
        let Some(&name) = reading.addressee(position).and_then(|named| named.who.first()) else {
            continue;
        };
        let Some(Quoted { comment, .. }) = quoted(position) else { continue };
        let names_itself = reading.named[comment].iter().any(|named| named.who.contains(&name))
            || reading.vocatives[comment].contains(&name);
        match writers[comment] {
            _ if names_itself => {}
            None => writers[comment] = Some(name),
            Some(other) => disputed[comment] |= other != name,
        }
    }
    for (writer, disputed) in writers.iter_mut().zip(disputed) {
        if disputed {
            *writer = None;
        }
    }
    writers
}

/// Who wrote what: as given, as told by quotes, or as voted for.
pub(super) fn authors(
    comments: &[Comment],
    reading: &Reading,
    told: &[Option<usize>],
    votes: Option<&Votes>,
) -> Vec<Option<Authorship>> {
    let infer = |(position, comment): (usize, &Comment)| {
        if !comment.author.is_empty() {
            let name = comment.author.clone();
            return Some(Authorship { name, source: AuthorSource::Given, confidence: 1.0 });
        }
        if let Some(name) = told[position] {
            let name = reading.names[name].clone();
            let source = AuthorSource::Quote;
            return Some(Authorship { name, source, confidence: QUOTE_TELLS });
        }
        let (name, mine, others) = votes?.leader(position)?;
        let confidence = mine.min(1.0) * mine / (mine + others);
        (confidence >= LEAD).then(|| Authorship {
            name: reading.names[name].clone(),
            source: AuthorSource::Mention,
            confidence,
        })
    };
    comments.iter().enumerate().map(infer).collect()
}
