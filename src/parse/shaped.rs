//! Formats that the shape of a dump alone tells, whatever its fields are called.

use super::head::{Head, Shape};
use super::preset::{GENERIC, Preset};
use super::{Format, Input, ReadOptions, Records};
use crate::error::Result;

/// Reads dumps of a shape with the names of a preset.
type Read = for<'a> fn(Input<'a>, &Preset, &ReadOptions) -> Result<Box<dyn Records + 'a>>;

/// A format without a platform.
pub(super) struct Shaped {
    /// The name that `--input-format` takes.
    pub(super) name: &'static str,
    /// What it is, in a few words for a list.
    pub(super) about: &'static str,
    /// How such a dump begins.
    pub(super) example: &'static str,
    /// How the names of such files end.
    pub(super) extensions: &'static [&'static str],
    /// The shape that tells it.
    pub(super) fits: fn(Shape) -> bool,
    /// How it is read.
    pub(super) read: Read,
}

impl Format for Shaped {
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
        self.extensions
    }

    fn recognises(&self, head: &Head) -> bool {
        (self.fits)(head.shape())
    }

    fn read<'a>(&self, input: Input<'a>, options: &ReadOptions) -> Result<Box<dyn Records + 'a>> {
        (self.read)(input, &GENERIC, options)
    }
}
