//! Any bytes, read as each format in turn: the first byte says which.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadwarden::Comment;
use threadwarden::parse::{FORMATS, Input, ReadOptions};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let format = FORMATS[usize::from(*first) % FORMATS.len()];
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
