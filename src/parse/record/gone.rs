//! Texts that stand where a comment was taken down.

use std::sync::LazyLock;

use regex::Regex;

/// A longer text is no notice.
const LONGEST: usize = 150;

const WHAT: &str = r"(?:(?:this|the|your) )?(?:comment|post|message|reply|user comment)";

/// How each notice begins. It is ready at once, and few texts that begin so need the other.
static BEGINNING: LazyLock<Regex> =
    LazyLock::new(|| compiled(&format!(r"(?i)^\s*(?:[\[(<]|{WHAT} )")));

/// `[removed]`, `[deleted by user]`, `This comment has been removed by a moderator.`
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    let done = "(?:deleted|removed|hidden|withdrawn|taken down)";
    let by = "(?: by (?:(?:the|a|an|our) )?(?:site )?(?:moderators?|moderation(?: team)?|author|users?|staff|administrators?|admins?|editors?|poster|reddit|owner)(?: team)?)?";
    let why = "(?:,? (?:because|as|for|due to|since) [^.!?]{1,80})?";
    compiled(&format!(
        r"(?i)^\s*(?:[\[(<]\s*(?:{WHAT} )?{done}{by}\s*[\])>]|{WHAT} (?:(?:was|is|has been|were) )?{done}{by}{why}[.!]?)\s*$"
    ))
});

fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern that compiles")
}

/// Whether a text is not a comment, but says that one was taken down.
pub(in crate::parse) fn says_so(text: &str) -> bool {
    text.len() <= LONGEST
        && text.trim_start().starts_with(['[', '(', '<', 'T', 't', 'C', 'c', 'Y', 'P', 'M', 'U'])
        && BEGINNING.is_match(text)
        && NOTICE.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::says_so;

    #[test]
    fn notices_are_told_from_comments() {
        for notice in [
            "[deleted]",
            "[removed]",
            "[ Removed by Reddit ]",
            "[deleted by user]",
            "This comment was removed by a moderator.",
            "This comment has been deleted",
            "Comment removed by moderator",
            "Comment deleted.",
            "This comment was removed by the site moderators because it didn't abide by our rules.",
        ] {
            assert!(says_so(notice), "{notice}");
        }
        for comment in [
            "deleted",
            "This comment should be removed.",
            "This comment was removed by a moderator? Why?",
            "[deleted] was right.",
            "Comments are removed here all the time.",
            "This comment was deleted. Good riddance, you fool.",
        ] {
            assert!(!says_so(comment), "{comment}");
        }
    }
}
