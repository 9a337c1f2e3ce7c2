"""Held-out perplexity against training seconds: every method of svi-lda, and peers, on each corpus.

Nothing is set but K, the method, the seed and the passes: 1, 2, 4, 8, ..., for svi-lda also what it
chooses itself. Peers too have their own defaults (scikit-learn learns online, with N jobs; gensim's
LdaMulticore has N workers). A system whose run takes long is not given more passes
(--most-seconds). All topics are scored by one program, document completion with alpha = 0.1.
"""
import argparse
import csv
import datetime
import math
import os
import statistics
import sys
import tempfile

import log_panels
import machine
import peers
import svi_lda

ROOT = peers.ROOT
COLUMNS = ["corpus", "topics", "system", "seed", "passes", "seconds", "perplexity", "load"]
AUTOMATIC = 0  # passes


def parse_arguments():
    parser = argparse.ArgumentParser(prog="bench_frontier.sh", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="*", metavar="CORPUS_FOLDER",
                        help="a corpus, or a folder of corpora")
    parser.add_argument("--methods", default="auto,gibbs,cvb0,em,vb,batch,incremental",
                        help="of svi-lda, with commas between [%(default)s]")
    parser.add_argument("--peers", default="sklearn-2,gensim-2",
                        help="with commas between, or none [%(default)s]")
    parser.add_argument("--topics", type=int, default=100, help="K [%(default)s]")
    parser.add_argument("--threads", type=int, default=2, help="of svi-lda [%(default)s]")
    parser.add_argument("--seeds", type=int, default=3, help="starts of each [%(default)s]")
    parser.add_argument("--most-passes", type=int, default=16,
                        help="the largest number given [%(default)s]")
    parser.add_argument("--most-seconds", type=float, default=120.0,
                        help="no more passes after a run of half as long [%(default)s]")
    parser.add_argument("--output", metavar="STEM",
                        default=os.path.join(ROOT, "build", "frontier"),
                        help="writes STEM.csv and STEM.svg [build/frontier]")
    parser.add_argument("--record", action="store_true",
                        help="write to tests/bench/results/ instead")
    parser.add_argument("--program", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.blas = "openblas"
    options.methods = options.methods.split(",")
    options.peers = [] if options.peers == "none" else options.peers.split(",")
    if options.record:
        options.output = os.path.join(ROOT, "tests", "bench", "results",
                                      f"{datetime.date.today().isoformat()}-frontier")
    if min(options.topics, options.threads, options.seeds, options.most_passes) < 1:
        parser.error("--topics, --threads, --seeds and --most-passes must be at least 1")
    return options


def corpora_in(folders):
    """Each folder that is a corpus, or whose folders are."""
    if not folders:
        return [peers.files_of(None)]
    found = []
    for folder in folders:
        inside = [folder] + sorted(entry.path for entry in os.scandir(folder) if entry.is_dir())
        found += [peers.files_of(path) for path in inside
                  if os.path.exists(os.path.join(path, "train.docword.txt.gz"))]
    if not found:
        raise SystemExit("bench_frontier.sh: no train.docword.txt.gz in " + ", ".join(folders))
    return found


def budgets(most):
    passes, given = 1, []
    while passes <= most:
        given.append(passes)
        passes *= 2
    return given + [AUTOMATIC]


def measure_corpus(options, corpus, folder):
    name, train, test = corpus
    judge = peers.Judge(train, test)
    rows = []

    def add(system, seed, passes, seconds, topics, load):
        rows.append({"corpus": name, "topics": options.topics, "system": system, "seed": seed,
                     "passes": passes, "seconds": seconds,
                     "perplexity": judge.perplexity(topics), "load": f"{load:.2f}"})
        print(f"{name}, {system}, seed {seed}, {passes or 'automatic'} passes: {seconds:.2f} s, "
              f"perplexity {rows[-1]['perplexity']:.1f}", file=sys.stderr, flush=True)

    def run_method(method, seed, passes):
        run = os.path.join(folder, "run")
        done = svi_lda.train(options.program, train, run, {
            "inference": method, "topics": options.topics, "threads": options.threads,
            "passes": passes, "seed": seed}, order="shuffled")
        return done.seconds, os.path.join(run, "model.npz")

    def run_peer(peer, seed, passes):
        done = peers.run_peer(peer, {"topics": options.topics, "seed": seed, "passes": passes},
                              options.blas, train, folder)
        return done["seconds"], done["topics_file"]

    longest = {}  # seconds of a system's longest run
    for seed in range(1, options.seeds + 1):
        for passes in budgets(options.most_passes):
            for system in options.methods + options.peers:
                ours = system in options.methods
                if passes == AUTOMATIC and not ours:
                    continue
                if longest.get((seed, system), 0.0) > options.most_seconds / 2:
                    continue
                load = machine.load()
                seconds, topics = (run_method if ours else run_peer)(system, seed, passes)
                longest[seed, system] = max(longest.get((seed, system), 0.0), seconds)
                add(system, seed, passes, seconds, topics, load)
    return rows


def points_of(rows, system):
    """(median seconds, least, median, most perplexity) for each number of passes, in order of
    time."""
    by_passes = {}
    for row in rows:
        if row["system"] == system:
            by_passes.setdefault(row["passes"], []).append(row)
    points = []
    for same in by_passes.values():
        figures = [row["perplexity"] for row in same]
        points.append((statistics.median(row["seconds"] for row in same), min(figures),
                       statistics.median(figures), max(figures)))
    return sorted(points)


def ticks(least, most):
    """Round numbers around [least, most], some six steps."""
    power = 10 ** math.floor(math.log10((most - least) / 6 + 1e-9))
    step = next(f * power for f in (1, 2, 5, 10) if f * power * 6 >= most - least)
    step = max(1, int(step))
    first = int(least // step) * step
    return list(range(first, int(most) + step + 1, step))


def chart(options, rows, note):
    panels = []
    for name in dict.fromkeys(row["corpus"] for row in rows):
        own = [row for row in rows if row["corpus"] == name]
        panels.append(log_panels.Panel(
            name, "seconds of training", "held-out perplexity",
            [log_panels.Series(system, points_of(own, system))
             for system in options.methods + options.peers],
            y_ticks=ticks(min(row["perplexity"] for row in own),
                          max(row["perplexity"] for row in own))))
    processor = note.splitlines()[0].removeprefix("processor: ").split(" (")[0]
    footer = [f"{processor}, {options.threads} threads; K={options.topics}; median, least and most "
              f"of {options.seeds} seeds; passes 1, 2, 4, ... and automatic."]
    return log_panels.draw("Perplexity against time", footer, panels, min(3, len(panels)),
                           shared_legend=True)


def write(options, rows, note):
    with open(options.output + ".csv", "w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "seconds": f"{row['seconds']:.4f}",
                             "perplexity": f"{row['perplexity']:.3f}"})
    with open(options.output + ".txt", "w") as file:
        file.write(note)
    with open(options.output + ".svg", "w") as file:
        file.write(chart(options, rows, note))


def main():
    options = parse_arguments()
    note, rows = machine.describe(ROOT), []
    os.makedirs(os.path.dirname(os.path.abspath(options.output)), exist_ok=True)
    for corpus in corpora_in(options.folder):
        with tempfile.TemporaryDirectory() as folder:
            rows += measure_corpus(options, corpus, folder)
        write(options, rows, note)  # what there is, should the next one fail
    print(f"wrote {options.output}.csv, .svg and a note on the machine, .txt")


if __name__ == "__main__":
    main()
