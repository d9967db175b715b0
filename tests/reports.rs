//! Reports, and what is done with them, as people call the binary.

mod support;

use std::fs;

use support::{TWO_LINES, empty_folder, said, threadwarden};

const HOSTILE: &str = "{\"id\": \"1\", \"text\": \"You are such a stupid idiot, shut up!\"}\n{\"id\": \"2\", \"text\": \"Thank you.\"}\n";

#[test]
fn several_reports_come_from_one_run() {
    let folder = empty_folder();
    let outputs = [
        "out.xlsx",
        "out.html",
        "out.md",
        "out.csv",
        "out.tsv",
        "out.jsonl",
        "out.parquet",
        "out.convokit",
    ];
    let arguments: Vec<&str> =
        ["score", "-"].into_iter().chain(outputs.iter().flat_map(|name| ["-o", name])).collect();
    said(&threadwarden(folder.path(), &arguments, HOSTILE), 0);
    for name in outputs {
        assert!(fs::metadata(folder.path().join(name)).unwrap().len() > 100, "{name}");
    }
}

#[test]
fn a_corpus_can_be_read_again() {
    let folder = empty_folder();
    let dump = "{\"id\": \"a\", \"author\": \"Ann\", \"text\": \"Hello.\"}\n{\"id\": \"b\", \"author\": \"Ben\", \"parent_id\": \"a\", \"text\": \"Hello, Ann.\"}\n";
    said(&threadwarden(folder.path(), &["score", "-", "-o", "talk.convokit"], dump), 0);
    let output = threadwarden(folder.path(), &["score", "talk.convokit/utterances.jsonl"], "");
    said(&output, 0);
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.contains(",a,b,2,,Ben,given,1,,a,given,"), "{report}");
}

#[test]
fn a_folder_that_is_a_corpus_gives_its_comments_and_nothing_else() {
    let folder = empty_folder();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/news-page.txt");
    let arguments = ["score", page, "-o", "page.csv", "-o", "page.convokit"];
    said(&threadwarden(folder.path(), &arguments, ""), 0);
    let arguments = ["score", "page.convokit", "-o", "again.csv"];
    let said = said(&threadwarden(folder.path(), &arguments, ""), 0);
    assert!(!said.contains(".json"), "{said}");
    let comments = |name| {
        let mut table = csv::Reader::from_path(folder.path().join(name)).unwrap();
        let rows: Vec<_> = table.records().map(Result::unwrap).collect();
        assert!(rows.iter().flatten().all(|cell| cell != "[unknown]"), "{name}");
        rows.len()
    };
    assert_eq!(comments("again.csv"), comments("page.csv"));
}

#[test]
fn a_corpus_of_a_run_before_is_left_out_of_a_folder_of_dumps() {
    let folder = empty_folder();
    fs::write(folder.path().join("dump.jsonl"), TWO_LINES).unwrap();
    said(&threadwarden(folder.path(), &["score", "dump.jsonl", "-o", "old.convokit"], ""), 0);
    let said = said(&threadwarden(folder.path(), &["score", ".", "-o", "new.csv"], ""), 0);
    assert!(said.contains("utterances.jsonl: is a report of Threadwarden"), "{said}");
    assert!(said.contains("2 comments in 1 thread") && !said.contains(".json:"), "{said}");
}

#[test]
fn a_corpus_that_is_read_is_not_written_over() {
    let folder = empty_folder();
    fs::create_dir(folder.path().join("talk")).unwrap();
    let dump = folder.path().join("talk/utterances.jsonl");
    fs::write(&dump, TWO_LINES).unwrap();
    let arguments = ["score", "talk/utterances.jsonl", "-o", "talk", "--format", "convokit"];
    let said = said(&threadwarden(folder.path(), &arguments, ""), 2);
    assert!(said.contains("both an input and a report"), "{said}");
    assert_eq!(fs::read_to_string(dump).unwrap(), TWO_LINES);
}

#[test]
fn a_corpus_cannot_go_to_standard_output() {
    let folder = empty_folder();
    let arguments = ["score", "-", "--format", "convokit"];
    let said = said(&threadwarden(folder.path(), &arguments, TWO_LINES), 2);
    assert!(said.contains("is a folder: name one with -o"), "{said}");
}

