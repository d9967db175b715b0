"""Fine-tunes MiniLM on labels and ratings and writes what it thinks of every row.

python teacher.py MANIFEST RATINGS FOLDER LABELS WEIGHTS

Two heads share the layers: one learns the labels of the manifest, the other the RATINGS. LABELS
gets a line for each file: its name and two hexadecimal digits a row, the probability of flamebait
in 255ths, of the mean log-odds of both heads. WEIGHTS (.npz) gets the layers that were changed;
where it is there already, nothing is fitted.
"""

import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from tokenizers import Tokenizer

import minilm
import rows

SEED = 20261125
BATCH, WARM_UP = 32, 60
DRAWS = (12_000, 40_000)
"""How many labels and how many ratings are learnt from."""
RATE, HEAD_RATE, DECAY = 8e-5, 2e-3, 0.01
TRAINED = (3, 4, 5)
LENGTHS = (16, 24, 32, 40, 56)
"""Rows are padded to the first of these that holds them, and cut at the last."""


def tokenised(texts):
    """Token numbers of each text, [CLS] first and [SEP] last."""
    tokenizer = Tokenizer.from_file(str(minilm.FOLDER / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTHS[-1])
    return [encoding.ids for encoding in tokenizer.encode_batch([text[:3000] for text in texts])]


def batches(tokens, chosen):
    """Batches of chosen rows of similar length: their numbers, padded tokens and mask."""
    sizes = np.searchsorted(LENGTHS, [len(tokens[row]) for row in chosen])
    for size, length in enumerate(LENGTHS):
        mine = np.asarray(chosen)[sizes == size]
        for start in range(0, len(mine), BATCH):
            part = mine[start : start + BATCH]
            ids, mask = np.zeros((BATCH, length), np.int32), np.zeros((BATCH, length), np.float32)
            mask[:, 0] = 1
            for place, row in enumerate(part):
                ids[place, : len(tokens[row])] = tokens[row]
                mask[place, : len(tokens[row])] = 1
            yield part, ids, mask


def log_odds(tuned, frozen, ids, mask):
    """The log-odds of a batch by each head."""
    weights = {**frozen, **tuned}
    values = minilm.embedded(weights, ids)
    for number in range(6):
        values = minilm.layer(weights, number, values, mask)
    return minilm.mean(values, mask) @ tuned["head"] + tuned["bias"]


@jax.jit
def step(tuned, moments, frozen, ids, mask, head, targets, present, rate, count):
    """One step of AdamW on the mean cross-entropy of a batch by one head."""

    def loss(tuned):
        odds = log_odds(tuned, frozen, ids, mask)[:, head]
        return (present * (jax.nn.softplus(odds) - targets * odds)).sum() / present.sum()

    value, slopes = jax.value_and_grad(loss)(tuned)
    norm = jnp.sqrt(sum((slope**2).sum() for slope in slopes.values()))
    new, new_moments = {}, {}
    for name, slope in slopes.items():
        slope = slope / jnp.maximum(norm, 1)
        first = 0.9 * moments[name][0] + 0.1 * slope
        second = 0.999 * moments[name][1] + 0.001 * slope**2
        way = first / (1 - 0.9**count) / (jnp.sqrt(second / (1 - 0.999**count)) + 1e-8)
        pace = rate * (HEAD_RATE / RATE if name in ("head", "bias") else 1)
        new[name] = tuned[name] - pace * (way + DECAY * tuned[name])
        new_moments[name] = (first, second)
    return new, new_moments, value


def fitted(data, ratings, tokens):
    """The tuned layers and the weights that stay as they were."""
    weights = {name: jnp.asarray(value) for name, value in minilm.weights().items()}
    top = tuple(f"encoder.layer.{number}." for number in TRAINED)
    tuned = {name: value for name, value in weights.items() if name.startswith(top)}
    tuned |= {"head": jnp.zeros((384, 2)), "bias": jnp.zeros(2)}
    frozen = {name: value for name, value in weights.items() if name not in tuned}
    moments = {name: (jnp.zeros_like(value), jnp.zeros_like(value)) for name, value in tuned.items()}
    chance = np.random.default_rng(SEED)
    targets = np.stack([data["graded"], np.nan_to_num(ratings)]) * 0.94 + 0.03
    rated = np.isfinite(ratings)
    course = []
    for head, (draws, weight) in enumerate(zip(DRAWS, (data["weight"], rated))):
        drawn = chance.choice(len(tokens), draws, p=weight / weight.sum())
        course += [(head, *batch) for batch in batches(tokens, drawn)]
    start, mistakes = time.time(), []
    for count, place in enumerate(chance.permutation(len(course)), 1):
        head, part, ids, mask = course[place]
        wanted, present = np.zeros(BATCH, np.float32), np.zeros(BATCH, np.float32)
        wanted[: len(part)], present[: len(part)] = targets[head][part], 1
        rate = RATE * min(count / WARM_UP, 1 - (count - 1) / len(course))
        tuned, moments, value = step(
            tuned, moments, frozen, ids, mask, head, wanted, present, rate, count
        )
        mistakes.append(value)
        if count % 50 == 0:
            print(count, len(course), float(np.mean(mistakes[-50:])), round(time.time() - start), flush=True)
    return tuned, frozen


def judged(tuned, frozen, tokens):
    """The log-odds of every row by each head."""
    score = jax.jit(log_odds)
    odds = np.zeros((len(tokens), 2))
    for part, ids, mask in batches(tokens, np.arange(len(tokens))):
        odds[part] = np.asarray(score(tuned, frozen, ids, mask))[: len(part)]
    return odds


def main(manifest, ratings, folder, labels, weights):
    data = rows.load(folder, manifest)
    tokens = tokenised(data["text"])
    if not Path(weights).exists():
        tuned = fitted(data, rows.rated(ratings, data), tokens)[0]
        part = Path(weights).with_suffix(".part.npz")
        np.savez(part, **{name: np.asarray(value) for name, value in tuned.items()})
        part.rename(weights)
    tuned = dict(np.load(weights))
    frozen = {name: value for name, value in minilm.weights().items() if name not in tuned}
    with open(labels, "w", encoding="ascii", newline="\n") as file:
        for name in dict.fromkeys(data["file"]):
            mine = [tokens[row] for row in np.flatnonzero(data["file"] == name)]
            odds = judged(tuned, frozen, mine).mean(1)
            chances = np.round(255 / (1 + np.exp(-odds))).astype(np.uint8)
            file.write(f"{name}\t{chances.tobytes().hex()}\n")
            file.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
