//! Texts that look like comments, made from word lists and the same in every run.

/// The most frequent words of English, the first ones the most often.
const COMMON: &str = "the to a and of is that in it you for i not on are this be with they have he \
    as was but if or we what people all your so at do from would just no like who can will about \
    there by their an has my more one when out up get how don't because them his know think than \
    why only it's should were been time then other some make even being want any had these which \
    want into could go her those me over most too where way our did us she going really see here \
    never very after also now does still back much well can't doesn't isn't before without least";
const PLAIN: &str = "council mayor article paper reader comment city town street tram bus train \
    bridge park river house rent tax budget vote election party minister school teacher pupil \
    hospital nurse doctor office company worker union price ticket station driver cyclist car \
    bicycle market shop street-corner farmer village weather summer winter morning evening week \
    month year number report study question answer point side story page headline editor writer \
    camera police court judge law rule border country language history museum film song music game \
    match season coach player field table kitchen bread coffee water money bank account letter \
    phone screen computer network data phrase sentence paragraph building tower wall road corner";
const FELT: &str = "good bad great stupid love hate fun wrong best worst nice terrible happy sad \
    trust lie liar honest fair unfair shame proud fear angry hope help problem hurt kill free \
    support attack beautiful ugly awful wonderful idiot moron racist greedy corrupt pathetic \
    ridiculous thanks thank please sorry agree disagree like cool dumb failure success win lost";
const ODD: &str = "https://example.org/news/2026/11/22/tram-line-seven 2026 100% :) lol LOL 😀 ❤️ \
    don’t it’s “quote” … – café @Anna @tram_fan #tram7 e.g. 3.5 U.S. NOT VERY STUPID WHY REALLY?";

/// Numbers and texts that look random.
pub(crate) struct Maker {
    state: u64,
    lists: [Vec<&'static str>; 4],
}

impl Maker {
    /// Begins anew.
    pub(crate) fn new() -> Self {
        let lists = [COMMON, PLAIN, FELT, ODD].map(|list| list.split_whitespace().collect());
        Self { state: 0x2545_f491_4f6c_dd1d, lists }
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state >> 33).unwrap_or_default() % limit
    }

    /// Adds a text of 3 to 60 words, mostly few, to `text`.
    pub(crate) fn add_text(&mut self, text: &mut String) {
        let length = 3 + self.below(15) + self.below(15) * self.below(4);
        let mut begins = true;
        for _ in 0..length {
            let list = match self.below(100) {
                0..56 => 0,
                56..88 => 1,
                88..97 => 2,
                _ => 3,
            };
            // The smaller of two draws makes the first words of a list the frequent ones.
            let words = self.lists[list].len();
            let word = self.below(words).min(self.below(words));
            let word = self.lists[list][word];
            let (head, tail) = word.split_at(usize::from(begins && word.is_ascii()));
            text.push_str(&head.to_uppercase());
            text.push_str(tail);
            begins = false;
            match self.below(40) {
                0..3 => text.push(','),
                3..5 => {
                    text.push(['.', '!', '?', '.'][self.below(4)]);
                    begins = true;
                }
                _ => {}
            }
            text.push(if self.below(60) == 0 { '\n' } else { ' ' });
        }
        text.pop();
        text.push('.');
    }
}
