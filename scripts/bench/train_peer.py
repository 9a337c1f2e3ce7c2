#!/usr/bin/python3
"""One training run of scikit-learn's or gensim's online LDA, in a process of its own.

usage: train_peer.py SYSTEM TRAIN_DOCWORD[.gz] TOPICS_OUT.npy SETTINGS_JSON

SYSTEM is sklearn or gensim; SETTINGS has topics, workers and seed, and where that is not to be the
system's default batch, alpha, eta, kappa, tau0, tolerance, iterations, passes. Documents come in the
order of the file. Writes lambda (K x V) and prints one JSON object with the seconds of training and the tokens. The clock leaves out reading and the
random start, as svi-lda's does, and the start of scikit-learn's worker processes.
"""
import json
import sys
import time
import warnings

import numpy as np

from docword import read_docword

# What each calls a setting.
SKLEARN = {"alpha": "doc_topic_prior", "eta": "topic_word_prior", "kappa": "learning_decay",
           "tau0": "learning_offset", "batch": "batch_size", "tolerance": "mean_change_tol",
           "iterations": "max_doc_update_iter"}
GENSIM = {"eta": "eta", "kappa": "decay", "tau0": "offset", "batch": "chunksize",
          "tolerance": "gamma_threshold", "iterations": "iterations"}


def renamed(settings, names):
    return {names[name]: value for name, value in settings.items() if name in names}


def train_sklearn(counts, settings):
    import sklearn
    from sklearn.decomposition import LatentDirichletAllocation

    def model(num_topics, total_docs):
        return LatentDirichletAllocation(
            n_components=num_topics, learning_method="online", total_samples=total_docs,
            evaluate_every=0, n_jobs=settings["workers"], random_state=settings["seed"],
            **renamed(settings, SKLEARN))

    # float64 is what scikit-learn turns counts into; float32 was no faster.
    counts = counts.astype(np.float64)
    model(2, settings["workers"]).partial_fit(counts[:settings["workers"]])  # starts the workers
    lda = model(settings["topics"], counts.shape[0])
    # What the first partial_fit does before its first minibatch.
    lda._validate_params()
    lda._init_latent_vars(counts.shape[1], counts.dtype)
    begin = time.perf_counter()
    # partial_fit cuts what it is given into minibatches of batch_size itself; one call for all
    # spares it the checks and a new pool at each.
    for _ in range(settings.get("passes", 1)):
        lda.partial_fit(counts)
    seconds = time.perf_counter() - begin
    return lda.components_, seconds, sklearn.__version__


def train_gensim(counts, settings):
    import gensim
    from gensim.models import LdaMulticore

    bounds = zip(counts.indptr, counts.indptr[1:])
    documents = [list(zip(counts.indices[begin:end].tolist(), counts.data[begin:end].tolist()))
                 for begin, end in bounds]
    more = renamed(settings, GENSIM)
    if "alpha" in settings:
        more["alpha"] = [settings["alpha"]] * settings["topics"]
    lda = LdaMulticore(
        None, num_topics=settings["topics"], id2word={w: str(w) for w in range(counts.shape[1])},
        workers=settings["workers"], passes=settings.get("passes", 1), eval_every=None,
        random_state=settings["seed"], **more)
    begin = time.perf_counter()
    lda.update(documents)
    seconds = time.perf_counter() - begin
    return lda.state.get_lambda(), seconds, gensim.__version__


def main():
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    _, system, corpus, topics_path, settings = sys.argv
    warnings.simplefilter("ignore")
    train = {"sklearn": train_sklearn, "gensim": train_gensim}[system]
    counts = read_docword(corpus)
    topics, seconds, version = train(counts, json.loads(settings))
    np.save(topics_path, topics)
    json.dump({"seconds": seconds, "tokens": int(counts.sum()), "version": version}, sys.stdout)
    print()


if __name__ == "__main__":
    main()
