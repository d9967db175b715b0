//! Any bytes at all, as a file that is unpacked, decoded and recognised: no panic, an end, and a
//! message wherever there are no comments.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadwarden::Comment;
use threadwarden::parse::{Dump, ReadOptions};

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { max_expanded: Some(1 << 20), ..ReadOptions::default() };
    let Ok(mut dump) = Dump::from_reader("dump", std::io::Cursor::new(bytes.to_vec()), &options) else {
        return;
    };
    let mut comment = Comment::default();
    for _ in 0..3 << 20 {
        match dump.next(&mut comment) {
            Ok(true) => {
                let words = comment.words().len();
                let range = comment.in_text(0..words);
                assert!(comment.text.get(range).is_some());
            }
            Ok(false) => return,
            Err(fault) if fault.costs_one_record() => {}
            Err(_) => return,
        }
        while dump.article().is_some() {}
    }
    panic!("no end");
});
