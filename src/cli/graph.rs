//! Reply graphs for other programs: JSON in nodes and links, DOT for Graphviz, `GraphML` for Gephi
//! and the like.

use std::cmp::Reverse;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};
use threadwarden::chain::{Link, Thread};

use super::terminal;

/// Nodes and links, in the order in which they were added.
#[derive(Default)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    links: Vec<Edge>,
    /// Where each author's node is.
    authors: FxHashMap<String, usize>,
    /// Where the link between two authors is.
    pairs: FxHashMap<(usize, usize), usize>,
}

struct Node {
    label: String,
    attributes: Map<String, Value>,
}

struct Edge {
    from: usize,
    to: usize,
    attributes: Map<String, Value>,
}

/// An attribute of nodes or links, and its type in `GraphML`.
type Key = (&'static str, &'static str);

impl Graph {
    /// Adds the comments of a thread as nodes and its replies as links.
    pub(super) fn add_comments(&mut self, source: &str, thread: &Thread) {
        let first = self.nodes.len();
        for (position, comment) in thread.comments.iter().enumerate() {
            let author =
                thread.authors[position].as_ref().map_or("", |author| author.name.as_str());
            let mut attributes = attributes(json!({
                "source": source,
                "thread": comment.thread,
                "comment": comment.id,
                "author": author,
                "text": comment.words(),
                "absent": matches!(thread.links[position], Link::Absent { .. }),
            }));
            if let Some(posted) = comment.posted {
                attributes.insert("posted".into(), posted.to_string().into());
            }
            self.nodes.push(Node {
                label: format!("#{} {author}", comment.id).trim_end().to_owned(),
                attributes,
            });
            if let Some(reply) = thread.reply(position) {
                let confidence = (f64::from(reply.confidence) * 100.0).round() / 100.0;
                let attributes = attributes_of_reply(reply.evidence.name(), confidence);
                self.links.push(Edge { from: first + position, to: first + reply.to, attributes });
            }
        }
    }

    /// Adds the known authors of a thread as nodes, and as links how often one answers the other.
    pub(super) fn add_authors(&mut self, thread: &Thread) {
        for position in 0..thread.comments.len() {
            let Some(writer) = self.author(thread, position) else { continue };
            count(&mut self.nodes[writer].attributes, "comments");
            let Some(parent) = thread.reply(position) else { continue };
            let Some(answered) = self.author(thread, parent.to) else { continue };
            let link = *self.pairs.entry((writer, answered)).or_insert(self.links.len());
            if link == self.links.len() {
                self.links.push(Edge { from: writer, to: answered, attributes: Map::new() });
            }
            count(&mut self.links[link].attributes, "replies");
        }
    }

    /// The node of the author of the comment at `position`, if known.
    fn author(&mut self, thread: &Thread, position: usize) -> Option<usize> {
        let name = &thread.authors[position].as_ref()?.name;
        if let Some(node) = self.authors.get(name) {
            return Some(*node);
        }
        self.authors.insert(name.clone(), self.nodes.len());
        self.nodes.push(Node { label: name.clone(), attributes: Map::new() });
        Some(self.nodes.len() - 1)
    }

