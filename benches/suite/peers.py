"""Scores the column `text` of a CSV by other programs, in processes of their own, and writes a CSV.

usage: peers.py both|vader|profanity-check|better-profanity IN.csv OUT.csv LIMIT PROCESSES

Takes LIMIT rows at most. Prints the seconds that it took once everything was loaded: by the clock, and of all processors.
"""
import csv, itertools, multiprocessing, sys, time

# Texts that go to a process at once: so many that alt-profanity-check, which takes many texts a call, is at its best.
AT_ONCE = 1000


def scorers(what):
    """One function for each column of scores: texts in, values out."""
    found = []
    if what in ('both', 'vader'):
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
        analyzer = SentimentIntensityAnalyzer()
        found.append(lambda texts: [analyzer.polarity_scores(text)['compound'] for text in texts])
    if what in ('both', 'profanity-check'):
        import profanity_check
        found.append(profanity_check.predict_prob)
    if what == 'better-profanity':
        from better_profanity import profanity
        profanity.load_censor_words()
        found.append(lambda texts: [profanity.contains_profanity(text) for text in texts])
    return found


def load(what, all_loaded):
    global SCORERS
    SCORERS = scorers(what)
    for scorer in SCORERS:
        scorer(['a first text, which some take long for'])
    all_loaded.wait()


def score(rows):
    start = time.process_time()
    texts = [row['text'] for row in rows]
    scored = [(row['id'], *values) for row, *values in zip(rows, *(scorer(texts) for scorer in SCORERS))]
    return scored, time.process_time() - start


def main(what, source, target, limit, processes):
    all_loaded = multiprocessing.Barrier(processes + 1)
    with multiprocessing.Pool(processes, load, (what, all_loaded)) as pool, open(source, newline='', encoding='utf-8') as input, \
            open(target, 'w', newline='', encoding='utf-8') as output:
        all_loaded.wait()
        start, processor = time.perf_counter(), time.process_time()
        rows = itertools.islice(csv.DictReader(input), limit)
        size = min(AT_ONCE, max(1, limit // processes // 4))
        writer = csv.writer(output)
        scoring = 0
        for scored, seconds in pool.imap(score, iter(lambda: list(itertools.islice(rows, size)), [])):
            writer.writerows(scored)
            scoring += seconds
        print(time.perf_counter() - start, time.process_time() - processor + scoring)


if __name__ == '__main__':
    main(*sys.argv[1:4], *map(int, sys.argv[4:]))
