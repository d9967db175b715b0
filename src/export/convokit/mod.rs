//! A corpus for `ConvoKit`: a folder of JSON files in the layout that its `Corpus(folder)` loads.
//!
//! `ConvoKit` wants every conversation to be one tree and calls it after its first utterance. So a
//! conversation is a chain of answers; the thread that it belongs to stands in the metadata.

mod names;

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json, to_writer};

use super::fields::Fields;
use super::{Content, Exporter, Order, Output};
use crate::table::{Cell, Column, Kind, Row};
use names::Names;

/// A `ConvoKit` corpus.
pub(super) struct ConvoKit;

/// What the writer of a comment is called if nobody knows: `ConvoKit` wants a speaker for each.
const UNKNOWN: &str = "[unknown]";

impl Exporter for ConvoKit {
    fn name(&self) -> &'static str {
        "convokit"
    }

    fn files(&self) -> &'static [&'static str] {
        &["utterances.jsonl", "conversations.json", "speakers.json", "corpus.json", "index.json"]
    }

    fn tells_of_the_run(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, output: Output) -> io::Result<()> {
        let Content { columns, rows, run, more, .. } = content;
        let fields = Fields::of(columns);
        let names = Names::of(columns, rows)?;
        let mut more = more.into_iter();
        let mut next = || more.next().ok_or(io::ErrorKind::NotFound);
        let mut utterances = BufWriter::new(output);
        let mut conversations = Conversations::begin(next()?)?;
        let mut speakers: BTreeMap<String, Counts> = BTreeMap::new();
        rows.each(Order::Reading, &mut |entry| {
            let row = entry.row;
            let id = names.comment(entry);
            let speaker = Some(fields.author.text(row)).filter(|name| !name.is_empty());
            let speaker = speaker.unwrap_or(UNKNOWN);
            if !speakers.contains_key(speaker) {
                speakers.insert(speaker.to_owned(), Counts::default());
            }
            if let Some(counts) = speakers.get_mut(speaker) {
                counts.add(&fields, row);
            }
            conversations.add(&fields, row, &id)?;
            let time = fields.posted.text(row).parse::<Timestamp>().ok();
            let utterance = Utterance {
                id: &id,
                conversation_id: &conversations.id,
                text: fields.text.text(row),
                speaker,
                reply_to: names.parent(entry),
                timestamp: time.map(Timestamp::as_second),
                meta: Meta { columns, row },
                vectors: [],
            };
            to_writer(&mut utterances, &utterance)?;
            utterances.write_all(b"\n")
        })?;
        utterances.flush()?;
        conversations.end()?;
        let speakers: Map<String, Value> =
            speakers.into_iter().map(|(name, counts)| (name, component(&counts))).collect();
        for value in [Value::Object(speakers), run.to_json(), index(columns)] {
            let mut file = next()?;
            to_writer(&mut file, &value)?;
            file.flush()?;
        }
        Ok(())
    }
}

/// A comment as `ConvoKit` knows it.
#[derive(Serialize)]
struct Utterance<'a> {
    id: &'a str,
    conversation_id: &'a str,
    text: &'a str,
    speaker: &'a str,
    #[serde(rename = "reply-to")]
    reply_to: Option<String>,
    /// Seconds since 1970.
    timestamp: Option<i64>,
    meta: Meta<'a>,
    vectors: [(); 0],
}

/// All columns but the text.
struct Meta<'a> {
    columns: &'a [Column],
    row: Row<'a>,
}

impl Serialize for Meta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.columns.iter().zip(self.row.cells());
        let cells = cells.filter(|(column, _)| column.name != "text");
        serializer.collect_map(cells.map(|(column, cell)| (column.name, Plain(cell))))
    }
}

/// A cell as a plain value.
struct Plain<'a>(Cell<'a>);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Cell::Empty => serializer.serialize_none(),
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Number(value) => serializer.serialize_f64(value),
            Cell::Count(value) => serializer.serialize_u64(value),
        }
    }
}

/// What is known of a conversation or a speaker.
#[derive(Clone, Debug, Default, Serialize)]
struct Counts {
    comments: u64,
    heated: u64,
    flamebait: u64,
    /// Of a conversation, the thread that it belongs to, and its dump.
    #[serde(skip_serializing_if = "String::is_empty")]
    thread_id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
}

impl Counts {
    fn add(&mut self, fields: &Fields, row: Row<'_>) {
        let label = fields.label.text(row);
        self.comments += 1;
        self.heated += u64::from(label == "heated");
        self.flamebait += u64::from(label == "flamebait");
    }
}

/// The file of conversations under way. In reading order each is whole before the next begins.
struct Conversations {
    output: BufWriter<Output>,
    id: String,
    counts: Counts,
}

impl Conversations {
    fn begin(output: Output) -> io::Result<Self> {
        let mut output = BufWriter::new(output);
        output.write_all(b"{")?;
        Ok(Self { output, id: String::new(), counts: Counts::default() })
    }

    /// Adds the comment called `id`.
    fn add(&mut self, fields: &Fields, row: Row<'_>, id: &str) -> io::Result<()> {
        if fields.depth.count(row) == 0 {
            if self.close()? {
                self.output.write_all(b",\n")?;
            }
            id.clone_into(&mut self.id);
            self.counts.thread_id = fields.thread.text(row).to_owned();
            self.counts.source = fields.source.text(row).to_owned();
        }
        self.counts.add(fields, row);
        Ok(())
    }

    /// Writes the conversation that is over; `false` if there is none yet.
    fn close(&mut self) -> io::Result<bool> {
        let counts = std::mem::take(&mut self.counts);
        if counts.comments == 0 {
            return Ok(false);
        }
        to_writer(&mut self.output, &self.id)?;
        self.output.write_all(b":")?;
        to_writer(&mut self.output, &component(&counts))?;
        Ok(true)
    }

    fn end(mut self) -> io::Result<()> {
        self.close()?;
        self.output.write_all(b"}")?;
        self.output.flush()
    }
}

/// A conversation or a speaker with its metadata.
fn component(counts: &Counts) -> Value {
    json!({ "meta": counts, "vectors": [] })
}

/// Which metadata there is, and the Python type of each.
fn index(columns: &[Column]) -> Value {
    let python = |kind: Kind| match kind {
        Kind::Text | Kind::Time => "<class 'str'>",
        Kind::Number => "<class 'float'>",
        Kind::Count => "<class 'int'>",
    };
    let utterances: Map<String, Value> = columns
        .iter()
        .filter(|column| column.name != "text")
        .map(|column| (column.name.to_owned(), json!([python(column.kind)])))
        .collect();
    let number = [python(Kind::Count)];
    let text = [python(Kind::Text)];
    json!({
        "utterances-index": utterances,
        "speakers-index": { "comments": number, "heated": number, "flamebait": number },
        "conversations-index": {
            "comments": number, "heated": number, "flamebait": number, "thread_id": text, "source": text,
        },
        "overall-index": {},
        "version": 1,
        "vectors": [],
    })
}

#[cfg(test)]
mod tests;
