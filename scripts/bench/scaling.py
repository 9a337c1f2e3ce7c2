#!/usr/bin/python3
"""Measures svi-lda's time per token against topics, vocabulary, documents, document length, threads
and minibatch size, each alone, on synthetic corpora; writes every run as CSV and a chart as SVG.

A figure is wall-clock nanoseconds per token of training in the second half of a run of two passes
and 16 steps at least. All runs have alpha = eta = 0.01, at most 100 inner iterations to a mean
change of gamma below 1e-3, and tau0 = 0, with which the first step replaces the random start:
otherwise the weight of the start, which is K times V, and not the corpus would decide how many
inner iterations a document takes. (Their mean is in the CSV.) Runs of all points take turns.
"""
import argparse
import csv
import datetime
import math
import os
import random
import statistics
import sys
import tempfile
from dataclasses import dataclass

import log_panels
import machine
import measure
import svi_lda

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COLUMNS = ["panel", "series", "x", "round", "topics", "vocab", "used_words", "docs", "length",
           "threads", "batch", "passes", "nanoseconds_per_token", "seconds", "tokens",
           "inner_iterations", "peak_bytes", "isa", "load"]
ZIPF, SAME = "Zipf over all V", "the same 10k words"


@dataclass(frozen=True)
class Corpus:
    vocab: int
    used_words: int
    docs: int
    length: int


@dataclass(frozen=True)
class Point:
    panel: str
    series: str
    x: int
    corpus: Corpus
    topics: int
    threads: int
    batch: int


def thread_counts(cores):
    """1, 2, 4, ... up to twice the cores; all of them where there are few."""
    counts = set(range(1, 5)) if cores <= 2 else set()
    counts |= {2**power for power in range(12)} | {cores, 2 * cores}
    return sorted(count for count in counts if count <= 2 * cores)


