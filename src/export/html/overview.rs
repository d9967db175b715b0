//! The facts of the run, and the plots.

use super::Shown;
use super::markup::Html;
use super::plot::{self, Column, Part};
use crate::export::Run;
use crate::export::tally::{self, STEPS, Tally};

/// How many bars a plot has at most.
const MOST_BARS: usize = 12;

/// What was read, counted, and scored with.
pub(super) fn facts(run: &Run) -> Html {
    let mut html = Html::default();
    html.raw("<dl>");
    for (name, count) in run.counts.iter().filter(|(_, count)| *count > 0) {
        html.raw("<div><dt>").text(name).raw("</dt><dd>").count(*count).raw("</dd></div>");
    }
    html.raw("</dl><details class=\"run\"><summary>How this was made</summary><table>");
    let named = [("written by", &run.tool), ("scored by", &run.model)];
    let settings = run.settings.iter().map(|(name, value)| (name.as_str(), value));
    for (name, value) in named.into_iter().chain(settings) {
        html.raw("<tr><th scope=\"row\">").text(name).raw("</th><td>").text(value);
        html.raw("</td></tr>");
    }
    html.raw("</table><table><tr><th>input</th><th>format</th><th>declared</th><th>found</th>");
    html.raw("<th>SHA-256</th></tr>");
    for input in &run.inputs {
        html.raw("<tr><td><bdi>").text(&input.name).raw("</bdi></td><td>").text(&input.format);
        html.raw("</td><td>");
        if let Some(declared) = input.declared {
            html.count(declared);
        }
        html.raw("</td><td>").count(input.found).raw("</td><td class=\"hash\">").text(&input.hash);
        html.raw("</td></tr>");
    }
    if run.more_inputs > 0 {
        html.raw("<tr><td>and ").count(run.more_inputs).raw(" more</td></tr>");
    }
    html.raw("</table></details>");
    html
}

/// All plots that there is something to show in.
pub(super) fn plots(shown: &Shown, tally: &mut Tally) -> Html {
    let mut html = Html::default();
    if tally.sentiment.iter().any(|count| *count > 0) {
        let columns: Vec<Column> = (0..STEPS)
            .map(|step| {
                let from = step as f64 * 2.0 / STEPS as f64 - 1.0;
                let class = match step {
                    0..8 => "negative",
                    12.. => "positive",
                    _ => "neutral",
                };
                let parts = vec![Part { class, count: tally.sentiment[step] }];
                Column { name: format!("{from:.1} to {:.1}", from + 0.1), parts }
            })
            .collect();
        let title = "Sentiment of the comments, from negative to positive";
        figure(&mut html, title, |html| plot::columns(html, title, &columns));
    }
    let (what, bins) = tally.timeline.bins();
    if bins.len() > 1 {
        let columns: Vec<Column> = bins
            .into_iter()
            .map(|bin| {
                let calm = bin.comments - bin.heated - bin.flamebait;
                let parts = parts(bin.flamebait, bin.heated, Some(calm));
                Column { name: bin.label, parts }
            })
            .collect();
        let title = format!("Comments by {what}: flamebait, heated, and other");
        figure(&mut html, &title, |html| plot::columns(html, &title, &columns));
    }
    for (title, counts) in
        [("Kinds of provocation", &tally.categories), ("Whom attacks are aimed at", &tally.targets)]
    {
        let bars: Vec<_> = tally::ranking(counts)
            .into_iter()
            .take(MOST_BARS)
            .map(|(name, count)| (name.replace('_', " "), vec![Part { class: "flamebait", count }]))
            .collect();
        if !bars.is_empty() {
            figure(&mut html, title, |html| plot::bars(html, title, &bars));
        }
    }
    let hot = tally.threads.ranking().iter().filter(|thread| thread.heat() > 0).take(MOST_BARS);
    let bars: Vec<_> = hot
        .map(|thread| (thread.id.clone(), parts(thread.flamebait, thread.heated, None)))
        .collect();
    if !bars.is_empty() {
        let title = "Most heated threads: flamebait and heated comments";
        figure(&mut html, title, |html| plot::bars(html, title, &bars));
    }
    if !shown.network.is_empty() {
        let title = "Who answers whom in the most heated thread";
        figure(&mut html, title, |html| shown.network.draw(html, title));
    }
    html
}

fn parts(flamebait: u64, heated: u64, other: Option<u64>) -> Vec<Part> {
    let mut parts = vec![
        Part { class: "flamebait", count: flamebait },
        Part { class: "heated", count: heated },
    ];
    parts.extend(other.map(|count| Part { class: "other", count }));
    parts
}

fn figure(html: &mut Html, title: &str, draw: impl FnOnce(&mut Html)) {
    html.raw("<figure><figcaption>").text(title).raw("</figcaption>");
    draw(html);
    html.raw("</figure>");
}
