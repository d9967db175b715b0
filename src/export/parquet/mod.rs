//! Parquet: typed columns, for programs that analyse.
//!
//! Rows are gathered into groups, which are written column by column; only one group is in memory.

use std::io::{self, Write};
use std::sync::Arc;

use jiff::Timestamp;
use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Content, Exporter, Order, Output};
use crate::table::{Cell, Column, Kind};

/// Parquet.
pub(super) struct Parquet;

/// A group of rows is written when it has this many rows, or texts of so many bytes.
const MOST_ROWS: usize = 100_000;
const MOST_BYTES: usize = 32 << 20;

/// Under this key the file tells of the run that made it, as JSON.
const KEY: &str = "threadwarden";

impl Exporter for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn is_table(&self) -> bool {
        true
    }

    fn tells_of_the_run(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        write(content, output, MOST_ROWS)
    }
}

fn write(content: Content<'_>, output: impl Write + Send, most_rows: usize) -> io::Result<()> {
    let Content { columns, rows, run, .. } = content;
    let facts = KeyValue::new(KEY.into(), run.to_json().to_string());
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by(run.tool.clone())
        .set_key_value_metadata(Some(vec![facts]))
        .build();
    let schema = schema(columns).map_err(cause)?;
    let mut writer =
        SerializedFileWriter::new(output, schema, Arc::new(properties)).map_err(cause)?;
    let mut group: Vec<Chunk> = columns.iter().map(|column| Chunk::of(column.kind)).collect();
    let (mut count, mut bytes) = (0, 0);
    rows.each(Order::Input, &mut |entry| {
        for (chunk, cell) in group.iter_mut().zip(entry.row.cells()) {
            bytes += chunk.push(cell);
        }
        count += 1;
        if count == most_rows || bytes >= MOST_BYTES {
            (count, bytes) = (0, 0);
            write_group(&mut writer, &mut group).map_err(cause)?;
        }
        Ok(())
    })?;
    if count > 0 {
        write_group(&mut writer, &mut group).map_err(cause)?;
    }
    writer.finish().map_err(cause)?;
    writer.flush()
}

/// The columns and their types; any cell may be empty.
fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns.iter().map(|column| {
        let (physical, logical) = match column.kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Number => (Physical::DOUBLE, None),
            Kind::Count => (Physical::INT64, None),
            Kind::Time => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS))),
        };
        let field = Type::primitive_type_builder(column.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(logical);
        field.build().map(Arc::new)
    });
    let fields = fields.collect::<Result<_, _>>()?;
    Type::group_type_builder("comments").with_fields(fields).build().map(Arc::new)
}

/// The cells of a column in a group of rows.
struct Chunk {
    values: Values,
    /// For each row 1, or 0 where the cell is empty.
    present: Vec<i16>,
}

enum Values {
    /// Texts one behind the other, and where each ends.
    Texts(Vec<u8>, Vec<usize>),
    Numbers(Vec<f64>),
    Counts(Vec<i64>),
    /// Microseconds since 1970.
    Times(Vec<i64>),
}

impl Chunk {
    fn of(kind: Kind) -> Self {
        let values = match kind {
            Kind::Text => Values::Texts(Vec::new(), Vec::new()),
            Kind::Number => Values::Numbers(Vec::new()),
            Kind::Count => Values::Counts(Vec::new()),
            Kind::Time => Values::Times(Vec::new()),
        };
        Self { values, present: Vec::new() }
    }

    /// Adds the cell of the next row, and tells how many bytes of text it has. A cell that is not
    /// of the column's kind counts as empty.
    fn push(&mut self, cell: Cell<'_>) -> usize {
        let mut bytes = 0;
        let mut present = true;
        match (&mut self.values, cell) {
            (Values::Texts(buffer, ends), Cell::Text(text)) => {
                buffer.extend_from_slice(text.as_bytes());
                ends.push(buffer.len());
                bytes = text.len();
            }
            (Values::Numbers(numbers), Cell::Number(value)) => numbers.push(value),
            (Values::Counts(counts), Cell::Count(value)) => counts.push(value.cast_signed()),
            (Values::Times(times), Cell::Text(text)) => match text.parse::<Timestamp>() {
                Ok(time) => times.push(time.as_microsecond()),
                Err(_) => present = false,
            },
            _ => present = false,
        }
        self.present.push(i16::from(present));
        bytes
    }

    /// Writes all cells and forgets them.
    fn write(&mut self, to: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let present = Some(self.present.as_slice());
        match &mut self.values {
            Values::Texts(buffer, ends) => {
                let all = ByteArray::from(std::mem::take(buffer));
                let mut start = 0;
                let texts: Vec<ByteArray> = ends
                    .drain(..)
                    .map(|end| {
                        let begin = std::mem::replace(&mut start, end);
                        all.slice(begin, end - begin)
                    })
                    .collect();
                to.typed::<ByteArrayType>().write_batch(&texts, present, None)?;
            }
            Values::Numbers(numbers) => {
                to.typed::<DoubleType>().write_batch(numbers, present, None)?;
                numbers.clear();
            }
            Values::Counts(counts) | Values::Times(counts) => {
                to.typed::<Int64Type>().write_batch(counts, present, None)?;
                counts.clear();
            }
        }
        self.present.clear();
        Ok(())
    }
}

fn write_group(
    writer: &mut SerializedFileWriter<impl Write + Send>,
    group: &mut [Chunk],
) -> Result<(), ParquetError> {
    let mut rows = writer.next_row_group()?;
    for chunk in group {
        let Some(mut column) = rows.next_column()? else { break };
        chunk.write(&mut column)?;
        column.close()?;
    }
    rows.close()?;
    Ok(())
}

/// The error of the output behind an error of the writer, so that a closed pipe can be told.
fn cause(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests;
