//! What Ctrl-C does: no half-written report stays behind, and the user learns how far it came.

use std::fs;
use std::path::PathBuf;
use std::process;
use std::sync::Mutex;

use threadwarden::pipeline::Progress;

use super::{FAILURE, complain, summary};

/// How far the run has come; `None` until the first batch is scored.
static SO_FAR: Mutex<Option<Progress>> = Mutex::new(None);

/// Unfinished reports, which lie beside the places that they are meant for.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on, Ctrl-C and requests to end remove the unfinished reports of a run on so many
/// inputs and end the program.
pub(super) fn watch(inputs: usize, is_resumable: bool) {
    // Without a handler the program still ends, only less tidily.
    let _ = ctrlc::set_handler(move || {
        if let Ok(unfinished) = UNFINISHED.lock() {
            for path in unfinished.iter() {
                let _ =
                    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            }
            let so_far = SO_FAR.lock().map_or(None, |so_far| *so_far);
            complain(&summary::interrupted(so_far, inputs, is_resumable));
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

/// Takes note of how far the run has come.
pub(super) fn take_note(progress: Progress) {
    if let Ok(mut so_far) = SO_FAR.lock() {
        *so_far = Some(progress);
    }
}
