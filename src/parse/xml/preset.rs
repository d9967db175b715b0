//! What XML exports look like.

use crate::error::Result;
use crate::parse::head::{Head, Shape};
use crate::parse::preset::Preset;
use crate::parse::{Format, Input, ReadOptions, Records};

/// What an XML export looks like.
pub(in crate::parse) struct XmlPreset {
    /// Names of the fields: elements within the record, joined by dots, and `@` for attributes.
    pub(in crate::parse) preset: Preset,
    /// The element that is a comment.
    pub(in crate::parse) record: &'static str,
    /// The element that is an article, around its comments or beside them.
    pub(in crate::parse) holder: &'static str,
    /// Names of the article's id, title and text.
    pub(in crate::parse) article: [&'static str; 3],
}

impl Format for XmlPreset {
    fn name(&self) -> &'static str {
        self.preset.name
    }

    fn about(&self) -> &'static str {
        self.preset.about
    }

    fn example(&self) -> &'static str {
        self.preset.example
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml"]
    }

    fn recognises(&self, head: &Head) -> bool {
        head.shape() == Shape::Xml && self.preset.recognises(head)
    }

    fn likeness(&self, head: &Head) -> f32 {
        if head.shape() == Shape::Xml { self.preset.likeness(head) } else { 0.0 }
    }

    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>> {
        super::read(self, input, options)
    }
}
