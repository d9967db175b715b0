//! Collections that research shares, and reports of our own.

use super::{BASE, Preset};
use crate::parse::fields::Field;

/// A report of ours, to be read again.
pub(in crate::parse) static REPORT: Preset = Preset {
    name: "report",
    about: "a report of Threadwarden, to be scored again",
    example: "source,thread_id,comment_id,position,posted_at,author,author_source,…",
    marks: &[&["comment_id", "author_source", "parent_source", "flamebait_label", "text"]],
    fields: &[
        (Field::Id, &["comment_id"]),
        (Field::Thread, &["thread_id"]),
        (Field::Author, &["author"]),
        (Field::Parent, &["parent_id"]),
        (Field::Text, &["text"]),
        (Field::ParentSource, &["parent_source"]),
        (Field::AuthorSource, &["author_source"]),
        (Field::Addressee, &[]),
        (Field::Posted, &["posted_at"]),
    ],
    ..BASE
};

/// `ConvoKit` corpora.
pub(in crate::parse) static CONVOKIT: Preset = Preset {
    name: "convokit",
    about: "utterances of a ConvoKit corpus (utterances.jsonl)",
    example: r#"{"id":"…","conversation_id":"…","speaker":"…","reply-to":null,"timestamp":1600000000,"text":"…"}"#,
    marks: &[&["conversation_id", "reply-to", "speaker"], &["root", "reply_to", "user", "text"]],
    fields: &[
        (Field::Thread, &["conversation_id", "root"]),
        (Field::Author, &["speaker", "user", "speaker.id"]),
        (Field::Parent, &["reply-to"]),
        (Field::Votes, &["meta.score"]),
    ],
    ..BASE
};

/// Civil Comments.
pub(in crate::parse) static CIVIL: Preset = Preset {
    name: "civil-comments",
    about: "the Civil Comments corpus (.csv)",
    example: "id,toxicity,comment_text,…,created_date,publication_id,parent_id,article_id,rating,…,likes",
    marks: &[&["comment_text", "publication_id", "article_id", "created_date"]],
    fields: &[(Field::Status, &[]), (Field::Votes, &["likes"])],
    ..BASE
};

/// Comments of the New York Times.
pub(in crate::parse) static NYT: Preset = Preset {
    name: "nyt",
    about: "comments of the New York Times as collected for Kaggle (.csv)",
    example: "approveDate,commentBody,commentID,…,createDate,…,parentID,parentUserDisplayName,…,userDisplayName,…,articleID",
    marks: &[&["commentBody", "commentID", "userDisplayName"]],
    fields: &[
        (Field::Thread, &["articleID"]),
        (Field::Author, &["userDisplayName"]),
        (Field::AuthorId, &["userID"]),
        (Field::Html, &["commentBody"]),
        (Field::Text, &[]),
        (Field::Parent, &["parentID"]),
        (Field::Addressee, &["parentUserDisplayName"]),
        (Field::Posted, &["createDate", "approveDate"]),
        (Field::Status, &[]),
        (Field::Kind, &["commentType"]),
    ],
    ..BASE
};
