//! Writes soft labels, the probabilities that the scorer `accurate` gives to labelled rows, where
//! half of them are flamebait: `label_flamebait FILE.csv... > LABELS`. The form is that of the
//! manifest in `training/`.

use std::error::Error;
use std::path::Path;

use threadwarden::score::flamebait::FlamebaitScorer;
use threadwarden::score::flamebait::train::read_labelled;

/// The odds of flamebait on the page that the scorer is made for.
const ODDS: f64 = 0.25;

#[expect(clippy::print_stdout, reason = "an example speaks to its user")]
fn main() -> Result<(), Box<dyn Error>> {
    let scorer = FlamebaitScorer::accurate();
    for path in std::env::args().skip(1) {
        let digits = |text: &str| {
            let score = scorer.assess(text).score;
            let odds = score / (1.0 - score).max(1e-4) / ODDS;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 255"
            )]
            let share = (255.0 * odds / (1.0 + odds)).round() as u8;
            format!("{share:02x}")
        };
        let rows = read_labelled(&path, std::fs::File::open(&path)?)?;
        let digits: String = rows.iter().map(|row| digits(&row.text)).collect();
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy();
        println!("{name}\t{digits}");
    }
    Ok(())
}
