# SPDX-License-Identifier: GPL-3.0-or-later
"""What CONTRACT section 6 promises of upkeepctl, asked of the real program."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from service import SOURCE

PROGRAM = os.environ["UPKEEPCTL"]
DONE, REFUSED, USAGE, UNREACHABLE = range(4)
DEADLINE_S = 60


def run(*arguments, text=None, **environment):
    """Runs upkeepctl with nothing of the caller's sign-in."""
    kept = {name: value for name, value in os.environ.items() if name not in ("UPKEEP_SERVER", "UPKEEP_TOKEN")}
    return subprocess.run(
        [PROGRAM, *arguments], capture_output=True, text=True, input=text, env={**kept, **environment},
        timeout=DEADLINE_S, check=False)


class ScheduleTest(unittest.TestCase):
    def schedule(self, start, interval, count):
        done = run("schedule", f"--start={start}", f"--interval={interval}", f"--count={count}")
        self.assertEqual((done.returncode, done.stderr), (DONE, ""))
        return done.stdout.splitlines()

    def test_day_that_a_month_lacks_is_its_last_and_comes_back(self):  # RULES 0.6
        for start, interval, renewals in (
                ("2026-01-31", "month", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
                ("2024-01-31", "month", ["2024-02-29", "2024-03-31"]),
                ("2024-01-30", "month", ["2024-02-29", "2024-03-30"]),
                ("2100-01-29", "month", ["2100-02-28", "2100-03-29"]),
                ("2026-12-31", "month", ["2027-01-31", "2027-02-28"]),
                ("2024-02-29", "year", ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
                ("2096-02-29", "year", ["2097-02-28", "2098-02-28", "2099-02-28", "2100-02-28", "2101-02-28",
                                        "2102-02-28", "2103-02-28", "2104-02-29"])):
            with self.subTest(start=start, interval=interval):
                self.assertEqual(self.schedule(start, interval, len(renewals)),
                                 [f"{day}T00:00:00Z" for day in renewals])

    def test_time_of_day_is_kept(self):
        self.assertEqual(self.schedule("2026-01-31T10:00:00Z", "month", 2),
                         ["2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z"])

    def test_count_has_bounds(self):
        self.assertEqual(len(self.schedule("2026-01-31", "month", 1200)), 1200)
        for count in ("0", "1201", "-1", "1.5", "", "x"):
            done = run("schedule", "--start=2026-01-31", "--interval=month", f"--count={count}")
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), count)

    def test_year_9999_is_the_last(self):
        self.assertEqual(self.schedule("9998-12-31", "year", 1), ["9999-12-31T00:00:00Z"])
        done = run("schedule", "--start=9998-12-31", "--interval=year", "--count=2")
        self.assertEqual((done.returncode, done.stdout), (USAGE, ""))

    def test_as_json(self):
        done = run("schedule", "--start=2026-01-31", "--interval=month", "--count=1", "--json")
        self.assertEqual(json.loads(done.stdout), {"renewals": ["2026-02-28T00:00:00Z"]})

    def test_bad_call(self):
        for arguments in ((), ("--start=2026-01-31",), ("--start=2026-02-30", "--interval=month", "--count=1"),
                          ("--start=2026-01-31", "--interval=week", "--count=1"),
                          ("--start=2026-01-31", "--interval=month", "--count=1", "more")):
            done = run("schedule", *arguments)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), arguments)
            self.assertNotEqual(done.stderr, "")


class CatalogueTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "catalogue.json")
        source = pathlib.Path(SOURCE, "data", "catalogues", "midjourney-2023-03.json")
        self.document = json.loads(source.read_text(encoding="utf-8"))

    def check(self):
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump(self.document, file)
        return run("catalogue", "check", self.path)

    def test_good_one(self):
        done = self.check()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (DONE, "", ""))

    def test_mistake_is_told_by_its_member(self):
        self.document["plans"][1]["name"] = 7
        done = self.check()
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("plans[1].name", done.stderr)

    def test_one_mistake_among_several_files(self):
        self.document["colour"] = "red"
        self.check()
        good = os.path.join(SOURCE, "data", "catalogues", "midjourney-2023-03.json")
        done = run("catalogue", "check", "--json", good, self.path, os.path.join(self.folder.name, "none"))
        self.assertEqual(done.returncode, REFUSED)
        self.assertEqual(list(json.loads(done.stdout).values()), [True, False, False])

    def test_year_above_twelve_months_is_warned_of(self):
        paid = next(plan for plan in self.document["plans"] if len(plan.get("prices", [])) == 2)
        month, year = paid["prices"]
        year["amount"] = 12 * month["amount"]
        self.assertEqual(self.check().stderr, "")
        year["amount"] += 1
        done = self.check()
        self.assertEqual(done.returncode, DONE)
        self.assertIn(f"“{paid['id']}”", done.stderr)


class CallTest(unittest.TestCase):
    def test_bad_call(self):
        for arguments in ((), ("dance",), ("catalogue",), ("catalogue", "check"), ("catalogue", "eat", "x"),
                          ("schedule", "--colour=red"), ("--colour=red",)):
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), arguments)
            self.assertNotEqual(done.stderr, "", arguments)

    def test_help(self):
        for arguments in ((), ("schedule",), ("catalogue",), ("catalogue", "check")):
            done = run(*arguments, "--help")
            self.assertEqual((done.returncode, done.stderr), (DONE, ""), arguments)
            self.assertIn(" ".join(("upkeepctl", *arguments)), done.stdout)


if __name__ == "__main__":
    unittest.main()
