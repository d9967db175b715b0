"""Averages soft labels: python average.py LABELS... > AVERAGE

The mean of the log-odds for each file, over the inputs that hold it.
"""

import sys
from pathlib import Path

import numpy as np


def log_odds(digits):
    chances = np.frombuffer(bytes.fromhex(digits), np.uint8) / 255
    return np.log((chances + 1e-3) / (1 - chances + 1e-3))


def main(paths):
    files = {}
    for path in paths:
        for line in Path(path).read_text(encoding="ascii").splitlines():
            name, digits = line.split("\t")
            files.setdefault(name, []).append(log_odds(digits))
    for name, odds in files.items():
        chances = np.round(255 / (1 + np.exp(-np.mean(odds, 0)))).astype(np.uint8)
        print(f"{name}\t{chances.tobytes().hex()}")


if __name__ == "__main__":
    main(sys.argv[1:])
