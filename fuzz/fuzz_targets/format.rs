//! Any bytes, read as one format: the one that `FORMAT` names, or each in turn, as the first byte
//! says.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use threadwarden::Comment;
use threadwarden::parse::{FORMATS, Format, Input, ReadOptions};

static CHOSEN: LazyLock<Option<&dyn Format>> = LazyLock::new(|| {
    let name = std::env::var("FORMAT").ok()?;
    Some(*FORMATS.iter().find(|format| format.name() == name).expect("FORMAT is a known format"))
});

fuzz_target!(|bytes: &[u8]| {
    let (format, bytes) = match (*CHOSEN, bytes.split_first()) {
        (Some(format), _) => (format, bytes),
        (None, Some((first, rest))) => (FORMATS[usize::from(*first) % FORMATS.len()], rest),
        (None, None) => return,
    };
    let Ok(mut records) = format.read(Input::new("dump", bytes), &ReadOptions::default()) else {
        return;
    };
    let mut comment = Comment::default();
    for _ in 0..=4 * bytes.len() + 16 {
        comment.clear();
        match records.next(&mut comment) {
            Ok(true) => {}
            Ok(false) => return,
            Err(fault) if fault.costs_one_record() => {}
            Err(_) => return,
        }
        while records.article().is_some() {}
    }
    panic!("no end");
});
