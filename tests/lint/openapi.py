# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the description of the HTTP interface: it loads, every operation answers something, every reference leads somewhere.

usage: openapi.py BUILD
"""

import pathlib
import re
import sys

import yaml

TOP = pathlib.Path(__file__).resolve().parents[2]
FILE = TOP / "src" / "service" / "openapi.yaml"
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


class Loader(yaml.SafeLoader):
    """Refuses what YAML would take in silence: a key that stands twice."""


def mapping(loader, node):
    keys = [loader.construct_object(key) for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", node.start_mark)
    return dict((loader.construct_object(k), loader.construct_object(v, deep=True)) for k, v in node.value)


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)


def resolve(document, reference):
    if not reference.startswith("#/"):
        return False
    node = document
    for part in reference[2:].split("/"):
        part = part.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, dict) or part not in node:
            return False
        node = node[part]
    return True


def references(node):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def check(document):
    if not str(document.get("openapi", "")).startswith("3."):
        yield "openapi: no version 3"
    for member in ("title", "version"):
        if member not in document.get("info", {}):
            yield f"info: no {member}"
    if not document.get("paths"):
        yield "paths: none"
    ids = set()
    for path, item in (document.get("paths") or {}).items():
        operations = {method: operation for method, operation in item.items() if method in METHODS}
        if not operations:
            yield f"{path}: no operation"
        for method, operation in operations.items():
            where = f"{method.upper()} {path}"
            if not operation.get("responses"):
                yield f"{where}: no responses"
            for status, response in (operation.get("responses") or {}).items():
                if not re.fullmatch(r"[1-5](\d\d|XX)|default", str(status)):
                    yield f"{where}: {status} is no status"
                if "$ref" not in response and "description" not in response:
                    yield f"{where}: {status} has no description"
            identity = operation.get("operationId")
            if identity in ids:
                yield f"{where}: operationId {identity} stands twice"
            if identity is not None:
                ids.add(identity)
            named = {
                parameter.get("name")
                for parameter in (resolved(document, p) for p in item.get("parameters", []) + operation.get("parameters", []))
                if parameter.get("in") == "path"
            }
            for name in re.findall(r"{([^}]+)}", path):
                if name not in named:
                    yield f"{where}: the parameter {name} is not described"
    for reference in sorted(set(references(document))):
        if not resolve(document, reference):
            yield f"$ref {reference} leads nowhere"


def resolved(document, node):
    reference = node.get("$ref")
    if reference is None:
        return node
    if not resolve(document, reference):
        return {}
    found = document
    for part in reference[2:].split("/"):
        found = found[part.replace("~1", "/").replace("~0", "~")]
    return found


def main():
    if not FILE.exists():
        print("there is no src/service/openapi.yaml")
        return 77
    try:
        document = yaml.load(FILE.read_text(encoding="utf-8"), Loader)
    except yaml.YAMLError as error:
        print(error)
        return 1
    problems = list(check(document))
    for problem in problems:
        print(problem)
    return bool(problems)


sys.exit(main())
