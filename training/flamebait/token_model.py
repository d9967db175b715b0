"""Fits the token model to texts as the scorer reads them.

python token_model.py pieces MANIFEST READ PIECES
python token_model.py fit MANIFEST FOLDER READ PIECES MODEL [EPOCHS]

READ is the folder that the example `read_flamebait` filled: with words for the first command, with
the numbers of PIECES for the second. FOLDER holds the files of the manifest, and the rows by which
the sum of both models is calibrated.
"""

import string
import sys
from collections import Counter
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

import minilm
import model_file
import rows

SEED = 20261122
WIDTH, FILTERS, HIDDEN, LENGTH = 64, 64, 32, 96
FEWEST_PIECES, FEWEST_WORDS = 4, 10
"""How often a piece must occur, and a word of several pieces to be one of its own."""
EPOCHS, BATCH, DROPPED = 2, 64, 0.3
RATE, TABLE_RATE, DECAY = 2e-3, 1e-3, 0.02
LENGTHS = (12, 24, 36, 48, 64, LENGTH)
SPARE, NEUTRAL, HEAVIEST = 0.5, 0.9, 4.0
"""What rows without label weigh beside the manifest, a harmless sentence, and any row at most."""
LIMIT, DENSE = 4.0, 0.6
"""Features count up to so many standard deviations, and are multiplied by the other."""
MEAN_SCALE, SPREAD, RARE = 3.0, 0.3, 1e-3
SPECIAL = {"[UNK]": "[UNK]", "[NEUTRAL]": None, "[LINK]": "http", "[MENTION]": "@"}
REFERENCE = ("wiki", "fox", "twitciv", "sbic")
"""The sets whose dev rows calibrate the sum of both models."""
BASE_RATE = 0.2
OWN_SHARE = 2.0
"""How much the token model counts in the sum, beside the additive one."""


def read(folder, name):
    """What the scorer read: lists of words or numbers, log-odds of the additive model, features."""
    lines = Path(folder, name).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    fields = [line.split("\t") for line in lines]
    features = np.array([np.fromstring(field[2], sep=" ") for field in fields], np.float32)
    return [field[0].split() for field in fields], np.array([float(field[1]) for field in fields]), features


def cut(word, known):
    """The WordPiece pieces of a word."""
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ("##" if start else "") + word[start:end]
            if piece in known:
                break
        else:
            return ["[UNK]"]
        pieces.append(piece)
        start = end
    return pieces


def all_pieces(word, known):
    """The pieces of a word with apostrophes."""
    parts = word.replace("'", " ' ").split()
    return [piece for part in parts for piece in cut(part, known)]


def write_pieces(manifest, folder, path):
    """Chooses the pieces that the model knows, and how often each occurs."""
    known = set((minilm.FOLDER / "vocab.txt").read_text(encoding="utf-8").splitlines())
    words = Counter(
        word for line in rows.files(manifest) for text in read(folder, line[0])[0] for word in text
    )
    pieces, wholes = Counter(), Counter()
    for word, count in words.items():
        if word in SPECIAL:
            continue
        parts = all_pieces(word, known)
        pieces.update({part: count for part in parts})
        if len(parts) > 1 and count >= FEWEST_WORDS:
            wholes[word] = count
    always = list(string.punctuation + string.ascii_lowercase + string.digits)
    always += ["##" + letter for letter in string.ascii_lowercase + string.digits]
    chosen = sorted(piece for piece, count in (pieces + wholes).items() if count >= FEWEST_PIECES)
    listed = [piece for piece in dict.fromkeys([*SPECIAL, *always, *chosen]) if len(piece) <= 20]
    Path(path).write_text("\n".join(listed), encoding="utf-8")


def table(pieces):
    """MiniLM's vectors of the pieces, in few dimensions."""
    vocabulary = (minilm.FOLDER / "vocab.txt").read_text(encoding="utf-8").splitlines()
    places = {piece: place for place, piece in enumerate(vocabulary)}
    vectors = minilm.weights()["embeddings.word_embeddings.weight"]
    full = np.zeros((len(pieces), vectors.shape[1]), np.float32)
    for row, piece in enumerate(pieces):
        piece = SPECIAL.get(piece, piece)
        parts = [piece] if piece in places else all_pieces(piece, places) if piece else []
        full[row] = vectors[[places[part] for part in parts]].mean(0) if parts else vectors.mean(0)
    full -= full.mean(0)
    axes = np.linalg.eigh(full.T @ full)[1][:, ::-1][:, :WIDTH]
    small = full @ axes
    return small * (SPREAD / small.std())


