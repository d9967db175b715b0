#!/usr/bin/env python3
"""Reads reports as those who analyse do: Parquet in DuckDB, Polars and pandas, a corpus in ConvoKit.

Each must find what the JSON Lines report of the same run says, with the right types. Needs a built binary, given as the
only argument. The first time it installs the packages from PyPI into target/analysis.
"""
import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
VENV = ROOT / 'target' / 'analysis'
PACKAGES = ['duckdb', 'polars', 'pandas', 'pyarrow', 'pymongo', 'pyyaml', 'requests', 'scikit-learn', 'scipy', 'tqdm']
DUMPS = [ROOT / 'samples' / 'forum.jsonl', ROOT / 'samples' / 'news-page.txt', ROOT / 'tests' / 'office' / 'attacks.csv']
NUMBERS = {'author_confidence', 'parent_confidence', 'sentiment', 'sentiment_neg', 'sentiment_neu', 'sentiment_pos',
           'flamebait', 'heat'}
COUNTS = {'position', 'depth', 'reply_count', 'drew_fire', 'priority'}


def install():
    """A Python of its own with the packages; starts this script again in it."""
    python = VENV / 'bin' / 'python'
    done = VENV / 'installed'
    if not done.exists():
        venv.create(VENV, with_pip=True)
        pip = [python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
        subprocess.run([*pip, *PACKAGES], check=True)
        # Without what only its models need, which is gigabytes.
        subprocess.run([*pip, '--no-deps', 'convokit'], check=True)
        done.touch()
    sys.exit(subprocess.run([python, __file__, *sys.argv[1:]]).returncode)


def check_duckdb(path, rows):
    import duckdb
    types = dict(duckdb.sql(f"select column_name, column_type from (describe select * from '{path}')").fetchall())
    for name, kind in types.items():
        wanted = 'DOUBLE' if name in NUMBERS else 'BIGINT' if name in COUNTS else 'VARCHAR'
        wanted = 'TIMESTAMP WITH TIME ZONE' if name == 'posted_at' else wanted
        assert kind == wanted, f'{name} is {kind}, not {wanted}'
    read = duckdb.sql(f"select * exclude posted_at, epoch_us(posted_at) from '{path}'")
    names = [name for name in types if name != 'posted_at']
    for mine, theirs in zip(rows, read.fetchall(), strict=True):
        assert [mine[name] for name in names] == list(theirs[:-1]), theirs
    (facts,), = duckdb.sql(f"select value from parquet_kv_metadata('{path}') where key = 'threadwarden'::blob").fetchall()
    facts = json.loads(facts)
    assert facts['tool'].startswith('threadwarden ') and 'flamebait' in facts['model'], facts
    assert [item['name'] for item in facts['inputs']] == [dump.name for dump in DUMPS], facts
    assert all(len(item['sha256']) == 64 for item in facts['inputs']), facts
    assert facts['settings']['flamebait from'] == '0.75', facts


def check_polars(path, rows):
    import polars
    frame = polars.read_parquet(path)
    assert frame['posted_at'].dtype == polars.Datetime('us', 'UTC'), frame['posted_at'].dtype
    for mine, theirs in zip(rows, frame.drop('posted_at').iter_rows(named=True), strict=True):
        assert {name: mine[name] for name in theirs} == theirs, theirs
    hot = polars.scan_parquet(path).filter(polars.col('flamebait') > 0.75).select(polars.len()).collect().item()
    assert hot == sum((row['flamebait'] or 0) > 0.75 for row in rows)


def check_pandas(path, rows):
    import pandas
    frame = pandas.read_parquet(path)
    assert str(frame['posted_at'].dtype) == 'datetime64[us, UTC]', frame['posted_at'].dtype
    assert [str(frame[name].dtype) for name in sorted(NUMBERS)] == ['float64'] * len(NUMBERS)
    assert frame['text'].fillna('').tolist() == [row['text'] or '' for row in rows]
    times = pandas.to_datetime(pandas.Series([row['posted_at'] for row in rows]), utc=True, format='ISO8601')
    same = (times == frame['posted_at']) | (times.isna() & frame['posted_at'].isna())
    assert same.all(), frame[~same]


def check_convokit(folder, rows):
    os.environ['HOME'] = str(folder)  # where it leaves a file of settings
    from convokit import Corpus
    corpus = Corpus(filename=str(folder))
    assert len(corpus.utterances) == len(rows)
    by_key = {(row['source'], row['thread_id'], row['position']): row for row in rows}
    for utterance in corpus.iter_utterances():
        meta = utterance.meta
        row = by_key[meta['source'], meta['thread_id'], meta['position']]
        assert utterance.text == (row['text'] or ''), utterance
        assert utterance.speaker.id == (row['author'] or '[unknown]'), utterance
        if utterance.reply_to is not None:
            assert corpus.get_utterance(utterance.reply_to).meta['comment_id'] == row['parent_id'], utterance
    assert sum(utterance.reply_to is not None for utterance in corpus.iter_utterances()) == sum(row['depth'] > 0 for row in rows)
    for conversation in corpus.iter_conversations():
        assert conversation.check_integrity(verbose=False), conversation.id
        assert conversation.meta['comments'] == len(conversation.get_utterance_ids())
    assert corpus.meta['tool'].startswith('threadwarden ')
    frame = corpus.get_utterances_dataframe()
    assert frame['meta.flamebait'].notna().sum() == sum(row['flamebait'] is not None for row in rows)


def main():
    if Path(sys.prefix) != VENV:
        install()
    binary = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        outputs = [folder / name for name in ('report.parquet', 'report.jsonl', 'report.convokit')]
        options = [option for output in outputs for option in ('-o', output)]
        subprocess.run([binary, 'score', *DUMPS, '--quiet', *options], check=True)
        parquet, lines, corpus = outputs
        with open(lines, encoding='utf-8') as file:
            rows = [json.loads(line) for line in file]
        for check, report in [(check_duckdb, parquet), (check_polars, parquet), (check_pandas, parquet), (check_convokit, corpus)]:
            check(report, rows)
            print(f'{check.__name__.removeprefix("check_")}: {len(rows)} comments, as the report says')


if __name__ == '__main__':
    main()