#[test]
fn csv_for_excel_has_a_mark_line_ends_and_whole_ids() {
    let folder = empty_folder();
    let input = "{\"id\": \"1402983211212435456\", \"text\": \"Hello.\"}\n";
    let output = threadwarden(folder.path(), &["score", "-", "--excel"], input);
    said(&output, 0);
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.starts_with('\u{feff}') && report.ends_with("\r\n"), "{report:?}");
    assert!(report.contains(",'1402983211212435456,"), "{report:?}");
}

#[test]
fn decisions_come_back_as_labelled_comments() {
    let folder = empty_folder();
    said(&threadwarden(folder.path(), &["score", "-", "-o", "report.csv"], HOSTILE), 0);
    let report = fs::read_to_string(folder.path().join("report.csv")).unwrap();
    let decided = report.replacen(",,,vader", ",remove,rude,vader", 1);
    assert_ne!(decided, report);
    fs::write(folder.path().join("queue.csv"), decided).unwrap();
    let arguments = ["decisions", "queue.csv", "--report", "report.csv", "-o", "labelled.csv"];
    let said = said(&threadwarden(folder.path(), &arguments, ""), 0);
    assert!(said.contains("1 decided, 1 without a decision"), "{said}");
    let labelled = fs::read_to_string(folder.path().join("labelled.csv")).unwrap();
    let row = "1,stdin,stdin,\"You are such a stupid idiot, shut up!\",yes,remove,rude,flamebait";
    assert_eq!(labelled.lines().nth(1), Some(row));
}

#[test]
fn disagreements_between_moderators_are_named() {
    let folder = empty_folder();
    for (name, word) in [("anna.csv", "keep"), ("ben.csv", "hide")] {
        let sheet = format!("comment_id,text,decision\n7,Hello.,{word}\n");
        fs::write(folder.path().join(name), sheet).unwrap();
    }
    let said = said(&threadwarden(folder.path(), &["decisions", "anna.csv", "ben.csv"], ""), 0);
    assert!(said.contains("disagreement:  7 (anna.csv: keep, ben.csv: hide)"), "{said}");
}

#[test]
fn who_hides_and_who_removes_agree_that_it_is_flamebait() {
    let folder = empty_folder();
    for (name, word) in [("anna.csv", "remove"), ("ben.csv", "hide")] {
        let sheet = format!("comment_id,text,decision\n7,Hello.,{word}\n");
        fs::write(folder.path().join(name), sheet).unwrap();
    }
    let output = threadwarden(folder.path(), &["decisions", "anna.csv", "ben.csv"], "");
    let labelled = String::from_utf8(output.stdout).unwrap();
    assert_eq!(labelled.lines().nth(1), Some("7,,,Hello.,yes,,,"));
}

#[test]
fn a_decision_that_nobody_knows_is_named_with_its_row() {
    let folder = empty_folder();
    let sheet = "comment_id,text,decision\n1,Hello.,keep\n2,Bye.,remvoe\n";
    fs::write(folder.path().join("queue.csv"), sheet).unwrap();
    let run = |more: &[&str]| {
        let arguments = [&["decisions", "queue.csv", "-o", "out.csv"], more].concat();
        said(&threadwarden(folder.path(), &arguments, ""), 0)
    };
    let told = run(&[]);
    assert!(told.contains("unknown decision: \"remvoe\" in queue.csv, row 3"), "{told}");
    assert!(told.contains("--decisions"), "{told}");
    assert!(!run(&["--decisions", "keep,remvoe"]).contains("unknown"));
    fs::write(folder.path().join("threadwarden.toml"), "[decisions]\nyes = [\"remvoe\"]\n")
        .unwrap();
    assert!(!run(&[]).contains("unknown"));
    let labelled = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(labelled.contains("2,,,Bye.,yes,remvoe"), "{labelled}");
}

