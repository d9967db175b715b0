//! Any text as HTML: every piece of what is read stands somewhere in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadwarden::comment::Plain;

fuzz_target!(|html: &str| {
    for plain in [Plain::from_html(html), Plain::from_escaped(html)] {
        for (at, character) in plain.text.char_indices() {
            let range = plain.source(at..at + character.len_utf8());
            assert!(html.get(range).is_some());
        }
    }
});
