//! `threadwarden tree`: who answers whom, drawn in the terminal.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use threadwarden::chain::{AuthorSource, Evidence, Link, Thread};
use threadwarden::pipeline::Batches;

use super::graph::Graph;
use super::{Stop, args, complain_of, inputs, terminal};

/// Draw the reply chains of every thread.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  threadwarden tree page.txt
  threadwarden tree dumps/ --authors --format graphml > network.graphml")]
pub(super) struct Args {
    #[command(flatten)]
    input: args::Input,

    #[command(flatten)]
    link: args::Link,

    /// How to show them: drawn, or as a graph for other programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Show authors and how often each answers the other, in place of comments
    #[arg(long)]
    authors: bool,

    /// Characters of each line of a drawing
    #[arg(long, value_name = "N", default_value_t = 100)]
    width: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn for people
    Text,
    /// Nodes and links, as networkx and D3 read them
    Json,
    /// For Graphviz
    Dot,
    /// For Gephi, yEd and igraph
    Graphml,
}

/// Chains deeper than this are not drawn further to the right.
const MAX_INDENT: usize = 12;

pub(super) fn run(args: &Args) -> Result<ExitCode, Stop> {
    let (files, mut faults) = inputs::expand(&args.input.inputs, &[]);
    let options = args.link.options();
    let pseudonyms = args.input.pseudonyms()?;
    let mut graph = Graph::default();
    let mut output = BufWriter::new(io::stdout().lock());
    for batch in Batches::new(files, args.input.options(), false) {
        let batch = batch?;
        for mut gathered in batch.threads {
            if let Some(pseudonyms) = &pseudonyms {
                pseudonyms.apply(&mut gathered.comments);
            }
            let source = gathered.source;
            let thread = Thread::link(gathered.comments, gathered.article, &options);
            match (args.format, args.authors) {
                (_, true) => graph.add_authors(&thread),
                (Format::Text, false) => draw(&thread, args.width, &mut output)?,
                (_, false) => graph.add_comments(&source, &thread),
            }
        }
        faults.append(batch.faults);
    }
    match args.format {
        Format::Text => graph.write_text(&mut output)?,
        Format::Json => graph.write_json(&mut output)?,
        Format::Dot => graph.write_dot(&mut output)?,
        Format::Graphml => graph.write_graphml(&mut output)?,
    }
    output.flush()?;
    Ok(complain_of(&faults))
}

/// Draws the chains of a thread below its title, oldest root first.
fn draw(thread: &Thread, width: usize, output: &mut impl Write) -> io::Result<()> {
    let title = thread.article.as_ref().map(|article| article.title.as_str());
    let id = || thread.comments.first().map(|comment| comment.thread.as_str());
    let name = title.filter(|title| !title.is_empty()).or_else(id);
    writeln!(output, "{}", terminal::line(name.unwrap_or_default(), width))?;
    let mut answers = vec![Vec::new(); thread.comments.len()];
    let mut roots = Vec::new();
    for position in 0..thread.comments.len() {
        match thread.reply(position) {
            Some(reply) => answers[reply.to].push(position),
            None => roots.push(position),
        }
    }
    // What is still to draw, the next on top: a comment, and the lines that come down to its left.
    let mut waiting: Vec<(usize, String)> =
        roots.into_iter().rev().map(|root| (root, String::new())).collect();
    while let Some((position, left)) = waiting.pop() {
        let depth = thread.depths[position];
        let last = waiting.last().is_none_or(|(next, _)| thread.depths[*next] < depth);
        let (branch, below) = match depth {
            0 => ("", ""),
            _ if last => ("└─ ", "   "),
            _ => ("├─ ", "│  "),
        };
        let head = format!("{left}{branch}{}", label(thread, position));
        let room = width.saturating_sub(head.chars().count()).max(20);
        writeln!(output, "{head}{}", terminal::line(thread.comments[position].words(), room))?;
        let left = if depth < MAX_INDENT { left + below } else { left };
        waiting.extend(answers[position].iter().rev().map(|answer| (*answer, left.clone())));
    }
    Ok(())
}

/// Number, writer and evidence of a comment.
fn label(thread: &Thread, position: usize) -> String {
    let mut label = format!("#{}", terminal::line(&thread.comments[position].id, 20));
    if let Some(author) = &thread.authors[position] {
        let mark = if author.source == AuthorSource::Given { "" } else { "?" };
        label += &format!(" {}{mark}", terminal::line(&author.name, 40));
    }
    match thread.links[position] {
        Link::Root => {}
        Link::Reply(reply) => {
            let why = reply.evidence.name();
            label += &match reply.evidence {
                Evidence::Given => format!(" [{why}]"),
                _ => format!(" [{why} {:.2}]", reply.confidence),
            };
        }
        Link::Absent { .. } => {
            let name = thread.addressee(position).unwrap_or("someone");
            label += &format!(" [{} is absent]", terminal::line(name, 40));
        }
        Link::Orphan => {
            let parent = &thread.comments[position].parent;
            let is_there = thread.comments.iter().any(|comment| comment.id == *parent);
            let missing = " [parent is not in the dump]";
            label += if is_there { " [answers in a circle]" } else { missing };
        }
    }
    label + ": "
}
