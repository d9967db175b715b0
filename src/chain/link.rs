//! Who answers whom: from the first reading to the last link.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::author;
use super::decode::{Decoder, Kind, Outcome, Truth, Watch};
use super::hidden::{self, Names};
use super::layout;
use super::lists::Lists;
use super::mention::Form;
use super::model::{Model, Models};
use super::pool::Pool;
use super::reading::Reading;
use super::scene::Scene;
use super::text::{Needs, Text};
use super::thread::{Authorship, Evidence, Layout, Link, LinkOptions, Reply};
use super::votes::Votes;
use crate::comment::{Article, Comment};

/// What linking finds out.
pub(super) struct Linked {
    pub(super) links: Vec<Link>,
    pub(super) authors: Vec<Option<Authorship>>,
    pub(super) addressees: Vec<Option<Range<usize>>>,
    /// Whether the exchange showed that answers stand under what they answer.
    pub(super) nested: bool,
}

/// The weights to use for a thread.
struct Plan<'a> {
    main: &'a Model,
    similar: Option<&'a Model>,
    likeness: bool,
    layout: Layout,
}

impl<'a> Plan<'a> {
    fn new(
        comments: &[Comment],
        reading: &Reading,
        options: &LinkOptions,
        layout: Layout,
        models: &'a Models,
    ) -> Self {
        let nested = layout == Layout::Nested;
        let main = match (reading.known, nested) {
            (true, _) if reading.chat => &models.known_chat,
            (true, true) => &models.known_nested,
            (true, false) => &models.known_chronological,
            (false, true) => &models.hidden_nested,
            (false, false) if layout::is_microblog(comments, reading) => &models.hidden_microblog,
            (false, false) => &models.hidden_chronological,
        };
        let similar = match (reading.chat, options.similar) {
            (true, _) => Some(&models.chat_similar),
            (false, true) => Some(&models.similar),
            (false, false) => None,
        };
        Self { main, similar, likeness: options.similar, layout }
    }
}

/// Links the comments, which stand as they are laid out.
pub(super) fn link(
    comments: &[Comment],
    article: Option<&Article>,
    options: &LinkOptions,
    layout: Layout,
    models: &Models,
) -> Linked {
    let reading = Reading::new(comments);
    let mut layout = layout;
    if layout == Layout::Auto {
        layout = layout::by_exchange(&reading).unwrap_or(Layout::Chronological);
    }
    let plan = Plan::new(comments, &reading, options, layout, models);
    let is_given = comments.iter().any(|comment| !comment.parent.is_empty());
    let mut links = vec![Link::Root; comments.len()];
    let authors = if is_given && is_complete(comments, &reading) && !options.refine {
        author::authors(comments, &reading, &vec![None; comments.len()], None)
    } else {
        let text = text(comments, article, &reading, &plan);
        let told = told(comments, &reading, text.as_ref());
        let scene = Scene::new(comments, &reading, text.as_ref());
        let (outcomes, votes) = outcomes(&scene, &plan, &told, None, None);
        for (i, link) in links.iter_mut().enumerate() {
            *link = link_of(&scene, &plan, &told, outcomes[i], options, i);
        }
        author::authors(comments, &reading, &told, votes.as_ref())
    };
    if is_given {
        given(comments, &mut links, options.refine);
    }
    let addressees = (0..comments.len())
        .map(|position| reading.addressee(position).filter(|named| named.form != Form::Field))
        .map(|named| named.map(|named| named.range.clone()))
        .collect();
    Linked { links, authors, addressees, nested: plan.layout == Layout::Nested }
}