def plan(quick, threads, cores):
    """All points."""
    tokens = 500_000 if quick else 2_000_000
    base_docs = tokens // 100
    base = Corpus(30_000, 30_000, base_docs, 100)
    batch = 256 if quick else 1024
    points = []

    def add(panel, series, x, corpus=base, topics=100, threads=threads, batch=batch):
        points.append(Point(panel, series, x, corpus, topics, threads, batch))

    for topics in [10, 30, 100, 300, 1000] + ([] if quick else [3000, 10_000]):
        add("topics", "", topics, topics=topics)
    for vocab in [10_000, 35_000, 100_000, 350_000] + ([] if quick else [1_000_000, 5_000_000]):
        add("vocabulary", ZIPF, vocab, Corpus(vocab, vocab, base_docs, 100))
        add("vocabulary", SAME, vocab, Corpus(vocab, 10_000, base_docs, 100))
    for docs in [1000, 3000, 10_000, 30_000] + ([] if quick else [100_000, 300_000]):
        add("documents", "", docs, Corpus(30_000, 30_000, docs, 100))
    for length in [10, 30, 100, 300, 1000] + ([] if quick else [3000, 10_000]):
        # The same number of tokens in all and in a minibatch.
        add("length", "", length, Corpus(30_000, 30_000, tokens // length, length),
            batch=max(1, batch * 100 // length))
    for count in thread_counts(cores):
        add("threads", "", count, threads=count)
    for size in [16, 64, 256, 1024] + ([] if quick else [4096, 16_384]):
        add("batch", "", size, batch=size)
    return points


def make_corpus(corpus, folder):
    path = os.path.join(folder, f"{corpus.vocab}-{corpus.used_words}-{corpus.docs}-{corpus.length}")
    if not os.path.exists(path):
        command = ["/usr/bin/python3", "-B", os.path.join(HERE, "synthetic_corpus.py")]
        for name in ("vocab", "used_words", "docs", "length"):
            command += [f"--{name.replace('_', '-')}", str(getattr(corpus, name))]
        measure.run([*command, "--output", path])
    return path


def run_point(point, program, corpora, folder):
    """One run as a row of the CSV."""
    load = machine.load()
    steps_a_pass = math.ceil(point.corpus.docs / point.batch)
    passes = 2 * math.ceil(8 / steps_a_pass)
    run = svi_lda.train(program, make_corpus(point.corpus, corpora), os.path.join(folder, "run"), {
        "inference": "vb", "init": "random", "topics": point.topics,
        "threads": point.threads, "passes": passes, "batch-size": point.batch, "alpha": 0.01, "eta": 0.01, "kappa": 0.7, "tau0": 0,
        "inner-tolerance": 1e-3,
        "inner-iterations": 100, "report-every": max(1, passes * steps_a_pass // 20)})
    last = run.records[-1]
    half = [record for record in run.records if 2 * record["docs"] >= last["docs"]]
    seconds, tokens = last["seconds"] - half[0]["seconds"], last["tokens"] - half[0]["tokens"]
    iterations = statistics.mean(record["inner_iterations"] for record in half[1:])
    return {"panel": point.panel, "series": point.series, "x": point.x, "topics": point.topics,
            "vocab": point.corpus.vocab, "used_words": point.corpus.used_words,
            "docs": point.corpus.docs, "length": point.corpus.length, "threads": point.threads,
            "batch": point.batch, "passes": passes,
            "nanoseconds_per_token": f"{1e9 * seconds / tokens:.2f}", "seconds": f"{seconds:.4f}",
            "tokens": tokens, "inner_iterations": f"{iterations:.2f}",
            "peak_bytes": run.peak_bytes, "isa": run.isa, "load": f"{load:.2f}"}


def measure_points(points, options):
    rows = []
    order = random.Random(1)
    if options.temporary:
        os.makedirs(options.temporary, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.temporary) as folder:
        for turn in range(1, options.repeats + 1):
            # Another order in each round, so that a disturbance does not fall on one panel.
            for place, point in enumerate(order.sample(points, len(points)), 1):
                row = {**run_point(point, options.program, folder, folder), "round": turn}
                rows.append(row)
                print(f"round {turn}, {place} of {len(points)}: {point.panel} {point.x:,} "
                      f"{point.series} {row['nanoseconds_per_token']} ns/token", file=sys.stderr,
                      flush=True)
    return sorted(rows, key=lambda row: (row["panel"], row["series"], row["x"], row["round"]))


def series_of(rows, panel, name):
    """Points (x, least, median, most) of a series of a panel."""
    figures = {}
    for row in rows:
        if row["panel"] == panel and row["series"] == name:
            figures.setdefault(int(row["x"]), []).append(float(row["nanoseconds_per_token"]))
    return [(x, min(values), statistics.median(values), max(values))
            for x, values in sorted(figures.items())]


def chart(rows, note):
    """The six panels as the text of an SVG file."""
    base = next(row for row in rows if row["panel"] == "threads")
    y_title = "ns per token"
    threads = series_of(rows, "threads", "")
    usual = next(row for row in rows if row["panel"] == "topics")["threads"]
    cores = next(int(line.split(":")[1]) for line in note.splitlines()
                 if line.startswith("processors usable"))
    one = threads[0][2]
    ideal = [(x, *[one / min(x, cores)] * 3) for x, *_ in threads]

    def simple(panel, title, x_title):
        return log_panels.Panel(title, x_title, y_title,
                                [log_panels.Series("", series_of(rows, panel, ""))])

    batch_tokens = int(base["batch"]) * int(base["length"])
    panels = [
        simple("topics", "Topics", "topics K"),
        log_panels.Panel("Vocabulary", "vocabulary V, words", y_title,
                         [log_panels.Series(name, series_of(rows, "vocabulary", name))
                          for name in (ZIPF, SAME)]),
        simple("documents", "Documents", "documents D"),
        simple("length", f"Length, {batch_tokens:,} tokens a minibatch", "tokens per document"),
        log_panels.Panel("Threads", "threads", y_title,
                         [log_panels.Series("", threads),
                          log_panels.Series("ideal", ideal, dashed=True)],
                         [x for x, *_ in threads]),
        simple("batch", "Minibatch", "documents per minibatch"),
    ]
    processor = note.splitlines()[0].removeprefix("processor: ").split(" (")[0]
    rounds = max(int(row["round"]) for row in rows)
    runs = "one run" if rounds == 1 else f"median, least and most of {rounds} runs"
    footer = [
        f"{processor}, {cores} cores, {base['isa']}, {runs}. Where it is not the axis:",
        f"K={base['topics']}, V={int(base['vocab']):,}, {int(base['docs']):,} synthetic documents "
        f"of {base['length']} tokens, {int(base['batch']):,} documents a minibatch, "
        f"{usual} threads.",
    ]
    return log_panels.draw("svi-lda: training time per token", footer, panels)


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench_scaling.sh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true",
                        help="fewer and smaller points, one run each: a few minutes")
    parser.add_argument("--repeats", type=int, help="runs of each point [3; 1 with --quick]")
    parser.add_argument("--threads", type=int, help="where they are not the axis [all cores]")
    parser.add_argument("--panels", help="of topics, vocabulary, documents, length, threads, batch "
                                         "with commas between; no chart then [all]")
    parser.add_argument("--output", metavar="STEM", help="STEM.csv, .txt and .svg are written "
                        "[tests/bench/results/DATE-scaling, or build/scaling-quick]")
    parser.add_argument("--redraw", metavar="STEM",
                        help="draw STEM.svg from STEM.csv and .txt again")
    parser.add_argument("--temporary", metavar="FOLDER", help="for corpora and runs, some GB")
    parser.add_argument("--program", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.threads = options.threads or machine.cores()
    options.repeats = options.repeats or (1 if options.quick else 3)
    if options.output is None:
        name = f"{datetime.date.today().isoformat()}-scaling"
        options.output = (os.path.join(ROOT, "build", "scaling-quick") if options.quick
                          else os.path.join(ROOT, "tests", "bench", "results", name))
    return options


def redraw(stem):
    with open(stem + ".csv", newline="") as table, open(stem + ".txt") as note:
        picture = chart(list(csv.DictReader(table)), note.read())
    with open(stem + ".svg", "w") as file:
        file.write(picture)


def main():
    options = parse_arguments()
    if options.redraw:
        redraw(options.redraw)
        return
    points = plan(options.quick, options.threads, machine.cores())
    if options.panels:
        wanted = options.panels.split(",")
        points = [point for point in points if point.panel in wanted]
    note = machine.describe(ROOT)
    rows = measure_points(points, options)
    os.makedirs(os.path.dirname(os.path.abspath(options.output)), exist_ok=True)
    with open(options.output + ".csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    with open(options.output + ".txt", "w") as file:
        file.write(note)
    if not options.panels:
        redraw(options.output)
    print(f"written: {options.output}.csv, .txt{'' if options.panels else ', .svg'}")


if __name__ == "__main__":
    main()
