# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/worked-examples.md, line by line: runs each command it shows and compares what is printed, word for word.

With --update it writes what was printed into the page instead.

D-13..D-15 an upgrade by the difference, D-26..D-29 credits that outlive the plan, A-38 and A-39 the credit of an upgrade, A-49 bought
hours charged as they are used (RULES 4.7), A-45 a refund below 1 % and none at it, C-15 a cancellation undone, A-15 jobs that wait.
"""

import difflib
import os
import pathlib
import re
import subprocess
import sys

from service import SOURCE, Service

PAGE = pathlib.Path(SOURCE, "docs", "worked-examples.md")
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DEADLINE_S = 60
# Where an id is first told, and what the page calls it.
TOLD = ((re.compile(r"^id: (\S+)\naccess_token: ", re.MULTILINE), "ACCOUNT"), (re.compile(r"^access_token: (\S+)$", re.MULTILINE), "TOKEN"),
        (re.compile(r"^Quote (\w+),", re.MULTILINE), "QUOTE"), (re.compile(r"Receipt: (\w+)$", re.MULTILINE), "RECEIPT"))


class Reader:
    """Somebody who follows the page."""

    def __init__(self, service):
        self.folder = service.folder.name
        self.known = {}
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("UPKEEP_")}
        self.environment |= {"UPKEEP_SERVER": service.url, "UPKEEPCTL": os.environ["UPKEEPCTL"]}

    def run(self, command):
        for name, value in self.known.items():
            command = re.sub(rf"\b{name}\b", value, command)
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            self.environment[name] = value
            return ""
        done = subprocess.run(["bash", "-c", f'upkeepctl() {{ "$UPKEEPCTL" "$@"; }}\n{command}'], cwd=self.folder, env=self.environment,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=DEADLINE_S, check=False)
        for pattern, name in TOLD:
            told = pattern.search(done.stdout)
            if told:
                self.known[name] = told[1]
        output = done.stdout
        for name, value in self.known.items():
            output = output.replace(value, name)
        # An invoice's number begins with letters of chance.
        return re.sub(r"\b[A-Z0-9]{8}-(\d{4})\b", r"ABC1DEF2-\1", output)


def replay(page, reader):
    """The page with what its commands print now."""
    def replay_block(match):
        commands = [line for line in match[1].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{command}\n{reader.run(command[2:])}" for command in commands) + "```"
    return BLOCK.sub(replay_block, page)


def main():
    written = PAGE.read_text(encoding="utf-8")
    service = Service(clock="2026-05-01T00:00:00Z")
    service.start()
    try:
        told = replay(written, Reader(service))
    finally:
        service.stop()
    if "--update" in sys.argv[1:]:
        PAGE.write_text(told, encoding="utf-8")
    elif told != written:
        sys.exit("".join(difflib.unified_diff(written.splitlines(True), told.splitlines(True), "the page", "the programs")))


main()
