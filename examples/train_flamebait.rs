//! Fits the model that is built in: `train_flamebait MANIFEST FOLDER MODEL`.
//!
//! The manifest names the files with labelled comments and their checksums, the folder holds them,
//! and the model is written to the third path. Equal files give an equal model, to the byte.

use std::error::Error;
use std::path::Path;

use threadwarden::score::flamebait::train::{self, Manifest};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [manifest, folder, model] = &arguments[..] else {
        return Err("usage: train_flamebait MANIFEST FOLDER MODEL".into());
    };
    let rows =
        Manifest::parse(manifest, &std::fs::read_to_string(manifest)?)?.read(Path::new(folder))?;
    std::fs::write(model, train::fit("flamebait-1", &rows).to_bytes())?;
    Ok(())
}