def start(pieces, counts, inputs):
    """The weights before fitting."""
    chance = np.random.default_rng(SEED)
    normal = lambda *shape: chance.normal(0, 1 / np.sqrt(shape[0]), shape).astype(np.float32)
    share = counts / counts.sum()
    return {
        "table": table(pieces),
        "attention": np.log(RARE / (RARE + share)).astype(np.float32),
        "filter": normal(WIDTH * 3, FILTERS).reshape(3, WIDTH, FILTERS),
        "filter_bias": np.zeros(FILTERS, np.float32),
        "hidden": normal(inputs, HIDDEN),
        "hidden_bias": np.zeros(HIDDEN, np.float32),
        "from_hidden": normal(HIDDEN) * 0.1,
        "direct": normal(inputs) * 0.1,
        "bias": np.zeros((), np.float32),
    }


def log_odds(weights, ids, mask, dense, key=None):
    """The log-odds of a batch; `key` for dropping numbers by chance."""
    drop = lambda key, values: values * jax.random.bernoulli(key, 1 - DROPPED, values.shape) / (1 - DROPPED)
    keys = (None, None) if key is None else jax.random.split(key)
    values = weights["table"][ids]
    if key is not None:
        values = drop(keys[0], values)
    values = values * mask[..., None]
    odds = jnp.where(mask > 0, weights["attention"][ids], -1e9)
    mean = jnp.einsum("btd,bt->bd", values, jax.nn.softmax(odds, -1) * mask) * MEAN_SCALE
    some = mask.any(1)[:, None]
    top = lambda values: jnp.where(mask[..., None] > 0, values, -1e9).max(1)
    largest = jnp.where(some, top(values), 0)
    padded = jnp.pad(values, ((0, 0), (1, 1), (0, 0)))
    length = ids.shape[1]
    three = sum(padded[:, place : place + length] @ weights["filter"][place] for place in range(3))
    filtered = jax.nn.relu(top(three) + weights["filter_bias"]) * some
    inputs = jnp.concatenate([mean, largest, filtered, dense], 1)
    hidden_inputs = inputs if key is None else drop(keys[1], inputs)
    hidden = jax.nn.relu(hidden_inputs @ weights["hidden"] + weights["hidden_bias"])
    return weights["bias"] + inputs @ weights["direct"] + hidden @ weights["from_hidden"]


@jax.jit
def step(weights, moments, batch, pace, count, key):
    """One step of AdamW."""
    ids, mask, dense, targets, importance = batch

    def loss(weights):
        odds = log_odds(weights, ids, mask, dense, key)
        return (importance * (jax.nn.softplus(odds) - targets * odds)).mean()

    slopes = jax.grad(loss)(weights)
    new, new_moments = {}, {}
    for name, slope in slopes.items():
        first = 0.9 * moments[name][0] + 0.1 * slope
        second = 0.999 * moments[name][1] + 0.001 * slope**2
        way = first / (1 - 0.9**count) / (jnp.sqrt(second / (1 - 0.999**count)) + 1e-8)
        rate, decay = (TABLE_RATE, 0.0) if name in ("table", "attention") else (RATE, DECAY)
        new[name] = weights[name] - pace * rate * (way + decay * weights[name])
        new_moments[name] = (first, second)
    return new, new_moments


def batches(ids, order):
    """Batches of rows of similar length: their numbers, padded pieces and mask."""
    sizes = np.searchsorted(LENGTHS, [max(1, len(ids[row])) for row in order])
    for size, length in enumerate(LENGTHS):
        mine = order[sizes == size]
        for begin in range(0, len(mine), BATCH):
            part = mine[begin : begin + BATCH]
            padded, mask = np.zeros((BATCH, length), np.int32), np.zeros((BATCH, length), np.float32)
            for place, row in enumerate(part):
                padded[place, : len(ids[row])] = ids[row]
                mask[place, : len(ids[row])] = 1
            yield part, padded, mask


def filled(values, part):
    """The values of some rows, filled up with zeros to a batch."""
    full = np.zeros((BATCH, *values.shape[1:]), np.float32)
    full[: len(part)] = values[part]
    return full


def fitted(weights, ids, dense, targets, importance, rounds):
    """The weights after fitting."""
    chance = np.random.default_rng(SEED)
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()}
    epochs = [list(batches(ids, chance.permutation(len(ids)))) for _ in range(rounds)]
    course = [epoch[place] for epoch in epochs for place in chance.permutation(len(epoch))]
    key = jax.random.key(SEED)
    for count, (part, padded, mask) in enumerate(course, 1):
        batch = (padded, mask, filled(dense, part), filled(targets, part), filled(importance, part))
        pace = 1 - 0.98 * count / len(course)
        weights, moments = step(weights, moments, batch, pace, count, jax.random.fold_in(key, count))
        if count % 200 == 0:
            print(count, len(course), flush=True)
    return {name: np.asarray(value) for name, value in weights.items()}


