#!/usr/bin/python3
"""Runs svi-lda beside other online LDA programs on the same files and compares time, memory and
held-out perplexity.

All take the documents in the order of the file, in the same minibatches, with alpha = eta = 0.01,
kappa 0.7, tau0 64, and at most 100 inner iterations to a mean change of gamma below 1e-3; one pass.
(gensim's LdaMulticore makes one step of as many minibatches as it has workers.) Runs alternate:
svi-lda, peer, svi-lda, peer, ...; a ratio is of a peer's run and the run of svi-lda just before it.
The round is the seed of all: after one pass, the start moves perplexities by several percent.

Systems: svi-lda; sklearn-N, scikit-learn's LatentDirichletAllocation by partial_fit with N jobs;
gensim-N, gensim's LdaMulticore with N workers.

A folder holds train.docword.txt.gz and test.docword.txt.gz; without one, the corpus of data/ is
taken.
"""
import argparse
import csv
import datetime
import hashlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

import machine
import measure
import svi_lda

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SETTINGS = {"alpha": 0.01, "eta": 0.01, "kappa": 0.7, "tau0": 64.0, "tolerance": 1e-3,
            "iterations": 100}
COLUMNS = ["corpus", "topics", "batch", "round", "seed", "system", "version", "compared_with",
           "threads", "seconds", "tokens", "tokens_per_second", "peak_bytes", "perplexity", "load"]
MEGABYTE = 1e6


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench_peers.sh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="*", metavar="CORPUS_FOLDER")
    parser.add_argument("--systems", default="svi-lda,sklearn-1,sklearn-2,gensim-2",
                        help="which, with commas between [%(default)s]")
    parser.add_argument("--batch", default="256,1024", help="documents a minibatch [%(default)s]")
    parser.add_argument("--topics", type=int, default=100, help="K [%(default)s]")
    parser.add_argument("--threads", type=int, default=2, help="of svi-lda [%(default)s]")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each peer [%(default)s]")
    parser.add_argument("--blas", choices=["openblas", "reference"], default="openblas",
                        help="which of Debian's BLAS the peers use; with OpenBLAS they are up to "
                             "1.8 times faster [%(default)s]")
    parser.add_argument("--record", action="store_true",
                        help="write the table, every run and a note on the machine to "
                             "tests/bench/results/")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.systems = options.systems.split(",")
    for system in options.systems:
        if not re.fullmatch(r"svi-lda|(sklearn|gensim)-[1-9]\d*", system):
            parser.error(f"no system {system}; there are svi-lda, sklearn-N and gensim-N")
    try:
        options.batch = [int(batch) for batch in options.batch.split(",")]
    except ValueError:
        parser.error(f"--batch {options.batch}: numbers with commas between")
    if min([*options.batch, options.topics, options.threads, options.repeats]) < 1:
        parser.error("--batch, --topics, --threads and --repeats must be at least 1")
    return options


def files_of(folder):
    """(name, training file, test file) of a corpus; None is the corpus of data/."""
    if folder is None:
        stem = os.path.join(ROOT, "data", "demo.")
        name = "demo"
    else:
        stem = os.path.join(folder, "")
        name = os.path.basename(os.path.abspath(folder))
    train = stem + ("docword.txt.gz" if folder is None else "train.docword.txt.gz")
    test = stem + "test.docword.txt.gz"
    for path in (train, test):
        if not os.path.exists(path):
            raise SystemExit(f"bench_peers.sh: {path} is not there")
    return name, train, test


def peer_environment(blas):
    """Debian keeps every BLAS in a folder of its own. Threads of OpenBLAS do not help products this
    small and would be in the way of other workers."""
    environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    package, folder = {"openblas": ("libopenblas0-pthread", "openblas-pthread"),
                       "reference": ("libblas3", "blas")}[blas]
    listing = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True).stdout
    for path in listing.splitlines():
        if path.endswith(f"/{folder}/libblas.so.3"):
            environment["LD_LIBRARY_PATH"] = os.path.dirname(path)
            return environment
    raise SystemExit(f"bench_peers.sh: Debian's {package} is not installed")


class Judge:
    """Perplexities, computed once for the same topics."""

    def __init__(self, train, test):
        self.train, self.test, self.known, self.unigram, self.tokens = train, test, {}, None, 0

    def perplexity(self, topics):
        with open(topics, "rb") as file:
            digest = hashlib.blake2b(file.read()).hexdigest()
        if digest not in self.known:
            command = ["/usr/bin/python3", "-B", os.path.join(HERE, "completion.py"), self.test,
                       topics]
            if self.unigram is None:
                command += ["--train", self.train]
            figure = json.loads(measure.run(command, {"OPENBLAS_NUM_THREADS": "1"})[0])
            self.unigram = figure["unigram"] or self.unigram
            self.tokens = figure["tokens"]
            self.known[digest] = figure["perplexity"]
        return self.known[digest]


def run_svi_lda(options, batch, seed, train, folder):
    run = svi_lda.train(options.program, train, os.path.join(folder, "run"), {
        "inference": "vb", "init": "random", "topics": options.topics,
        "threads": options.threads, "passes": 1, "batch-size": batch,
        "alpha": SETTINGS["alpha"], "eta": SETTINGS["eta"], "kappa": SETTINGS["kappa"],
        "tau0": SETTINGS["tau0"], "inner-tolerance": SETTINGS["tolerance"],
        "inner-iterations": SETTINGS["iterations"], "seed": seed})
    return {"version": f"{run.version} ({run.isa})", "threads": options.threads,
            "seconds": run.seconds, "peak_bytes": run.peak_bytes, "tokens": run.tokens,
            "topics_file": os.path.join(folder, "run", "model.npz")}


