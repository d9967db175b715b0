#!/usr/bin/env python3
"""Compares our sentiment with the reference, the Python package vaderSentiment 3.3.2.

usage: vader.py compare BIN [--texts N] [--seed S] [-- OPTION...]
       vader.py record FILE.jsonl
       vader.py tables

compare  makes N texts (100,000) from the seed S (1), has them scored by `BIN score --format jsonl -o OUT OPTION... IN`
         and by the reference, and prints every text for which one of the four values differs. Ends with 1 if any does.
record   replaces the values in FILE, which holds {"text": ...} a line, by those of the reference.
tables   prints how many entries each table of the reference has, and their checksums: lexicons/sentiment/reference.tsv.

The package is installed into a virtual environment below target/ on the first run. Any Python from 3.9 on will do.
"""
import json, os, random, subprocess, sys, tempfile, venv

PACKAGE = 'vaderSentiment==3.3.2'
HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, '..', '..', 'target', 'vader-reference')
VALUES = ('neg', 'neu', 'pos', 'compound')
COLUMNS = ('sentiment_neg', 'sentiment_neu', 'sentiment_pos', 'sentiment')


def reference():
    """The reference's module; starts this script anew in the virtual environment if it is not there yet."""
    try:
        import vaderSentiment.vaderSentiment as module
    except ImportError:
        python = os.path.join(VENV, 'Scripts' if os.name == 'nt' else 'bin', 'python')
        if os.path.abspath(sys.prefix) == os.path.abspath(VENV):
            sys.exit(f'{PACKAGE} cannot be imported from {VENV}: delete that folder and run this again')
        if not os.path.exists(python):
            venv.create(VENV, with_pip=True)
            subprocess.run([python, '-m', 'pip', 'install', '--quiet', PACKAGE], check=True)
        sys.exit(subprocess.run([python, *sys.argv]).returncode)
    # Python 3.12 and later compensate for rounding when they sum; the values we hold to are those of the plain sum.
    module.sum = plain_sum
    return module


def plain_sum(values):
    total = 0
    for value in values:
        total = total + value
    return total


