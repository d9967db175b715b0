"""The rows that the models are fitted to: texts, labels and weights, as the manifest names them."""

import csv
import hashlib
from pathlib import Path

import numpy as np

MOST_ROWS = 8000.0
"""A source counts by its number of rows, but by no more than this."""


def files(manifest):
    """The lines of a manifest: file, SHA-256, source, rows, weight, weight without label."""
    lines = Path(manifest).read_text(encoding="utf-8").splitlines()
    fields = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [line for line in fields if line[3] != "soft"]


def soft(manifest):
    """The soft labels by file, from 0 to 1, and their share in the targets."""
    lines = Path(manifest).read_text(encoding="utf-8").splitlines()
    for name, sha256, _, which, share, *_ in (line.split("\t") for line in lines if not line.startswith("#")):
        if which == "soft":
            path = checked(Path(manifest).parent, name, sha256)
            rows = (line.split("\t") for line in path.read_text(encoding="ascii").splitlines())
            return {
                file: np.frombuffer(bytes.fromhex(digits), np.uint8) / 255 for file, digits in rows
            }, float(share)
    return {}, 0.0


def rated(path, data):
    """The ratings of all rows, from 0 to 1, and not a number where there is none."""
    ratings = np.full(len(data["text"]), np.nan)
    for line in Path(path).read_text(encoding="ascii").splitlines():
        if line and not line.startswith("#"):
            file, digits = line.split("\t")
            pairs = [digits[place : place + 2] for place in range(0, len(digits), 2)]
            mine = [np.nan if pair == "--" else int(pair) / 99 for pair in pairs]
            ratings[data["file"] == file] = mine
    return ratings


def checked(folder, name, sha256):
    """The path of a file, which must be the one that the manifest means."""
    path = Path(folder, name)
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise SystemExit(f"{path}: this is not the file that the manifest means")
    return path


def read(path):
    """The rows of a file."""
    csv.field_size_limit(1 << 30)
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def labels(folder, name):
    """The labels of a file."""
    return np.array([float(row["label"]) for row in read(Path(folder, name))])


def load(folder, manifest):
    """All rows as columns: text, label (0 or 1), graded (0 to 1), weight, file, number in the file.

    Each source gets a total weight by its size, half of it for its positives; the mean weight of
    the rows that are used for their labels is 1. That of the others is 0, and `spare` is what they
    weigh by their soft labels alone.
    """
    columns = {name: [] for name in ("text", "label", "graded", "file", "number", "used", "source", "spare")}
    shares = {}
    for name, sha256, source, which, weight, spare in files(manifest):
        shares[source] = float(weight)
        for number, row in enumerate(read(checked(folder, name, sha256))):
            label = float(row["label"])
            graded = float(row["score"]) if source == "sbic" and row["score"] else label
            used = which == "all" or which == "positives" and label >= 0.5
            spare_weight = 0.0 if used or spare == "-" else float(spare)
            for key, value in zip(
                columns, (row["text"], label, graded, name, number, used, source, spare_weight)
            ):
                columns[key].append(value)
    rows = {
        name: np.array(values, dtype=object if name == "text" else None) for name, values in columns.items()
    }
    weights = np.zeros(len(rows["text"]))
    for source, share in shares.items():
        mine = (rows["source"] == source) & rows["used"]
        for label in (0.0, 1.0):
            cell = mine & (rows["label"] == label)
            if cell.any():
                weights[cell] = share * min(MOST_ROWS, mine.sum()) / 2 / cell.sum()
    rows["weight"] = weights / max(weights[rows["used"]].mean(), 1e-9)
    return rows
