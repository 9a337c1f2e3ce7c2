"""Reads each export of a model with the tools that it is meant for, as far as they are here."""

import csv
import importlib.util
import json
import tempfile
import unittest

from program import DATA, skip, svi_lda, train_demo

if importlib.util.find_spec("numpy") is None:
    skip("no numpy for Python here (apt install python3-numpy)")

import numpy as np


def needs(module):
    return unittest.skipIf(importlib.util.find_spec(module) is None, f"no {module} here")


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        folder = cls.temporary.name
        run = f"{folder}/run"
        train_demo(run, "-k", 12)
        with np.load(f"{run}/model.npz") as model:
            cls.model = {name: model[name] for name in model if name != "meta.json"}
        cls.paths = {}
        documents = ("--documents", f"{DATA}/demo.test.docword.txt.gz")
        for form in ("npy", "csv", "json", "pyldavis", "mallet"):
            cls.paths[form] = f"{folder}/{form}"
            more = documents if form in ("pyldavis", "mallet") else ()
            svi_lda("export", run, "--to", form, "-o", cls.paths[form], "--quiet", *more)
        lam = cls.model["lambda"].astype(np.float64)
        cls.topics = lam / lam.sum(axis=1, keepdims=True)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def check(self, topics):
        self.assertEqual(topics.shape, self.topics.shape)
        np.testing.assert_allclose(topics.sum(axis=1), 1.0, rtol=0, atol=1e-12)
        np.testing.assert_allclose(topics, self.topics, rtol=1e-12)

    def test_npy(self):
        topics = np.load(self.paths["npy"])
        self.assertEqual(topics.dtype, np.float64)
        self.check(topics)

    def test_csv(self):
        with open(self.paths["csv"], newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        self.assertEqual(rows[0], ["topic", *self.model["vocabulary"]])
        self.check(np.array([row[1:] for row in rows[1:]], dtype=np.float64))
        self.check(np.loadtxt(self.paths["csv"], delimiter=",", skiprows=1)[:, 1:])

    def test_json(self):
        with open(self.paths["json"], encoding="utf-8") as file:
            content = json.load(file)
        self.check(np.array(content["topic_word"]))
        self.assertEqual(content["vocabulary"], list(self.model["vocabulary"]))
        self.assertEqual(content["word_counts"], self.model["word_counts"].tolist())
        self.assertAlmostEqual(sum(topic["weight"] for topic in content["topics"]), 1.0, places=9)

    def test_pyldavis(self):
        with open(self.paths["pyldavis"], encoding="utf-8") as file:
            arguments = json.load(file)
        # What pyLDAvis.prepare insists on.
        self.check(np.array(arguments["topic_term_dists"]))
        documents = np.array(arguments["doc_topic_dists"])
        self.assertEqual(documents.shape, (600, 12))
        np.testing.assert_allclose(documents.sum(axis=1), 1.0, rtol=0, atol=1e-12)
        self.assertEqual(sum(arguments["doc_lengths"]), 42000)
        self.assertEqual(len(arguments["doc_lengths"]), 600)
        self.assertEqual(len(arguments["vocab"]), len(arguments["term_frequency"]))

    def test_mallet(self):
        weights = np.zeros(self.topics.shape)
        ids = {word: i for i, word in enumerate(self.model["vocabulary"])}
        with open(f"{self.paths['mallet']}/topic-word-weights.txt", encoding="utf-8") as file:
            for line in file:
                topic, word, weight = line.rstrip("\n").split("\t")
                weights[int(topic), ids[word]] = float(weight)
        np.testing.assert_allclose(weights, self.model["lambda"], rtol=1e-12)
        counts = np.zeros(self.topics.shape)
        with open(f"{self.paths['mallet']}/word-topic-counts.txt", encoding="utf-8") as file:
            for line in file:
                number, word, *pairs = line.split()
                self.assertEqual(ids[word], int(number))
                for pair in pairs:
                    topic, count = map(int, pair.split(":"))
                    counts[topic, ids[word]] = count
        expected = self.model["lambda"].astype(np.float64) - self.model["eta"]
        self.assertLessEqual(np.abs(counts - expected).max(), 0.5 + 1e-3)
        proportions = np.loadtxt(f"{self.paths['mallet']}/doc-topics.txt", usecols=range(2, 14))
        np.testing.assert_allclose(proportions.sum(axis=1), 1.0, rtol=0, atol=1e-9)
        self.assertEqual(len(proportions), 600)

    @needs("scipy")
    def test_scipy(self):
        from scipy.spatial.distance import jensenshannon
        topics = np.load(self.paths["npy"])
        self.assertGreater(jensenshannon(topics[0], topics[1]), 0.0)

    @needs("sklearn")
    def test_scikit_learn(self):
        from sklearn.decomposition import LatentDirichletAllocation
        model = LatentDirichletAllocation(n_components=12, doc_topic_prior=self.model["alpha"][0])
        words = self.topics.shape[1]
        model.partial_fit(np.eye(words, dtype=np.int64)[:2])
        model.components_ = np.load(self.paths["npy"]) * 1e6
        model.exp_dirichlet_component_ = np.load(self.paths["npy"])
        # Documents of a topic's own words are that topic's.
        documents = np.zeros((12, words), dtype=np.int64)
        for topic in range(12):
            documents[topic, np.argsort(-self.topics[topic])[:15]] = 3
        np.testing.assert_array_equal(model.transform(documents).argmax(axis=1), np.arange(12))

    @needs("gensim")
    def test_gensim(self):
        from gensim.corpora import Dictionary
        from gensim.models import LdaModel
        words = list(self.model["vocabulary"])
        dictionary = Dictionary()
        dictionary.token2id = {word: i for i, word in enumerate(words)}
        dictionary.id2token = dict(enumerate(words))
        model = LdaModel(num_topics=12, id2word=dictionary)
        model.state.sstats[...] = self.model["lambda"] - self.model["eta"]
        model.state.eta[...] = self.model["eta"]
        model.sync_state()
        np.testing.assert_allclose(model.get_topics(), np.load(self.paths["npy"]), rtol=1e-4)


if __name__ == "__main__":
    unittest.main(verbosity=2)