#[test]
fn decisions_are_not_written_over() {
    let folder = empty_folder();
    let path = folder.path().join("queue.csv");
    let score = |more: &[&str]| {
        let arguments = [&["score", "-", "-o", "queue.csv"], more].concat();
        threadwarden(folder.path(), &arguments, HOSTILE)
    };
    said(&score(&[]), 0);
    said(&score(&[]), 0);
    let decided = fs::read_to_string(&path).unwrap().replacen(",,,vader", ",remove,,vader", 1);
    fs::write(&path, &decided).unwrap();
    let refused = said(&score(&[]), 2);
    assert!(refused.contains("queue.csv: holds decisions (row 2: \"remove\")"), "{refused}");
    assert!(refused.contains("--overwrite-decisions"), "{refused}");
    for arguments in [
        ["decisions", "queue.csv", "-o", "queue.csv"],
        ["decisions", "empty.csv", "-o", "queue.csv"],
    ] {
        fs::write(folder.path().join("empty.csv"), "comment_id,text,decision\n").unwrap();
        said(&threadwarden(folder.path(), &arguments, ""), 2);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), decided);
    said(&score(&["--overwrite-decisions"]), 0);
    assert_ne!(fs::read_to_string(&path).unwrap(), decided);
}

#[test]
fn a_table_has_the_columns_that_are_asked_for() {
    let folder = empty_folder();
    let arguments = [
        "score",
        "-",
        "--columns",
        "text,comment_id",
        "-o",
        "a.csv",
        "-o",
        "a.jsonl",
        "-o",
        "a.parquet",
    ];
    said(&threadwarden(folder.path(), &arguments, TWO_LINES), 0);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("a.csv"), "text,comment_id\nHello.,1\nBye.,2\n");
    assert!(read("a.jsonl").starts_with("{\"text\":\"Hello.\",\"comment_id\":\"1\"}\n"));
    let said =
        said(&threadwarden(folder.path(), &["score", "-", "--columns", "txt"], TWO_LINES), 2);
    assert!(said.contains("invalid value 'txt'") && said.contains("comment_id"), "{said}");
}

#[test]
fn a_summary_in_a_pipe_has_no_colours() {
    let folder = empty_folder();
    let output = threadwarden(folder.path(), &["summary", "-"], HOSTILE);
    said(&output, 0);
    let drawn = String::from_utf8(output.stdout).unwrap();
    assert!(drawn.contains("2 comments in 1 thread") && drawn.contains('█'), "{drawn}");
    assert!(!drawn.contains('\u{1b}'), "{drawn}");
}

#[test]
fn the_first_in_the_queue_can_be_chosen_by_other_weights() {
    let folder = empty_folder();
    let dump = "{\"id\": \"a\", \"text\": \"You are a stupid idiot and a clown!\"}\n{\"id\": \"b\", \"text\": \"Thank you very much.\"}\n";
    let first = |weights: &str| {
        let arguments = ["score", "-", "--format", "jsonl", "--priority", weights];
        let output = threadwarden(folder.path(), &arguments, dump);
        let line = String::from_utf8(output.stdout).unwrap();
        let row: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
        row["priority"].as_u64()
    };
    assert_eq!(first("flamebait=1"), Some(1));
    let said = said(&threadwarden(folder.path(), &["score", "-", "--priority", "size=1"], dump), 2);
    assert!(said.contains("flamebait, heat, target, answers"), "{said}");
}

