//! Named presets: how a platform calls its fields, whatever file they stand in.
//!
//! A platform whose dumps are CSV, spreadsheets or JSON in any shape needs no reader of its own,
//! only an entry here and a line in [`FORMATS`](super::FORMATS).

use super::fields::Field;
use super::head::{Head, Shape};
use super::{Format, Input, ReadOptions, Records, delimited, json, jsonl, workbook};
use crate::error::Result;

/// How a platform calls its fields.
pub struct Preset {
    /// The name that `--input-format` takes.
    pub(super) name: &'static str,
    /// What it is, in a few words for a list.
    pub(super) about: &'static str,
    /// How such a dump begins.
    pub(super) example: &'static str,
    /// Names that tell the platform: all of any one list.
    pub(super) marks: &'static [&'static [&'static str]],
    /// Names to go by instead of the usual ones, the best first.
    pub(super) fields: &'static [(Field, &'static [&'static str])],
    /// How texts are written, where a field does not say so itself.
    pub(super) body: Body,
    /// A record with a title is the article, not a comment.
    pub(super) has_articles: bool,
    /// The list that gives names for the ids of writers; empty if there is none.
    pub(super) people: &'static str,
}

/// How texts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// As they were typed.
    Plain,
    /// As they were typed, but with `&`, `<` and `>` as entities.
    Escaped,
    /// As HTML.
    Html,
}

/// What holds where a preset says nothing else.
pub(super) const BASE: Preset = Preset {
    name: "",
    about: "",
    example: "",
    marks: &[],
    fields: &[],
    body: Body::Plain,
    has_articles: false,
    people: "",
};

/// What holds where nothing is known of the platform.
pub(super) static GENERIC: Preset = BASE;

impl Format for Preset {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn example(&self) -> &'static str {
        self.example
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn recognises(&self, head: &Head) -> bool {
        self.marks.iter().any(|marks| marks.iter().all(|mark| head.has(mark)))
    }

