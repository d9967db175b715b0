//! Plots, drawn as SVG into the page.

use super::markup::Html;

/// Sizes in the units of the drawing.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 180.0;
const LEFT: f64 = 36.0;
const BOTTOM: f64 = 24.0;
const TOP: f64 = 10.0;

/// A column of a histogram: its name, and the parts stacked in it, lowest first.
pub(super) struct Column {
    pub(super) name: String,
    pub(super) parts: Vec<Part>,
}

/// A part of a bar.
pub(super) struct Part {
    /// How it is coloured, by name of the class.
    pub(super) class: &'static str,
    pub(super) count: u64,
}

/// Draws columns side by side, with the names of the first, the middle and the last below them.
pub(super) fn columns(html: &mut Html, title: &str, columns: &[Column]) {
    let sum = |column: &Column| column.parts.iter().map(|part| part.count).sum::<u64>();
    let most = columns.iter().map(sum).max().unwrap_or_default().max(1);
    let room = HEIGHT - TOP - BOTTOM;
    let step = (WIDTH - LEFT) / columns.len().max(1) as f64;
    open(html, title, WIDTH, HEIGHT);
    for share in [0.0, 0.5, 1.0] {
        let y = TOP + room * (1.0 - share);
        html.raw("<line class=\"grid\" x1=\"").number(LEFT).raw("\" x2=\"").number(WIDTH);
        html.raw("\" y1=\"").number(y).raw("\" y2=\"").number(y).raw("\"/>");
    }
    label(html, "end", LEFT - 4.0, TOP + 4.0, &most.to_string());
    label(html, "end", LEFT - 4.0, TOP + room + 4.0, "0");
    for (number, column) in columns.iter().enumerate() {
        let x = LEFT + step * number as f64;
        let mut y = TOP + room;
        html.raw("<g><title>").text(&column.name).raw(": ").count(sum(column));
        for part in column.parts.iter().filter(|_| column.parts.len() > 1) {
            html.raw(", ").text(part.class).raw(" ").count(part.count);
        }
        html.raw("</title>");
        for part in &column.parts {
            let height = room * part.count as f64 / most as f64;
            y -= height;
            bar(html, part.class, (x + step * 0.08, y), (step * 0.84, height));
        }
        html.raw("</g>");
    }
    let middle = columns.len() / 2;
    for (number, anchor) in
        [(0, "start"), (middle, "middle"), (columns.len().saturating_sub(1), "end")]
    {
        let is_crowded = anchor == "middle" && columns.len() < 3;
        let Some(column) = columns.get(number).filter(|_| !is_crowded) else { continue };
        let x = match anchor {
            "start" => LEFT,
            "end" => WIDTH,
            _ => LEFT + step * (number as f64 + 0.5),
        };
        label(html, anchor, x, HEIGHT - 6.0, &column.name);
    }
    html.raw("</svg>");
}

/// Draws bars below each other, each with its name on the left and its count behind it.
pub(super) fn bars(html: &mut Html, title: &str, bars: &[(String, Vec<Part>)]) {
    let sum = |parts: &[Part]| parts.iter().map(|part| part.count).sum::<u64>();
    let most = bars.iter().map(|(_, parts)| sum(parts)).max().unwrap_or_default().max(1);
    let (line, name_width) = (22.0, 150.0);
    let height = line * bars.len() as f64 + 4.0;
    open(html, title, WIDTH, height);
    for (number, (name, parts)) in bars.iter().enumerate() {
        let y = line * number as f64 + 2.0;
        label(html, "end", name_width - 6.0, y + 14.0, &shortened(name, 22));
        let mut x = name_width;
        html.raw("<g><title>").text(name).raw(": ").count(sum(parts)).raw("</title>");
        for part in parts {
            let width = (WIDTH - name_width - 46.0) * part.count as f64 / most as f64;
            bar(html, part.class, (x, y), (width, line - 4.0));
            x += width;
        }
        html.raw("</g>");
        label(html, "start", x + 5.0, y + 14.0, &sum(parts).to_string());
    }
    html.raw("</svg>");
}

/// Begins a drawing of a size.
pub(super) fn open(html: &mut Html, title: &str, width: f64, height: f64) {
    html.raw("<svg role=\"img\" viewBox=\"0 0 ").number(width).raw(" ").number(height);
    html.raw("\" aria-label=\"").value(title).raw("\">");
}

fn bar(html: &mut Html, class: &'static str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    html.raw("<rect class=\"").raw(class).raw("\" x=\"").number(x).raw("\" y=\"").number(y);
    html.raw("\" width=\"").number(width).raw("\" height=\"").number(height).raw("\"/>");
}

/// Writes words into a drawing.
pub(super) fn label(html: &mut Html, anchor: &'static str, x: f64, y: f64, words: &str) {
    html.raw("<text text-anchor=\"").raw(anchor).raw("\" x=\"").number(x).raw("\" y=\"").number(y);
    html.raw("\">").value(words).raw("</text>");
}

/// At most so many characters of a name.
pub(super) fn shortened(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    name.chars().take(most - 1).chain(['…']).collect()
}
