//! The analyzer: its options, and the way of a text through it.

use std::borrow::Cow;
use std::cell::RefCell;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use super::explain::{Contribution, Effect, Explanation, Notes};
use super::lexicon::{self, Entry, Lexicon};
use super::rewrite::Rewritten;
use super::scan::{Tokens, scan};
use super::total::{Marks, total};
use super::words::Words;
use super::{Sentiment, own, rules};
use crate::error::{Error, Result};

/// The version of the reference whose numbers are given.
const VERSION: &str = "vader-3.3.2";

/// Buffers that held a text longer than this are given back.
const LONG_TEXT: usize = 1 << 20;

/// How close to stay to the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The reference's numbers, to the last digit.
    #[default]
    Exact,
    /// Mends what users report as weaknesses, so that the numbers differ:
    ///
    /// - curly apostrophes are apostrophes: "I don’t love it" is negated;
    /// - emoji of Unicode 12 and later are read as words too, U+FE0F and other joiners are passed
    ///   over, and what follows an emoji does not stick to it;
    /// - phrases that the reference's lexicon holds but that it can never find ("fed up", "can't
    ///   stand"), its idioms, and boosters of two words count as one word, wherever they stand;
    /// - a word of one or two letters is found before a comma or full stop ("no."), and an emoticon
    ///   in the lexicon although its middle looks like a word.
    Extended,
}

/// Scores texts. A clone shares the tables and costs nothing.
///
/// ```
/// use threadwarden::score::sentiment::{Analyzer, Mode};
///
/// let exact = Analyzer::default();
/// assert_eq!(exact.score("I don’t love it").compound, 0.6369);
///
/// let own = "paywall\t-2.0\nfake news\t-2.5\nproper\tbooster\n";
/// let analyzer = Analyzer::builder().mode(Mode::Extended).lexicon("my.tsv", own)?.build()?;
/// assert_eq!(analyzer.score("I don’t love it").compound, -0.5216);
/// assert!(analyzer.score("Proper fake news behind a paywall").compound < -0.7);
/// assert_eq!(analyzer.name(), "vader-3.3.2-extended+my.tsv");
/// # Ok::<(), threadwarden::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Analyzer {
    name: Arc<str>,
    lexicon: Arc<Lexicon>,
    words: Arc<Words>,
}

/// The reference's numbers.
impl Default for Analyzer {
    fn default() -> Self {
        static EXACT: LazyLock<Analyzer> = LazyLock::new(|| {
            let lexicon = lexicon::exact().unwrap_or_default();
            Analyzer::new(VERSION.into(), lexicon, Mode::Exact)
        });
        EXACT.clone()
    }
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// What is filled anew for each text.
#[derive(Debug, Default)]
struct Scratch {
    rewritten: Rewritten,
    tokens: Tokens,
    valences: Vec<f64>,
}

impl Analyzer {
    /// Options for an analyzer that differs from the default.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    fn new(name: String, lexicon: Lexicon, mode: Mode) -> Self {
        let words = Words::new(&lexicon, mode == Mode::Extended);
        Self { name: name.into(), lexicon: Arc::new(lexicon), words: Arc::new(words) }
    }

    /// Name and version: `vader-3.3.2`, `vader-3.3.2-extended`, and the names of the users' lexicons
    /// behind it, as in `vader-3.3.2+my.tsv`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every entry that is in force, in the order of the words.
    pub fn lexicon(&self) -> impl Iterator<Item = &Entry> {
        self.lexicon.entries().iter()
    }

    /// The four values of a text, in a time that grows with its length only. Nothing is allocated,
    /// but for the first texts of a thread and for very long ones.
    #[must_use]
    pub fn score(&self, text: &str) -> Sentiment {
        SCRATCH.with_borrow_mut(|scratch| {
            let Scratch { rewritten, tokens, valences } = scratch;
            let text = rewritten.of(text, &self.words.characters);
            scan::<false>(text, &self.words, tokens);
            rules::apply(&self.words, tokens, valences, &mut ());
            let sentiment = total(valences.iter().copied(), tokens.codes.len(), text);
            if text.len() > LONG_TEXT {
                *scratch = Scratch::default();
            }
            sentiment
        })
    }

