//! What was counted, how it was scored, what each column means, and charts.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartSolidFill, ChartType, Workbook, Worksheet, XlsxError,
};

use super::look::{self, Look};
use super::text;
use crate::export::Run;
use crate::export::tally::{self, STEPS, Tally};
use crate::table::Column;

const NAME: &str = "Summary";

/// A sheet that is written from top to bottom.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    look: Look,
    next: u32,
}

/// A value of the summary.
enum Value<'a> {
    Text(&'a str),
    Count(u64),
    Number(f64),
}

impl Page<'_> {
    /// Writes a heading, with names for the columns next to it.
    fn heading(&mut self, cells: &[&str]) -> Result<(), XlsxError> {
        self.next += u32::from(self.next > 0);
        for (column, cell) in (0..).zip(cells) {
            self.sheet.write_string_with_format(self.next, column, *cell, &self.look.header)?;
        }
        self.next += 1;
        Ok(())
    }

    fn row(&mut self, cells: &[Value<'_>]) -> Result<(), XlsxError> {
        let (sheet, row, look) = (&mut *self.sheet, self.next, &self.look);
        if let [Value::Text(name), Value::Text(value), ..] = cells
            && let Some(height) = look::height(look::lines(name, 36).max(look::lines(value, 44)))
        {
            sheet.set_row_height(row, height)?;
        }
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Value::Text("") => {}
                Value::Text(text) => {
                    let text = &*text::fit(text).0;
                    sheet.write_string_with_format(row, column, text, &look.wrapped)?;
                }
                Value::Count(count) => {
                    sheet.write_number_with_format(row, column, *count as f64, &look.count)?;
                }
                Value::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &look.score)?;
                }
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Writes rows of a name and counts, and gives the first and the last row.
    fn table(
        &mut self,
        heading: &[&str],
        rows: &[(String, Vec<u64>)],
    ) -> Result<(u32, u32), XlsxError> {
        self.heading(heading)?;
        let first = self.next;
        for (name, counts) in rows {
            let mut cells = vec![Value::Text(name)];
            cells.extend(counts.iter().map(|count| Value::Count(*count)));
            self.row(&cells)?;
        }
        Ok((first, self.next.saturating_sub(1)))
    }
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    columns: &[Column],
    run: &Run,
    tally: &mut Tally,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(NAME)?;
    for (column, width) in [(0, 36), (1, 44), (2, 14), (3, 14), (4, 68)] {
        sheet.set_column_width(column, width)?;
    }
    let mut page = Page { sheet, look: Look::new(), next: 0 };
    write_run(&mut page, run)?;
    let charts = write_tables(&mut page, tally)?;
    page.heading(&["column", "what stands in it"])?;
    for column in columns {
        page.row(&[Value::Text(column.name), Value::Text(column.meaning)])?;
    }
    for (name, meaning) in [
        ("parent_row", "Row of this sheet, as it was written, with the comment that it answers."),
        (
            "text_cut",
            "How many characters of the text are left out, because a cell holds 32,767 characters and 253 line breaks; a CSV or JSON Lines report has them all.",
        ),
    ] {
        page.row(&[Value::Text(name), Value::Text(meaning)])?;
    }
    if run.counts.iter().any(|(what, count)| what == "comments" && *count > look::MOST_HEIGHTS) {
        let most = look::MOST_HEIGHTS;
        let why = format!("Only workbooks of at most {most} comments can fold their threads.");
        page.row(&[Value::Text("Threads"), Value::Text(&why)])?;
    }
    for (row, chart) in (0..).zip(&charts) {
        page.sheet.insert_chart(row * 16, 6, chart)?;
    }
    page.sheet.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_run(page: &mut Page<'_>, run: &Run) -> Result<(), XlsxError> {
    page.heading(&["the run", ""])?;
    page.row(&[Value::Text("written by"), Value::Text(&run.tool)])?;
    page.row(&[Value::Text("scored by"), Value::Text(&run.model)])?;
    for (name, value) in &run.settings {
        page.row(&[Value::Text(name), Value::Text(value)])?;
    }
    for (name, count) in &run.counts {
        page.row(&[Value::Text(name), Value::Count(*count)])?;
    }
    page.heading(&["input", "format", "declared", "found", "SHA-256"])?;
    for input in &run.inputs {
        let declared = input.declared.map_or(Value::Text(""), Value::Count);
        let (name, format) = (Value::Text(&input.name), Value::Text(&input.format));
        page.row(&[name, format, declared, Value::Count(input.found), Value::Text(&input.hash)])?;
    }
    if run.more_inputs > 0 {
        page.row(&[Value::Text("further inputs"), Value::Count(run.more_inputs)])?;
    }
    Ok(())
}

