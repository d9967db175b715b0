//! What was measured, for people.

use std::fmt::Write;

use threadwarden::score::flamebait::evaluate::{Evaluation, Interval, Point};

use super::Findings;
use super::agreement::{Agreement, Pair};
use super::mistakes::Mistake;
use crate::cli::terminal;

/// Characters of a comment that are shown.
const WIDTH: usize = 90;

/// The report; `told` says what was read.
pub(super) fn report(told: &str, findings: &Findings) -> String {
    let Findings { model, evaluation, .. } = findings;
    let mut text = terminal::lines(told);
    let _ = writeln!(text, "  scored by: {}", terminal::safe(model));
    let _ = writeln!(text, "\nAUC {}", with_interval(evaluation.auc(), findings.auc));
    let precision = with_interval(evaluation.average_precision(), findings.average_precision);
    let base = evaluation.positives() as f64 / evaluation.len() as f64;
    let _ = writeln!(text, "average precision {precision}; by chance it would be {base:.3}");
    thresholds(&mut text, findings);
    calibration(&mut text, evaluation);
    agreement(&mut text, &findings.agreement, findings.thresholds.heated());
    let [flagged, missed] = &findings.mistakes;
    mistakes(&mut text, "Flagged though harmless, worst first", flagged);
    mistakes(&mut text, "Flamebait that is not flagged, worst first", missed);
    text
}

fn with_interval(value: Option<f64>, interval: Option<Interval>) -> String {
    match (value, interval) {
        (Some(value), Some(Interval { low, high })) => {
            format!("{value:.3} (with 95 of 100 such samples {low:.3} to {high:.3})")
        }
        _ => "cannot be told".into(),
    }
}

fn share(value: Option<f64>) -> String {
    value.map_or("–".into(), |value| format!("{value:.2}"))
}

fn thresholds(text: &mut String, findings: &Findings) {
    text.push_str("\nFlagged from a score on\n  threshold  flagged  precision  recall\n");
    let row = |Point { threshold, flagged, precision, recall }: Point, note: &str| {
        let (precision, recall) = (share(precision), share(recall));
        let row = format!("  {threshold:>9.4} {flagged:>8} {precision:>10} {recall:>7}  {note}");
        format!("{}\n", row.trim_end())
    };
    let own = findings.thresholds;
    let labels = [(own.flamebait(), "flamebait"), (own.heated(), "heated")];
    for point in findings.table() {
        let begins = |(from, _): &(f64, &str)| from.to_bits() == point.threshold.to_bits();
        *text += &row(point, labels.into_iter().find(begins).map_or("", |(_, name)| name));
    }
    let wanted = [("precision", findings.precision), ("recall", findings.recall)];
    for (what, (wanted, found)) in wanted {
        match found {
            Some(point) => *text += &row(point, &format!("for a {what} of {wanted}")),
            None => {
                let _ = writeln!(text, "  no threshold gives a {what} of {wanted}");
            }
        }
    }
}

fn calibration(text: &mut String, evaluation: &Evaluation) {
    let off = share(evaluation.calibration_error());
    let _ = writeln!(text, "\nCalibration: scores are off by {off} on average");
    text.push_str("     scores  comments  mean score  share of flamebait\n");
    for band in evaluation.calibration() {
        let to = band.from + 0.1;
        let _ = writeln!(
            text,
            "  {:.1} – {to:.1} {:>9} {:>11.2} {:>19.2}",
            band.from, band.count, band.score, band.flamebait
        );
    }
}

fn agreement(text: &mut String, agreement: &Agreement, heated: f64) {
    let Agreement { model, pairs, alpha } = agreement;
    text.push_str("\nAgreement beyond chance (1 all, 0 none)\n");
    let model = share(*model);
    let _ = writeln!(text, "  {model}  decisions and scores from {heated} on (Cohen's kappa)");
    for Pair { names: [one, other], comments, same, kappa } in pairs {
        let names = terminal::safe(&format!("{one} and {other}")).into_owned();
        let same = 100.0 * same;
        let kappa = share(*kappa);
        let _ = writeln!(
            text,
            "  {kappa}  {names} (Cohen's kappa); the same on {same:.0} % of {comments}"
        );
    }
    if let Some(alpha) = alpha {
        let _ = writeln!(text, "  {alpha:.2}  all who decided (Krippendorff's alpha)");
    }
}

fn mistakes(text: &mut String, title: &str, mistakes: &[Mistake]) {
    if mistakes.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for mistake in mistakes {
        let line = terminal::line(&mistake.text, WIDTH);
        let _ = writeln!(text, "  {:.4}  {line}", mistake.score);
        let reasons = mistake.reasons.iter().map(|reason| {
            let words = terminal::line(mistake.words(reason), 30);
            format!("{} \"{words}\" {:+.2}", reason.kind, reason.weight)
        });
        let reasons: Vec<String> = reasons.collect();
        let reasons =
            if reasons.is_empty() { "no word weighs much".to_owned() } else { reasons.join(", ") };
        let _ = writeln!(text, "          {reasons}");
    }
}
