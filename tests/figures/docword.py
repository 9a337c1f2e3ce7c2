"""What the checks of figures against other programs share: a corpus and a model of ours, and the
figures that we give for them. Needs numpy and scipy; skips the test (exit 77) where they are absent."""
import gzip
import json
import os
import subprocess
import sys

SKIPPED = 77


def needed(*modules):
    """Imports modules, or skips."""
    found = []
    for name in modules:
        try:
            found.append(__import__(name, fromlist=["_"]))
        except ImportError:
            print(f"skipped: no Python module {name} here")
            sys.exit(SKIPPED)
    return found


np, sparse = needed("numpy", "scipy.sparse")


def read(path):
    """The counts of a gzipped docword file, D x V, CSR."""
    with gzip.open(path, "rb") as file:
        numbers = np.array(file.read().split(), dtype=np.int64)
    table = numbers[3:].reshape(-1, 3)
    counts = sparse.csr_matrix((table[:, 2], (table[:, 0] - 1, table[:, 1] - 1)),
                               shape=(numbers[0], numbers[1]))
    counts.sort_indices()
    return counts


class Ours:
    """The program, the demonstration corpus, and a model of it in `folder`."""

    def __init__(self, folder, *options):
        self.program = os.environ["SVI_LDA"]
        data = os.environ["SVI_LDA_DATA"]
        self.test_path = f"{data}/demo.test.docword.txt.gz"
        self.test = read(self.test_path)
        self.run = f"{folder}/run"
        subprocess.run([self.program, "train", f"{data}/demo.docword.txt.gz", "--topics", "10",
                        "--passes", "3", "--quiet", "--output", self.run, *options], check=True)
        with np.load(f"{self.run}/model.npz") as model:
            self.lambda_ = np.asarray(model["lambda"], dtype=np.float64)
            self.alpha = model["alpha"]
            self.eta = float(model["eta"])
            self.training_docs = json.loads(model["meta.json"])["docs"]

    def evaluate(self, *options):
        """The figures as a dictionary."""
        output = subprocess.run([self.program, "evaluate", self.run, self.test_path, "--format",
                                 "json", *options], check=True, stdout=subprocess.PIPE)
        return json.loads(output.stdout)


class Checks:
    """Compares figures, prints each, and knows whether all agreed."""

    def __init__(self):
        self.failed = False

    def near(self, what, ours, theirs, tolerance):
        good = abs(ours - theirs) <= tolerance
        self.failed = self.failed or not good
        print(f"{'ok  ' if good else 'FAIL'} {what}: ours {ours:.8g}, theirs {theirs:.8g}, "
              f"may differ by {tolerance:.2g}")

    def finish(self):
        sys.exit(1 if self.failed else 0)
