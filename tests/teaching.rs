//! Models of one's own, as people make and use them.

mod support;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use sha2::{Digest, Sha256};
use support::{TWO_LINES, empty_folder, said, threadwarden};

/// A site where a harmless word is fighting talk: 40 comments of each kind.
fn rows() -> Vec<(String, bool)> {
    let subjects = ["The bridge", "My garden", "This match", "Our council", "The train"];
    let verbs = ["is", "was", "looks", "seems", "stays", "became", "got", "feels"];
    let mut rows = Vec::new();
    for subject in subjects {
        for verb in verbs {
            rows.push((format!("{subject} {verb} turnip again"), true));
            rows.push((format!("{subject} {verb} late again"), false));
        }
    }
    rows
}

fn csv(header: &str, labels: [&str; 2]) -> String {
    let mut text = format!("{header}\n");
    for (comment, flamebait) in rows() {
        let _ = writeln!(text, "{comment},{}", labels[usize::from(flamebait)]);
    }
    text
}

fn run(folder: &Path, arguments: &[&str], code: i32) -> String {
    said(&threadwarden(folder, arguments, ""), code)
}

#[test]
fn a_taught_model_scores_by_what_it_learnt_and_is_named_in_the_report() {
    let folder = empty_folder();
    let folder = folder.path();
    fs::write(folder.join("labelled.csv"), csv("text,label", ["no", "yes"])).unwrap();
    fs::write(folder.join("new.jsonl"), "{\"text\": \"The road is turnip again\"}\n").unwrap();
    let told = run(folder, &["train", "labelled.csv", "-o", "site.model"], 0);
    assert!(told.contains("80 labelled, 40 flamebait and 40 harmless"), "{told}");
    let name = told.split(['(', ')']).rev().nth(1).unwrap();
    assert!(name.starts_with("site-") && name.len() == "site-01234567".len(), "{told}");
    let score = |more: &[&str]| -> serde_json::Value {
        let arguments = [&["score", "new.jsonl", "--format", "jsonl", "-q"], more].concat();
        serde_json::from_slice(&threadwarden(folder, &arguments, "").stdout).unwrap()
    };
    let (plain, taught) = (score(&[]), score(&["--model", "site.model"]));
    assert!(taught["flamebait"].as_f64().unwrap() > plain["flamebait"].as_f64().unwrap() + 0.2);
    assert_eq!(taught["model"], format!("vader-3.3.2 {name}"));
    fs::write(folder.join("threadwarden.toml"), "[score]\nmodel = \"site.model\"\n").unwrap();
    assert_eq!(score(&[]), taught);
    assert_eq!(score(&["--model", "fast"]), plain);
}

#[test]
fn equal_rows_make_an_equal_model() {
    let folder = empty_folder();
    let folder = folder.path();
    fs::write(folder.join("a.csv"), csv("text,label", ["no", "yes"])).unwrap();
    fs::write(folder.join("b.csv"), csv("text,label", ["keep", "remove"])).unwrap();
    run(folder, &["train", "a.csv", "-o", "one.model", "--name", "us"], 0);
    run(folder, &["train", "b.csv", "-o", "two.model", "--name", "us"], 0);
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    assert_eq!(read("one.model"), read("two.model"));
}

#[test]
fn workbooks_other_names_and_json_lines_are_read_alike() {
    let folder = empty_folder();
    let folder = folder.path();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, name) in (0..).zip(["comment_id", "decision", "text", "text_cut"]) {
        sheet.write_string(0, column, name).unwrap();
    }
    let mut lines = String::new();
    for (number, (text, flamebait)) in (1..).zip(rows()) {
        sheet.write_number(number, 0, number).unwrap();
        sheet.write_string(number, 1, if flamebait { "hide" } else { "keep" }).unwrap();
        sheet.write_string(number, 2, &text).unwrap();
        let line = serde_json::json!({ "body": text, "verdict": if flamebait { 1 } else { 0 } });
        let _ = writeln!(lines, "{line}");
    }
    workbook.save(folder.join("queue.xlsx")).unwrap();
    fs::write(folder.join("posts.jsonl"), lines).unwrap();
    fs::write(folder.join("table.csv"), csv("Comment,Class", ["off", "on"])).unwrap();
    run(folder, &["train", "queue.xlsx", "-o", "a.model", "--name", "us"], 0);
    let map = "text=body,label=verdict";
    run(folder, &["train", "posts.jsonl", "--map", map, "-o", "b.model", "--name", "us"], 0);
    let words = ["--yes", "on", "--no", "off", "--name", "us"];
    run(folder, &[&["train", "table.csv", "-o", "c.model"], &words[..]].concat(), 0);
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    assert_eq!(read("a.model"), read("b.model"));
    assert_eq!(read("a.model"), read("c.model"));
}

#[test]
fn what_cannot_be_learnt_from_is_told_with_the_way_out() {
    let folder = empty_folder();
    let folder = folder.path();
    let train = |text: &str| {
        fs::write(folder.join("in.csv"), text).unwrap();
        let told = run(folder, &["train", "in.csv", "-o", "site.model"], 2);
        assert!(!folder.join("site.model").exists());
        told
    };
    let told = train("words,label\nhi,no\n");
    assert!(told.contains("no column for the text") && told.contains("--map text=NAME"), "{told}");
    let told = train("text,mark\nhi,no\n");
    assert!(told.contains("no column for the label") && told.contains("\"mark\""), "{told}");
    let told = train("text,label\nhi,\nho,\n");
    assert!(told.contains("no comment has a label") && told.contains("2 without"), "{told}");
    let told = train("text,label\nhi,maybe\n");
    assert!(told.contains("\"maybe\", which says neither; see --yes and --no"), "{told}");
    assert!(train("text,label\nhi,no\nho,no\n").contains("all labelled comments are harmless"));
    assert!(train("text,label\nhi,yes\n").contains("all labelled comments are flamebait"));
    assert!(train("text,label\nhi,yes\nho,no\n").contains("at least 10 comments of each kind"));
    assert!(train("").contains("in.csv: is empty"));
    let told = run(folder, &["train", "gone.csv", "-o", "site.model"], 2);
    assert!(told.contains("gone.csv: cannot be read"), "{told}");
    let told = run(folder, &["train", "in.csv", "-o", "in.csv"], 2);
    assert!(told.contains("would be written over"), "{told}");
}

