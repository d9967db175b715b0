//! What Ctrl-C does: no half-written report stays behind, and the user learns how far it came.

use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{FAILURE, complain};

/// Comments scored so far.
static SCORED: AtomicU64 = AtomicU64::new(0);

/// Unfinished reports, which lie beside the places that they are meant for.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on, Ctrl-C and requests to end remove the unfinished reports and end the program.
pub(super) fn watch() {
    // Without a handler the program still ends, only less tidily.
    let _ = ctrlc::set_handler(|| {
        if let Ok(unfinished) = UNFINISHED.lock() {
            for path in unfinished.iter() {
                let _ =
                    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            }
            let scored = SCORED.load(Ordering::Relaxed);
            complain(&format!(
                "interrupted after {scored} comments; no report was written, what was there before is untouched"
            ));
            process::exit(i32::from(FAILURE));
        }
    });
}

/// Adds a file or folder to remove when interrupted.
pub(super) fn remove_if_interrupted(path: PathBuf) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        unfinished.push(path);
    }
}

/// Takes note of how many comments are scored.
pub(super) fn scored(comments: u64) {
    SCORED.store(comments, Ordering::Relaxed);
}
