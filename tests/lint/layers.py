# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that a layer cannot reach the layers above it: with the flags each layer is compiled with, their headers are not found.

usage: layers.py BUILD
"""

import json
import pathlib
import shlex
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
LAYERS = ["model", "wire", "service", "sync", "ui", "cli"]
# What each layer may include; cli may include everything.
BELOW = {
    "model": [],
    "wire": ["model"],
    "service": ["wire", "model"],
    "sync": ["wire", "model"],
    "ui": ["sync", "wire", "model"],
}
# Libraries that are not on the compiler's own path, and the layers that may include them.
LIBRARIES = {
    "json-glib/json-glib.h": ["wire", "service", "sync", "ui"],
    "libsoup/soup.h": ["sync", "ui"],
    "gtk/gtk.h": ["ui"],
    "adwaita.h": ["ui"],
}


def flags_of(build):
    """Returns for each layer the compiler and the flags of one of its sources, without input and output."""
    flags = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        layer = source.parent.name
        if source.parent.parent != TOP / "src" or layer in flags or source.suffix != ".c":
            continue
        words = shlex.split(entry["command"])
        kept = []
        for index, word in enumerate(words):
            if word in ("-c", "-o", "-MQ", "-MF", "-MD") or words[index - 1] in ("-c", "-o", "-MQ", "-MF"):
                continue
            kept.append(word)
        flags[layer] = (entry["directory"], kept)
    return flags


def compiles(flags, include):
    directory, words = flags
    return subprocess.run(
        words + ["-fsyntax-only", "-x", "c", "-"],
        cwd=directory,
        input=f"#include {include}\n",
        text=True,
        capture_output=True,
    )


def main():
    problems = []
    flags = flags_of(pathlib.Path(sys.argv[1]).resolve())
    headers = {layer: sorted((TOP / "src" / layer).glob("*.h")) for layer in LAYERS}
    for layer, below in BELOW.items():
        if layer not in flags:
            continue
        for own in headers[layer][:1]:
            result = compiles(flags[layer], f'"{own.name}"')
            if result.returncode != 0:
                problems.append(f"{layer}: the probe cannot even include its own {own.name}:\n{result.stderr}")
        for other in LAYERS:
            if other == layer or other in below:
                continue
            for header in headers[other][:1]:
                for spelling in (f'"{header.name}"', f'"{other}/{header.name}"'):
                    if "No such file" not in compiles(flags[layer], spelling).stderr:
                        problems.append(f"{layer} can include {spelling}, which is above it")
        for library, allowed in LIBRARIES.items():
            if layer not in allowed and "No such file" not in compiles(flags[layer], f"<{library}>").stderr:
                problems.append(f"{layer} can include <{library}>")
    for problem in problems:
        print(problem)
    return bool(problems)


sys.exit(main())