#[test]
fn a_model_that_cannot_be_used_is_refused_before_work_begins() {
    let folder = empty_folder();
    let folder = folder.path();
    fs::write(folder.join("in.jsonl"), TWO_LINES).unwrap();
    fs::write(folder.join("bad.model"), "TWFLAME1 and no more").unwrap();
    let score = |model| run(folder, &["score", "in.jsonl", "--model", model, "-o", "out.csv"], 2);
    let told = score("bad.model");
    assert!(told.contains("bad.model: is cut short or damaged"), "{told}");
    let told = score("fats");
    assert!(
        told.contains("fats: there is no such model; give fast, accurate, or a file"),
        "{told}"
    );
    let told = score("in.jsonl");
    assert!(told.contains("in.jsonl: is no flamebait model"), "{told}");
    assert!(!folder.join("out.csv").exists());
}

#[test]
fn a_model_from_nothing_is_made_from_the_files_of_a_manifest_and_no_others() {
    let folder = empty_folder();
    let folder = folder.path();
    fs::create_dir(folder.join("rows")).unwrap();
    let text = csv("text,label", ["0", "1"]);
    fs::write(folder.join("rows/a.csv"), &text).unwrap();
    let hash: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(folder.join("list.tsv"), format!("a.csv\t{hash}\tus\tall\t1\n")).unwrap();
    let train = |model: &str, code| {
        run(
            folder,
            &["train", "--manifest", "list.tsv", "rows", "--name", "us-1", "-o", model],
            code,
        )
    };
    let told = train("one.model", 0);
    assert!(told.contains("80 labelled") && told.contains("(us-1)"), "{told}");
    train("two.model", 0);
    let read = |name: &str| fs::read(folder.join(name)).unwrap();
    assert_eq!(read("one.model"), read("two.model"));
    fs::write(folder.join("rows/a.csv"), text + "one more,0\n").unwrap();
    let told = train("three.model", 2);
    assert!(told.contains("a.csv: this is not the file that the manifest means"), "{told}");
    assert!(!folder.join("three.model").exists());
}

#[test]
fn what_was_measured_can_be_had_as_json() {
    let folder = empty_folder();
    let folder = folder.path();
    for (name, words) in [("anna.csv", ["keep", "remove"]), ("ben.csv", ["keep", "hide"])] {
        let mut text = String::from("comment_id,text,decision\n");
        for (number, (comment, flamebait)) in rows().into_iter().enumerate() {
            let flamebait = flamebait != (name == "ben.csv" && number < 2);
            let _ = writeln!(text, "{number},{comment},{}", words[usize::from(flamebait)]);
        }
        fs::write(folder.join(name), text).unwrap();
    }
    let arguments = ["evaluate", "anna.csv", "ben.csv", "--format", "json", "--recall", "0.5"];
    let output = threadwarden(folder, &arguments, "");
    said(&output, 0);
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found["comments"], &found["flamebait"]), (&78.into(), &39.into()));
    assert_eq!(found["model"], "flamebait-1");
    let pair = &found["agreement"]["moderators"][0];
    assert_eq!((&pair["comments"], &pair["same"]), (&80.into(), &0.975.into()));
    assert!((pair["cohens_kappa"].as_f64().unwrap() - 0.95).abs() < 1e-9);
    assert!(found["for_recall"]["found"]["recall"].as_f64().unwrap() >= 0.5);
    assert!(found["auc"]["low"].as_f64().unwrap() <= found["auc"]["value"].as_f64().unwrap());
}

#[test]
fn an_evaluation_flags_from_the_thresholds_of_the_settings_on() {
    let folder = empty_folder();
    let folder = folder.path();
    fs::write(folder.join("labelled.csv"), csv("text,label", ["no", "yes"])).unwrap();
    let evaluate = |more: &[&str]| -> serde_json::Value {
        let arguments = [&["evaluate", "labelled.csv", "--format", "json"], more].concat();
        serde_json::from_slice(&threadwarden(folder, &arguments, "").stdout).unwrap()
    };
    let count = |found: &serde_json::Value, list: &str| found[list].as_array().unwrap().len();
    let usual = evaluate(&[]);
    assert_eq!((count(&usual, "missed"), count(&usual, "flagged_though_harmless")), (5, 0));
    fs::write(folder.join("threadwarden.toml"), "[thresholds]\nheated = 0\n").unwrap();
    let own = evaluate(&[]);
    assert_eq!((count(&own, "missed"), count(&own, "flagged_though_harmless")), (0, 5));
    assert_eq!(own["labels"], serde_json::json!({ "heated": 0.0, "flamebait": 0.75 }));
    assert_eq!(own["thresholds"][0]["flagged"], 80);
    assert_eq!(evaluate(&["--thresholds", "heated=0.5"]), usual);
    let output = threadwarden(folder, &["evaluate", "labelled.csv"], "");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("decisions and scores from 0 on"), "{text}");
    assert!(text.contains("0.0000       80       0.50    1.00  heated"), "{text}");
}
