//! How cells look, and what each column is like.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Chains deeper than this are not indented further.
const MOST_INDENT: u64 = 12;

/// Formats of cells. Texts carry the quote prefix: a cell that somebody edits stays a text.
pub(super) struct Look {
    pub(super) header: Format,
    pub(super) text: Format,
    pub(super) wrapped: Format,
    pub(super) score: Format,
    pub(super) count: Format,
    pub(super) title: Format,
    /// For the moderator to fill in.
    pub(super) answer: Format,
    flamebait: Format,
    heated: Format,
    /// Wrapped text, by depth in the chain.
    indented: Vec<Format>,
}

impl Look {
    pub(super) fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        let text = cell.clone().set_quote_prefix();
        let wrapped = text.clone().set_text_wrap();
        let indented = (0..=MOST_INDENT).map(|depth| {
            wrapped
                .clone()
                .set_align(FormatAlign::Left)
                .set_indent(u8::try_from(depth).unwrap_or_default())
        });
        Self {
            header: Format::new()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x2F_4858))
                .set_align(FormatAlign::Top)
                .set_text_wrap(),
            score: cell.clone().set_num_format("0.00"),
            count: cell.clone().set_num_format("0"),
            title: text.clone().set_bold().set_background_color(Color::RGB(0xE3_E9ED)),
            answer: wrapped
                .clone()
                .unset_quote_prefix()
                .set_unlocked()
                .set_background_color(Color::RGB(0xFF_F8DC))
                .set_border(FormatBorder::Hair),
            flamebait: text.clone().set_bold().set_font_color(Color::RGB(0xB0_1E1E)),
            heated: text.clone().set_font_color(Color::RGB(0xA8_5B00)),
            indented: indented.collect(),
            text,
            wrapped,
        }
    }

    /// For a comment's text, by how deep in the chain it stands.
    pub(super) fn indented(&self, depth: u64) -> &Format {
        let depth = usize::try_from(depth.min(MOST_INDENT)).unwrap_or_default();
        &self.indented[depth]
    }

    /// For a label of flamebait.
    pub(super) fn label(&self, label: &str) -> &Format {
        match label {
            "flamebait" => &self.flamebait,
            "heated" => &self.heated,
            _ => &self.text,
        }
    }
}

/// Widths of columns with wrapped text.
pub(super) const CATEGORIES: usize = 22;
pub(super) const REASONS: usize = 40;
pub(super) const TEXT: usize = 72;

/// How wide the column called `name` is in the queue, in characters; `None` if it is folded away
/// at first.
pub(super) fn width(name: &str) -> Option<f64> {
    let width = match name {
        "author" | "flamebait_label" | "flamebait_target" => 16,
        "addressee" | "decision" => 13,
        "sentiment" | "flamebait" | "drew_fire" | "priority" | "parent_row" | "text_cut" => 11,
        "flamebait_categories" => CATEGORIES,
        "flamebait_reasons" => REASONS,
        "note" => 20,
        "text" => TEXT,
        _ => return None,
    };
    Some(width as f64)
}

/// How wide a folded column is once it is opened.
pub(super) const FOLDED_WIDTH: f64 = 14.0;

/// A line of text is so many points high.
const LINE: f64 = 15.0;

/// A row shows at most this many lines at first.
const MOST_LINES: usize = 12;

/// Heights of rows are kept in memory up to so many rows; beyond, all rows are two lines high.
pub(super) const MOST_HEIGHTS: u64 = 50_000;

/// How high each row is where there are more.
pub(super) const SAME_HEIGHT: f64 = 2.0 * LINE;

/// How many lines a wrapped text takes in a column of so many characters; [`MOST_LINES`] stand
/// for more.
pub(super) fn lines(text: &str, width: usize) -> usize {
    let count = |line: &str| line.chars().take(MOST_LINES * width).count().div_ceil(width);
    let lines = text.split('\n').take(MOST_LINES).map(|line| count(line).max(1));
    lines.sum::<usize>().min(MOST_LINES)
}

/// How high a row of so many lines must be; `None` for a single one. Programs differ in whether
/// they find out for themselves.
pub(super) fn height(lines: usize) -> Option<f64> {
    (lines > 1).then_some(LINE * lines as f64)
}

/// How many characters of a wrapped text fit into a column, behind the indentation.
pub(super) fn room(width: usize, depth: u64) -> usize {
    let indent = usize::try_from(depth.min(MOST_INDENT)).unwrap_or_default();
    width.saturating_sub(2 * indent).max(1)
}
