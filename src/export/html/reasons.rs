//! The words behind a score, found again in the text.

use super::markup::Html;

/// Characters of a text that a reason names.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place<'a> {
    kind: &'a str,
    start: usize,
    end: usize,
}

/// Reads reasons such as `insult "stupid" 12-18; second person "you" 8-11`. What they quote may
/// look like a reason itself, so a piece counts only if it quotes what stands at its place.
fn places<'a>(reasons: &'a str, text: &str) -> Vec<Place<'a>> {
    let letters: Vec<char> = text.chars().collect();
    let mut places = Vec::new();
    let mut begin = 0;
    let ends = reasons.match_indices("; ").map(|(end, _)| end).chain([reasons.len()]);
    for end in ends {
        if let Some(place) = reasons.get(begin..end).and_then(|piece| place(piece, &letters)) {
            places.push(place);
            begin = end + 2;
        }
    }
    places
}

fn place<'a>(piece: &'a str, letters: &[char]) -> Option<Place<'a>> {
    let (piece, span) = piece.rsplit_once(' ')?;
    let (start, end) = span.split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    let (kind, quoted) = piece.split_once(" \"")?;
    let words = letters.get(start..end)?;
    quoted.strip_suffix('"')?.chars().eq(words.iter().copied()).then_some(Place {
        kind,
        start,
        end,
    })
}

/// Writes the text with a mark on each word that a reason names; the mark tells the kinds.
pub(super) fn highlight(html: &mut Html, text: &str, reasons: &str) {
    let mut places = places(reasons, text);
    // Single words and pairs that only a statistical model weighs say little to a reader.
    places.retain(|place| !matches!(place.kind, "word" | "words") && place.start < place.end);
    if places.is_empty() {
        html.text(text);
        return;
    }
    let mut edges: Vec<usize> = places.iter().flat_map(|place| [place.start, place.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let offsets: Vec<usize> =
        text.char_indices().map(|(offset, _)| offset).chain([text.len()]).collect();
    let mut done = 0;
    for pair in edges.windows(2) {
        let (start, end) = (offsets[pair[0]], offsets[pair[1]]);
        let mut kinds: Vec<&str> = Vec::new();
        for place in places.iter().filter(|it| it.start <= pair[0] && pair[1] <= it.end) {
            if !kinds.contains(&place.kind) {
                kinds.push(place.kind);
            }
        }
        if !kinds.is_empty() {
            html.text(&text[done..start]).raw("<mark title=\"").value(&kinds.join(", "));
            html.raw("\">").text(&text[start..end]).raw("</mark>");
            done = end;
        }
    }
    html.text(&text[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highlighted(text: &str, reasons: &str) -> String {
        let mut html = Html::default();
        highlight(&mut html, text, reasons);
        html.as_str().to_owned()
    }

    #[test]
    fn the_words_of_a_reason_are_marked() {
        assert_eq!(
            highlighted(
                "Être si stupid, you",
                "insult \"stupid\" 8-14; second person \"you\" 16-19"
            ),
            "Être si <mark title=\"insult\">stupid</mark>, <mark title=\"second person\">you</mark>"
        );
    }

    #[test]
    fn reasons_that_overlap_share_their_marks() {
        assert_eq!(
            highlighted("go away", "dismissal \"go away\" 0-7; order \"go\" 0-2"),
            "<mark title=\"dismissal, order\">go</mark><mark title=\"dismissal\"> away</mark>"
        );
    }

    #[test]
    fn a_quote_that_looks_like_a_reason_is_none() {
        let text = "x\" 0-1; insult \"y";
        assert_eq!(
            places("insult \"x\" 0-1; insult \"y\" 0-17", text),
            [Place { kind: "insult", start: 0, end: 1 }]
        );
    }

    #[test]
    fn nonsense_marks_nothing() {
        for reasons in ["", "insult", "insult \"stupid\" 90-99", "a \"b\" 5-1", "; ; \"\" 0-0"] {
            assert_eq!(highlighted("You & I", reasons), "You &amp; I");
        }
    }
}
