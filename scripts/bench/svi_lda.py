"""Training runs of svi-lda, measured."""
import json
import os
import shutil
from dataclasses import dataclass

import measure


@dataclass
class Run:
    seconds: float  # of training: reading the corpus and the random start apart
    tokens: int
    peak_bytes: int
    isa: str
    version: str
    records: list  # of metrics.jsonl


def train(program, corpus, folder, options, order="file"):
    """Trains into `folder`, which is replaced; options are those of the command line without
    dashes."""
    shutil.rmtree(folder, ignore_errors=True)
    command = [program, "train", corpus, "--output", folder, "--order", order, "--quiet",
               "--checkpoint-every", "0"]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    _, peak = measure.run(command)
    with open(os.path.join(folder, "run.json")) as file:
        run = json.load(file)
    with open(os.path.join(folder, "metrics.jsonl")) as file:
        records = [json.loads(line) for line in file]
    return Run(run["end"]["seconds"], records[-1]["tokens"], peak, run["isa"], run["version"],
               records)
