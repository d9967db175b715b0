//! The file of a token model.
//!
//! After the mark of its form and of the features come the name, the sizes, the pieces, the table in
//! 8 bits with a unit for each row, and all other numbers in 32 bits; a checksum ends it. Numbers
//! have their low bytes first.

use ndarray::{Array2, Axis, concatenate};

use super::{FEATURES, TokenModel, Vocabulary};
use crate::error::{Error, Result};
use crate::score::flamebait::model::file::{
    Bytes, CHECKSUM, DAMAGED, OTHER_VERSION, checksum, fingerprint,
};

/// The first bytes of every file, with the version of its form.
const MAGIC: &[u8; 8] = b"TWTOKEN1";

impl TokenModel {
    /// Reads the bytes of a model file; `name` is for messages.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if they are no token model, were made for other features, or are damaged.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        read(bytes).map_err(|reason| Error::Model { name: name.to_owned(), reason: reason.into() })
    }
}

fn read(bytes: &[u8]) -> Result<TokenModel, &'static str> {
    let (content, sum) = bytes.split_at(bytes.len().saturating_sub(CHECKSUM));
    if sum != checksum(content) {
        return Err(DAMAGED);
    }
    let mut body = Bytes(content.strip_prefix(MAGIC).ok_or(OTHER_VERSION)?);
    if body.take(CHECKSUM) != Some(&fingerprint()) {
        return Err(OTHER_VERSION);
    }
    numbers(&mut body).ok_or(DAMAGED)
}

fn numbers(body: &mut Bytes<'_>) -> Option<TokenModel> {
    let length = usize::from(body.take(1)?[0]);
    let name = std::str::from_utf8(body.take(length)?).ok()?.to_owned();
    let [pieces, letters, width, filters, hidden] = sizes(body)?;
    let list: Vec<&str> = std::str::from_utf8(body.take(letters)?).ok()?.split('\n').collect();
    if list.len() != pieces || pieces == 0 {
        return None;
    }
    let table = body.take(pieces.checked_mul(width)?)?;
    let table: Vec<f32> = table.iter().map(|&byte| f32::from(i8::from_le_bytes([byte]))).collect();
    let mut table = Array2::from_shape_vec((pieces, width), table).ok()?;
    for (mut row, unit) in table.axis_iter_mut(Axis(0)).zip(list_of(body, pieces)?) {
        row.mapv_inplace(|value| value * unit);
    }
    let attention = list_of(body, pieces)?.into_iter().map(f32::exp).collect();
    let filter = list_of(body, width.checked_mul(3 * filters)?)?;
    let filter = Array2::from_shape_vec((width, 3 * filters), filter).ok()?;
    let rows = concatenate(Axis(1), &[table.view(), table.dot(&filter).view()]).ok()?;
    let inputs = 2 * width + filters + FEATURES;
    Some(TokenModel {
        name,
        vocabulary: Vocabulary::new(list.into_iter()),
        width,
        filters,
        rows: rows.iter().copied().collect(),
        nothing: vec![0.0; width + 3 * filters],
        attention,
        filter_bias: list_of(body, filters)?,
        limits: list_of(body, FEATURES)?,
        scales: list_of(body, FEATURES)?,
        hidden: Array2::from_shape_vec((hidden, inputs), list_of(body, hidden * inputs)?).ok()?,
        hidden_bias: list_of(body, hidden)?,
        from_hidden: list_of(body, hidden)?,
        direct: list_of(body, inputs)?,
        bias: body.number()?,
        share_of_sum: body.number()?,
        share: body.number()?,
        shift: body.number()?,
    })
}

/// How many pieces, bytes of their names, numbers for each, filters and hidden numbers there are.
fn sizes<const N: usize>(body: &mut Bytes<'_>) -> Option<[usize; N]> {
    let mut sizes = [0; N];
    for size in &mut sizes {
        *size = u32::from_le_bytes(body.take(4)?.try_into().ok()?) as usize;
    }
    Some(sizes)
}

fn list_of(body: &mut Bytes<'_>, length: usize) -> Option<Vec<f32>> {
    let bytes = body.take(length.checked_mul(4)?)?;
    let numbers = bytes.as_chunks::<4>().0.iter().copied().map(f32::from_le_bytes);
    Some(numbers.collect())
}