/// Shows every comment that is weighed to `watch`. Earlier links are taken from the truth; where
/// authors are hidden, the votes of the passes before come from the model.
pub(super) fn show(
    comments: &[Comment],
    options: &LinkOptions,
    models: &Models,
    truth: &Truth,
    pass: usize,
    watch: Watch<'_>,
) {
    let reading = Reading::new(comments);
    let plan = Plan::new(comments, &reading, options, options.layout, models);
    let needs = Needs { likeness: true, copies: true };
    let text = Text::new(comments, None, &reading, needs);
    let told = told(comments, &reading, Some(&text));
    let scene = Scene::new(comments, &reading, Some(&text));
    outcomes(&scene, &plan, &told, Some((truth, pass)), Some(watch));
}

/// The words of the thread, if anything is to be gained from them.
fn text(
    comments: &[Comment],
    article: Option<&Article>,
    reading: &Reading,
    plan: &Plan<'_>,
) -> Option<Text> {
    let speaks = !reading.named.items().is_empty();
    let strays = reading.strays.contains(&true);
    let similar = plan.similar.is_some() && (plan.likeness || strays);
    let likeness = similar || (speaks && plan.main.uses_likeness());
    let copies = similar || (speaks && plan.main.uses_copies());
    let quotes = !reading.quotes.items().is_empty();
    (quotes || likeness || copies)
        .then(|| Text::new(comments, article, reading, Needs { likeness, copies }))
}

/// Whom quotes reveal as writers.
fn told(comments: &[Comment], reading: &Reading, text: Option<&Text>) -> Vec<Option<usize>> {
    let Some(text) = text.filter(|_| !reading.known) else { return vec![None; comments.len()] };
    let direct = |i: usize| reading.quotes_addressee(i, comments[i].words());
    author::revealed(reading, |i| author::quoted(text, i).filter(|_| direct(i)), comments.len())
}

/// Weighs every comment that speaks to somebody. With the truth given, looks at one pass only.
fn outcomes(
    scene: &Scene<'_>,
    plan: &Plan<'_>,
    told: &[Option<usize>],
    truth: Option<(&Truth, usize)>,
    watch: Option<Watch<'_>>,
) -> (Vec<Option<Outcome>>, Option<Votes>) {
    let decoder = Decoder {
        scene,
        model: plan.main,
        similar: plan.similar,
        likeness: plan.likeness,
        truth: truth.map(|(truth, _)| truth),
    };
    if scene.reading.known {
        return (decoder.known(watch), None);
    }
    let named = (0..scene.comments.len()).filter_map(|i| Some((hidden::addressee(scene, i)?, i)));
    let naming = Lists::deal(scene.reading.people, named);
    let pool = match scene.text {
        Some(text) => Pool::new(text, &naming, hidden::REACH),
        None => Pool::default(),
    };
    let (gold, last) = truth.unzip();
    let last = last.unwrap_or(plan.main.passes.len() - 1);
    let mut before: Option<(Vec<Option<Outcome>>, Votes)> = None;
    let mut watch = watch;
    for pass in 0..=last {
        // A later pass looks at the links that the pass before made, and the first one, when it
        // learns, at the true ones.
        let links = before.as_ref().map(|(outcomes, _)| made(outcomes));
        let gold = gold.filter(|_| last == 0);
        let decoder = Decoder { truth: links.as_deref().or(gold), ..decoder };
        let votes = before.as_ref().map(|(_, votes)| votes);
        let names = Names::new(&naming, told, &pool, votes);
        let watch = if pass == last { watch.take() } else { None };
        before = Some(decoder.hidden(pass, &names, watch));
    }
    let (outcomes, votes) = before.unwrap_or_default();
    (outcomes, Some(votes))
}

/// The links that a pass made, in the form of a truth.
fn made(outcomes: &[Option<Outcome>]) -> Vec<Option<Vec<usize>>> {
    let best = |outcome: &Option<Outcome>| {
        let parent = outcome.and_then(|outcome| outcome.best).map(|(parent, _)| parent);
        Some(parent.into_iter().collect())
    };
    outcomes.iter().map(best).collect()
}

/// How sure it is that a marked quote, found nowhere else, is of the comment that holds it.
const QUOTE_TELLS: f32 = 0.9;

