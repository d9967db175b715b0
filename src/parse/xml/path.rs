//! The elements that are open.

/// Names of the elements that are open within a comment or article, joined by dots, and that of an
/// attribute behind `@`.
#[derive(Default)]
pub(super) struct Path {
    joined: String,
    /// Where the name of each begins.
    starts: Vec<usize>,
    /// Where the name of the attribute begins, with its sign.
    attribute: usize,
}

impl Path {
    pub(super) fn joined(&self) -> &str {
        &self.joined
    }

    pub(super) fn clear(&mut self) {
        self.joined.clear();
        self.starts.clear();
    }

    pub(super) fn push(&mut self, name: &str) {
        if !self.starts.is_empty() {
            self.joined.push('.');
        }
        self.starts.push(self.joined.len());
        self.joined.push_str(name);
    }

    pub(super) fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.joined.truncate(start.saturating_sub(1));
        }
    }

    /// The name of the innermost element.
    pub(super) fn last(&self) -> Option<&str> {
        self.starts.last().map(|start| &self.joined[*start..])
    }

    /// Closes all elements within the innermost one that is called `name`; false without one.
    pub(super) fn close_inside(&mut self, name: &str) -> bool {
        let mut end = self.joined.len();
        for depth in (0..self.starts.len()).rev() {
            let start = self.starts[depth];
            if &self.joined[start..end] == name {
                self.starts.truncate(depth + 1);
                self.joined.truncate(end);
                return true;
            }
            end = start.saturating_sub(1);
        }
        false
    }

    pub(super) fn begin_attribute(&mut self, name: &str) {
        self.attribute = self.joined.len();
        self.joined.push('@');
        self.joined.push_str(name);
    }

    pub(super) fn end_attribute(&mut self) {
        self.joined.truncate(self.attribute);
    }
}
