//! A dump of any size, the same in every run: threads of 1 to 197 comments, 50 on average, in which
//! people come and go, speak to one another and quote one another.

use std::fmt::Write as _;
use std::io::{self, Write};

use csv::Writer;
use jiff::Timestamp;

use crate::made::Maker;

const FIRST: [&str; 16] = [
    "Anna", "Ben", "Carla", "Dirk", "Ella", "Farid", "Greta", "Hugo", "Ines", "Jan", "Kofi",
    "Lena", "Marek", "Nora", "Omar", "Petra",
];
const LAST: [&str; 16] = [
    "Adler", "Brook", "Costa", "Dahl", "Evers", "Falk", "Grau", "Holm", "Ito", "Jansen", "Kern",
    "Lind", "Moser", "Noor", "Olsen", "Park",
];
const SYLLABLES: [&str; 12] =
    ["ba", "dor", "en", "fil", "gam", "ker", "lo", "mun", "pra", "sti", "tu", "vel"];

/// Seconds between two comments of the dump.
const PACE: usize = 7;

/// The time of the first comment: 1 January 2025.
const BEGIN: i64 = 1_735_689_600;

/// A thread that goes on.
#[derive(Default)]
struct Open {
    number: usize,
    left: usize,
    people: Vec<String>,
    /// The writer and the text of the latest comment.
    latest: (usize, String),
}

/// Writes a CSV dump of so many `comments`, of which `open` threads go on at any time: with 1, the
/// comments of a thread stand together.
pub(crate) fn write(comments: usize, open: usize, output: impl Write) -> Result<(), csv::Error> {
    let mut maker = Maker::new();
    let mut writer = Writer::from_writer(output);
    writer.write_record(["id", "thread_id", "author", "posted_at", "text"])?;
    let mut threads: Vec<Open> = (0..open).map(|_| Open::default()).collect();
    let mut begun = 0;
    for (number, seconds) in (0..comments).zip((BEGIN..).step_by(PACE)) {
        let place = maker.below(open);
        let thread = &mut threads[place];
        if thread.left == 0 {
            begun += 1;
            let left = 1 + maker.below(15) * maker.below(15);
            *thread = Open { number: begun, left, ..Open::default() };
        }
        thread.left -= 1;
        let (writer_of, text) = comment(&mut maker, thread);
        let posted = Timestamp::from_second(seconds).map_err(io::Error::other)?;
        writer.write_record([
            &format!("c{number}"),
            &format!("t{}", thread.number),
            &thread.people[writer_of],
            &posted.to_string(),
            &text,
        ])?;
        thread.latest = (writer_of, text);
    }
    writer.flush()?;
    Ok(())
}

/// The next comment of a thread: who writes it, by their place in the thread, and the text.
fn comment(maker: &mut Maker, thread: &mut Open) -> (usize, String) {
    let author = if thread.people.is_empty() || maker.below(5) < 2 {
        thread.people.push(name(maker));
        thread.people.len() - 1
    } else {
        maker.below(thread.people.len())
    };
    let mut text = String::new();
    if !thread.latest.1.is_empty() {
        match maker.below(20) {
            0..5 => {
                let _ = write!(text, "@{} ", thread.people[thread.latest.0]);
            }
            5 => {
                let _ = write!(text, "@{} ", thread.people[maker.below(thread.people.len())]);
            }
            6 => {
                let quoted: Vec<&str> = thread.latest.1.split(' ').take(9).collect();
                let _ = write!(text, "\"{}\" ", quoted.join(" ").replace('"', ""));
            }
            _ => {}
        }
    }
    maker.add_text(&mut text);
    // Words that no list knows.
    for _ in 0..maker.below(4) {
        text.push(' ');
        for _ in 0..2 + maker.below(3) {
            text.push_str(SYLLABLES[maker.below(SYLLABLES.len())]);
        }
    }
    if maker.below(5) < 2 {
        text.push(' ');
        maker.add_text(&mut text);
    }
    (author, text)
}

fn name(maker: &mut Maker) -> String {
    let first = FIRST[maker.below(FIRST.len())];
    if maker.below(3) == 0 {
        return format!("{first}{}", maker.below(10_000));
    }
    format!("{first} {}", LAST[maker.below(LAST.len())])
}