/// Writes the tables, and gives the charts over them.
fn write_tables(page: &mut Page<'_>, tally: &mut Tally) -> Result<Vec<Chart>, XlsxError> {
    let mut charts = Vec::new();
    for (heading, counts) in [
        ("flamebait label", &tally.labels),
        ("flamebait category", &tally.categories),
        ("target", &tally.targets),
        ("sentiment label", &tally.sentiment_labels),
    ] {
        let rows: Vec<_> = tally::ranking(counts)
            .into_iter()
            .map(|(name, count)| (name.to_owned(), vec![count]))
            .collect();
        if !rows.is_empty() {
            page.table(&[heading, "comments"], &rows)?;
        }
    }
    if tally.sentiment.iter().any(|count| *count > 0) {
        let rows: Vec<_> = (0..STEPS)
            .map(|step| {
                let from = step as f64 * 2.0 / STEPS as f64 - 1.0;
                (format!("{from:.1} to {:.1}", from + 0.1), vec![tally.sentiment[step]])
            })
            .collect();
        let range = page.table(&["sentiment", "comments"], &rows)?;
        charts.push(chart(ChartType::Column, "Sentiment", range, &[1]));
    }
    let (what, bins) = tally.timeline.bins();
    let rows: Vec<_> = bins
        .into_iter()
        .map(|bin| (bin.label, vec![bin.comments, bin.heated, bin.flamebait]))
        .collect();
    if !rows.is_empty() {
        let range = page.table(&[what, "comments", "heated", "flamebait"], &rows)?;
        let title = format!("Heated and flamebait comments by {what}");
        charts.push(chart(ChartType::ColumnStacked, &title, range, &[HEATED, 3]));
    }
    page.heading(&[
        "most heated thread",
        "input",
        "heated",
        "flamebait",
        "comments",
        "mean flamebait",
    ])?;
    let first = page.next;
    for thread in tally.threads.ranking() {
        let comments = thread.comments;
        let mean = thread.score / comments.max(1) as f64;
        page.row(&[
            Value::Text(&thread.id),
            Value::Text(&thread.source),
            Value::Count(thread.heated),
            Value::Count(thread.flamebait),
            Value::Count(comments),
            Value::Number(mean),
        ])?;
    }
    if page.next > first {
        let range = (first, page.next - 1);
        charts.push(chart(ChartType::BarStacked, "Most heated threads", range, &[HEATED, 3]));
    }
    Ok(charts)
}

/// Where charts find the count of heated comments, in any table.
const HEATED: u16 = 2;

/// A chart over rows of the sheet, with a series for each of `columns`; the row above the first
/// names them.
fn chart(kind: ChartType, title: &str, (first, last): (u32, u32), columns: &[u16]) -> Chart {
    let mut chart = Chart::new(kind);
    chart.title().set_name(title);
    for column in columns {
        let colour = if *column == HEATED { "E0A458" } else { "B0413E" };
        chart
            .add_series()
            .set_name((NAME, first - 1, *column))
            .set_categories((NAME, first, 0, last, 0))
            .set_values((NAME, first, *column, last, *column))
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)));
    }
    if columns.len() == 1 {
        chart.legend().set_hidden();
    }
    if kind == ChartType::BarStacked {
        chart.y_axis().set_reverse();
    }
    chart.set_width(560).set_height(300);
    chart
}