    fn likeness(&self, head: &Head) -> f32 {
        let share = |marks: &&[&str]| {
            let found = marks.iter().filter(|mark| head.has(mark)).count();
            found as f32 / marks.len() as f32
        };
        self.marks.iter().map(share).fold(0.0, f32::max)
    }

    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>> {
        match input.head.shape() {
            Shape::Lines => jsonl::read(input, self, options),
            Shape::Json => json::read(input, self, options),
            Shape::Workbook => workbook::read(input, self, options),
            _ => delimited::read(input, self, options),
        }
    }
}

/// A report of ours, to be read again.
pub(super) static REPORT: Preset = Preset {
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

/// Reddit, as Pushshift and Arctic Shift archive it and as its API gives it.
pub(super) static REDDIT: Preset = Preset {
    name: "reddit",
    about: "Reddit: Pushshift or Arctic Shift archives (.zst, .jsonl), listings of the API (.json)",
    example: r#"{"id":"abc","parent_id":"t1_abb","link_id":"t3_xyz","author":"…","body":"…","created_utc":1600000000}"#,
    marks: &[
        &["link_id", "parent_id", "subreddit", "body"],
        &["link_id", "created_utc", "author", "body"],
        &["subreddit", "selftext", "created_utc"],
    ],
    fields: &[
        (Field::Id, &["id", "name"]),
        (Field::Thread, &["link_id"]),
        (Field::AuthorId, &["author_fullname"]),
        (Field::Text, &["body", "selftext"]),
        (Field::Html, &[]),
        (Field::Posted, &["created_utc"]),
        (Field::Votes, &["score", "ups"]),
        (Field::Kind, &["kind"]),
        (Field::Title, &["title"]),
        (Field::Declared, &["num_comments"]),
        (Field::Status, &[]),
    ],
    body: Body::Escaped,
    has_articles: true,
    ..BASE
};

/// Comments that yt-dlp writes beside a video.
pub(super) static YTDLP: Preset = Preset {
    name: "yt-dlp",
    about: "comments that yt-dlp saves with a video (.info.json)",
    example: r#"{"id":"…","extractor":"youtube","comment_count":4,"comments":[{"id":"Ugj","parent":"root","text":"…"}]}"#,
    marks: &[&["extractor", "comments"], &["id", "parent", "author_is_uploader", "text"]],
    fields: &[
        (Field::Text, &["text"]),
        (Field::Posted, &["timestamp"]),
        (Field::Votes, &["like_count"]),
        (Field::VotesAgainst, &["dislike_count"]),
        (Field::Title, &["title"]),
        (Field::Declared, &["comment_count"]),
        (Field::Thread, &[]),
    ],
    ..BASE
};

/// Comments as youtube-comment-downloader writes them.
pub(super) static YOUTUBE: Preset = Preset {
    name: "youtube",
    about: "YouTube: youtube-comment-downloader (.jsonl, .csv) or commentThreads of the API (.json)",
    example: r#"{"cid":"UgxA.9zB","text":"@userb no","time":"9 days ago","author":"@userc","time_parsed":1730086400.0}"#,
    marks: &[&["cid", "text", "votes", "author"], &["topLevelComment", "snippet"]],
    fields: &[
        (Field::Id, &["cid", "id"]),
        (Field::Author, &["author", "author_display_name"]),
        (Field::AuthorId, &["channel", "author_channel_id.value"]),
        (Field::Text, &["text_original", "text"]),
        (Field::Posted, &["time_parsed", "published_at", "time"]),
        (Field::Votes, &["votes", "like_count"]),
        (Field::Thread, &["video_id"]),
        (Field::Status, &[]),
    ],
    ..BASE
};

/// Hacker News.
pub(super) static HACKER_NEWS: Preset = Preset {
    name: "hacker-news",
    about: "Hacker News: items and searches of Algolia, items of Firebase (.json, .jsonl)",
    example: r#"{"id":8828543,"type":"story","title":"…","children":[{"id":8829186,"type":"comment","parent_id":8828543,"text":"<p>…"}]}"#,
    marks: &[
        &["story_id", "parent_id", "created_at_i"],
        &["by", "id", "time", "type"],
        &["created_at_i", "objectID"],
    ],
    fields: &[
        (Field::Id, &["id", "objectID"]),
        (Field::Thread, &["story_id"]),
        (Field::Author, &["author", "by"]),
        (Field::Html, &["text", "comment_text"]),
        (Field::Text, &[]),
        (Field::Posted, &["created_at_i", "created_at", "time"]),
        (Field::Votes, &["points", "score"]),
        (Field::Kind, &["type"]),
        (Field::Title, &["title"]),
        (Field::Declared, &["num_comments", "descendants"]),
        (Field::Deleted, &["deleted", "dead"]),
    ],
    body: Body::Html,
    has_articles: true,
    ..BASE
};

/// Discourse topics and posts.
pub(super) static DISCOURSE: Preset = Preset {
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
pub(super) static GITHUB: Preset = Preset {
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
pub(super) static CORAL: Preset = Preset {
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
pub(super) static COMMENTO: Preset = Preset {
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
pub(super) static ISSO: Preset = Preset {
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
pub(super) static REMARK42: Preset = Preset {
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

/// Facebook, as its Graph API and several scrapers give it.
pub(super) static FACEBOOK: Preset = Preset {
    name: "facebook",
    about: "Facebook: posts with comments of the Graph API (.json), tables of scrapers (.csv)",
    example: r#"[{"id":"1_2","message":"…","comments":[{"id":"2_3","message":"…","created_time":"…","from":{"name":"…"}}]}]"#,
    marks: &[
        &["created_time", "message", "id"],
        &["comment_message", "comment_author", "status_id"],
        &["author_url", "reply_to", "text"],
    ],
    fields: &[
        (Field::Thread, &["status_id", "post_id"]),
        (Field::Parent, &["parent_id", "parent.id"]),
        (Field::Addressee, &["reply_to"]),
        (Field::Declared, &["comments_count"]),
        (Field::Votes, &["like_count", "num_reactions", "num_likes"]),
    ],
    ..BASE
};

/// Instagram, as the common scrapers give it.
pub(super) static INSTAGRAM: Preset = Preset {
    name: "instagram",
    about: "Instagram: comments as Apify and like scrapers give them (.json, .csv)",
    example: r#"[{"id":"1","postUrl":"https://…","text":"…","ownerUsername":"…","timestamp":"…","replies":[]}]"#,
    marks: &[&["ownerUsername", "text"]],
    fields: &[
        (Field::Author, &["owner_username"]),
        (Field::Thread, &["post_url"]),
        (Field::Votes, &["likes_count"]),
    ],
    ..BASE
};

/// `ConvoKit` corpora.
pub(super) static CONVOKIT: Preset = Preset {
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
pub(super) static CIVIL: Preset = Preset {
    name: "civil-comments",
    about: "the Civil Comments corpus (.csv)",
    example: "id,toxicity,comment_text,…,created_date,publication_id,parent_id,article_id,rating,…,likes",
    marks: &[&["comment_text", "publication_id", "article_id", "created_date"]],
    fields: &[(Field::Status, &[]), (Field::Votes, &["likes"])],
    ..BASE
};

/// Comments of the New York Times.
pub(super) static NYT: Preset = Preset {
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

/// The preset that the names of a table tell; [`GENERIC`] if none does.
pub(super) fn likely(head: &Head) -> &'static Preset {
    ALL.iter().copied().find(|preset| preset.recognises(head)).unwrap_or(&GENERIC)
}

/// Every preset. Where several recognise a dump, the first is taken.
pub(super) static ALL: &[&Preset] = &[
    &CONVOKIT,
    &REPORT,
    &REDDIT,
    &YTDLP,
    &YOUTUBE,
    &DISCOURSE,
    &HACKER_NEWS,
    &GITHUB,
    &CORAL,
    &COMMENTO,
    &REMARK42,
    &ISSO,
    &FACEBOOK,
    &INSTAGRAM,
    &CIVIL,
    &NYT,
];
