//! Harmless sentences about groups of people, so that no feature learns to distrust their names.

use super::labelled::Labelled;
use crate::lexicon;

const IDENTITY: &str = include_str!("../../../../lexicons/flamebait/identity.tsv");

/// Sentences with a gap for a name.
const TEMPLATES: [&str; 12] = [
    "I am {} and I live next door.",
    "My neighbour is {} and we often talk.",
    "There is a {} group meeting at the library on Friday.",
    "As a {} person I read this article with interest.",
    "You may know that my best friend is {}.",
    "Are you {} too?",
    "All the {} people I know work hard.",
    "They are {} and proud of it.",
    "She told us about her {} family.",
    "The {} community will celebrate this week.",
    "Most {} voters I met were kind to me.",
    "He wrote a book about being {}.",
];

/// Every template with every name, as harmless; together they count `weight`.
pub(super) fn sentences(weight: f64) -> Vec<Labelled> {
    let names: Vec<&str> = lexicon::entries(IDENTITY).map(|(_, fields)| fields[0]).collect();
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
    let each = weight / (names.len() * TEMPLATES.len()) as f64;
    let fill = |template: &str, name: &str| Labelled {
        text: template.replace("{}", name),
        target: 0.0,
        weight: each,
    };
    TEMPLATES.iter().flat_map(|template| names.iter().map(|name| fill(template, name))).collect()
}
