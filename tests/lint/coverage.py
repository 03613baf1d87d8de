# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures how much of src/model its tests run: at least LINES_MIN and BRANCHES_MIN percent.

usage: coverage.py BUILD

The model is compiled without optimisation in BUILD/coverage and run by the suites model and wire, for a document is how an edition
reaches a rule. Two things are not counted, because no test can reach them: lines that cannot run unless a caller breaks a promise
(UNREACHED), and branches that a macro brings along and the source does not show (HIDDEN). Nothing is excluded in the sources.
"""

import fcntl
import json
import pathlib
import shutil
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
LINES_MIN = 98
BRANCHES_MIN = 95
SHOWN = 5
# Random lives take the same turns each time, so that a figure moves only with the sources.
SEED = "--seed=R02S094bb54dea71722a617e9c2f06e03fad"

# What ends the program when somebody calls it wrongly, and the label in front of it.
UNREACHED = r"\s*(g_assert_not_reached \(\);|default:)$"
# Preconditions, the accessors that GLib's macros define, and the "if it is set" inside what frees or clears.
HIDDEN = r"\s*(g_return_(val_)?if_fail|g_assert|g_clear_(pointer|object|error)) \(|G_DEFINE_"


def run(*command):
    """Runs a command without a word, unless it fails: then with all its words."""
    done = subprocess.run(command, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def measure(folder):
    """Returns gcovr's summary and its line by line report, from counters of this run alone."""
    if not (folder / "build.ninja").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run("meson", "setup", "--wrap-mode=nodownload", "-Dbuildtype=debug", "-Db_coverage=true", folder, TOP)
    for counters in folder.rglob("*.gcda"):
        counters.unlink()
    run("meson", "test", "-C", folder, "--print-errorlogs", "--suite", "model", "--suite", "wire", f"--test-args={SEED}")
    # The compiler's notes on a source that is gone stay behind.
    for notes in folder.rglob("*.gcno"):
        if not notes.with_suffix(".o").exists():
            notes.unlink()
    summary, details = folder / "coverage-summary.json", folder / "coverage.json"
    run("gcovr", "--root", TOP, "--filter", "src/model/", "--exclude-unreachable-branches", "--exclude-throw-branches",
        "--exclude-lines-by-pattern", UNREACHED, "--exclude-branches-by-pattern", HIDDEN,
        "--json-summary", summary, "--json", details, folder)
    return json.loads(summary.read_text()), json.loads(details.read_text())


def missed(details):
    """Yields each line that was not run, and each that always went one way."""
    for entry in details["files"]:
        text = (TOP / entry["file"]).read_text(encoding="utf-8").splitlines()
        for line in entry["lines"]:
            ways = [branch["count"] for branch in line["branches"]]
            if line.get("gcovr/noncode") or line.get("gcovr/excluded") or (line["count"] and all(ways)):
                continue
            what = f"{sum(map(bool, ways))} of {len(ways)} ways" if line["count"] else "never run"
            yield f"{entry['file']}:{line['line_number']}: {what}: {text[line['line_number'] - 1].strip()}"


def main():
    if shutil.which("gcovr") is None:
        print("gcovr is not installed")
        return 77
    folder = pathlib.Path(sys.argv[1]).resolve() / "coverage"
    with open(folder.with_suffix(".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        summary, details = measure(folder)
    least = sorted(summary["files"], key=lambda entry: (entry["line_percent"] + (entry["branch_percent"] or 100)))[:SHOWN]
    print(f"report: {summary['line_percent']} % of the lines of src/model (at least {LINES_MIN}) and {summary['branch_percent']} % of its "
          f"branches (at least {BRANCHES_MIN}) are run; least: " +
          ", ".join(f"{pathlib.Path(entry['filename']).name} {entry['line_percent']}/{entry['branch_percent']}" for entry in least))
    if summary["line_percent"] >= LINES_MIN and summary["branch_percent"] >= BRANCHES_MIN:
        return 0
    print("\n".join(missed(details)))
    return 1


sys.exit(main())