def run_peer(system, settings, blas, train, folder):
    """One run; what `settings` leaves out is the peer's default."""
    name, workers = system.split("-")
    settings = {**settings, "workers": int(workers)}
    topics = os.path.join(folder, "topics.npy")
    command = ["/usr/bin/python3", "-B", os.path.join(HERE, "train_peer.py"), name, train, topics,
               json.dumps(settings)]
    environment = peer_environment(blas)
    # gensim's workers are processes even where there is one.
    out, peak = measure.run(command, environment, name == "gensim" or int(workers) > 1)
    result = json.loads(out)
    return {"version": f"{result['version']} ({blas})", "threads": int(workers),
            "seconds": result["seconds"], "tokens": result["tokens"], "peak_bytes": peak,
            "topics_file": topics}


def measure_corpus(options, corpus, batch, folder, judge):
    """All runs at one batch size, as rows."""
    name, train, _ = corpus
    rows = []

    def add(system, compared_with, turn):
        load = machine.load()
        if system == "svi-lda":
            result = run_svi_lda(options, batch, turn, train, folder)
        else:
            settings = {**SETTINGS, "topics": options.topics, "batch": batch, "seed": turn}
            result = run_peer(system, settings, options.blas, train, folder)
        row = {"corpus": name, "topics": options.topics, "batch": batch, "round": turn,
               "seed": turn, "system": system, "compared_with": compared_with,
               "load": f"{load:.2f}",
               "perplexity": judge.perplexity(result.pop("topics_file")), **result}
        row["tokens_per_second"] = row["tokens"] / row["seconds"]
        rows.append(row)
        print(f"{name}, batch {batch}, round {turn}: {system} {row['seconds']:.2f} s, perplexity "
              f"{row['perplexity']:.1f}", file=sys.stderr, flush=True)

    peers = [system for system in options.systems if system != "svi-lda"]
    ours = "svi-lda" in options.systems
    for turn in range(1, options.repeats + 1):
        for peer in peers or [""]:
            if ours:
                add("svi-lda", peer, turn)
            if peer:
                add(peer, "svi-lda" if ours else "", turn)
    return rows


def spread(values, digits):
    values = sorted(values)
    middle = statistics.median(values)
    if len(values) == 1:
        return f"{middle:.{digits}f}"
    return f"{middle:.{digits}f} ({values[0]:.{digits}f}–{values[-1]:.{digits}f})"


def ratios_of(rows, system):
    """Seconds of a peer over those of the run of svi-lda beside it, round by round."""
    ours = {row["round"]: row["seconds"] for row in rows
            if row["system"] == "svi-lda" and row["compared_with"] == system}
    return [row["seconds"] / ours[row["round"]] for row in rows
            if row["system"] == system and row["round"] in ours]


def table(options, rows, judge):
    first = rows[0]
    lines = [f"{first['corpus']}: {first['tokens']:,} tokens, K={options.topics}, batch "
             f"{first['batch']}, one pass; median (least–most) of the runs",
             "",
             "| system | training seconds | tokens/s | peak MB | perplexity | times svi-lda's "
             "seconds |",
             "|---|---|---|---|---|---|"]
    for system in options.systems:
        own = [row for row in rows if row["system"] == system]
        if not own:
            continue
        seconds = [row["seconds"] for row in own]
        rate = statistics.median(row["tokens_per_second"] for row in own)
        memory = statistics.median(row["peak_bytes"] for row in own) / MEGABYTE
        perplexity = sorted({row["round"]: row["perplexity"] for row in own}.values())
        ratios = ratios_of(rows, system)
        lines.append(f"| {system} {own[0]['version']} | "
                     f"{spread(seconds, 3 if max(seconds) < 1 else 2)} | {rate:,.0f} | "
                     f"{memory:,.0f} | {spread(perplexity, 1 if max(perplexity) < 1000 else 0)} | "
                     f"{spread(ratios, 1) if ratios else '–'} |")
    lines += ["", f"Perplexity: document completion, {judge.tokens:,} tokens scored; a unigram "
                  f"model has {judge.unigram:.1f}.", ""]
    return "\n".join(lines)


def record(note, rows, tables):
    folder = os.path.join(ROOT, "tests", "bench", "results")
    os.makedirs(folder, exist_ok=True)
    stem = os.path.join(folder, f"{datetime.date.today().isoformat()}-peers")
    with open(stem + ".csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "seconds": f"{row['seconds']:.4f}",
                             "tokens_per_second": f"{row['tokens_per_second']:.0f}",
                             "perplexity": f"{row['perplexity']:.3f}"})
    with open(stem + ".txt", "w") as file:
        file.write(note + "\n" + "\n".join(tables))
    print(f"recorded: {os.path.relpath(stem, ROOT)}.csv and .txt")


def main():
    options = parse_arguments()
    note, rows, tables = machine.describe(ROOT), [], []
    corpora = [files_of(folder) for folder in options.corpus or [None]]
    for corpus in corpora:
        judge = Judge(corpus[1], corpus[2])
        for batch in options.batch:
            with tempfile.TemporaryDirectory() as folder:
                new = measure_corpus(options, corpus, batch, folder, judge)
            rows += new
            tables.append(table(options, new, judge))
            print("\n" + tables[-1], flush=True)
    if options.record:
        record(note, rows, tables)


if __name__ == "__main__":
    main()