    /// What made the score of a text.
    ///
    /// ```
    /// use threadwarden::score::sentiment::{Analyzer, Rule};
    ///
    /// let explanation = Analyzer::default().explain("It is NOT very good!");
    /// let good = &explanation.words[0];
    /// assert_eq!((good.word.as_str(), good.range.clone(), good.rating), ("good", 15..19, 1.9));
    /// let rules: Vec<_> = good.effects.iter().map(|effect| effect.rule).collect();
    /// assert_eq!(rules, [Rule::Booster, Rule::Negation]);
    /// assert_eq!(explanation.exclamations, 1);
    /// ```
    #[must_use]
    pub fn explain(&self, text: &str) -> Explanation {
        let mut scratch = Scratch::default();
        let Scratch { rewritten, tokens, valences } = &mut scratch;
        let plain = rewritten.of(text, &self.words.characters).to_owned();
        scan::<true>(&plain, &self.words, tokens);
        let mut notes = Notes::default();
        rules::apply(&self.words, tokens, valences, &mut notes);

        let place = |token: usize| rewritten.origin(tokens.spans[token].clone());
        let mut words: Vec<_> = tokens
            .felt
            .iter()
            .zip(valences.iter())
            .map(|(token, valence)| Contribution {
                range: place(*token),
                word: self.words.name(tokens.codes[*token]).to_owned(),
                rating: self.words.word(tokens.codes[*token]).valence,
                effects: Vec::new(),
                valence: *valence,
            })
            .collect();
        for (felt, rule, by, valence) in notes.effects {
            words[felt].effects.push(Effect { rule, by: by.map(place), valence });
        }
        let marks = Marks::count(&plain);
        Explanation {
            sentiment: total(valences.iter().copied(), tokens.codes.len(), &plain),
            words,
            tokens: tokens.codes.len(),
            exclamations: marks.exclamations,
            questions: marks.questions,
            amplifier: marks.amplifier(),
        }
    }
}

/// Options for an [`Analyzer`].
#[derive(Clone, Debug, Default)]
pub struct Builder {
    mode: Mode,
    only_own: bool,
    own: Vec<(String, Vec<Entry>)>,
}

impl Builder {
    /// How close to stay to the reference.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Leaves out the reference's words with feeling and its idioms, so that only users' lexicons
    /// tell what has feeling. Boosters and negations stay.
    #[must_use]
    pub fn only_own_words(mut self) -> Self {
        self.only_own = true;
        self
    }

    /// Adds a user's lexicon, given as the text of a file called `name`. Its entries replace those
    /// of the same word.
    ///
    /// It has the form of VADER's own file: UTF-8 text, one entry a line, its fields separated by
    /// tabs. Blank lines and lines that begin with `# ` are skipped. A line is one of
    ///
    /// - `word`, mean rating, and optionally the standard deviation and the single ratings, which
    ///   are not used: `paywall<TAB>-2.0`. Ratings go from -4, most negative, to 4;
    /// - a phrase in place of the word, which then counts as one word: `fake news<TAB>-2.5`;
    /// - `word<TAB>booster`, optionally with an amount, 0.293 if it is missing, and negative for a
    ///   word that weakens: `a tad<TAB>booster<TAB>-0.293`;
    /// - `word<TAB>negation`.
    ///
    /// Case does not matter. A word is compared with a token from which punctuation at both ends has
    /// been taken, unless the token then has two characters or fewer.
    ///
    /// # Errors
    ///
    /// [`Error::Lexicon`] names the first line that is not of that form.
    pub fn lexicon(mut self, name: &str, table: &str) -> Result<Self> {
        self.own.push((name.to_owned(), own::parse(name, table)?));
        Ok(self)
    }

    /// Adds a user's lexicon from a file; see [`lexicon`](Self::lexicon).
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if the file cannot be read, [`Error::Lexicon`] for a bad line.
    pub fn lexicon_file(mut self, path: &Path) -> Result<Self> {
        let shown = path.display().to_string();
        let table = std::fs::read_to_string(path)
            .map_err(|source| Error::Read { name: shown.clone(), source })?;
        let name = path.file_name().map_or(Cow::Borrowed(&*shown), |name| name.to_string_lossy());
        self.own.push((name.into_owned(), own::parse(&shown, &table)?));
        Ok(self)
    }

    /// The analyzer.
    ///
    /// # Errors
    ///
    /// [`Error::Lexicon`] if a table that is built in is damaged.
    pub fn build(self) -> Result<Analyzer> {
        let mut name = VERSION.to_owned();
        let mut lexicon = match self.mode {
            Mode::Exact => lexicon::exact()?,
            Mode::Extended => lexicon::extended()?,
        };
        if self.mode == Mode::Extended {
            name.push_str("-extended");
        }
        if self.only_own {
            name.push_str("-own");
            lexicon = lexicon.without_feeling();
        }
        for (file, entries) in self.own {
            name.push('+');
            name.push_str(&file);
            lexicon = lexicon.with(entries);
        }
        Ok(Analyzer::new(name, lexicon, self.mode))
    }
}
