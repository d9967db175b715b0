//! The page around it all.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::markup::Html;
use super::{Shown, overview};
use crate::export::Run;
use crate::export::tally::{self, Tally};

/// The skeleton, with a place `{{name}}` for each part.
const SKELETON: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Writes the page.
pub(super) fn write(
    shown: &Shown,
    tally: &mut Tally,
    run: &Run,
    output: &mut dyn Write,
) -> io::Result<()> {
    for piece in SKELETON.split("{{") {
        let Some((name, markup)) = piece.split_once("}}") else {
            output.write_all(piece.as_bytes())?;
            continue;
        };
        match name {
            "policy" => output.write_all(policy().as_bytes())?,
            "style" => output.write_all(STYLE.as_bytes())?,
            "script" => output.write_all(SCRIPT.as_bytes())?,
            "threads" => {
                for thread in &shown.threads {
                    output.write_all(thread.as_str().as_bytes())?;
                }
            }
            name => output.write_all(part(name, shown, tally, run).as_str().as_bytes())?,
        }
        output.write_all(markup.as_bytes())?;
    }
    Ok(())
}

fn part(name: &str, shown: &Shown, tally: &mut Tally, run: &Run) -> Html {
    let mut html = Html::default();
    match name {
        "tool" => drop(html.text(&run.tool)),
        "model" => drop(html.text(&run.model)),
        "facts" => return overview::facts(run),
        "plots" => return overview::plots(shown, tally),
        "labels" => choices(&mut html, tally::ranking(&tally.labels)),
        "categories" => choices(&mut html, tally::ranking(&tally.categories)),
        "targets" => choices(&mut html, tally::ranking(&tally.targets)),
        "authors" => choices(&mut html, tally::ranking(&shown.authors)),
        "extent" => extent(&mut html, shown, tally),
        _ => {}
    }
    html
}

/// What a filter can choose from, most frequent first.
fn choices(html: &mut Html, ranking: Vec<(&str, u64)>) {
    for (name, count) in ranking {
        html.raw("<option value=\"").value(name).raw("\">").value(name).raw(" (").count(count);
        html.raw(")</option>");
    }
}

/// How much of the run is shown.
fn extent(html: &mut Html, shown: &Shown, tally: &Tally) {
    let all: u64 =
        tally.authors.nameless + tally.authors.ranking().iter().map(|it| it.comments).sum::<u64>();
    if shown.comments < all {
        html.raw("<p class=\"extent\">This page shows ")
            .count(shown.comments)
            .raw(" of ")
            .count(all);
        html.raw(" comments, those of the ")
            .count(shown.threads.len() as u64)
            .raw(" most heated of ");
        html.count(tally.threads.count())
            .raw(" threads. A spreadsheet of the same run has them all.</p>");
    }
}

/// What the page may do: use its own style and script, by their hashes, and nothing else.
fn policy() -> String {
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// SHA-256 in base 64.
fn hash(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut code = String::new();
    for three in Sha256::digest(text.as_bytes()).chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            code.push(if place > three.len() { '=' } else { char::from(letter) });
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_of_nothing_is_known() {
        assert_eq!(hash(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
