//! Any names in any text: they are replaced, and only they.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadwarden::Comment;
use threadwarden::pseudonym::Pseudonyms;

fuzz_target!(|parts: (&str, &str, &str)| {
    let (author, addressee, text) = parts;
    let mut comments = [Comment {
        author: author.into(),
        addressee: addressee.into(),
        text: text.into(),
        ..Comment::default()
    }];
    Pseudonyms::new(b"0123456789abcdef").apply(&mut comments);
    assert!(author.is_empty() || comments[0].author.starts_with("user-"));
});
