#!/usr/bin/python3
"""gensim itself, with our lambda, alpha and eta put into its model, prints what `svi-lda evaluate
--compat gensim` does. Its gamma starts at random, so that its own figure changes from call to call: ours
is to lie as near to the mean of its calls as these lie to each other, or within 5e-4 nats,
as gensim sums its V x K terms in float."""
import tempfile

from docword import Checks, Ours, needed, np

gensim, models = needed("gensim", "gensim.models")

CALLS = 5


def gensim_model(ours):
    topics, words = ours.lambda_.shape
    model = models.LdaModel(id2word={word: str(word) for word in range(words)}, num_topics=topics,
                            alpha=ours.alpha.tolist(), eta=ours.eta, random_state=1)
    model.state.sstats = (ours.lambda_ - ours.eta).astype(model.dtype)
    model.sync_state()
    return model


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(folder)
        figures = ours.evaluate("--compat", "gensim")["not_comparable"]["gensim"]
    model = gensim_model(ours)
    chunk = gensim.matutils.Sparse2Corpus(ours.test, documents_columns=False)
    chunk = [[(int(word), int(count)) for word, count in document] for document in chunk]
    for name, total_docs in (("log_perplexity(chunk)", None),
                             ("log_perplexity(chunk, total_docs)", ours.training_docs)):
        theirs = np.array([model.log_perplexity(chunk, total_docs) for _ in range(CALLS)])
        tolerance = max(float(np.ptp(theirs)), 5e-4)
        checks.near(name, figures[name]["value"], theirs.mean(), tolerance)
    checks.near("perplexity estimate of its log",
                figures["perplexity estimate of its log"]["value"],
                2.0 ** -figures["log_perplexity(chunk)"]["value"], 1e-6)
    checks.finish()


main()
