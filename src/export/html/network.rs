//! Who answers whom in one thread, drawn as a circle of names.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use super::markup::Html;
use super::plot;

/// How many people are drawn: those who take part in the most answers.
const MOST: usize = 24;

/// The answers between people.
#[derive(Default)]
pub(super) struct Network {
    /// From whom to whom, how many answers, and how many of them are flamebait.
    answers: BTreeMap<(String, String), (u64, u64)>,
}

impl Network {
    /// Counts an answer.
    pub(super) fn add(&mut self, from: &str, to: &str, flamebait: bool) {
        if from.is_empty() || to.is_empty() || from == to {
            return;
        }
        let answers = self.answers.entry((from.to_owned(), to.to_owned())).or_default();
        answers.0 += 1;
        answers.1 += u64::from(flamebait);
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Draws it.
    pub(super) fn draw(&self, html: &mut Html, title: &str) {
        let mut takes_part: BTreeMap<&str, u64> = BTreeMap::new();
        for ((from, to), (count, _)) in &self.answers {
            for name in [from, to] {
                *takes_part.entry(name).or_default() += count;
            }
        }
        let mut people: Vec<(&str, u64)> = takes_part.into_iter().collect();
        people.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        people.truncate(MOST);
        let (width, height, radius) = (480.0, 400.0, 140.0);
        let turn = |number: usize| TAU * number as f64 / people.len() as f64 - TAU / 4.0;
        let place = |number: usize, radius: f64| {
            (width / 2.0 + radius * turn(number).cos(), height / 2.0 + radius * turn(number).sin())
        };
        let number_of = |name: &str| people.iter().position(|(person, _)| *person == name);
        plot::open(html, title, width, height);
        for ((from, to), (count, flamebait)) in &self.answers {
            let (Some(start), Some(end)) = (number_of(from), number_of(to)) else { continue };
            let ((x1, y1), (x2, y2)) = (place(start, radius), place(end, radius));
            let class = if *flamebait > 0 { "edge hot" } else { "edge" };
            let strength = (*count as f64).sqrt().min(5.0);
            html.raw("<path class=\"").raw(class).raw("\" stroke-width=\"").number(strength);
            html.raw("\" d=\"M").number(x1).raw(" ").number(y1).raw(" Q").number(width / 2.0);
            html.raw(" ").number(height / 2.0).raw(" ").number(x2).raw(" ").number(y2);
            html.raw("\"><title>").text(from).raw(" → ").text(to).raw(": ").count(*count);
            html.raw(", flamebait ").count(*flamebait).raw("</title></path>");
        }
        for (number, (name, count)) in people.iter().enumerate() {
            let (x, y) = place(number, radius);
            html.raw("<circle class=\"person\" cx=\"").number(x).raw("\" cy=\"").number(y);
            html.raw("\" r=\"").number((3.0 + (*count as f64).sqrt()).min(12.0)).raw("\"/>");
            let (x, y) = place(number, radius + 16.0);
            let anchor = if (x - width / 2.0).abs() < 10.0 {
                "middle"
            } else if x > width / 2.0 {
                "start"
            } else {
                "end"
            };
            plot::label(html, anchor, x, y + 4.0, &plot::shortened(name, 14));
        }
        html.raw("</svg>");
    }
}
