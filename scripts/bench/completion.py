#!/usr/bin/python3
"""Held-out perplexity by document completion, from any system's topics: one evaluator for all.

TOPICS is a .npy file with a K x V matrix of positive weights, or a model.npz whose member `lambda`
is one; rows are scaled to sum to 1 (the mean of a Dirichlet). Prints one JSON object: perplexity,
tokens that were scored, documents. With --train also the perplexity of the unigram model (training
counts plus one) on the same tokens.

  split   Of each document the tokens, in ascending order of word id, are permuted by one
          numpy.random.RandomState(0) for the whole file, documents in the order of the file. The
          first ceil(n/2) are observed, the others held out.
  theta   100 rounds of EM from theta = 1/K, beta fixed, with the Dirichlet parameter 0.1:
          theta_k = (0.1 + sum_w n_w r_wk) / (0.1 K + n), r_wk proportional to theta_k beta_kw.
  score   exp(-mean over the held-out tokens of log sum_k theta_k beta_kw)

Stands apart from svi-lda's own `evaluate`, so that no system is its own judge.
"""
import argparse
import json
import sys

import numpy as np

from docword import read_docword

ALPHA, ROUNDS, SEED = 0.1, 100, 0


def halves(counts):
    """Yields (observed words, their counts, held-out words, their counts) of each document that has
    tokens."""
    random = np.random.RandomState(SEED)
    for begin, end in zip(counts.indptr, counts.indptr[1:]):
        tokens = np.repeat(counts.indices[begin:end], counts.data[begin:end])
        if len(tokens) == 0:
            continue
        tokens = random.permutation(tokens)
        middle = (len(tokens) + 1) // 2
        yield (*np.unique(tokens[:middle], return_counts=True),
               *np.unique(tokens[middle:], return_counts=True))


def proportions(words, counts, topics):
    """theta of one document; topics is V x K."""
    rows = topics[words]
    theta = np.full(topics.shape[1], 1.0 / topics.shape[1])
    total = ALPHA * topics.shape[1] + counts.sum()
    for _ in range(ROUNDS):
        theta = (ALPHA + theta * ((counts / (rows @ theta)) @ rows)) / total
    return theta


def complete(counts, topics, unigram):
    """Perplexities of the topics (V x K, columns that sum to 1) and of the unigram model, or None
    for the latter, and the tokens scored."""
    log_likelihood = log_unigram = 0.0
    tokens = 0
    for seen, seen_counts, held, held_counts in halves(counts):
        if len(held) == 0:
            continue
        theta = proportions(seen, seen_counts, topics)
        log_likelihood += float(held_counts @ np.log(topics[held] @ theta))
        tokens += int(held_counts.sum())
        if unigram is not None:
            log_unigram += float(held_counts @ np.log(unigram[held]))
    baseline = None if unigram is None else float(np.exp(-log_unigram / tokens))
    return float(np.exp(-log_likelihood / tokens)), baseline, tokens


def read_topics(path, vocab_size):
    file = np.load(path)
    weights = np.asarray(file["lambda"] if path.endswith(".npz") else file, dtype=np.float64)
    if weights.ndim != 2 or weights.shape[1] != vocab_size:
        raise SystemExit(f"{path}: shape {weights.shape}; the corpus has {vocab_size} words")
    if not (np.isfinite(weights).all() and (weights > 0).all()):
        raise SystemExit(f"{path}: a weight is not finite and positive")
    return np.ascontiguousarray((weights / weights.sum(axis=1, keepdims=True)).T)


def unigram_of(counts):
    frequency = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel() + 1.0
    return frequency / frequency.sum()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("test")
    parser.add_argument("topics")
    parser.add_argument("--train")
    options = parser.parse_args()
    counts = read_docword(options.test)
    topics = read_topics(options.topics, counts.shape[1])
    unigram = unigram_of(read_docword(options.train)) if options.train else None
    perplexity, baseline, tokens = complete(counts, topics, unigram)
    json.dump({"perplexity": perplexity, "unigram": baseline, "tokens": tokens,
               "docs": counts.shape[0]}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
