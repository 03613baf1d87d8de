# SPDX-License-Identifier: GPL-3.0-or-later
"""What upkeepctl says of editions: what is different in them, moving to one, and the trial."""

import json
import os
import subprocess
import unittest

from service import ADMIN_TOKEN, Account, ServiceTest

PROGRAM = os.environ["UPKEEPCTL"]
DONE, REFUSED, USAGE = range(3)
DEADLINE_S = 60


class CtlTest(ServiceTest):
    def run_as(self, token, *arguments):
        environment = {name: value for name, value in os.environ.items() if name not in ("UPKEEP_SERVER", "UPKEEP_TOKEN")}
        if token is not None:
            environment["UPKEEP_TOKEN"] = token
        return subprocess.run(
            [PROGRAM, f"--server={self.service.url}", *arguments], capture_output=True, text=True, env=environment,
            timeout=DEADLINE_S, check=False)


class EditionsTest(CtlTest):
    def subscriber(self):
        account = Account(self.service, "minara", edition="2025-08")
        account.subscribe("partner")
        return account

    def test_changes_of_the_account(self):  # RULES 0.1
        account = self.subscriber()
        done = self.run_as(account.token, "changes")
        self.assertEqual((done.returncode, done.stderr), (DONE, ""))
        lines = done.stdout.splitlines()
        self.assertEqual(lines[:4], ["What is different in 2026-06 from 2025-08", "", "Partner",
                                     "  Price: $599.00 a month, instead of $199.00 a month."])
        self.assertNotIn("hold for you", done.stdout)

        answer = self.service.admin("POST", f"/v1/admin/accounts/{account.id}/edition", {"edition": "2026-06"})
        self.assertEqual(answer.status, 200)
        done = self.run_as(account.token, "changes")
        self.assertEqual(done.stdout.splitlines()[-1], "From 1 June 2026 the terms of 2026-06 hold for you.")

        done = self.run_as(account.token, "info")
        self.assertIn("\nOther Terms: 2026-06, from 1 June 2026 at 00:00 (UTC)\n", done.stdout)

        done = self.run_as(account.token, "changes", "--json")
        self.assertEqual(json.loads(done.stdout)["changes"][0]["code"], "price")

    def test_changes_of_any_editions(self):
        done = self.run_as(None, "changes", "--service=midjourney", "--from=2023-03", "--to=2025-04")
        self.assertEqual(done.returncode, DONE, done)
        self.assertIn("\nRefunds\n", done.stdout)
        done = self.run_as(None, "changes", "--service=midjourney", "--from=2023-03")
        self.assertEqual(done.stdout, "Nothing is different in 2023-03 from 2023-03.\n")
        done = self.run_as(None, "changes", "--service=midjourney", "--from=1999")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))

    def test_operator_moves_an_account(self):
        account = self.subscriber()
        done = self.run_as(ADMIN_TOKEN, "admin", "edition", account.id, "2026-06", "--json")
        self.assertEqual((done.returncode, json.loads(done.stdout)["edition_change"]["to"]), (DONE, "2026-06"), done)
        done = self.run_as(ADMIN_TOKEN, "admin", "edition", account.id, "--stay")
        self.assertEqual(done.returncode, DONE, done)
        self.assertEqual(account.document["edition_change"], None)
        done = self.run_as(ADMIN_TOKEN, "admin", "edition", account.id, "2025-08")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("edition_change_refused", done.stderr)
        for wrong in ((), ("2026-06", "--stay")):
            self.assertEqual(self.run_as(ADMIN_TOKEN, "admin", "edition", account.id, *wrong).returncode, USAGE)

    def test_why_there_is_no_trial(self):  # C-03
        account = Account(self.service)
        done = self.run_as(account.token, "quote", "subscribe", "trial", "--interval=month")
        self.assertEqual(done.returncode, REFUSED)
        self.assertEqual(done.stderr, "upkeepctl: trial_unavailable: There is no free trial at present, because demand "
                                      "is too high. A paid plan is needed.\n")


class TrialTest(CtlTest):
    options = {"trials": "midjourney/2023-03"}

    def test_why_there_is_no_trial(self):
        account = Account(self.service)
        account.subscribe("basic")
        done = self.run_as(account.token, "quote", "subscribe", "trial", "--interval=month")
        self.assertIn("trial_unavailable: The free trial is there once, before the first paid plan.", done.stderr)

    def test_trial_is_taken_up(self):  # RULES 0.13, 4.2
        account = Account(self.service, method=None)
        done = self.run_as(account.token, "quote", "subscribe", "trial", "--interval=month", "--json")
        quote = json.loads(done.stdout)["id"]
        done = self.run_as(account.token, "accept", quote, "--timing=immediate")
        self.assertEqual(done.returncode, DONE, done)
        done = self.run_as(account.token, "info")
        self.assertIn("Subscription: None (Trial)\n", done.stdout)
        self.assertIn("Fast Time Remaining: 25.00 minutes\n", done.stdout)


if __name__ == "__main__":
    unittest.main()
