//! Saved pages where each comment stands below the name of its writer and its time, among the words
//! of buttons.

use std::sync::LazyLock;

use regex::Regex;

use super::{folded, lines};
use crate::comment::Comment;
use crate::parse::record::is_removal_notice;
use crate::parse::time::{self, Time};

/// A line is no name if it is longer, in bytes.
const LONGEST_NAME: usize = 60;

/// `2 hours ago`, `vor 3 Tagen`, `yesterday`, `5h`, `May 3, 2024 at 5:04 pm`, `2024-05-03 17:04`; in the
/// first group what stands before it on the line, behind a dot or bar.
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = time_pattern(r"\S.{0,59}?", r"\p{L}+", ".{1,10}", ".{0,12}");
    Regex::new(&format!("(?i){pattern}")).expect("a pattern that compiles")
});

/// Finds every time and more, in a folded line. It is soon ready, and few pages need the other.
static LIKE_TIME: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = time_pattern("[^ ].*?", "[^ ]+", ".+", ".*");
    let pattern = pattern.replace(r"\s*", " ?").replace(r"\s+", " ");
    Regex::new(&pattern).expect("a pattern that compiles")
});

/// A time behind a `name`, with a `unit` of another language, and an `hour` in words or what is
/// `left` of a line.
fn time_pattern(name: &str, unit: &str, hour: &str, left: &str) -> String {
    let english = "(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)";
    let ago = format!(
        r"(?:about |over |almost )?(?:[0-9]{{1,3}}|an?|one) ?{english}(?: ago)?|just now|(?:yesterday|today)(?: at {hour})?"
    );
    let elsewhere = format!(
        r"(?:vor (?:[0-9]{{1,3}}|einer|einem)|il y a (?:[0-9]{{1,3}}|une?)|hace (?:[0-9]{{1,3}}|una?)) {unit}|(?:[0-9]{{1,3}}|un|une?) {unit} (?:fa|geleden)|gestern{left}|hier|ayer|ieri|gisteren"
    );
    let month = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?";
    let day = format!(
        r"{month} [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}|[0-9]{{1,2}}(?:st|nd|rd|th)? {month},? [0-9]{{4}}|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}[./][0-9]{{1,2}}[./][0-9]{{2,4}}"
    );
    let clock = r"(?:,?(?: at| um| à| -)? ?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?(?: uhr)?)?";
    format!(
        r"^\s*(?:({name})\s+[·•|–—-]\s*)?((?:{ago}|{elsewhere}|(?:{day}){clock}))(?:\s*[·•|(–-]?\s*(?:edited|bearbeitet|modifié|editado)\)?)?\s*$"
    )
}

/// Words of buttons and signs around comments.
static BUTTONS: LazyLock<Regex> = LazyLock::new(|| {
    let word = "reply|replies|respond|share|like|likes|unlike|dislike|report|flag|edit|edited|recommend|upvote|downvote|permalink|link|quote|follow|more|see more|read more|show more|load more comments?|show more (?:comments|replies)|(?:view|show|hide) (?:[0-9]+ )?(?:more )?repl(?:y|ies)|sort by:?|sorted by:?|newest(?: first)?|oldest(?: first)?|best|top(?: comments)?|most (?:liked|recent|relevant|popular)|log ?in to reply|antworten|teilen|melden|gefällt mir|bearbeitet|répondre|partager|signaler|j’aime|responder|compartir|me gusta|rispondi|condividi|reageer|beantwoorden|delen";
    Regex::new(&format!(
        r"(?i)^\s*(?:[0-9][0-9.,]*[km]?\s*)?(?:(?:{word})(?:\s*[·•|,/]?\s*(?:[0-9]+|{word}))*)?[\s·•|.:…0-9()]*$"
    ))
    .expect("a pattern that compiles")
});

/// `In reply to Ann Smith`.
static ANSWERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:in reply to|replying to|reply to|als antwort auf|en réponse à)\s+@?(\S.{0,58}?):?\s*$")
        .expect("a pattern that compiles")
});

/// Tells such comments apart.
pub(super) struct Blocks {
    unknown_times: u64,
}

/// The head of a comment: where it begins and ends, and what it says.
struct Heading<'t> {
    start: usize,
    end: usize,
    author: &'t str,
    time: &'t str,
}

