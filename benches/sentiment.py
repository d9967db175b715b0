#!/usr/bin/env python3
"""Times sentiment scoring beside the reference, the crate, `wc -w` and a bare CSV copy; prints ratios.

usage: sentiment.py [TEXTS.jsonl] [--rounds N]

All of them take the same texts, on one thread, in rounds one after the other; of each the best round counts. What runs
too long to escape other programs, the reference and `wc`, is charged with its processor time instead.
Without TEXTS.jsonl ({"text": ...} a line) the texts are those of `cargo bench --bench sentiment`.
"""
import json, os, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'tests', 'differential'))
import vader

UNITS = {'ns': 1e-9, 'µs': 1e-6, 'ms': 1e-3, 's': 1.0}


def built():
    """The path of the built benchmark."""
    done = subprocess.run(['cargo', 'bench', '--bench', 'sentiment', '--no-run', '--message-format=json'],
                          cwd=os.path.join(HERE, '..'), check=True, stdout=subprocess.PIPE, text=True)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    return [m['executable'] for m in messages if m.get('executable') and m['target']['name'] == 'sentiment'][-1]


def divan(bench, texts):
    """The best time of each benchmark in seconds."""
    done = subprocess.run([bench, '--bench', '--max-time', '2'], env=dict(os.environ, SENTIMENT_TEXTS=texts), check=True,
                          stdout=subprocess.PIPE, text=True)
    found = re.findall(r'[├╰]─ (\w+) +([\d.]+) (ns|µs|ms|s) ', done.stdout)
    return {name: float(number) * UNITS[unit] for name, number, unit in found}


def timed(call):
    """Processor time of this process and of those that it waited for, in seconds."""
    start = os.times()
    call()
    end = os.times()
    return sum(end[:4]) - sum(start[:4])


def main():
    arguments = sys.argv[1:]
    rounds = int(arguments.pop(arguments.index('--rounds') + 1)) if '--rounds' in arguments else 3
    given = [argument for argument in arguments if argument != '--rounds']
    analyzer = vader.reference().SentimentIntensityAnalyzer()
    bench = built()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.abspath(given[0]) if given else os.path.join(folder, 'texts.jsonl')
        if not given:
            subprocess.run([bench], env=dict(os.environ, WRITE_TEXTS=path), check=True)
        with open(path, encoding='utf-8') as file:
            texts = [json.loads(line)['text'] for line in file]
        size = sum(len(text.encode()) for text in texts)
        times = 1 + 200_000_000 // size
        plain = os.path.join(folder, 'texts.txt')
        with open(plain, 'w', encoding='utf-8') as file:
            for _ in range(times):
                file.write('\n'.join(texts) + '\n')
        best = {}
        for _ in range(rounds):
            found = divan(bench, path)
            found['reference'] = timed(lambda: [analyzer.polarity_scores(text) for text in texts])
            found['wc -w'] = timed(lambda: subprocess.run(['wc', '-w', plain], stdout=subprocess.DEVNULL)) / times
            for name, seconds in found.items():
                best[name] = min(seconds, best.get(name, seconds))
    ours, theirs = best['exact'], best['reference']
    print(f'{len(texts):,} texts, {size / 1e6:.1f} MB, best of {rounds} rounds, Python {sys.version.split()[0]}')
    print('\n| what | MB/s | times the reference | exact is so many times as fast |\n|---|--:|--:|--:|')
    for name, seconds in sorted(best.items(), key=lambda item: item[1]):
        print(f'| {name} | {size / seconds / 1e6:.1f} | {theirs / seconds:.1f} | {seconds / ours:.2f} |')


if __name__ == '__main__':
    main()
