# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the published Flatpak manifest: its form, where its sources come from, what it may do, and the age of its runtime.

The rules are Flathub's as far as no other tool has them.

usage: manifest.py BUILD
"""

import datetime
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

TOP = pathlib.Path(__file__).resolve().parents[2]
ID = "io.github.upkeep.Upkeep"
FILE = TOP / "flatpak" / f"{ID}.yaml"
YAMLLINT = "{extends: default, rules: {document-start: disable, indentation: {spaces: 2}, line-length: {max: 120}}}"
# The window is drawn, and a service may be connected to. Nothing else of the desktop or of its files is touched.
PERMISSIONS = {"--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--device=dri", "--share=network"}
# Keys in the order of flatpak-manifest(5). Those that are not here are not for us, such as branch.
ORDER = {
    "manifest": ["id", "runtime", "runtime-version", "sdk", "command", "separate-locales", "finish-args", "cleanup", "modules"],
    "module": ["name", "buildsystem", "config-opts", "post-install", "sources"],
    "archive": ["type", "url", "mirror-urls", "sha256"],
    "git": ["type", "url", "branch", "tag", "commit"],
}
# A GNOME runtime is kept up until the release after next.
LAST_DAYS = {
    "48": datetime.date(2026, 3, 31),
    "49": datetime.date(2026, 9, 30),
    "50": datetime.date(2027, 3, 31),
    "51": datetime.date(2027, 9, 30),
    "52": datetime.date(2028, 3, 31),
}


def git(*arguments):
    """Returns what git says of this checkout; nothing where it is no checkout."""
    if shutil.which("git") is None:
        return []
    result = subprocess.run(["git", "-C", str(TOP), *arguments], text=True, capture_output=True)
    return result.stdout.split() if result.returncode == 0 else []


def check_keys(where, kind, mapping):
    known = [key for key in ORDER[kind] if key in mapping]
    for key in mapping:
        if key not in known:
            yield f"{where}: {key} has no place in it"
    if known != [key for key in mapping if key in known]:
        yield f"{where}: the keys are not in the order {', '.join(known)}"


def check_form(manifest):
    yield from check_keys("manifest", "manifest", manifest)
    if manifest.get("id") != ID:
        yield f"id: not {ID}"
    if not re.fullmatch(r"[a-z]+", manifest.get("command", "")):
        yield "command: not a bare name"
    for module in manifest["modules"]:
        yield from check_keys(module["name"], "module", module)
        if not any(f"share/licenses/${{FLATPAK_ID}}/{module['name']}" in line for line in module.get("post-install", [])):
            yield f"{module['name']}: its licence is not installed"
    if [module["name"] for module in manifest["modules"]][-1] != "upkeep":
        yield "modules: the last one is not the application"


def check_sources(manifest, releases):
    """releases: the tags of this checkout's past, newest first"""
    for module in manifest["modules"]:
        for source in module["sources"]:
            kind = source.get("type")
            if kind not in ("archive", "git"):
                yield f"{module['name']}: a source of the type {kind}"
                continue
            yield from check_keys(f"{module['name']}: {kind}", kind, source)
            for url in [source["url"], *source.get("mirror-urls", [])]:
                if not url.startswith("https://"):
                    yield f"{module['name']}: {url} is not https"
            if kind == "archive" and not re.fullmatch(r"[0-9a-f]{64}", source.get("sha256", "")):
                yield f"{module['name']}: an archive without its sha256"
            if kind == "git" and (releases or "branch" not in source):
                # Before the first release there is nothing that a tag could name.
                if "branch" in source or "tag" not in source or not re.fullmatch(r"[0-9a-f]{40}", source.get("commit", "")):
                    yield f"{module['name']}: not a tag and its commit"
                elif releases and source["tag"] != releases[0]:
                    yield f"{module['name']}: {source['tag']} is not the newest release, {releases[0]}"
                elif releases and git("rev-parse", f"{source['tag']}^{{commit}}") != [source["commit"]]:
                    yield f"{module['name']}: {source['tag']} names another commit"


def check_permissions(manifest):
    given = manifest.get("finish-args", [])
    for permission in given:
        if permission not in PERMISSIONS:
            yield f"finish-args: {permission} is more than it needs"
    for permission in sorted(PERMISSIONS.difference(given)):
        yield f"finish-args: no {permission}"
    if len(given) != len(set(given)):
        yield "finish-args: one stands twice"


def check_runtime(manifest, today):
    if (manifest.get("runtime"), manifest.get("sdk")) != ("org.gnome.Platform", "org.gnome.Sdk"):
        yield "runtime: not GNOME's"
    version = manifest.get("runtime-version")
    if version not in LAST_DAYS:
        yield f"runtime-version: {version!r} is none of {', '.join(LAST_DAYS)}"
    elif today > LAST_DAYS[version]:
        yield f"runtime-version: {version} is kept up no more since {LAST_DAYS[version]}"


def check_tools():
    for command in (["yamllint", "--strict", "-d", YAMLLINT, str(FILE)], ["flatpak-builder", "--show-manifest", str(FILE)]):
        # flatpak-builder leaves a folder where it is called.
        with tempfile.TemporaryDirectory() as folder:
            result = subprocess.run(command, cwd=folder, text=True, capture_output=True)
        if result.returncode != 0:
            yield (result.stdout + result.stderr).strip()
        elif "Unknown" in result.stderr:
            yield result.stderr.strip()


def main():
    manifest = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    # Not the tag of this very commit: what it names can stand in the manifest only afterwards.
    releases = git("tag", "--merged", "HEAD", "--no-contains", "HEAD", "--sort=-version:refname")
    problems = [
        *check_form(manifest),
        *check_sources(manifest, releases),
        *check_permissions(manifest),
        *check_runtime(manifest, datetime.date.today()),
    ]
    missing = [tool for tool in ("yamllint", "flatpak-builder") if shutil.which(tool) is None]
    if not missing:
        problems += check_tools()
    for problem in problems:
        print(problem)
    if problems:
        return 1
    if missing:
        print(f"there is no {missing[0]}")
        return 77
    return 0


if __name__ == "__main__":
    sys.exit(main())
