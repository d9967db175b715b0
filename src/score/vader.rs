//! The tables of VADER, as the build puts them in order.

/// The words with feeling and their mean ratings, in the order of their bytes.
pub(super) fn words() -> impl Iterator<Item = (&'static str, f64)> {
    let table = lines(include_str!(concat!(env!("OUT_DIR"), "/vader-words.tsv")));
    table.filter_map(|(word, rating)| Some((word, rating.parse().ok()?)))
}

/// The emoji and the words as which they are read, in the order of their bytes.
pub(super) fn emoji() -> impl Iterator<Item = (&'static str, &'static str)> {
    lines(include_str!(concat!(env!("OUT_DIR"), "/vader-emoji.tsv")))
}

fn lines(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use vader_sentiment::{EMOJI_LEXICON, LEXICON};

    #[test]
    fn the_tables_are_those_of_the_crate() {
        assert_eq!(super::words().count(), LEXICON.len());
        assert!(super::words().all(|(word, rating)| LEXICON.get(&word.into()) == Some(&rating)));
        assert_eq!(super::emoji().count(), EMOJI_LEXICON.len());
        assert!(super::emoji().all(|(emoji, words)| EMOJI_LEXICON.get(emoji) == Some(&words)));
    }
}