#[test]
fn thresholds_move_labels_and_what_goes_by_them_but_no_score() {
    let folder = empty_folder();
    let dump = "{\"id\": \"a\", \"author\": \"Ann\", \"text\": \"Hello.\"}\n{\"id\": \"b\", \"author\": \"Ben\", \"parent_id\": \"a\", \"text\": \"You are such a stupid idiot!\"}\n";
    let scored = |thresholds: &str| {
        let arguments = ["score", "-", "--thresholds", thresholds, "-o", "r.jsonl", "-o", "r.html"];
        let threads = ["--threads-report", "threads.jsonl"];
        said(&threadwarden(folder.path(), &[&arguments[..], &threads].concat(), dump), 0);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let rows = read("r.jsonl") + &read("threads.jsonl");
        let rows = rows.lines().map(|row| serde_json::from_str(row).unwrap());
        (rows.collect::<Vec<serde_json::Value>>(), read("r.html"))
    };
    let (usual, _) = scored("heated=0.5");
    assert_eq!(usual[1]["flamebait_label"], "flamebait");
    assert_eq!((&usual[0]["drew_fire"], &usual[2]["attacks"]), (&1.into(), &1.into()));
    let (strict, page) = scored("heated=0.9999,flamebait=1");
    assert_eq!(strict[1]["flamebait_label"], "calm");
    assert_eq!((&strict[0]["drew_fire"], &strict[2]["attacks"]), (&0.into(), &0.into()));
    for column in ["flamebait_categories", "flamebait_target", "flamebait_reasons"] {
        assert_ne!(usual[1][column], strict[1][column], "{column}");
    }
    assert_eq!(
        (&usual[1]["flamebait"], &usual[1]["heat"]),
        (&strict[1]["flamebait"], &strict[1]["heat"])
    );
    assert!(page.contains("0.9999"), "{page}");
}

#[test]
fn thresholds_out_of_range_or_out_of_order_are_refused() {
    let folder = empty_folder();
    for (thresholds, expected) in [
        ("heated=0.9", "heated=0.9 is above flamebait=0.75"),
        ("flamebait=1.5", "write a number from 0 to 1"),
        ("hot=0.5", "there are heated, flamebait"),
        ("heated", "write a number from 0 to 1"),
    ] {
        let arguments = ["score", "-", "--thresholds", thresholds];
        let said = said(&threadwarden(folder.path(), &arguments, HOSTILE), 2);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn threads_and_authors_have_reports_of_their_own() {
    let folder = empty_folder();
    let row = |id: &str, thread: &str, author: &str, parent: &str, text: &str| {
        serde_json::json!({ "id": id, "thread_id": thread, "author": author, "parent_id": parent, "text": text })
            .to_string()
            + "\n"
    };
    let insult = "You are such a stupid idiot, shut up!";
    let input = [
        row("1", "=t", "@Ann", "", "What a lovely garden."),
        row("2", "u", "Cid", "", "Thank you all."),
        row("3", "=t", "Bob", "1", insult),
        row("4", "=t", "Cid", "1", insult),
        row("5", "=t", "Bob", "1", insult),
        row("6", "u", "Bob", "2", insult),
    ];
    fs::write(folder.path().join("in.jsonl"), input.concat()).unwrap();
    let run = |threads: &str, authors: &str, code| {
        let reports = ["--threads-report", threads, "--authors-report", authors];
        let arguments = [&["score", "in.jsonl", "-o", "out.csv"], &reports[..]].concat();
        said(&threadwarden(folder.path(), &arguments, ""), code)
    };
    let told = run("threads.csv", "authors.jsonl", 0);
    assert!(told.contains("written: threads.csv\n  written: authors.jsonl"), "{told}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let threads = read("threads.csv");
    let mut reader = csv::Reader::from_reader(threads.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let cell = |row: usize, name: &str| {
        rows[row][header.iter().position(|column| column == name).unwrap()].to_owned()
    };
    assert_eq!(rows.len(), 2);
    let first = ["thread_id", "flamebait", "first_flame", "pile_ons", "piled_on", "priority"];
    assert_eq!(first.map(|name| cell(0, name)), ["'=t", "3", "3", "1", "'@Ann", "1"]);
    assert_eq!(["thread_id", "attacks", "priority"].map(|name| cell(1, name)), ["u", "1", "2"]);
    let authors = read("authors.jsonl");
    let bob: serde_json::Value = serde_json::from_str(authors.lines().next().unwrap()).unwrap();
    assert_eq!((&bob["author"], &bob["repeat_offender"]), (&"Bob".into(), &"yes".into()));
    assert_eq!(
        (&bob["attacks"], &bob["targets"], &bob["threads"]),
        (&3.into(), &2.into(), &2.into())
    );
    assert!(authors.contains("\"author\":\"@Ann\"") && bob["model"] == "vader-3.3.2 flamebait-1");
    let told = run("threads.xlsx", "authors.csv", 2);
    assert!(told.contains("threads.xlsx: threads and authors are written as .csv"), "{told}");
}
