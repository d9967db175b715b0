//! The text of an element.

use std::fmt;

use crate::comment::entity;

/// The text of the element that is open.
#[derive(Default)]
pub(super) struct Text {
    all: String,
    /// What stands in CDATA sections only.
    cdata: String,
}

impl Text {
    pub(super) fn clear(&mut self) {
        self.all.clear();
        self.cdata.clear();
    }

    pub(super) fn push(&mut self, text: &str) {
        self.all.push_str(text);
    }

    pub(super) fn push_cdata(&mut self, text: &str) {
        self.all.push_str(text);
        self.cdata.push_str(text);
    }

    /// Takes what `&name;` stands for.
    pub(super) fn push_reference(&mut self, name: &str) {
        let start = self.all.len();
        self.all.push('&');
        self.all.push_str(name);
        self.all.push(';');
        if let Some((character, _)) = entity(&self.all[start..]) {
            self.all.truncate(start);
            self.all.push(character);
        }
    }

    /// The text: where all else is white space, only what stands in CDATA sections.
    pub(super) fn value(&self) -> &str {
        if !self.cdata.is_empty() && self.all.trim().len() == self.cdata.trim().len() {
            &self.cdata
        } else {
            &self.all
        }
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}
