"""Writes made Reddit comments as JSON Lines, as archives hold them, up to so many bytes.

    python3 benches/reddit.py 2000000000 | zstd --long=31 -o comments.zst
    /usr/bin/time -v target/release/threadwarden summary comments.zst

Texts are two pieces each of a stock of made sentences, so that they pack about as well as real ones.
"""

import itertools
import random
import sys

LINE = (
    '{"author":"user_%d","author_fullname":"t2_%x","body":"%s %s","created_utc":%d,"id":"%x",'
    '"link_id":"t3_%x","parent_id":"t1_%x","score":%d,"subreddit":"sub%d","retrieved_on":%d}\n'
)
FIRST_ID = 0x10000000
FIRST_THREAD = 0x900000
LENGTHS = range(8, 61)


def sentences(source: random.Random) -> list[str]:
    """Made sentences of made words, of which a few are common and most are rare."""
    parts = ["ba", "ke", "lo", "mi", "nu", "ra", "so", "ti", "ve", "shi", "tor", "an", "el", "ing"]
    words = ["".join(source.choices(parts, k=source.randint(1, 4))) for _ in range(30_000)]
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    lengths = source.choices(LENGTHS, k=20_000)
    return [" ".join(source.choices(words, cum_weights=weights, k=length)) for length in lengths]


def main() -> None:
    size = int(sys.argv[1])
    source = random.Random(7)
    texts = sentences(source)
    written = number = 0
    while written < size:
        bits = source.getrandbits(90)
        number += 1
        line = LINE % (
            bits % 1_999_993,
            bits % 0xFFFFFFFFFF,
            texts[bits % 19_997],
            texts[bits % 19_993],
            1_500_000_000 + number // 20,
            FIRST_ID + number,
            FIRST_THREAD + max(number - bits % 8_191, 0) // 40,
            FIRST_ID + max(number - bits % 397, 0),
            bits % 37,
            bits % 499,
            1_600_000_000 + bits % 9_999_991,
        )
        written += len(line)
        sys.stdout.write(line)


if __name__ == "__main__":
    main()
