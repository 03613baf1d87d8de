# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what a software centre and a desktop show of the program: ids, words, colours, releases, icons.

The rules are Flathub's and GNOME Circle's as far as no other tool has them.

usage: metainfo.py BUILD
"""

import colorsys
import configparser
import datetime
import json
import pathlib
import re
import sys
import textwrap
import xml.etree.ElementTree as ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]
ID = "io.github.upkeep.Upkeep"
ICONS = TOP / "data" / "icons" / "hicolor"
MAIN_CATEGORIES = {
    "AudioVideo", "Audio", "Video", "Development", "Education", "Game", "Graphics", "Network", "Office", "Science", "Settings",
    "System", "Utility",
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def text(node):
    return " ".join("".join(node.itertext()).split())


def luminance(colour):
    channels = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def check_ids(component):
    parts = ID.split(".")
    if len(parts) != 4 or not all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", part) for part in parts):
        yield f"{ID} is not of the form io.github.USER.APP"
    if component.findtext("id") != ID:
        yield f"metainfo: the id is not {ID}"
    if component.findtext("launchable") != f"{ID}.desktop":
        yield "metainfo: launchable is not the desktop file"
    if f"app_id = '{ID}'" not in (TOP / "meson.build").read_text():
        yield f"meson.build: app_id is not {ID}"
    for schema in (TOP / "data").glob("*.gschema.xml"):
        if schema.name != f"{ID}.gschema.xml" or f'id="{ID}"' not in schema.read_text():
            yield f"{schema.name}: neither file nor schema may have another name than {ID}"
    for manifest in (TOP / "flatpak").glob("*.y*ml"):
        if manifest.stem != ID or not re.search(rf"^(app-)?id: {re.escape(ID)}$", manifest.read_text(), re.M):
            yield f"{manifest.name}: neither file nor id may have another name than {ID}"


def check_desktop(build):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read(build / "data" / f"{ID}.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    if entry.get("Icon") != ID:
        yield "desktop file: Icon is not the id"
    if not entry.get("Exec") or "flatpak run" in entry["Exec"]:
        yield "desktop file: Exec"
    for key in ("NoDisplay", "Hidden"):
        if key in entry:
            yield f"desktop file: {key} has no place in it"
    for key in ("StartupNotify", "DBusActivatable", "X-GNOME-UsesNotifications"):
        if entry.get(key) != "true":
            yield f"desktop file: {key} is not true"
    if not MAIN_CATEGORIES & set(entry.get("Categories", "").split(";")):
        yield "desktop file: no main category"
    if not entry.get("Keywords"):
        yield "desktop file: no Keywords"


def check_words(component):
    name, summary = component.findtext("name"), component.findtext("summary")
    if len(name) > 15 or name in (name.lower(), name.upper()) or "-" in name:
        yield f"name: {name}"
    if not 10 <= len(summary) <= 35 or summary.endswith(".") or name.lower() in summary.lower():
        yield f"summary: {summary} (10 to 35 characters, no full stop, without the name)"
    if re.match(r"(a|an|the)\b", summary, re.I) or re.search(r"\b(app|application|tool|gtk|gnome|free)\b", summary, re.I):
        yield f"summary: {summary} (no article first, none of app, tool, GTK, free)"
    description = component.find("description")
    paragraphs = [text(node) for node in description if node.tag == "p"]
    items = [text(node) for node in description.iter("li")]
    if not paragraphs or len(paragraphs[0]) < 80 or paragraphs[0] == summary:
        yield "description: the first paragraph has fewer than 80 characters, or is the summary"
    if not 3 <= sum(len(textwrap.wrap(paragraph, 70)) for paragraph in paragraphs) <= 6:
        yield "description: its paragraphs are not 3 to 6 lines of 70"
    if len(items) > 10:
        yield "description: a list of more than 10"
    if any(LANGUAGE in node.attrib for node in component.iter()):
        yield "metainfo: the source is English and carries no xml:lang"


def check_facts(component):
    developer = component.find("developer")
    if developer is None or not developer.get("id") or not developer.findtext("name"):
        yield "metainfo: no developer with an id and a name"
    if component.findtext("project_license") != "GPL-3.0-or-later" or component.findtext("metadata_license") != "CC0-1.0":
        yield "metainfo: licences"
    urls = {url.get("type") for url in component.findall("url")}
    for kind in ("homepage", "bugtracker", "vcs-browser"):
        if kind not in urls:
            yield f"metainfo: no url of the type {kind}"
    rating = component.find("content_rating")
    if rating is None or rating.get("type") != "oars-1.1":
        yield "metainfo: no OARS 1.1"
    elif "intense" not in [node.text for node in rating if node.get("id") == "money-purchasing"]:
        yield "metainfo: the program sells, so money-purchasing is intense"
    controls = {node.text for node in component.iterfind("supports/control")}
    if controls != {"keyboard", "pointing", "touch"}:
        yield "metainfo: supports keyboard, pointing and touch"
    length = component.find("requires/display_length")
    if length is None or length.text != "360" or length.get("compare") != "ge":
        yield "metainfo: requires no display_length of 360 and more"
    if [node.text for node in component.findall("translation") if node.get("type") == "gettext"] != ["upkeep"]:
        yield "metainfo: no translation of the type gettext"


def check_releases(component, build):
    info = json.loads((build / "meson-info" / "intro-projectinfo.json").read_text())
    releases = component.findall("releases/release")
    if not releases or releases[0].get("version") != info["version"]:
        yield f"releases: the newest is not {info['version']}"
    dates = [datetime.date.fromisoformat(release.get("date")) for release in releases]
    if dates != sorted(dates, reverse=True) or any(date > datetime.date.today() + datetime.timedelta(days=1) for date in dates):
        yield "releases: not newest first, or in the future"
    for release in releases:
        words = text(release.find("description")) if release.find("description") is not None else ""
        if not words or re.search(r"bug ?fixes and (performance )?improvements", words, re.I):
            yield f"releases: {release.get('version')} says nothing"
        if not re.fullmatch(r"\d+\.\d+\.\d+", release.get("version")):
            yield f"releases: {release.get('version')} is no plain version"


def check_colours(component):
    colours = {
        colour.get("scheme_preference"): colour.text
        for colour in component.findall("branding/color")
        if colour.get("type") == "primary"
    }
    if set(colours) != {"light", "dark"} or colours["light"] == colours["dark"]:
        yield "branding: no two colours, one for light and one for dark"
        return
    # The colour most of the icon has: the middle of the gradient on its face.
    icon = ElementTree.parse(ICONS / "scalable" / "apps" / f"{ID}.svg").getroot()
    stops = [stop.get("stop-color") for stop in icon.iterfind(f".//{SVG}linearGradient[@id='face']/{SVG}stop")]
    channels = zip(*[[int(stop[index : index + 2], 16) for index in (1, 3, 5)] for stop in stops])
    main = "#" + "".join(f"{sum(channel) // len(stops):02x}" for channel in channels)
    for scheme, colour in colours.items():
        saturation = colorsys.rgb_to_hsv(*[int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)])[1]
        if contrast(colour, main) < 3 or saturation < 0.2:
            yield f"branding: {colour} ({scheme}) is too pale, or too near the icon's {main}"


def check_icons():
    for path, size in (
        (ICONS / "scalable" / "apps" / f"{ID}.svg", "128"),
        (ICONS / "symbolic" / "apps" / f"{ID}-symbolic.svg", "16"),
    ):
        if not path.exists():
            yield f"{path.relative_to(TOP)}: missing"
            continue
        root = ElementTree.parse(path).getroot()
        if (root.get("width"), root.get("height"), root.get("viewBox")) != (size, size, f"0 0 {size} {size}"):
            yield f"{path.name}: not square on a grid of {size}"
        for node in root.iter():
            if node.tag in (f"{SVG}text", f"{SVG}filter", f"{SVG}image"):
                yield f"{path.name}: has a <{node.tag[len(SVG):]}>"
    for path in ICONS.rglob("*"):
        if path.is_file() and path.suffix != ".svg":
            yield f"{path.relative_to(TOP)}: only svg belongs into these folders"


def main():
    build = pathlib.Path(sys.argv[1])
    component = ElementTree.parse(TOP / "data" / f"{ID}.metainfo.xml.in").getroot()
    problems = [
        *check_ids(component),
        *check_desktop(build),
        *check_words(component),
        *check_facts(component),
        *check_releases(component, build),
        *check_colours(component),
        *check_icons(),
    ]
    for problem in problems:
        print(problem)
    return bool(problems)


sys.exit(main())
