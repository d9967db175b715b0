//! `threadwarden.toml`, as people meet it.

mod support;

use std::fs;

use support::{TWO_LINES, empty_folder, said, threadwarden};

#[test]
fn a_flag_comes_before_the_settings_and_they_before_the_default() {
    let folder = empty_folder();
    fs::write(folder.path().join("threadwarden.toml"), "[report]\nexcel = true\n").unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    let below = folder.path().join("below");
    let output = threadwarden(&below, &["score", "-"], TWO_LINES);
    assert!(output.stdout.starts_with("\u{feff}".as_bytes()));
    fs::write(below.join("other.toml"), "[read]\nmap = { text = \"body\" }\n").unwrap();
    let input = "{\"body\": \"Hello.\", \"what\": \"Bye.\"}\n";
    let with = |more: &[&str]| {
        let arguments = [&["score", "-", "--config", "other.toml"], more].concat();
        String::from_utf8(threadwarden(&below, &arguments, input).stdout).unwrap()
    };
    assert!(with(&[]).contains("Hello.") && with(&["--map", "text=what"]).contains("Bye."));
}

#[test]
fn an_unknown_setting_is_shown_with_its_place() {
    let folder = empty_folder();
    let settings = "[link]\nmin-confidense = 0.5\n";
    fs::write(folder.path().join("threadwarden.toml"), settings).unwrap();
    let said = said(&threadwarden(folder.path(), &["score", "-"], TWO_LINES), 2);
    assert!(said.contains("line 2") && said.contains("\n  | ^^^^"), "{said}");
    assert!(said.contains("threadwarden.toml"), "{said}");
}

#[test]
fn a_setting_that_no_flag_would_take_is_the_files_fault() {
    let folder = empty_folder();
    let settings = "[link]\nmin-confidence = 3\n";
    fs::write(folder.path().join("threadwarden.toml"), settings).unwrap();
    let said = said(&threadwarden(folder.path(), &["tree", "-"], TWO_LINES), 2);
    assert!(said.contains("threadwarden.toml:2: invalid value '3'"), "{said}");
}

#[test]
fn a_wrong_number_is_found_in_its_own_section() {
    let folder = empty_folder();
    let settings = "[priority]\nflamebait = 0.5\n\n[thresholds]\nflamebait = 3\n";
    fs::write(folder.path().join("threadwarden.toml"), settings).unwrap();
    let said = said(&threadwarden(folder.path(), &["score", "-"], TWO_LINES), 2);
    assert!(said.contains("threadwarden.toml:5: invalid value 'flamebait=3'"), "{said}");
}

#[test]
fn thresholds_of_the_settings_label_in_every_command_that_labels() {
    let folder = empty_folder();
    fs::write(folder.path().join("threadwarden.toml"), "[thresholds]\nheated = 0\n").unwrap();
    for (arguments, expected) in [
        (&["score", "-"][..], ",heated,"),
        (&["summary", "-"], "0 flamebait, 2 heated, 0 calm"),
        (&["explain", "-"], ": heated\n"),
    ] {
        let output = threadwarden(folder.path(), arguments, TWO_LINES);
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(shown.contains(expected), "{arguments:?}: {shown}");
    }
    said(&threadwarden(folder.path(), &["tree", "-"], TWO_LINES), 0);
}

#[test]
fn unknown_names_in_tables_of_settings_are_shown_with_their_place() {
    let folder = empty_folder();
    for (settings, place) in [
        ("[priority]\nhaet = 0.2\n", "line 2, column 1"),
        ("[thresholds]\ncalm = 0.2\n", "line 2, column 1"),
        ("[read]\nmap = { txet = \"body\" }\n", "line 2, column 9"),
    ] {
        fs::write(folder.path().join("threadwarden.toml"), settings).unwrap();
        let said = said(&threadwarden(folder.path(), &["config"], ""), 2);
        assert!(said.contains(place) && said.contains("^^^^"), "{said}");
    }
}

#[test]
fn what_config_shows_is_a_settings_file_with_the_same_settings() {
    let folder = empty_folder();
    let shown = |arguments: &[&str]| {
        let output = threadwarden(folder.path(), arguments, "");
        said(&output, 0);
        String::from_utf8(output.stdout).unwrap()
    };
    let settings = "[read]\nmap = { text = \"a \\\"b\\\" \\u0001\" }\n[report]\ndecisions = [\"keep\", \"ban\"]\ncolumns = [\"comment_id\", \"text\"]\n[priority]\nheat = 1\n[thresholds]\nheated = 0.4\n";
    fs::write(folder.path().join("mine.toml"), settings).unwrap();
    let first = shown(&["config", "--config", "mine.toml"]);
    assert!(first.contains("columns = [\"comment_id\", \"text\"]  # mine.toml"), "{first}");
    assert!(first.contains("heat = 1  # mine.toml\ntarget = 0.05  # default"), "{first}");
    let thresholds = "[thresholds]\nheated = 0.4  # mine.toml\nflamebait = 0.75  # default";
    assert!(first.contains(thresholds), "{first}");
    fs::write(folder.path().join("shown.toml"), &first).unwrap();
    let values = |shown: &str| {
        let lines = shown.lines().skip(1).filter(|line| !line.starts_with('#'));
        lines.map(|line| line.split("  #").next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(values(&shown(&["config", "--config", "shown.toml"])), values(&first));
}