def judged(weights, ids, dense):
    """The log-odds of all rows."""
    score, odds = jax.jit(log_odds), np.zeros(len(ids))
    for part, padded, mask in batches(ids, np.arange(len(ids))):
        odds[part] = np.asarray(score(weights, padded, mask, filled(dense, part)))[: len(part)]
    return odds


def calibrated(weights, scaled, folder, data):
    """What both models' log-odds are multiplied by in their sum, and what is added."""
    sums, own, labels, importance = [], [], [], []
    for name in REFERENCE:
        numbers, additive, features = read(folder, f"{name}.dev.csv")
        label = rows.labels(data, f"{name}.dev.csv")
        sums.append(additive)
        own.append(judged(weights, [[int(number) for number in text] for text in numbers], scaled(features)))
        labels.append(label)
        importance.append(np.where(label > 0.5, 0.5 / label.sum(), 0.5 / (1 - label).sum()))
    sums, own, labels, importance = map(np.concatenate, (sums, own, labels, importance))
    inputs = np.stack([sums / sums.std() + OWN_SHARE * own / own.std(), np.ones(len(sums))], 1)
    line = np.zeros(2)
    for _ in range(30):
        chance = 1 / (1 + np.exp(-inputs @ line))
        slope = inputs.T @ (importance * (chance - labels))
        bend = (inputs * (importance * chance * (1 - chance))[:, None]).T @ inputs
        line -= np.linalg.solve(bend, slope)
    return line[0] / sums.std(), OWN_SHARE * line[0] / own.std(), line[1] + np.log(BASE_RATE / (1 - BASE_RATE))


def fit(manifest, data, folder, pieces, path, rounds=EPOCHS):
    listed = Path(pieces).read_text(encoding="utf-8").split("\n")
    known = rows.load(data, manifest)
    soft, share = rows.soft(manifest)
    ids, features = [], []
    for name in dict.fromkeys(known["file"]):
        numbers, _, values = read(folder, name)
        ids += [[int(number) for number in text] for text in numbers]
        features.append(values)
    targets = known["label"].copy()
    importance = np.minimum(known["weight"], HEAVIEST)
    for name, chances in soft.items():
        mine = known["file"] == name
        targets[mine] += np.where(known["used"][mine], share, 1) * (chances - targets[mine])
        importance[mine] += known["spare"][mine] * SPARE
    features = np.concatenate(features)
    spread = np.sqrt((importance[:, None] * features**2).sum(0) / importance.sum()).clip(1e-3)
    limits, scales = LIMIT * spread, DENSE / spread
    scaled = lambda values: np.clip(values, -limits, limits) * scales
    numbers, _, values = read(folder, "neutral")
    ids += [[int(number) for number in text] for text in numbers]
    features = np.concatenate([features, values])
    targets = np.concatenate([targets, np.zeros(len(numbers))])
    importance = np.concatenate([importance, np.full(len(numbers), NEUTRAL)])
    kept = importance > 0
    ids = [row for row, keep in zip(ids, kept) if keep]
    counts = np.bincount(np.concatenate(ids).astype(int), minlength=len(listed)) + 1
    dense = scaled(features).astype(np.float32)[kept]
    weights = start(listed, counts, 2 * WIDTH + FILTERS + dense.shape[1])
    weights = fitted(weights, ids, dense, targets[kept], importance[kept], int(rounds))
    units = np.abs(weights["table"]).max(1, keepdims=True).clip(1e-9) / 127
    table = np.round(weights["table"] / units).astype(np.int8)
    weights["table"] = (table * units).astype(np.float32)
    mix = calibrated(weights, lambda values: scaled(values).astype(np.float32), folder, data)
    fingerprint = bytes.fromhex(Path(folder, "fingerprint").read_text(encoding="ascii"))
    model_file.write(path, fingerprint, listed, table, units, weights, limits, scales, mix)
    numbers, _, values = read(folder, "flamebait-sentences")
    numbers = [[int(number) for number in text] for text in numbers]
    print("log-odds of tests/fixtures/flamebait-sentences.csv:")
    print(judged(weights, numbers, scaled(values).astype(np.float32)))


if __name__ == "__main__":
    {"pieces": write_pieces, "fit": fit}[sys.argv[1]](*sys.argv[2:])
