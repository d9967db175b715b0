//! The XML exports that are known.

use super::fields::Field;
use super::preset::{BASE, Body, Preset};
use super::xml::XmlPreset;

/// Disqus.
pub(super) static DISQUS: XmlPreset = XmlPreset {
    preset: Preset {
        name: "disqus",
        about: "Disqus: the export of a site (.xml)",
        example: "<disqus …><thread dsq:id=\"1\"><title>…</title></thread><post dsq:id=\"2\"><message>…</message>…</post></disqus>",
        marks: &[&["disqus"]],
        fields: &[
            (Field::Id, &["@dsq:id"]),
            (Field::Thread, &["thread@dsq:id"]),
            (Field::Author, &["author.name", "author.username"]),
            (Field::AuthorId, &["author.username"]),
            (Field::Text, &[]),
            (Field::Html, &["message"]),
            (Field::Parent, &["parent@dsq:id"]),
            (Field::Posted, &["createdAt"]),
            (Field::Deleted, &["isDeleted", "isSpam"]),
            (Field::Personal, &["author.email", "ipAddress"]),
            (Field::Votes, &["likes"]),
            (Field::Title, &[]),
            (Field::Declared, &[]),
        ],
        body: Body::Html,
        ..BASE
    },
    record: "post",
    holder: "thread",
    article: ["@dsq:id", "title", ""],
};

/// `WordPress`. The prefix `wp:` stands for another namespace in each version of the format.
pub(super) static WORDPRESS: XmlPreset = XmlPreset {
    preset: Preset {
        name: "wordpress",
        about: "WordPress: the export of a site (WXR 1.0 to 1.2, .xml)",
        example: "<rss …><channel><item><title>…</title><wp:comment><wp:comment_id>2</wp:comment_id>…</wp:comment></item></channel></rss>",
        marks: &[&["rss", "item"], &["wp:wxr_version"], &["wp:comment"]],
        fields: &[
            (Field::Id, &["wp:comment_id"]),
            (Field::Thread, &[]),
            (Field::Author, &["wp:comment_author"]),
            (Field::AuthorId, &["wp:comment_user_id"]),
            (Field::Text, &[]),
            (Field::Html, &["wp:comment_content"]),
            (Field::Parent, &["wp:comment_parent"]),
            (Field::Posted, &["wp:comment_date_gmt", "wp:comment_date"]),
            (Field::Status, &["wp:comment_approved"]),
            (Field::Kind, &["wp:comment_type"]),
            (Field::Personal, &["wp:comment_author_email", "wp:comment_author_IP"]),
            (Field::Votes, &[]),
            (Field::Title, &[]),
            (Field::Declared, &[]),
        ],
        body: Body::Html,
        ..BASE
    },
    record: "wp:comment",
    holder: "item",
    article: ["wp:post_id", "title", "content:encoded"],
};

/// Stack Exchange, which knows answers by `@name` only.
pub(super) static STACK_EXCHANGE: XmlPreset = XmlPreset {
    preset: Preset {
        name: "stack-exchange",
        about: "Stack Exchange: Comments.xml of the data dump",
        example: "<comments><row Id=\"1\" PostId=\"3\" Score=\"0\" Text=\"…\" CreationDate=\"…\" UserId=\"12\" /></comments>",
        marks: &[&["comments", "row"]],
        fields: &[
            (Field::Id, &["@Id"]),
            (Field::Thread, &["@PostId"]),
            (Field::Author, &["@UserDisplayName"]),
            (Field::AuthorId, &["@UserId"]),
            (Field::Text, &["@Text"]),
            (Field::Html, &[]),
            (Field::Parent, &[]),
            (Field::Posted, &["@CreationDate"]),
            (Field::Votes, &["@Score"]),
            (Field::Status, &[]),
            (Field::Title, &[]),
            (Field::Declared, &[]),
        ],
        ..BASE
    },
    record: "row",
    holder: "",
    article: ["", "", ""],
};