class Texts:
    """Makes texts in which every rule and every oddity is frequent."""

    def __init__(self, module, seed):
        self.random = random.Random(seed)
        analyzer = module.SentimentIntensityAnalyzer()
        self.felt = sorted(analyzer.lexicon)
        self.emoji = sorted(key for key in analyzer.emojis if len(key) == 1)
        self.long_emoji = sorted(key for key in analyzer.emojis if len(key) > 1)
        self.boosters = sorted(module.BOOSTER_DICT)
        self.negations = sorted(module.NEGATE)
        self.idioms = sorted(module.SPECIAL_CASES)
        self.few = [self.random.choice(self.felt) for _ in range(30)]

    PLAIN = ('the a it is was and to of on you they we he she comment article paper people city town bus tram road '
             'today tomorrow here there house train number writer reader what which who when where why how that these '
             'i B2B NASA USA 3rd 2nd x b q ab é ÀÉ ÇA şey straße ΑΒΓ σς ǅ Ǆ привет ПРИВЕТ 你好 今日 مرحبا').split()
    RULES = ('no no no nor or kind of least at very never so this without doubt but but BUT But however least no NO '
             'not NOT never so this without a doubt at least very least the shit bomb bad ass badass bus stop yeah '
             "right kiss of death to die for beating heart heart hearts just enough sort kinda n't N'T mayn't xn'tx "
             "ain't AIN'T don’t can’t fed up can't stand screwed up").split()
    SIGNS = ('! !! !!! !!!! !!!!! ? ?? ??? ???? . , ; : - -- … " \' ` ( ) [ ] { } * ** _ ~ ^ | \\ / @ # $ % & + = < > '
             '?! !? ." ," “ ” ’ ‘ « » ¿ ¡ — –').split()
    FACES = (':) :( :D :P :p ;) ;D =D =-D :-D (: :-( :/ :| <3 </3 xD XD xd o_O O.o o.O O_o (-:O (:O :Þ :-Þ :þ d: D: 8) :] :} {: '
             '[: ^urs ( \'}{\' ) ;-) :\'( :* lol LOL lmao omg').split()
    SPACES = (' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', '  ', '\n', '\t', '\r\n', '\x0b', '\x0c', '\x1c', '\x1d', '\x1e', '\x1f',
              '\x85', '\xa0', '\u1680', '\u2003', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000', '\u200b', '\ufeff', '\x00', '\x1b')
    GLUE = ('\ufe0f', '\u200d', '\u0301', '\x00', '\x07', '\x7f', '-', '’', "'", 'K', 'ſ', 'İ', 'ß', '́', '🏽', '®', '©')

    def word(self):
        pick = self.random.random
        source = pick()
        if source < 0.30:
            word = self.random.choice(self.PLAIN)
        elif source < 0.47:
            word = self.random.choice(self.few if pick() < 0.5 else self.felt)
        elif source < 0.67:
            word = self.random.choice(self.RULES)
        elif source < 0.75:
            word = self.random.choice(self.boosters)
        elif source < 0.82:
            word = self.random.choice(self.negations)
        elif source < 0.86:
            word = self.random.choice(self.idioms)
        elif source < 0.90:
            word = self.random.choice(self.FACES)
        elif source < 0.94:
            word = self.random.choice(self.SIGNS)
        elif source < 0.98:
            word = self.random.choice(self.emoji) * self.random.choice((1, 1, 1, 2, 3))
        elif source < 0.985:
            word = self.random.choice(self.long_emoji)
        elif source < 0.99:
            word = 'http://example.org/' + self.random.choice(self.felt) * self.random.randrange(12)
        else:
            word = ''.join(self.random.choice('abNnTt\'!?.-é’ :K') for _ in range(self.random.randrange(9)))
        return self.dress(word)

    def dress(self, word):
        pick = self.random.random
        case = pick()
        if case < 0.10:
            word = word.upper()
        elif case < 0.18:
            word = word.capitalize()
        elif case < 0.20:
            word = ''.join(c.upper() if pick() < 0.5 else c for c in word)
        if pick() < 0.14:
            word += self.random.choice(self.SIGNS)
        if pick() < 0.05:
            word = self.random.choice(self.SIGNS) + word
        if pick() < 0.02:
            at = self.random.randrange(len(word) + 1)
            word = word[:at] + self.random.choice(self.GLUE) + word[at:]
        return word

    def text(self):
        pick = self.random.random
        length = self.random.randrange(1, 12) if pick() < 0.6 else self.random.randrange(8, 45)
        if pick() < 0.01:
            length = self.random.randrange(100, 400)
        plain = pick() < 0.6
        parts = []
        for _ in range(length):
            parts.append(self.word())
            parts.append(' ' if plain or pick() < 0.8 else self.random.choice(self.SPACES) if pick() < 0.9 else '')
        text = ''.join(parts)
        if pick() < 0.15:
            text = text.encode('ascii', 'ignore').decode()
        if pick() < 0.03:
            text = text.upper()
        return text.replace('\ud800', '')


def score(binary, texts, options):
    """The four values of each text by our program."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = os.path.join(folder, 'in.jsonl'), os.path.join(folder, 'out.jsonl')
        with open(source, 'w', encoding='utf-8') as file:
            for number, text in enumerate(texts):
                file.write(json.dumps({'id': str(number), 'thread_id': str(number // 50), 'text': text}) + '\n')
        subprocess.run([binary, 'score', '--format', 'jsonl', '-o', out, *options, source], check=True)
        with open(out, encoding='utf-8') as file:
            rows = {int(row['comment_id']): row for row in map(json.loads, file)}
    return [tuple(rows[number][column] for column in COLUMNS) for number in range(len(texts))]


def compare(module, binary, size, seed, options):
    maker = Texts(module, seed)
    texts = [maker.text() for _ in range(size)]
    analyzer = module.SentimentIntensityAnalyzer()
    different = 0
    for text, ours in zip(texts, score(binary, texts, options)):
        scores = analyzer.polarity_scores(text)
        theirs = tuple(scores[value] for value in VALUES)
        if ours != theirs:
            different += 1
            print(f'{ascii(text)}\n    ours {ours}, reference {theirs}')
    print(f'{size - different} of {size} texts from seed {seed} have the same four values')
    return different


def record(module, path):
    analyzer = module.SentimentIntensityAnalyzer()
    with open(path, encoding='utf-8') as file:
        texts = [json.loads(line)['text'] for line in file]
    with open(path, 'w', encoding='utf-8') as file:
        for text in texts:
            file.write(json.dumps({'text': text, **analyzer.polarity_scores(text)}, ensure_ascii=False) + '\n')
    print(f'{len(texts)} texts in {path}')


def checksum(lines):
    """64-bit FNV-1a of the lines in the order of their characters."""
    value = 0xcbf29ce484222325
    for byte in ''.join(line + '\n' for line in sorted(lines)).encode():
        value = (value ^ byte) * 0x100000001b3 % 2**64
    return f'{value:016x}'


def tables(module):
    analyzer = module.SentimentIntensityAnalyzer()
    rated = lambda table: [f'{word}\t{float(value)!r}' for word, value in table.items()]
    print('# Entries of each table of vaderSentiment 3.3.2, and the 64-bit FNV-1a of its sorted lines; made by\n'
          '# tests/differential/vader.py tables\n# table<TAB>entries<TAB>checksum')
    for name, lines in (
        ('words', rated(analyzer.lexicon)),
        ('boosters', rated(module.BOOSTER_DICT)),
        ('negations', list(dict.fromkeys(module.NEGATE))),
        ('idioms', rated(module.SPECIAL_CASES)),
        ('emoji', [f'{emoji}\t{words}' for emoji, words in analyzer.emojis.items()]),
    ):
        print(f'{name}\t{len(lines)}\t{checksum(lines)}')


def main():
    arguments = sys.argv[1:]
    options = arguments[arguments.index('--') + 1:] if '--' in arguments else []
    arguments = arguments[:arguments.index('--')] if '--' in arguments else arguments
    named = dict(zip(arguments[2::2], arguments[3::2]))
    if arguments[:1] == ['compare'] and len(arguments) > 1 and set(named) <= {'--texts', '--seed'}:
        size, seed = int(named.get('--texts', 100_000)), int(named.get('--seed', 1))
        sys.exit(1 if compare(reference(), arguments[1], size, seed, options) else 0)
    elif arguments[:1] == ['record'] and len(arguments) == 2:
        record(reference(), arguments[1])
    elif arguments == ['tables']:
        tables(reference())
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()
