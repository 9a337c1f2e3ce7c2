#!/usr/bin/python3
"""gensim's CoherenceModel gives the coherence that `svi-lda evaluate --coherence` does for the same
words and documents, its windows made to hold whole documents. Its UMass smooths by 1e-12 of the windows;
it is given the one window of Mimno et al. 2011 instead."""
import tempfile

from docword import Checks, Ours, needed, np

corpora, models, direct = needed("gensim.corpora", "gensim.models",
                                 "gensim.topic_coherence.direct_confirmation_measure")

TOLERANCE = 1e-9
TOP = 12


def of_gensim(measure, topics, documents):
    model = models.CoherenceModel(topics=topics, texts=documents, coherence=measure, topn=TOP,
                                  dictionary=corpora.Dictionary(documents), processes=1,
                                  window_size=max(map(len, documents)))
    epsilon = direct.EPSILON
    if measure == "u_mass":
        direct.EPSILON = 1.0 / len(documents)
    try:
        return model.get_coherence_per_topic()
    finally:
        direct.EPSILON = epsilon


def main():
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(folder)
        quality = ours.evaluate("--coherence", "--top", str(TOP))["topic_quality"]
    # gensim counts words that no document has otherwise than we do.
    checks.near("top words that no document has", quality["absent"], 0, 0)
    documents = [[str(word) for word in row.indices] for row in ours.test if row.nnz]
    topics = [topic["words"] for topic in quality["topics"]]
    for name, measure in (("umass", "u_mass"), ("npmi", "c_npmi"), ("c_v", "c_v")):
        theirs = of_gensim(measure, topics, documents)
        for topic, expected in zip(quality["topics"], theirs):
            checks.near(f"{name} of topic {topic['topic']}", topic[name], expected, TOLERANCE)
        checks.near(f"mean {name}", quality[name], float(np.mean(theirs)), TOLERANCE)
    checks.finish()


main()
