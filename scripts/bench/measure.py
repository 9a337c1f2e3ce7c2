"""Runs a program and measures the memory that it takes. Standard library alone: the memory of the
process that starts another counts as a floor of the other's maximum."""
import os
import subprocess
import tempfile
import threading
import time


def _tree(pid):
    """pid and the processes below it."""
    found, waiting = [], [pid]
    while waiting:
        process = waiting.pop()
        found.append(process)
        try:
            for task in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{task}/children") as file:
                    waiting.extend(int(child) for child in file.read().split())
        except OSError:
            pass  # it ended meanwhile
    return found


def _proportional_set_size(pid):
    try:
        with open(f"/proc/{pid}/smaps_rollup") as file:
            for line in file:
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # it ended meanwhile
    return 0


class _TreeSampler(threading.Thread):
    """The largest sum of proportional set sizes of a process and those below it (a page that n
    processes share counts 1/n in each). Looks often at first, once a second later: it costs little.
    """

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.ended = pid, 0, threading.Event()

    def run(self):
        begin = time.monotonic()
        while not self.ended.wait(min(1.0, max(0.05, 0.05 * (time.monotonic() - begin)))):
            self.peak = max(self.peak, sum(map(_proportional_set_size, _tree(self.pid))))


def run(command, environment=None, many_processes=False):
    """(standard output, peak resident bytes) of a command. For one process the peak is the kernel's
    maximum resident set, mapped files included; for many, the sampled sum over the processes.
    Exits with the command's last words where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err,
                                 env={**os.environ, **(environment or {})})
        sampler = _TreeSampler(child.pid) if many_processes else None
        if sampler:
            sampler.start()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if sampler:
            sampler.ended.set()
            sampler.join()
        out.seek(0)
        err.seek(0)
        if child.returncode != 0:
            words = err.read().decode(errors="replace")[-2000:]
            raise SystemExit(f"{' '.join(command)}\nfailed ({child.returncode}):\n{words}")
        peak = sampler.peak if sampler else usage.ru_maxrss * 1024
        return out.read().decode(), peak
