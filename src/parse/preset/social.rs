//! Large platforms.

use super::{BASE, Body, Preset};
use crate::parse::fields::Field;

/// Reddit, as Pushshift and Arctic Shift archive it and as its API gives it.
pub(in crate::parse) static REDDIT: Preset = Preset {
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
        (Field::Declared, &["num_comments", "count"]),
        (Field::Status, &[]),
    ],
    body: Body::Escaped,
    has_articles: true,
    ..BASE
};

/// Comments that yt-dlp writes beside a video.
pub(in crate::parse) static YTDLP: Preset = Preset {
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
pub(in crate::parse) static YOUTUBE: Preset = Preset {
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
pub(in crate::parse) static HACKER_NEWS: Preset = Preset {
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

/// Facebook, as its Graph API and several scrapers give it.
pub(in crate::parse) static FACEBOOK: Preset = Preset {
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
pub(in crate::parse) static INSTAGRAM: Preset = Preset {
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