/// The link of the comment at `i`.
fn link_of(
    scene: &Scene<'_>,
    plan: &Plan<'_>,
    told: &[Option<usize>],
    outcome: Option<Outcome>,
    options: &LinkOptions,
    i: usize,
) -> Link {
    let quoted = scene.text.and_then(|text| author::quoted(text, i));
    let Some(outcome) = outcome else {
        let quoted = quoted.filter(|quoted| quoted.stretches > 1 && !scene.speaks(i));
        if let Some(quoted) = quoted {
            let least = options.min_confidence.unwrap_or(plan.main.least);
            let reply =
                Reply { to: quoted.comment, evidence: Evidence::Quote, confidence: QUOTE_TELLS };
            return if reply.confidence < least { Link::Root } else { Link::Reply(reply) };
        }
        // Whom it speaks to wrote nothing here.
        return match scene.speaks(i) {
            true => Link::Absent { confidence: ABSENT },
            false => Link::Root,
        };
    };
    let model = match outcome.kind {
        Kind::Similar => plan.similar.unwrap_or(plan.main),
        Kind::Known | Kind::Hidden => plan.main,
    };
    let Some((to, chance)) = outcome.best else {
        return match outcome.kind {
            Kind::Similar => Link::Root,
            Kind::Known | Kind::Hidden => Link::Absent { confidence: outcome.null },
        };
    };
    let is_quoted = quoted.is_some_and(|quoted| quoted.comment == to);
    let mut confidence = model.confidence(chance);
    let told = outcome.kind == Kind::Hidden
        && told[to].is_some()
        && told[to] == hidden::addressee(scene, i);
    if told || (is_quoted && scene.reading.quotes_addressee(i, scene.comments[i].words())) {
        confidence = confidence.max(QUOTE_TELLS);
    }
    if confidence < options.min_confidence.unwrap_or(model.least) {
        return Link::Root;
    }
    let evidence = match outcome.kind {
        _ if is_quoted => Evidence::Quote,
        Kind::Similar => Evidence::Similarity,
        Kind::Known | Kind::Hidden => Evidence::Mention,
    };
    Link::Reply(Reply { to, evidence, confidence })
}

/// How sure it is that nobody here is spoken to by a name that nobody here bears.
const ABSENT: f32 = 0.8;

/// Whether a dump that gives parents gives them all, so that a comment without one is a root:
/// most of those that speak to somebody have one.
fn is_complete(comments: &[Comment], reading: &Reading) -> bool {
    let speaks = |i: &usize| reading.addressee(*i).is_some_and(|named| !named.who.is_empty());
    let speaking = (0..comments.len()).filter(speaks);
    let (with, without): (Vec<usize>, Vec<usize>) =
        speaking.partition(|&i| !comments[i].parent.is_empty());
    with.len() >= without.len()
}

/// What the dump says about parents stands above all that is inferred. If `refine`, a mention may
/// move an answer to another comment of the same chain.
fn given(comments: &[Comment], links: &mut [Link], refine: bool) {
    let mut positions: FxHashMap<&str, usize> = FxHashMap::default();
    let mut roots: Vec<usize> = Vec::with_capacity(comments.len());
    for (position, comment) in comments.iter().enumerate() {
        let given = positions.get(comment.parent.as_str()).copied();
        let inferred = match links[position] {
            Link::Reply(reply) if refine => Some(reply),
            _ => None,
        };
        let finer = inferred.filter(|finer| given.is_some_and(|to| roots[to] == roots[finer.to]));
        links[position] = match (given, finer) {
            _ if comment.parent.is_empty() => links[position],
            (_, Some(finer)) => Link::Reply(finer),
            (Some(to), None) => {
                Link::Reply(Reply { to, evidence: Evidence::Given, confidence: 1.0 })
            }
            (None, None) => Link::Orphan,
        };
        roots.push(match links[position] {
            Link::Reply(reply) => roots[reply.to],
            _ => position,
        });
        positions.insert(&comment.id, position);
    }
}
