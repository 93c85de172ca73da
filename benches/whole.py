#!/usr/bin/env python3
"""Measures the program as users run it: whole processes, output on a RAM disk. `make bench` runs it after the stages.

Wall time, CPU time and peak memory of each command: the best of several runs, for other work on the machine only adds.
Writes the table to docs/performance.md and README.md between the markers `<!-- bench -->` and `<!-- /bench -->`.
"""

import os
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("FACTSHEET", ROOT / "target/release/factsheet"))
START, END = "<!-- bench -->", "<!-- /bench -->"


def run(arguments):
    """Wall seconds, CPU seconds, peak MB of one process."""
    began = time.perf_counter()
    child = subprocess.Popen(
        [PROGRAM, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"factsheet {' '.join(map(str, arguments))} failed:\n{said.decode()}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(arguments, times):
    runs = [run(arguments) for _ in range(times)]
    return min(r[0] for r in runs), min(r[1] for r in runs), max(r[2] for r in runs)


def machine():
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            name = next(line.split(":", 1)[1].strip() for line in info if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def rows(disk):
    output = ["--output", str(disk / "o")]
    seed = ["--source", "seeds/dpa-factsheet-2022-luxembourg.txt"]
    commands = [
        ("start-up: `factsheet --version`", ["--version"], 20, "5 ms"),
        ("one country, `--only workbook,pdf`", ["build", *seed, "--only", "workbook,pdf", *output], 7, "100 ms"),
        ("both seeds, everything", ["build", *output], 7, "250 ms"),
        ("`factsheet check`, both seeds", ["check", *output], 5, ""),
        ("every country with figures, everything", ["build", "--all", *output], 3, "3 s"),
    ]
    for name, arguments, times, goal in commands:
        shutil.rmtree(disk / "o", ignore_errors=True)
        wall, cpu, memory = best(arguments, times)
        shown = f"{wall * 1000:.0f} ms" if wall < 1 else f"{wall:.2f} s"
        used = f"{cpu * 1000:.0f} ms" if cpu < 1 else f"{cpu:.2f} s"
        yield f"| {name} | {shown} | {used} | {memory:.0f} MB | {goal} |"


def main():
    if not PROGRAM.exists():
        sys.exit("build the program first: cargo build --release")
    ram = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=ram) as folder:
        table = [
            "| command | wall | CPU | peak memory | goal |",
            "|---|--:|--:|--:|--:|",
            *rows(pathlib.Path(folder)),
            "",
            f"Measured on {machine()}; output on {'a RAM disk' if ram else 'disk'}; the best of several runs. `make bench` renews this.",
        ]
    text = "\n".join(table)
    print(text)
    for name in ["README.md", "docs/performance.md"]:
        path = ROOT / name
        if not path.exists():
            continue
        page = path.read_text(encoding="utf-8")
        if START in page and END in page:
            before, rest = page.split(START, 1)
            after = rest.split(END, 1)[1]
            path.write_text(f"{before}{START}\n{text}\n{END}{after}", encoding="utf-8")
            print(f"renewed {name}")


if __name__ == "__main__":
    main()
