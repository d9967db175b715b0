//! What exports spoil, mended.

use super::{Mapping, Record};
use crate::comment::Plain;
use crate::parse::preset::Body;

/// No name of a writer: what exports write where the account is gone, or nobody knows it.
const NOBODY: &[&str] = &["[deleted]", "[removed]", "[anonymous]", "[unknown]"];

/// No parent: what exports write for a comment that answers none.
const NO_PARENT: &[&str] =
    &["0", "root", "ROOT", "null", "NULL", "None", "none", "nan", "NaN", "NA", "-1", "-"];

impl Mapping {
    pub(super) fn mend(&mut self, record: &mut Record) {
        let typed = !record.comment.text.is_empty();
        let comment = &mut record.comment;
        if typed {
            comment.plain = match self.body {
                Body::Plain => None,
                Body::Escaped => Plain::of_escaped(&comment.text),
                Body::Html => Plain::of_html(&comment.text),
            };
        } else if !record.html.is_empty() {
            std::mem::swap(&mut comment.text, &mut record.html);
            comment.plain = Plain::of_html(&comment.text);
        }
        for id in
            [&mut comment.id, &mut comment.thread, &mut comment.parent, &mut comment.author_id]
        {
            mend_id(id);
        }
        if self.is_reddit {
            mend_reddit(&mut comment.parent);
        }
        for id in [&mut comment.id, &mut comment.parent] {
            if let Some(bare) = id.strip_prefix("t1_") {
                *id = bare.to_owned();
            }
        }
        if comment.parent.starts_with("t3_")
            || NO_PARENT.contains(&comment.parent.as_str())
            || comment.parent == comment.id
            || self.has_articles && comment.parent == comment.thread
            || is_prose(&comment.parent)
        {
            comment.parent.clear();
        }
        if NO_PARENT.contains(&comment.addressee.as_str()) {
            comment.addressee.clear();
        }
        // YouTube names a reply after the comment that it stands under.
        if comment.parent.is_empty()
            && let Some((root, _)) = comment.id.split_once('.')
            && root.len() >= 20
            && root.starts_with("Ug")
        {
            comment.parent = root.to_owned();
        }
        if NOBODY.contains(&comment.author.as_str()) {
            comment.author.clear();
        }
        // In a report of ours, what was guessed is to be guessed again.
        let given = |source: &str| source.is_empty() || source == "given";
        if !given(&record.parent_source) {
            comment.parent.clear();
        }
        if !given(&record.author_source) {
            comment.author.clear();
        }
        if !record.number.is_empty() {
            self.join_numbers(record);
        }
    }

    /// Finds the thread of a comment by way of its parent, where the dump had that before it.
    pub(super) fn find_thread(&mut self, record: &mut Record) {
        let comment = &mut record.comment;
        if let Some(thread) = self.threads.get(&comment.parent) {
            comment.thread.clone_from(thread);
            if comment.parent == comment.thread {
                comment.parent.clear();
            }
            self.threads.insert(comment.id.clone(), comment.thread.clone());
        }
    }

    /// Finds the id of the parent whose number is given.
    fn join_numbers(&mut self, record: &mut Record) {
        let comment = &mut record.comment;
        let key = |number: &mut String| (comment.thread.clone(), std::mem::take(number));
        let (own, parent) = (key(&mut record.number), key(&mut record.parent_number));
        if !parent.1.is_empty() && !NO_PARENT.contains(&parent.1.as_str()) {
            comment.parent = match self.ids.get(&parent) {
                Some(id) => id.clone(),
                None => format!("#{}", parent.1),
            };
        }
        self.ids.insert(own, comment.id.clone());
    }
}

/// Undoes what spreadsheets and data frames do to ids: `22024897.0`.
fn mend_id(id: &mut String) {
    if id.starts_with(char::is_whitespace) || id.ends_with(char::is_whitespace) {
        *id = id.trim().to_owned();
    }
    let whole = id.bytes().take_while(u8::is_ascii_digit).count();
    if whole > 0
        && let Some(fraction) = id[whole..].strip_prefix('.')
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte == b'0')
    {
        id.truncate(whole);
    }
}

/// Pushshift gives some parents as numbers: the id read in base 36.
fn mend_reddit(parent: &mut String) {
    let Ok(mut number) = parent.parse::<u64>() else { return };
    // Short ids may be digits only; ids since 2012 have seven characters, so 36^6 or more.
    if number < 36_u64.pow(6) {
        return;
    }
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    *parent = digits.iter().rev().collect();
}

/// Whether a value in the place of a parent's id is the parent's text: no id has spaces.
fn is_prose(parent: &str) -> bool {
    parent.contains(char::is_whitespace)
}
