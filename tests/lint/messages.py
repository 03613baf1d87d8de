# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the messages to translate: several values in one message are numbered, so that a language can turn them round,
and a comment tells the translator what a value is.

usage: messages.py POT
"""

import ast
import re
import sys

CONVERSION = re.compile(r"%(?!%)(\d+\$)?[-+ #0']*(?:\d+|\*)?(?:\.(?:\d+|\*))?[hlqjzt]*[a-zA-Z]")


def entries(path):
    """Yields, for each message, its flags, whether it has a comment, and its strings (one, or singular and plural)."""
    with open(path, encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        flags, comment, strings = "", False, []
        for line in block.splitlines():
            if line.startswith("#,"):
                flags += line
            elif line.startswith("#. Translators:"):
                comment = True
            elif line.startswith(("msgid ", "msgid_plural ")):
                strings.append(ast.literal_eval(line.split(" ", 1)[1]))
            elif line.startswith("msgstr"):
                break
            elif line.startswith('"') and strings:
                strings[-1] += ast.literal_eval(line)
        if strings and strings[0]:
            yield flags, comment, strings


def main():
    problems = []
    for flags, comment, strings in entries(sys.argv[1]):
        if "c-format" not in flags or "no-c-format" in flags:
            continue
        if not comment and any(CONVERSION.search(string.replace("%%", "")) for string in strings):
            problems.append(f'"{strings[0]}": no comment says what the values are (/* Translators: … */ right above)')
        for string in strings:
            numbers = CONVERSION.findall(string.replace("%%", ""))
            if len(numbers) > 1 and not all(numbers):
                problems.append(f'"{string}": more than one value, not numbered (%1$s)')
    for problem in problems:
        print(problem)
    return bool(problems)


sys.exit(main())
