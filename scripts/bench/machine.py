"""What a figure was measured on."""
import os
import platform
import subprocess


def _first(path, key):
    try:
        with open(path) as file:
            for line in file:
                if line.split(":")[0].strip() == key:
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return "unknown"


def _output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _caches():
    sizes = []
    folder = "/sys/devices/system/cpu/cpu0/cache"
    try:
        for index in sorted(os.listdir(folder)):
            if index.startswith("index"):
                level, kind, size = (
                    open(os.path.join(folder, index, name)).read().strip()
                    for name in ("level", "type", "size"))
                if kind != "Instruction":
                    sizes.append(f"L{level} {size}")
    except OSError:
        pass
    return ", ".join(sizes) or "unknown"


def cores():
    return len(os.sched_getaffinity(0))


def load():
    return os.getloadavg()[0]


def describe(root):
    """Lines `name: value` about the machine and the checkout in `root`. No host name, no path."""
    cpu = "/proc/cpuinfo"
    family, model, stepping = (_first(cpu, key) for key in ("cpu family", "model", "stepping"))
    changed = _output("git", "-C", root, "status", "--porcelain", "--", "src", "include")
    commit = _output("git", "-C", root, "rev-parse", "--short", "HEAD")
    system = "unknown"
    if os.path.exists("/etc/os-release"):
        system = dict(line.rstrip().split("=", 1) for line in open("/etc/os-release")
                      if "=" in line).get("PRETTY_NAME", "unknown").strip('"')
    return "\n".join([
        f"processor: {_first(cpu, 'model name')} (family {family}, model {model}, "
        f"stepping {stepping})",
        f"processors usable: {cores()}",
        f"caches of one: {_caches()}",
        f"memory: {_first('/proc/meminfo', 'MemTotal')}",
        f"system: {system}, Linux {platform.release()}",
        f"compiler: {_output('c++', '--version').splitlines()[0]}",
        f"commit: {commit}{' with changes in src or include' if changed else ''}",
        "load average before: {:.2f} {:.2f} {:.2f}".format(*os.getloadavg()),
    ]) + "\n"


if __name__ == "__main__":
    print(describe(os.path.dirname(os.path.abspath(__file__))), end="")
