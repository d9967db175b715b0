//! Who may use whom: the picture in `src/lib.rs`, checked.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Each module of the library, and the modules that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("comment", &[]),
    ("error", &[]),
    ("formula", &[]),
    ("packed", &[]),
    ("decisions", &["error", "formula"]),
    ("table", &[]),
    ("lexicon", &["error"]),
    ("parse", &["comment", "error", "formula"]),
    ("chain", &["comment", "error", "lexicon", "packed"]),
    ("score", &["chain", "comment", "error", "lexicon", "packed", "table"]),
    ("export", &["error", "formula", "table"]),
    ("pseudonym", &["comment", "error"]),
    ("pipeline", &["chain", "comment", "error", "export", "parse", "pseudonym", "score", "table"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The Rust files at `path`: itself, or all below it.
fn rust_files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "rs") {
            files.extend(rust_files(&entry)?);
        }
    }
    Ok(files)
}

/// The modules named after each `crate::` in `code`, comments and tests left out.
fn used(code: &str) -> BTreeSet<&str> {
    let code = code.split("\n#[cfg(test)]\nmod tests").next().unwrap_or(code);
    let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let names = code.flat_map(|line| line.split("crate::").skip(1));
    names
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or(rest))
        .collect()
}

#[test]
fn modules_use_only_what_they_may() {
    for (module, allowed) in MAY_USE {
        let folder = source().join(module);
        let path = if folder.is_dir() { folder } else { folder.with_extension("rs") };
        for file in rust_files(&path).unwrap() {
            let code = fs::read_to_string(&file).unwrap();
            for other in used(&code).into_iter().filter(|other| other != module) {
                assert!(allowed.contains(&other), "{} uses `{other}`", file.display());
            }
        }
    }
}

#[test]
fn every_module_of_the_library_has_its_place_in_the_picture() {
    let library = fs::read_to_string(source().join("lib.rs")).unwrap();
    let modules = library.lines().filter_map(|line| {
        line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?.strip_suffix(';')
    });
    let declared: BTreeSet<&str> = modules.collect();
    let drawn: BTreeSet<&str> = MAY_USE.iter().map(|(module, _)| *module).collect();
    assert_eq!(declared, drawn);
}

#[test]
fn only_the_command_line_prints() {
    for file in rust_files(&source()).unwrap() {
        let code = fs::read_to_string(&file).unwrap();
        let prints = code.contains("println!") || code.contains("print!(");
        assert!(!prints || file.starts_with(source().join("cli")), "{} prints", file.display());
    }
}
