//! Reads texts for the program that fits the token model: `read_flamebait FOLDER VOCABULARY
//! FILE.csv...`, where FOLDER gets a file `NAME.tsv` for each file, and one for the harmless
//! sentences about groups. VOCABULARY has a piece a line; without the file, words are written.

use std::error::Error;
use std::path::Path;

use threadwarden::score::flamebait::train::{FrontEnd, read_labelled};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, vocabulary, files @ ..] = &arguments[..] else {
        return Err("usage: read_flamebait FOLDER VOCABULARY FILE.csv...".into());
    };
    let list = std::fs::read_to_string(vocabulary);
    let mut front_end =
        list.map_or_else(|_| FrontEnd::default(), |list| FrontEnd::with_vocabulary(&list));
    let mut write = |name: &str, texts: &mut dyn Iterator<Item = String>| {
        let mut lines = String::new();
        texts.for_each(|text| front_end.write(&text, &mut lines));
        std::fs::write(Path::new(folder).join(name), lines)
    };
    for file in files {
        let name = Path::new(file).with_extension("tsv");
        let rows = read_labelled(file, std::fs::File::open(file)?)?;
        let name = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        write(&name, &mut rows.into_iter().map(|row| row.text))?;
    }
    write("neutral.tsv", &mut FrontEnd::neutral_sentences().into_iter())?;
    std::fs::write(Path::new(folder).join("fingerprint"), FrontEnd::fingerprint())?;
    Ok(())
}
