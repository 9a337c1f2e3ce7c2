#!/usr/bin/python3
"""Writes a synthetic corpus as UCI docword, fast (10 million tokens in a few seconds; Debian's
python3-numpy).

Word frequencies are Zipf-Mandelbrot, 1/(rank + 3). A document has four of the themes, in shares of
60, 25, 10 and 5%, and between half and one and a half times --length tokens. The 127 most frequent
words belong to all themes. Of the others, each theme has its own sixteenth of the ranks between
each power of two and the next, so that frequencies over all themes stay near Zipf's.

With --used-words U, the documents are those of a vocabulary of U words, whose ids are spread over
all V: the same documents for any V.
"""
import argparse
import sys

import numpy as np

FLATTENING = 3.0  # Mandelbrot's
COMMON_BITS = 7  # ranks below 2^7 belong to all themes
THEME_SHARE = 16  # a theme has one in so many of the other words
SHARES = np.cumsum([0.60, 0.25, 0.10, 0.05])
BLOCK_TOKENS = 1_000_000


def draw_ranks(random, theme, used_words):
    """A rank in [0, used_words) for each token, given its theme."""
    # The inverse of the distribution with density proportional to 1/(rank + flattening).
    uniform = random.random(len(theme))
    stretch = np.log((used_words + FLATTENING) / FLATTENING)
    drawn = FLATTENING * (np.exp(uniform * stretch) - 1.0)
    rank = np.minimum(drawn.astype(np.int64), used_words - 1)
    band = np.frexp(rank + 1.0)[1] - 1  # 2^band <= rank + 1
    low = (1 << band) - 1
    size = np.minimum(low + 1, used_words - low)
    own = np.maximum(size // THEME_SHARE, 1)
    start = (theme * 2654435761 + band * 40503) % 4294967291 % size
    in_theme = low + (start + (rank - low) % own) % size
    return np.where(band < COMMON_BITS, rank, in_theme)


def draw_block(random, first_doc, docs, options, word_ids):
    """Arrays doc, word (both from 1) and count of `docs` documents, sorted."""
    half = options.length // 2
    lengths = options.length + random.integers(-half, half + 1, docs)
    place = np.repeat(np.arange(docs), np.maximum(lengths, 1))
    themes = random.integers(0, options.themes, (docs, len(SHARES)))
    slot = np.searchsorted(SHARES[:-1], random.random(len(place)), side="right")
    words = word_ids[draw_ranks(random, themes[place, slot], options.used_words)]
    pair, count = np.unique(place * options.vocab + words, return_counts=True)
    return pair // options.vocab + first_doc + 1, pair % options.vocab + 1, count


def decimal_lines(columns, separators):
    """Rows of numbers as text: digits in one table of bytes, leading zeros taken out."""
    parts, kept = [], []
    for column, separator in zip(columns, separators):
        width = len(str(column.max()))
        rest = column.astype(np.uint32)
        digits = np.empty((len(rest), width + 1), dtype=np.uint8)
        keep = np.ones((len(rest), width + 1), dtype=bool)
        digits[:, width] = ord(separator)
        for place in range(width - 1, -1, -1):
            if place < width - 1:
                keep[:, place] = rest != 0
            tenth = rest // 10
            digits[:, place] = rest - tenth * 10 + ord("0")
            rest = tenth
        parts.append(digits)
        kept.append(keep)
    return np.hstack(parts)[np.hstack(kept)].tobytes()


def write_corpus(options):
    """Writes the corpus; the number of tokens."""
    random = np.random.default_rng(options.seed)
    spacing = options.vocab // options.used_words
    word_ids = random.permutation(options.used_words) * spacing
    docs_a_block = max(1, BLOCK_TOKENS // options.length)
    tokens = entries = 0
    with open(options.output, "wb") as file:
        file.write(f"{options.docs}\n{options.vocab}\n".encode())
        header_end = file.tell()
        file.write(b" " * 20 + b"\n")  # the number of entries, known at the end
        for first in range(0, options.docs, docs_a_block):
            docs = min(docs_a_block, options.docs - first)
            block = draw_block(random, first, docs, options, word_ids)
            file.write(decimal_lines(block, "  \n"))
            tokens += int(block[2].sum())
            entries += len(block[2])
        file.seek(header_end)
        file.write(str(entries).encode())
    return tokens


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=int, default=20_000, help="D [%(default)s]")
    parser.add_argument("--vocab", type=int, default=30_000, help="V [%(default)s]")
    parser.add_argument("--used-words", type=int, metavar="U", help="[V]")
    parser.add_argument("--length", type=int, default=100, help="mean tokens [%(default)s]")
    parser.add_argument("--themes", type=int, default=200, help="[%(default)s]")
    parser.add_argument("--seed", type=int, default=1, help="[%(default)s]")
    parser.add_argument("--output", required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    options.used_words = options.used_words or options.vocab
    if min(options.docs, options.vocab, options.used_words, options.length, options.themes) < 1:
        parser.error("numbers must be at least 1")
    if options.used_words > options.vocab:
        parser.error("--used-words is more than --vocab")
    if options.docs * options.vocab > 2**62:
        parser.error("--docs times --vocab must be below 2^62")
    return options


def main():
    options = parse_arguments(sys.argv[1:])
    tokens = write_corpus(options)
    print(f"{options.output}: {tokens:,} tokens")


if __name__ == "__main__":
    main()
