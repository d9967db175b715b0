"""Mixes the soft labels that the models are fitted to: python mix.py MANIFEST FOLDER RATINGS TEACHER FIRST > SOFT

RATINGS are two decimal digits a row, TEACHER and FIRST two hexadecimal ones, as teacher.py and
average.py write them; so is what is printed. A rating says how many readers would object, a label
what most say, so the log-odds of the mixture are stretched to the line that predicts the labels.
"""

import sys
from pathlib import Path

import numpy as np

import rows

RATED, TAUGHT, FIRST = 0.35, 0.25, 0.4
"""The shares of each, of the choices tried the best on dev rows."""
LEAST = 0.01
"""A mixture is no surer than this."""


def chances(path):
    """The soft labels by file, from 0 to 1."""
    lines = (line.split("\t") for line in Path(path).read_text(encoding="ascii").splitlines())
    return {name: np.frombuffer(bytes.fromhex(digits), np.uint8) / 255 for name, digits in lines}


def stretched(mixed, labels, importance):
    """The chances of a label, by the line through the log-odds of a mixture that predicts it best."""
    mixed = np.clip(mixed, LEAST, 1 - LEAST)
    inputs = np.stack([np.log(mixed / (1 - mixed)), np.ones(len(mixed))], 1)
    line = np.array([1.0, 0.0])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-inputs @ line))
        bend = (inputs * (importance * guess * (1 - guess))[:, None]).T @ inputs
        line -= np.linalg.solve(bend, inputs.T @ (importance * (guess - labels)))
    print(f"log-odds times {line[0]:.3f}, plus {line[1]:.3f}", file=sys.stderr)
    return 1 / (1 + np.exp(-inputs @ line))


def main(manifest, folder, ratings, teacher, first):
    data = rows.load(folder, manifest)
    names = list(dict.fromkeys(data["file"]))
    taught, first = (np.concatenate([chances(path)[name] for name in names]) for path in (teacher, first))
    mixed = RATED * rows.rated(ratings, data) + TAUGHT * taught + FIRST * first
    judged = np.isin(data["source"], data["source"][data["used"] & (data["label"] < 0.5)])
    soft = stretched(mixed, data["label"], data["weight"] * judged)
    for name in names:
        digits = np.round(soft[data["file"] == name] * 255).astype(np.uint8).tobytes().hex()
        print(f"{name}\t{digits}")


if __name__ == "__main__":
    main(*sys.argv[1:])