    /// Writes a line for each link, the heaviest first.
    pub(super) fn write_text(&self, output: &mut impl Write) -> io::Result<()> {
        let weight = |link: &Edge| link.attributes.get("replies").and_then(Value::as_u64);
        let mut links: Vec<&Edge> = self.links.iter().collect();
        links.sort_by_key(|link| Reverse(weight(link)));
        for link in links {
            let [from, to] =
                [link.from, link.to].map(|node| terminal::line(&self.nodes[node].label, 40));
            writeln!(output, "{:>6}  {from} → {to}", weight(link).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Writes nodes and links as one JSON object, as networkx and D3 read it.
    pub(super) fn write_json(&self, output: &mut impl Write) -> io::Result<()> {
        let with = |attributes: &Map<String, Value>, own: Value| {
            let mut object = self::attributes(own);
            object.extend(attributes.clone());
            Value::Object(object)
        };
        let nodes = self.nodes.iter().enumerate();
        let nodes =
            nodes.map(|(id, node)| with(&node.attributes, json!({"id": id, "label": node.label})));
        let links = self.links.iter();
        let links = links
            .map(|link| with(&link.attributes, json!({"source": link.from, "target": link.to})));
        let graph = json!({
            "directed": true,
            "multigraph": false,
            "nodes": nodes.collect::<Vec<_>>(),
            "links": links.collect::<Vec<_>>(),
        });
        serde_json::to_writer_pretty(&mut *output, &graph)?;
        writeln!(output)
    }

    /// Writes the graph in the language of Graphviz.
    pub(super) fn write_dot(&self, output: &mut impl Write) -> io::Result<()> {
        writeln!(output, "digraph replies {{\n  rankdir = RL;\n  node [shape = box];")?;
        for (id, node) in self.nodes.iter().enumerate() {
            writeln!(output, "  {id} [label = {}];", dot_string(&node.label))?;
        }
        for Edge { from, to, attributes } in &self.links {
            let label =
                ["evidence", "confidence", "replies"].iter().filter_map(|key| attributes.get(*key));
            let label: Vec<String> = label
                .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                .collect();
            writeln!(output, "  {from} -> {to} [label = {}];", dot_string(&label.join(" ")))?;
        }
        writeln!(output, "}}")
    }

    /// Writes the graph as `GraphML`.
    pub(super) fn write_graphml(&self, output: &mut impl Write) -> io::Result<()> {
        const NODES: &[Key] = &[
            ("source", "string"),
            ("thread", "string"),
            ("comment", "string"),
            ("author", "string"),
            ("text", "string"),
            ("absent", "boolean"),
            ("posted", "string"),
            ("comments", "int"),
        ];
        const LINKS: &[Key] =
            &[("evidence", "string"), ("confidence", "double"), ("replies", "int")];
        writeln!(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(output, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        writeln!(
            output,
            "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>"
        )?;
        for (keys, domain) in [(NODES, "node"), (LINKS, "edge")] {
            for (name, kind) in keys {
                writeln!(
                    output,
                    "  <key id=\"{name}\" for=\"{domain}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
                )?;
            }
        }
        writeln!(output, "  <graph edgedefault=\"directed\">")?;
        for (id, node) in self.nodes.iter().enumerate() {
            write!(output, "    <node id=\"n{id}\">")?;
            write_data("label", &node.label.as_str().into(), output)?;
            write_all(NODES, &node.attributes, output)?;
            writeln!(output, "</node>")?;
        }
        for Edge { from, to, attributes } in &self.links {
            write!(output, "    <edge source=\"n{from}\" target=\"n{to}\">")?;
            write_all(LINKS, attributes, output)?;
            writeln!(output, "</edge>")?;
        }
        writeln!(output, "  </graph>\n</graphml>")
    }
}

fn attributes_of_reply(evidence: &str, confidence: f64) -> Map<String, Value> {
    attributes(json!({"evidence": evidence, "confidence": confidence}))
}

fn attributes(object: Value) -> Map<String, Value> {
    if let Value::Object(attributes) = object { attributes } else { Map::new() }
}

/// Adds one to a count.
fn count(attributes: &mut Map<String, Value>, what: &str) {
    let old = attributes.get(what).and_then(Value::as_u64).unwrap_or(0);
    attributes.insert(what.into(), (old + 1).into());
}

/// A string of DOT: in quotes, on one line.
fn dot_string(text: &str) -> String {
    let text = terminal::safe(text);
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn write_all(
    keys: &[Key],
    attributes: &Map<String, Value>,
    output: &mut impl Write,
) -> io::Result<()> {
    let present = keys.iter().filter_map(|(name, _)| Some((name, attributes.get(*name)?)));
    for (name, value) in present {
        write_data(name, value, output)?;
    }
    Ok(())
}

fn write_data(name: &str, value: &Value, output: &mut impl Write) -> io::Result<()> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    // XML has no way to write most control characters.
    let text: String = text
        .chars()
        .map(|c| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{fffd}' } else { c })
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect();
    write!(output, "<data key=\"{name}\">{}</data>", quick_xml::escape::escape(&text))
}
