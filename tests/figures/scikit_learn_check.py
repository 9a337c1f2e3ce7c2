#!/usr/bin/python3
"""scikit-learn itself, with our lambda, alpha and eta put into its estimator, prints what `svi-lda
evaluate --compat scikit-learn` does. Its gamma starts at 1 and stops by the same rule, so that what is
left is float against double and where the last iteration falls."""
import tempfile

from docword import Checks, Ours, needed, np

decomposition, = needed("sklearn.decomposition")


def scikit_learn_model(ours, total_docs):
    model = decomposition.LatentDirichletAllocation(
        n_components=len(ours.alpha), doc_topic_prior=ours.alpha[0], topic_word_prior=ours.eta,
        total_samples=total_docs)
    # One step of its own makes the fields that it needs; then they are ours.
    model.partial_fit(ours.test[:2])
    model.components_ = ours.lambda_
    elogbeta = decomposition._lda._dirichlet_expectation_2d(ours.lambda_)
    model.exp_dirichlet_component_ = np.exp(elogbeta)
    return model


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        # scikit-learn knows one alpha for all topics only.
        ours = Ours(folder, "--alpha", "0.1")
        figures = ours.evaluate("--compat", "scikit-learn")["not_comparable"]["scikit-learn"]
    model = scikit_learn_model(ours, ours.training_docs)
    for name, sub_sampling in (("perplexity(X)", False), ("perplexity(X, sub_sampling=True)", True)):
        theirs = model.perplexity(ours.test, sub_sampling=sub_sampling)
        checks.near(f"log {name}", np.log(figures[name]["value"]), np.log(theirs), 1e-6)
    checks.finish()


main()
