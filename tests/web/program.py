"""The program under test and small corpora for it."""

import os
import random
import subprocess
import sys

DATA = os.environ["SVI_LDA_DATA"]


def skip(reason):
    print("skipped:", reason)
    sys.exit(77)


def svi_lda(*arguments):
    """Runs the program; what it prints, where it succeeds."""
    command = [os.environ["SVI_LDA"], *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def train_demo(run, *options):
    svi_lda("train", f"{DATA}/demo.docword.txt.gz", "--vocab", f"{DATA}/demo.vocab.txt", "--quiet",
            "--passes", 2, "--held-out", f"{DATA}/demo.test.docword.txt.gz", "-o", run, *options)


# Each would do harm, or break the page, where it was taken for more than text.
HOSTILE_WORDS = [
    "<script>window.hurt=1</script>", "</script><script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>", "<!--<script>", "]]>", "\"';alert(1)//", "{{data}}", "${1+1}",
    "a\u2028b\u2029c", "\u202egnirts", "__proto__", "constructor", "&lt;b&gt;", "日本語", "🌊🌊",
    "x" * 900,
]


def write_hostile_corpus(folder):
    """A corpus and a vocabulary of these words and some others; their paths."""
    words = HOSTILE_WORDS + [f"plain{i}" for i in range(24)]
    chance = random.Random(1)
    lines = []
    for document in range(1, 121):
        theme = document % 4
        counts = {}
        for _ in range(30):
            word = 4 * chance.randrange(len(words) // 4) + theme
            counts[word + 1] = counts.get(word + 1, 0) + 1
        lines += [f"{document} {word} {count}" for word, count in sorted(counts.items())]
    corpus, vocabulary = f"{folder}/hostile.txt", f"{folder}/hostile.vocab.txt"
    with open(corpus, "w", encoding="utf-8") as file:
        file.write("\n".join(["120", str(len(words)), str(len(lines)), *lines]) + "\n")
    with open(vocabulary, "w", encoding="utf-8") as file:
        file.write("\n".join(words) + "\n")
    return corpus, vocabulary
