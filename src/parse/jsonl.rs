//! JSON Lines: one object a line, its fields mapped by name.

use std::fmt::Write;
use std::io::{BufRead, Read};

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::fields::{FieldMap, Filling, Meaning};
use super::{Format, ReadOptions, Records};
use crate::comment::Comment;
use crate::error::{Error, Result};

/// A longer line is no comment but a broken or hostile file.
const MAX_LINE: usize = 64 << 20;

/// One JSON object a line.
pub(super) struct JsonLines;

impl Format for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "one JSON object a line"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn recognises(&self, head: &[u8]) -> bool {
        head.trim_ascii_start().starts_with(b"{")
    }

    fn read<'a>(
        &self,
        name: &str,
        input: Box<dyn BufRead + Send + 'a>,
        options: &ReadOptions,
    ) -> Result<Box<dyn Records + 'a>> {
        let fields = options.fields.clone();
        Ok(Box::new(Lines {
            name: name.into(),
            input,
            fields,
            line: Vec::new(),
            number: 0,
            value: String::new(),
        }))
    }
}

struct Lines<'a> {
    name: String,
    input: Box<dyn BufRead + Send + 'a>,
    fields: FieldMap,
    line: Vec<u8>,
    number: u64,
    /// Scratch for values on their way into the comment.
    value: String,
}

impl Records for Lines<'_> {
    fn next(&mut self, comment: &mut Comment) -> Result<bool> {
        loop {
            self.line.clear();
            let limit = MAX_LINE as u64 + 1;
            let read = self.input.by_ref().take(limit).read_until(b'\n', &mut self.line);
            let read = read.map_err(|source| Error::Read { name: self.name.clone(), source })?;
            if read == 0 {
                return Ok(false);
            }
            self.number += 1;
            if read > MAX_LINE {
                let reason = format!(
                    "line {} is longer than 64 MiB; is this a JSON Lines file?",
                    self.number
                );
                return Err(Error::Input { name: self.name.clone(), reason });
            }
            if !self.line.trim_ascii().is_empty() {
                break;
            }
        }
        self.fill(comment).map(|()| true).map_err(|reason| {
            comment.clear();
            Error::Record { name: self.name.clone(), line: self.number, reason }
        })
    }
}

impl Lines<'_> {
    fn fill(&mut self, comment: &mut Comment) -> Result<(), String> {
        let mut filling = Filling::new(comment);
        let mut json = serde_json::Deserializer::from_slice(&self.line);
        let object = Object {
            fields: &self.fields,
            prefix: "",
            filling: &mut filling,
            value: &mut self.value,
        };
        object.deserialize(&mut json).and_then(|()| json.end()).map_err(|error| said(&error))?;
        if filling.has_text() {
            Ok(())
        } else {
            Err("has no field `text`; name the one that holds it with --map text=FIELD".into())
        }
    }
}

/// What serde says, without its line number: it counts within the one line that it sees.
fn said(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let (what, _) = message.split_once(" at line ").unwrap_or((&message, ""));
    format!("is not a valid JSON object ({what}, column {})", error.column())
}

/// Reads an object field by field straight into a comment.
struct Object<'o, 'c> {
    fields: &'o FieldMap,
    prefix: &'o str,
    filling: &'o mut Filling<'c>,
    value: &'o mut String,
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { fields, prefix, filling, value } = self;
        while let Some((meaning, path)) = map.next_key_seed(Key { fields, prefix })? {
            match meaning {
                Meaning::Value(field, rank) => {
                    value.clear();
                    let present = map.next_value_seed(Scalar(value))?;
                    filling.set(field, rank, present.then_some(value));
                }
                Meaning::Object => {
                    map.next_value_seed(Object { fields, prefix: &path, filling, value })?;
                }
                Meaning::None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    // Within a record, something else where an object was expected only means: not here.
    fn visit_unit<E: serde::de::Error>(self) -> Result<(), E> {
        if self.prefix.is_empty() { Err(E::custom("expected an object, not null")) } else { Ok(()) }
    }
}

/// Reads a key and says what it means, and for an object the path to what is inside.
struct Key<'o> {
    fields: &'o FieldMap,
    prefix: &'o str,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = (Meaning, String);

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = (Meaning, String);

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("a field name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        let meaning = self.fields.meaning(self.prefix, name);
        let path = if meaning == Meaning::Object {
            format!("{}{name}.", self.prefix)
        } else {
            String::new()
        };
        Ok((meaning, path))
    }
}

/// Reads a string, number or truth value as text; false for null.
struct Scalar<'o>(&'o mut String);

impl<'de> DeserializeSeed<'de> for Scalar<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<bool, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Scalar<'_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        formatter.write_str("a string or number")
    }

    fn visit_str<E>(self, value: &str) -> Result<bool, E> {
        self.0.push_str(value);
        Ok(true)
    }

    fn visit_u64<E>(self, value: u64) -> Result<bool, E> {
        Ok(write!(self.0, "{value}").is_ok())
    }

    fn visit_i64<E>(self, value: i64) -> Result<bool, E> {
        Ok(write!(self.0, "{value}").is_ok())
    }

    fn visit_f64<E>(self, value: f64) -> Result<bool, E> {
        Ok(write!(self.0, "{value}").is_ok())
    }

    fn visit_bool<E>(self, value: bool) -> Result<bool, E> {
        Ok(write!(self.0, "{value}").is_ok())
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
        Err(A::Error::custom("an object stands where a string or number is expected"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<bool, A::Error> {
        Err(A::Error::custom("a list stands where a string or number is expected"))
    }
}
