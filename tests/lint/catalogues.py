# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the catalogues against their schema, that what is there is what gets installed, and that the guide tells of every member.

usage: catalogues.py BUILD
       catalogues.py --ids    prints the ids of services and plans, joined by "|"
"""

import json
import pathlib
import sys

import jsonschema

TOP = pathlib.Path(__file__).resolve().parents[2]
FOLDER = TOP / "data" / "catalogues"
SCHEMA = FOLDER / "catalogue.schema.json"
GUIDE = TOP / "docs" / "catalogues.md"
# The wire format itself has these words, for every service.
WIRE_WORDS = {"free", "trial"}


def refuse_twins(pairs):
    names = [name for name, _ in pairs]
    twins = {name for name in names if names.count(name) > 1}
    if twins:
        raise ValueError(f"a member stands twice: {', '.join(sorted(twins))}")
    return dict(pairs)


def refuse_fraction(text):
    raise ValueError(f"{text} is no whole number")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=refuse_twins, parse_float=refuse_fraction)


def catalogues():
    return [path for path in sorted(FOLDER.glob("*.json")) if path != SCHEMA]


def words_of(schema):
    """The names of all members in a part of the schema, and all words that a member may be."""
    words = set()
    if isinstance(schema, dict):
        words.update(schema.get("properties", {}))
        words.update(word for word in schema.get("enum", []) if isinstance(word, str))
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []:
        words |= words_of(part)
    return words


def print_ids():
    ids = set()
    for path in catalogues():
        catalogue = json.loads(path.read_text(encoding="utf-8"))
        ids.add(catalogue["service"])
        ids.update(plan["id"] for plan in catalogue["plans"])
    print("|".join(sorted(ids - WIRE_WORDS)))


def main():
    problems = []
    if not SCHEMA.exists():
        problems.append(f"{SCHEMA.relative_to(TOP)}: missing")
        schema = {}
    else:
        schema = load(SCHEMA)
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    validator = validator(schema, format_checker=jsonschema.FormatChecker())
    installed = (TOP / "data" / "meson.build").read_text()
    for path in catalogues():
        name = path.relative_to(TOP)
        try:
            catalogue = load(path)
        except ValueError as error:
            problems.append(f"{name}: {error}")
            continue
        for error in sorted(validator.iter_errors(catalogue), key=str):
            problems.append(f"{name}: {error.json_path}: {error.message[:200]}")
        if path.name not in installed:
            problems.append(f"{name}: data/meson.build does not install it")
    guide = GUIDE.read_text(encoding="utf-8")
    for word in sorted(words_of(schema)):
        if f"`{word}`" not in guide:
            problems.append(f"{GUIDE.relative_to(TOP)}: does not tell of `{word}`")
    for problem in problems:
        print(problem)
    return bool(problems)


if sys.argv[1] == "--ids":
    print_ids()
else:
    sys.exit(main())
