# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which numbered rules no test names yet, by kind. It reports and does not fail: a rule that nothing reaches is not broken."""

import collections
import pathlib
import re

# Two digits, as the rules have them: an account "A-3" or an invoice "A-0001" of a test is none.
RANGE = re.compile(r"\b([A-D])-(\d\d)\b(?:\.\.(?:[A-D]-)?(\d\d)\b)?")


def named_in(folder):
    """Every rule that a test names: `A-45`, or the ends of a range, `D-13..D-15`."""
    named = set()
    for path in folder.rglob("*"):
        if path.suffix in (".c", ".h", ".py") and "lint" not in path.parts:
            for letter, first, last in RANGE.findall(path.read_text(encoding="utf-8")):
                named |= {f"{letter}-{n:02d}" for n in range(int(first), int(last or first) + 1)}
    return named


def main():
    tests = pathlib.Path(__file__).resolve().parent.parent
    lines = (tests / "data" / "rules.tsv").read_text(encoding="utf-8").splitlines()
    rules = [line.split("\t") for line in lines if not line.startswith("#")]
    named = named_in(tests)
    missing = collections.defaultdict(list)
    for rule, kind in rules:
        if kind != "out" and rule not in named:
            missing[kind].append(rule)
    total = sum(kind != "out" for _, kind in rules)
    print(f"report: {total - sum(map(len, missing.values()))} of {total} rules are named by a test; not yet: " +
          "; ".join(f"{kind} {' '.join(missing[kind])}" for kind in sorted(missing)))


main()
