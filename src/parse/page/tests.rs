use super::*;

/// Title, declared count and comments of a page.
fn read(page: &str, comments_only: bool) -> (Option<Article>, Vec<String>) {
    let options = ReadOptions { comments_only, ..ReadOptions::default() };
    let mut records = Page.read(Input::new("page.txt", page.as_bytes()), &options).unwrap();
    let mut comments = Vec::new();
    let mut comment = Comment::default();
    while records.next(&mut comment).unwrap() {
        comments.push(comment.text.clone());
        comment.clear();
    }
    (records.article(), comments)
}

#[test]
fn every_usual_heading_is_found() {
    for (heading, declared) in [
        ("Comments (35)", Some(35)),
        ("COMMENTS [2]", Some(2)),
        ("35 Comments", Some(35)),
        ("1,204 comments:", Some(1204)),
        ("Comments: 7", Some(7)),
        ("Comments:", None),
        ("  comments  ", None),
        ("1 comment", Some(1)),
        ("Readers’ comments", None),
        ("35 comments so far", Some(35)),
        ("View all 12 comments", Some(12)),
        ("Kommentare (35)", Some(35)),
        ("1 234 commentaires", Some(1234)),
        ("Комментарии (7)", Some(7)),
    ] {
        let (article, comments) = read(&format!("Title\nBody.\n{heading}\nFirst!\n"), false);
        let article = article.unwrap();
        assert_eq!(
            (article.title.as_str(), article.text.as_str()),
            ("Title", "Body."),
            "{heading}"
        );
        assert_eq!(
            (article.declared, comments),
            (declared, vec!["First!".to_owned()]),
            "{heading}"
        );
    }
}

#[test]
fn a_sentence_about_comments_is_no_heading() {
    for line in
        ["Comments are closed.", "He made 35 comments today", "comments (few)", "Commentary"]
    {
        let (_, comments) = read(&format!("Title\n{line}\nMore.\n"), false);
        assert!(comments.is_empty(), "{line}");
    }
}

#[test]
fn a_link_to_the_section_at_the_top_is_not_the_section() {
    let (article, comments) =
        read("Title\n3 Comments\nBody.\nComments\nOne.\nTwo.\nComments\n", false);
    assert_eq!(comments, ["One.", "Two.", "Comments"]);
    assert_eq!(article.unwrap().declared, Some(3));
}

#[test]
fn any_line_ending_and_blank_lines_will_do() {
    let (_, comments) = read("T\rB\r\nComments (2)\r\rOne. \r\n \r\n\n\tTwo.", false);
    assert_eq!(comments, ["One. ", "\tTwo."]);
}

#[test]
fn a_page_may_hold_no_article() {
    let (article, comments) = read("Comments (9)\nOne.\n", false);
    assert_eq!(comments, ["One."]);
    let article = article.unwrap();
    assert_eq!((article.title.as_str(), article.declared), ("", Some(9)));
}

#[test]
fn a_page_may_hold_only_comments() {
    let (article, comments) = read("One.\nComments\nTwo.\n", true);
    assert_eq!(comments, ["One.", "Comments", "Two."]);
    assert_eq!(article, None);
}

#[test]
fn a_page_without_a_heading_is_an_article_without_comments() {
    let (article, comments) = read("Title\nBody.\n", false);
    assert!(comments.is_empty());
    assert_eq!(article.unwrap().title, "Title");
}

/// A page whose comments stand below names and times, as `author: text`.
fn read_blocks(section: &str) -> Vec<String> {
    let page = format!("Title\nComments (9)\n{section}");
    let input = Input::new("page.txt", page.as_bytes());
    let mut records = Page.read(input, &ReadOptions::default()).unwrap();
    let mut shown = Vec::new();
    let mut comment = Comment::default();
    while records.next(&mut comment).unwrap() {
        let Comment { author, text, addressee, deleted, .. } = &comment;
        let to = if addressee.is_empty() { "" } else { " to " };
        let gone = if *deleted { " (gone)" } else { "" };
        shown.push(format!("{author}{to}{addressee}: {text:?}{gone}"));
        comment.clear();
    }
    shown
}

#[test]
fn comments_below_names_and_times_are_told_apart() {
    for (section, expected) in [
        (
            "Sort by\nNewest\nAnn Smith\n2 hours ago\nFirst line.\nSecond line.\n\nReply\nShare\n3\n\
             Bo\nEdited\n1 h ago\n@Ann Smith no.\nReply\n",
            vec!["Ann Smith: \"First line.\\nSecond line.\"", "Bo: \"@Ann Smith no.\""],
        ),
        (
            "Ann Smith · 2 hours ago\nOne.\nLike · Reply\nBo · 3 May 2024\nTwo.\nLike · Reply\n",
            vec!["Ann Smith: \"One.\"", "Bo: \"Two.\""],
        ),
        (
            "Ann says:\nMay 3, 2024 at 5:04 pm\nOne.\nReply\nBo says:\nMay 4, 2024 at 7:00 am\n\
             In reply to Ann\nTwo.\nReply\nCleo says:\nMay 5, 2024 at 7:00 am\nThis comment was removed by a moderator.\n",
            vec![
                "Ann: \"One.\"",
                "Bo to Ann: \"Two.\"",
                "Cleo: \"This comment was removed by a moderator.\" (gone)",
            ],
        ),
        (
            "Ann\nvor 2 Stunden\nEins.\nAntworten\nBo\nvor 3 Tagen\nZwei.\nAntworten\n",
            vec!["Ann: \"Eins.\"", "Bo: \"Zwei.\""],
        ),
    ] {
        assert_eq!(read_blocks(section), expected, "{section}");
    }
}

#[test]
fn comments_one_a_line_may_speak_of_times() {
    for section in ["I saw it.\n2 hours ago\nSo did I.\nYou did not.\n", "One.\nReply\nTwo.\n"] {
        assert_eq!(read_blocks(section).len(), section.lines().count(), "{section}");
    }
}

#[test]
fn a_line_that_says_a_comment_was_taken_down_is_a_deleted_comment() {
    let shown = read_blocks("One.\nThis comment was removed by a moderator.\n");
    assert_eq!(shown[1], ": \"This comment was removed by a moderator.\" (gone)");
}