impl Blocks {
    /// Looks at a section; `None` if its comments do not stand below names and times.
    pub(super) fn find(section: &str) -> Option<Self> {
        /// Two may happen by chance where comments speak of times.
        const ENOUGH: usize = 2;
        let lines = lines(section).filter(|(_, line)| !line.trim().is_empty()).count();
        let first = heading(section)?;
        let before = &section[..first.start];
        let only_buttons = lines_of(before).all(|(_, line)| BUTTONS.is_match(line));
        let mut headings = 1;
        let mut at = first.end;
        while let Some(next) = heading(&section[at..]) {
            headings += 1;
            at += next.end;
        }
        // A time alone is no sign: what is said between them must be said by somebody.
        (only_buttons && headings >= ENOUGH && headings * 12 >= lines)
            .then_some(Self { unknown_times: 0 })
    }

    /// Fills `comment` with the first one of `rest`, and says where that ends; `None` without one.
    pub(super) fn next(&mut self, rest: &str, comment: &mut Comment) -> Option<usize> {
        let head = heading(rest)?;
        let end = heading(&rest[head.end..]).map_or(rest.len(), |next| head.end + next.start);
        comment.author.push_str(head.author);
        match time::parse(&head.time.replace(" at ", " ")) {
            Time::Moment(moment) => comment.posted = Some(moment),
            Time::Either(_) | Time::Unknown => self.unknown_times += 1,
        }
        let body = &rest[head.end..end];
        let mut said: Option<(usize, usize)> = None;
        for (at, line) in lines_of(body) {
            if said.is_none()
                && let Some(answered) = ANSWERS.captures(line).and_then(|found| found.get(1))
            {
                comment.addressee.push_str(answered.as_str());
            } else if !BUTTONS.is_match(line) {
                let start = said.map_or(at, |(start, _)| start);
                said = Some((start, at + line.len()));
            }
        }
        if let Some((start, end)) = said {
            comment.text.push_str(&body[start..end]);
        }
        comment.deleted = is_removal_notice(&comment.text);
        Some(end)
    }

    /// Comments whose time names no moment.
    pub(super) fn unknown_times(&self) -> u64 {
        self.unknown_times
    }
}

fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines(text).filter(|(_, line)| !line.trim().is_empty())
}

/// The first line that has a time, and the name in it or above it.
fn heading(text: &str) -> Option<Heading<'_>> {
    let mut above: Option<(usize, &str)> = None;
    // Up to where the line above was looked for.
    let mut seen = 0;
    for (at, line) in lines_of(text) {
        let end = (at + line.len()).min(text.len());
        if line.len() > 2 * LONGEST_NAME || !LIKE_TIME.is_match(&folded(line)) {
            continue;
        }
        let Some(found) = TIME.captures(line) else { continue };
        let time = found.get(2).map_or("", |time| time.as_str());
        if let Some(author) = found.get(1).and_then(|name| name_in(name.as_str())) {
            return Some(Heading { start: at, end, author, time });
        }
        let nearer = last_words(&text[seen..at]).map(|(start, line)| (seen + start, line));
        above = nearer.or(above);
        seen = at;
        if let Some((start, author)) = above.and_then(|(start, line)| Some((start, name_in(line)?)))
        {
            return Some(Heading { start, end, author, time });
        }
    }
    None
}

/// The last line that is no button: "Edited" may stand between a name and its time.
fn last_words(text: &str) -> Option<(usize, &str)> {
    let mut end = text.len();
    let lines = text.rsplit(['\n', '\r']).map(|line| {
        let start = end - line.len();
        end = start.saturating_sub(1);
        (start, line)
    });
    lines.filter(|(_, line)| !line.trim().is_empty()).find(|(_, line)| !BUTTONS.is_match(line))
}

/// The name that a line is: short, no sentence, without what follows a name.
fn name_in(line: &str) -> Option<&str> {
    let line = line.trim().trim_end_matches(':').trim_end();
    let line = ["says", "said", "schreibt", "a dit"]
        .iter()
        .find_map(|verb| line.strip_suffix(verb)?.strip_suffix(' '))
        .unwrap_or(line)
        .trim_end();
    let is_sentence = line.ends_with(['.', '!', '?', ',', ';', '…', '"'])
        && line.split_whitespace().count() > 2
        || line.split_whitespace().count() > 6;
    (!line.is_empty() && line.len() <= LONGEST_NAME && !is_sentence).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::{LIKE_TIME, TIME, folded};

    #[test]
    fn what_is_a_time_is_like_a_time() {
        for line in [
            "2 hours ago",
            "Ann Smith · yesterday at noon",
            "vor 3 Tagen (bearbeitet)",
            "il y a une heure",
            "3 giorni fa",
            "gestern um 12:04",
            "May 3, 2024 at 5:04 pm",
            "Ann – 2024-05-03 17:04",
            " \u{a0}JUST NOW\t",
        ] {
            assert!(TIME.is_match(line) && LIKE_TIME.is_match(&folded(line)), "{line}");
        }
    }
}
