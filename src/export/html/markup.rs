//! Markup that cannot be broken out of.
//!
//! Markup comes from the program's own source only: [`Html::raw`] takes nothing else. All other
//! text goes through [`Html::text`] or [`Html::value`], so what a stranger wrote is never markup.

use std::fmt::Write;

/// A piece of a page.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text. What would be invisible or change the direction of what follows is shown as a
    /// sign; that which may stand between letters and in emoji stays.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '\n' | '\t' => self.0.push(letter),
                '\0'..='\x1f'
                | '\x7f'..='\u{9f}'
                | '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}' => {
                    let code = u32::from(letter);
                    let _ = write!(self.0, "<span class=\"sign\">U+{code:04X}</span>");
                }
                harmless => self.escaped(harmless),
            }
        }
        self
    }

    /// Adds the value of an attribute, between double quotes that the markup around it has.
    pub(super) fn value(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            match letter {
                '\0' => self.0.push('\u{fffd}'),
                '\r' => self.0.push_str("&#13;"),
                other => self.escaped(other),
            }
        }
        self
    }

    fn escaped(&mut self, letter: char) {
        match letter {
            '&' => self.0.push_str("&amp;"),
            '<' => self.0.push_str("&lt;"),
            '>' => self.0.push_str("&gt;"),
            '"' => self.0.push_str("&quot;"),
            '\'' => self.0.push_str("&#39;"),
            harmless => self.0.push(harmless),
        }
    }

    /// Adds a count.
    pub(super) fn count(&mut self, count: u64) -> &mut Self {
        let _ = write!(self.0, "{count}");
        self
    }

    /// Adds a number with two decimals.
    pub(super) fn number(&mut self, number: f64) -> &mut Self {
        let _ = write!(self.0, "{number:.2}");
        self
    }

    /// Adds a piece that is ready.
    pub(super) fn piece(&mut self, piece: &Self) -> &mut Self {
        self.0.push_str(&piece.0);
        self
    }

    /// How many bytes it has.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn no_text_becomes_markup() {
        let mut html = Html::default();
        html.raw("<p title=\"").value("a\" onclick='x'<>&").raw("\">").text("</p><script>\"'&amp;");
        assert_eq!(
            html.as_str(),
            "<p title=\"a&quot; onclick=&#39;x&#39;&lt;&gt;&amp;\">&lt;/p&gt;&lt;script&gt;&quot;&#39;&amp;amp;"
        );
    }

    #[test]
    fn tricks_with_direction_and_width_are_shown() {
        let mut html = Html::default();
        html.text("a\u{202e}b\u{200b}\u{0}👩\u{200d}👩");
        let sign = |code| format!("<span class=\"sign\">U+{code}</span>");
        let expected = format!("a{}b{}{}👩\u{200d}👩", sign("202E"), sign("200B"), sign("0000"));
        assert_eq!(html.as_str(), expected);
    }
}
