"""Writes the file of a token model; `src/score/flamebait/accurate/file.rs` reads it."""

import hashlib
import struct
from pathlib import Path

import numpy as np

NAME = b"flamebait-1-accurate"


def write(path, fingerprint, pieces, table, units, weights, limits, scales, mix):
    """Sizes, pieces, the table in 8 bits with a unit for each row, all else in 32 bits."""
    names = "\n".join(pieces).encode()
    _, width, filters = weights["filter"].shape
    hidden = len(weights["from_hidden"])
    parts = [b"TWTOKEN1", fingerprint, bytes([len(NAME)]), NAME]
    parts += [struct.pack("<5I", len(pieces), len(names), width, filters, hidden), names, table.tobytes()]
    # For each input of a filter, what it adds as the first, second and third of three pieces.
    filter_rows = weights["filter"].transpose(1, 0, 2)
    numbers = [units, weights["attention"], filter_rows, weights["filter_bias"], limits, scales]
    numbers += [weights["hidden"].T, weights["hidden_bias"], weights["from_hidden"], weights["direct"]]
    numbers += [weights["bias"], np.array(mix)]
    parts += [np.ascontiguousarray(number, "<f4").tobytes() for number in numbers]
    content = b"".join(parts)
    Path(path).write_bytes(content + hashlib.sha256(content).digest()[:8])
