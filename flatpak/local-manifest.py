# SPDX-License-Identifier: GPL-3.0-or-later
"""Derives from the published manifest one that builds a folder of sources on the runtime at hand. Nothing else differs.

usage: local-manifest.py RUNTIME-VERSION FOLDER   prints that manifest, as JSON
       local-manifest.py --runtime-version        prints the version of the runtime that the published one asks for
       local-manifest.py --archives               prints module, sha256 and URL of each archive, one a line
"""

import json
import pathlib
import sys

import yaml

MANIFEST = pathlib.Path(__file__).resolve().parent / "io.github.upkeep.Upkeep.yaml"


def main():
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    if sys.argv[1] == "--runtime-version":
        print(manifest["runtime-version"])
    elif sys.argv[1] == "--archives":
        for module in manifest["modules"]:
            for source in module["sources"]:
                if source["type"] == "archive":
                    print(module["name"], source["sha256"], source["url"])
    else:
        manifest["runtime-version"] = sys.argv[1]
        own = manifest["modules"][-1]
        own["sources"] = [{"type": "dir", "path": sys.argv[2]}]
        json.dump(manifest, sys.stdout, indent=2)


main()
