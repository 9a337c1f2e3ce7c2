#!/usr/bin/env python3
"""Draws the demonstration corpus in data/ from the themes of demo_themes.py.

usage: make_demo_corpus.py [--check] [FOLDER]      (FOLDER: data/ beside this script's folder)

Writes demo.docword.txt.gz, demo.test.docword.txt.gz (UCI docword), demo.vocab.txt and
demo.topics.tsv. With --check it writes nothing and fails where a file holds anything else.

Only integers decide what is drawn (no logarithm, no float comparison), from a generator of our own,
so that the content is the same on every machine and every Python from 3.9 on.
"""
import bisect
import gzip
import itertools
import os
import struct
import sys
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from demo_themes import COMMON, COMMON_NAME, THEMES

SEED = 20260101
TRAINING_DOCS, HELD_OUT_DOCS = 6000, 600
SHORTEST, LONGEST = 30, 150  # tokens of a document
COMMON_PERCENT = 12  # tokens of a document that are common words, whatever it is about
THEMES_PER_DOCUMENT = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4]  # drawn with equal chances
ONE = 1 << 32


class Stream:
    """SplitMix64 (Steele, Lea, Flood 2014)."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        x = self.state
        x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return x ^ (x >> 31)

    def below(self, n):
        """Uniform in [0, n); the bias of the product is under n / 2^64."""
        return (self.next() * n) >> 64


class Theme:
    """Words with Zipf-Mandelbrot frequencies: the word of rank r (1, 2, ...) has weight 1/(r + 2)."""

    def __init__(self, name, words):
        if len(set(words)) != len(words):
            raise ValueError(f"theme {name}: a word stands twice")
        self.name, self.words = name, words
        self.weights = [ONE // (rank + 2) for rank in range(1, len(words) + 1)]
        self.ends = list(itertools.accumulate(self.weights))

    def draw(self, stream):
        return self.words[bisect.bisect_right(self.ends, stream.below(self.ends[-1]))]


def draw_shares(stream, count):
    """Dirichlet(1, ..., 1) over `count` themes: the gaps between sorted uniform numbers."""
    cuts = sorted(stream.below(ONE) for _ in range(count - 1))
    return [high - low for low, high in zip([0] + cuts, cuts + [ONE])]


def draw_document(stream, themes, common):
    """One bag of words {word: count}. Short documents are likelier than long ones."""
    span = LONGEST - SHORTEST + 1
    tokens = SHORTEST + min(stream.below(span), stream.below(span))
    remaining = list(themes)
    chosen = [
        remaining.pop(stream.below(len(remaining)))
        for _ in range(THEMES_PER_DOCUMENT[stream.below(len(THEMES_PER_DOCUMENT))])
    ]
    ends = list(itertools.accumulate(draw_shares(stream, len(chosen))))
    bag = {}
    for _ in range(tokens):
        if stream.below(100) < COMMON_PERCENT:
            theme = common
        else:
            theme = chosen[bisect.bisect_right(ends, stream.below(ONE))]
        word = theme.draw(stream)
        bag[word] = bag.get(word, 0) + 1
    return bag


def docword(documents, vocabulary):
    """The UCI docword text of bags of words: D, W, NNZ, then `doc word count`, all from 1."""
    ids = {word: index for index, word in enumerate(vocabulary, 1)}
    lines = [str(len(documents)), str(len(vocabulary)), str(sum(map(len, documents)))]
    for number, bag in enumerate(documents, 1):
        for word_id, count in sorted((ids[word], count) for word, count in bag.items()):
            lines.append(f"{number} {word_id} {count}")
    return "\n".join(lines) + "\n"


def topics_table(themes):
    rows = ["theme\tword\tprobability"]
    for theme in themes:
        for word, weight in zip(theme.words, theme.weights):
            rows.append(f"{theme.name}\t{word}\t{weight / theme.ends[-1]:.6f}")
    return "\n".join(rows) + "\n"


def gzipped(data):
    """gzip with a header that holds no time, name or system."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    header = bytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255])
    return header + body + struct.pack("<II", zlib.crc32(data), len(data))


def make():
    """File name -> text."""
    themes = [Theme(name, words.split()) for name, words in sorted(THEMES.items())]
    common = Theme(COMMON_NAME, COMMON.split())
    vocabulary = sorted({word for theme in themes + [common] for word in theme.words})
    stream = Stream(SEED)
    documents = [
        draw_document(stream, themes, common) for _ in range(TRAINING_DOCS + HELD_OUT_DOCS)
    ]
    return {
        "demo.docword.txt.gz": docword(documents[:TRAINING_DOCS], vocabulary),
        "demo.test.docword.txt.gz": docword(documents[TRAINING_DOCS:], vocabulary),
        "demo.vocab.txt": "\n".join(vocabulary) + "\n",
        "demo.topics.tsv": topics_table(themes + [common]),
    }


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    return gzip.decompress(data) if path.endswith(".gz") else data


def main(arguments):
    check = "--check" in arguments
    folders = [argument for argument in arguments if argument != "--check"]
    if len(folders) > 1 or any(folder.startswith("-") for folder in folders):
        print(__doc__, file=sys.stderr)
        return 2
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "data")
    folder = os.path.normpath(folders[0] if folders else beside)
    different = 0
    for name, text in make().items():
        path, data = os.path.join(folder, name), text.encode("ascii")
        if check:
            if not os.path.exists(path) or read(path) != data:
                print(f"{path}: not what the generator draws; run scripts/make_demo_corpus.py")
                different = 1
            continue
        with open(path, "wb") as file:
            file.write(gzipped(data) if name.endswith(".gz") else data)
        print(f"{path}: {os.path.getsize(path):,} bytes")
    return different


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
