//! Programs that sites run for their own comments and forums.

use super::{BASE, Preset};
use crate::parse::fields::Field;

/// Discourse topics and posts.
pub(in crate::parse) static DISCOURSE: Preset = Preset {
    name: "discourse",
    about: "Discourse: topics (/t/ID.json) and posts (/posts.json)",
    example: r#"{"post_stream":{"posts":[{"id":83,"username":"…","cooked":"<p>…</p>","post_number":2,"reply_to_post_number":1,"topic_id":57}]},"title":"…"}"#,
    marks: &[&["post_number", "topic_id"], &["post_stream"], &["reply_to_post_number"]],
    fields: &[
        (Field::Thread, &["topic_id"]),
        (Field::Author, &["username", "name"]),
        (Field::AuthorId, &["user_id"]),
        (Field::Html, &["cooked"]),
        (Field::Text, &["raw"]),
        (Field::Number, &["post_number"]),
        (Field::ParentNumber, &["reply_to_post_number"]),
        (Field::Posted, &["created_at"]),
        (Field::Votes, &["like_count"]),
        (Field::Title, &["title"]),
        (Field::Declared, &["posts_count"]),
        (Field::Deleted, &["hidden", "user_deleted"]),
        (Field::Parent, &[]),
    ],
    ..BASE
};

/// Comments on issues, pull requests, commits and discussions.
pub(in crate::parse) static GITHUB: Preset = Preset {
    name: "github",
    about: "GitHub: comments on issues, pull requests, commits and discussions (API, .json)",
    example: r#"[{"id":492700400,"issue_url":"https://…/issues/1","user":{"login":"…"},"created_at":"…","body":"…"}]"#,
    marks: &[
        &["html_url", "user.login", "body", "author_association"],
        &["issue_url", "user.login", "body"],
    ],
    fields: &[
        (Field::Thread, &["issue_url", "pull_request_url", "discussion_id", "commit_id"]),
        (Field::Author, &["user.login"]),
        (Field::AuthorId, &["user.id"]),
        (Field::Parent, &["in_reply_to_id", "parent_id"]),
        (Field::Posted, &["created_at"]),
        (Field::Html, &[]),
        (Field::Status, &[]),
    ],
    ..BASE
};

/// Coral, formerly Talk: its database, its API, a reader's own download.
pub(in crate::parse) static CORAL: Preset = Preset {
    name: "coral",
    about: "Coral (Talk): comments from the database or the API (.json), a download of one's own (.csv)",
    example: r#"{"id":"…","storyID":"…","authorID":"…","parentID":null,"revisions":[{"body":"…"}],"status":"APPROVED","createdAt":"…"}"#,
    marks: &[
        &["storyID", "parentID", "revisions"],
        &["storyID", "authorID"],
        &["Comment ID", "Published Timestamp", "Comment Text"],
    ],
    fields: &[
        (Field::Id, &["id", "comment_id"]),
        (Field::Thread, &["story_id", "story.id", "article_url"]),
        (Field::Author, &["author.username", "author_username"]),
        (Field::AuthorId, &["author_id", "author.id"]),
        (Field::Html, &["revisions.body", "revision.body", "body", "comment_text"]),
        (Field::Text, &[]),
        (Field::Parent, &["parent_id", "parent.id"]),
        (Field::Posted, &["created_at.$date", "created_at", "published_timestamp"]),
        (Field::Votes, &[]),
    ],
    ..BASE
};

/// Commento and Comentario.
pub(in crate::parse) static COMMENTO: Preset = Preset {
    name: "commento",
    about: "Commento and Comentario: export (.json)",
    example: r#"{"version":1,"comments":[{"commentHex":"…","url":"/post","commenterHex":"…","markdown":"…","parentHex":"root"}]}"#,
    marks: &[&["commentHex", "commenterHex"], &["commentHex", "parentHex"]],
    fields: &[
        (Field::Id, &["comment_hex"]),
        (Field::Thread, &["url", "path"]),
        (Field::Author, &["commenter_name", "name"]),
        (Field::AuthorId, &["commenter_hex"]),
        (Field::Text, &["markdown"]),
        (Field::Html, &["html"]),
        (Field::Parent, &["parent_hex"]),
        (Field::Posted, &["creation_date"]),
        (Field::Votes, &["score"]),
    ],
    people: "commenters",
    ..BASE
};

/// Isso.
pub(in crate::parse) static ISSO: Preset = Preset {
    name: "isso",
    about: "Isso: its generic import form, answers of its API (.json)",
    example: r#"[{"id":"/posts/1/","title":"…","comments":[{"id":0,"author":"…","text":"…","created":"2005-02-24 04:03:37"}]}]"#,
    marks: &[&["comments", "remote_addr", "created"], &["text", "created", "mode", "parent"]],
    fields: &[
        (Field::Author, &["author"]),
        (Field::Html, &["text"]),
        (Field::Text, &[]),
        (Field::Posted, &["created"]),
        (Field::Votes, &["likes"]),
        (Field::VotesAgainst, &["dislikes"]),
        (Field::Title, &["title"]),
        (Field::Status, &[]),
    ],
    ..BASE
};

/// remark42.
pub(in crate::parse) static REMARK42: Preset = Preset {
    name: "remark42",
    about: "remark42: trees of its API, its backups (.json, .jsonl)",
    example: r#"{"comments":[{"comment":{"id":"1","pid":"","text":"…","user":{"name":"…"},"locator":{"url":"…"}},"replies":[]}]}"#,
    marks: &[&["pid", "locator", "user"], &["pid", "user", "time", "text"]],
    fields: &[
        (Field::Thread, &["locator.url"]),
        (Field::Author, &["user.name"]),
        (Field::AuthorId, &["user.id"]),
        (Field::Html, &["text"]),
        (Field::Text, &["orig"]),
        (Field::Parent, &["pid"]),
        (Field::Posted, &["time"]),
        (Field::Votes, &["score"]),
        (Field::Deleted, &["delete"]),
        (Field::Title, &[]),
    ],
    ..BASE
};
