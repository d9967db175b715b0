//! What is looked at when a comment is weighed as the parent of another.

use std::sync::LazyLock;

/// The values of all features for one pair of comments.
pub(super) type Row = [f32; Feature::ALL.len()];

macro_rules! features {
    ($($feature:ident $name:literal $meaning:literal)*) => {
        /// One thing that is looked at. In the meanings, *i* is the comment, *j* the comment that
        /// it may answer, *N* the name that *i* speaks to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Feature {
            $(#[doc = $meaning] $feature,)*
        }

        impl Feature {
            /// All features.
            pub const ALL: &'static [Self] = &[$(Self::$feature,)*];

            /// The name in weight files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$feature => $name,)* }
            }

            /// What it says.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$feature => $meaning,)* }
            }
        }
    };
}

features! {
    Null "null" "the parent is not in the dump, or there is none"
    NullQuote "null_quote" "the same, and i quotes what stands nowhere"
    NullInside "null_inside" "the same, and the first name that i speaks to stands inside the text"
    NullAlike "null_alike" "the same, times the best likeness of any candidate"
    FirstShared "t_sho" "ln(1 + stretches of four words of i that first stood in j)"
    AnyShared "t_any" "i has a stretch that first stood in j"
    LeadShared "t_lead" "the first stretch that i has from any comment first stood in j"
    LatestShared "t_latest" "j is the latest comment where three or more stretches of i first stood"
    Run "t_run" "ln(1 + longest run of stretches in common)"
    Begins "t_begins" "i begins with a stretch that first stood in j"
    Likeness "t_cos" "cosine of the words, rare words weighing more"
    Rare "t_rare" "ln(1 + shared words that stand in few other comments)"
    BestRare "t_bestrare" "j shares the rarest words with i of all candidates"
    Quoted "t_quote" "ln(1 + stretches in marked quotes of i that stand in j)"
    Above "p_adj" "j stands directly above i"
    First "p_first" "j is the first comment"
    Distance "p_logd" "ln(i - j)"
    ManyDistance "p_many" "ln(i - j) if i speaks to several"
    Bare "p_bare" "ln(1 + comments between that speak to nobody)"
    NoBare "p_nobare" "no comment between speaks to nobody"
    Question "j_q" "j asks something"
    OpenQuestion "j_open" "j asks something, and nobody has answered so far"
    BothAsk "ij_q" "i and j both ask something"
    Speaks "j_at" "j speaks to somebody"
    Length "j_len" "ln(1 + length of j in words of six letters)"
    Siblings "j_sibs" "ln(1 + answers to j so far)"
    Rank "k_rank" "ln(1 + later comments of the addressee)"
    Own "k_self" "j is by the writer of i"
    OwnDistance "k_selfd" "j is by the writer of i: ln(i - j)"
    OwnSame "k_selfsame" "j is by the writer of i and speaks to the same person"
    NamesAuthor "k_named" "i holds a name of the writer of j, four letters or longer"
    ToWriter "k_ping" "j speaks to the writer of i"
    Exchange "k_exchange" "j answers a comment by the writer of i"
    ToOther "k_jother" "j speaks to somebody else"
    InOwnChain "k_insub" "the writer of i wrote something above j in its chain"
    Answered "k_replied" "the writer of i has already answered j"
    Again "k_parlast" "the writer's last comment to the addressee answered j, and the addressee was silent since"
    Same "k_same" "the writer's last comment to the addressee answered j"
    Open "k_open" "j is the addressee's latest that speaks to the writer, who has not answered it"
    Spoken "k_spoken" "the writer has spoken to the addressee since j"
    OpenRank "k_openrank" "ln(1 + later comments of the addressee that speak to the writer)"
    Continued "k_cont" "j and the addressee's comment directly before it stand one above the other"
    Since "k_since" "ln(1 + comments of the writer between)"
    Follows "k_follows" "j comes at most two comments after another one of the addressee"
    Chain "s_path" "how likely it is that j stands above i - 1 in its chain, or is i - 1"
    Steps "s_depth" "ln(1 + steps from i - 1 up to j)"
    NamesToo "h_jsays" "j itself names N"
    Pool "h_pool" "ln(1 + likeness of j to the other comments that name N)"
    Votes "h_votes" "ln(1 + votes that N wrote j)"
    OtherVotes "h_other" "ln(1 + votes that others wrote j)"
    Told "h_told" "a quote tells that N wrote j"
    ToldOther "h_told_other" "a quote tells that somebody else wrote j"
    NamesWriter "h_ping" "j names whoever seems to have written i"
    Turn "h_alt" "j answers a comment that speaks to N, and does not speak to N itself"
    ChildNames "h_xchild" "ln(1 + other names in i that are not in j)"
    ParentNames "h_xpar" "ln(1 + names in j that are not among the other names of i)"
    Inherited "h_inherit" "the other names in i are just the names in j"
    OftenSpeaks "h_nrjat" "j speaks to somebody, not to N: ln of how many comments name N"
}

impl Feature {
    /// The feature of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feature| feature.name() == name)
    }
}

/// A row without any feature.
pub(super) const EMPTY: Row = [0.0; Feature::ALL.len()];

/// Sets a feature that is there or not.
pub(super) fn flag(row: &mut Row, feature: Feature, is: bool) {
    row[feature as usize] = f32::from(u8::from(is));
}

/// Sets a feature to the logarithm of one more than a count.
pub(super) fn count(row: &mut Row, feature: Feature, count: usize) {
    row[feature as usize] = ln1(count);
}

/// The logarithms of small counts, which are most.
static LOGARITHMS: LazyLock<[f32; 512]> = LazyLock::new(|| std::array::from_fn(logarithm));

/// The logarithm of one more than a count.
pub(super) fn ln1(count: usize) -> f32 {
    LOGARITHMS.get(count).copied().unwrap_or_else(|| logarithm(count))
}

#[expect(clippy::cast_precision_loss, reason = "the logarithm takes away far more")]
fn logarithm(count: usize) -> f32 {
    (count as f32).ln_1p()
}

/// Sets a feature to the logarithm of one more than a value, which is often none.
pub(super) fn soften(row: &mut Row, feature: Feature, value: f32) {
    row[feature as usize] = if value > 0.0 { value.ln_1p() } else { 0.0 };
}
