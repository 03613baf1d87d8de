# SPDX-License-Identifier: GPL-3.0-or-later
"""Leaving with upkeepctl: where help is, what people judge, why one left, and the issues of a magazine."""

import json
import unittest

from service import ADMIN_TOKEN, Account, ServiceTest
from upkeepctl import DONE, REFUSED, USAGE, run


class LeavingTest(ServiceTest):
    def ask(self, token, *arguments):
        return run(*arguments, UPKEEP_SERVER=self.service.url, UPKEEP_TOKEN=token, LC_ALL="C.UTF-8")

    def do(self, token, *arguments):
        done = self.ask(token, *arguments)
        self.assertEqual((done.returncode, done.stderr), (DONE, ""), arguments)
        return done.stdout

    def test_review_says_whom_to_ask(self):
        """X-01, C-37..C-39: in the order in which they are to be tried, and only where help is needed."""
        account = Account(self.service, edition="2024")
        account.subscribe("standard")
        self.assertNotIn("Where help is", self.do(account.token, "quote", "cancel"))
        account.use(1201)
        self.move_clock("2026-06-01T00:00:00Z")
        told = self.do(account.token, "quote", "cancel")
        self.assertIn("You can ask for a refund\n  Nothing was used since the last renewal.", told)
        places = [told.index(place) for place in ("Where help is:", "billing@midjourney.com", "reddit.com",
                                                  "You need a Reddit account.", "#member-support", "discord.gg")]
        self.assertEqual(places, sorted(places))
        account.use(1)
        self.assertNotIn("ask for a refund", self.do(account.token, "quote", "cancel"))

    def test_refused_cancellation_says_whom_to_ask(self):
        """B-25, C-34, C-36: the reason is an error, the help is not; there is no form for a plan."""
        account = Account(self.service)
        account.subscribe("standard")
        account.set_method("pm_card_chargeCustomerFail")
        self.move_clock("2026-06-01T00:00:00Z")
        done = self.ask(account.token, "quote", "cancel")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("past_due", done.stderr)
        self.assertIn("billing@midjourney.com", done.stdout)
        self.assertNotIn("form", done.stdout)
        self.assertEqual(self.ask(account.token, "quote", "resume").stdout, "")

    def test_magazine_is_left_by_an_invoice(self):
        """C-41..C-47, 0.34: without a number one is told where help is, the direct link first, then the form."""
        account = Account(self.service, "midjourney-magazine")
        account.subscribe("magazine")
        number = account.invoices[0]["number"]
        done = self.ask(account.token, "quote", "cancel")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("invoice_number_required", done.stderr)
        places = [done.stdout.index(place) for place in ("www.midjourney.com/account", "Ask on the magazine’s site",
                                                         "without one it is refused")]
        self.assertEqual(places, sorted(places))
        told = self.do(account.token, "quote", "cancel", f"--invoice-number={number}")
        for words in ("−$4.00", "The issue that this invoice paid is not delivered.",
                      "What you have paid for is still delivered.", "has not shipped, so a refund is open now."):
            self.assertIn(words, told)
        self.assertNotIn("Where help is", told)

        shipped = self.do(ADMIN_TOKEN, "admin", "shipments", account.id, "1")
        self.assertEqual(shipped, f"Issue 1, paid by invoice {number}, shipped at 2026-05-01T00:00:00Z.\n")
        self.assertEqual(json.loads(self.do(ADMIN_TOKEN, "admin", "shipments", "--json", account.id, "1"))["issue"], 1)
        told = self.do(account.token, "quote", "cancel", f"--invoice-number={number}")
        self.assertIn("has shipped, so there is no refund.", told)
        done = self.ask(ADMIN_TOKEN, "admin", "shipments", account.id, "2")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("issue_not_paid", done.stderr)
        for words in ((account.id,), (account.id, "0"), (account.id, "first")):
            self.assertEqual(self.ask(ADMIN_TOKEN, "admin", "shipments", *words).returncode, USAGE)

    def test_reason_is_told_after_the_fact(self):
        """B-02"""
        account = Account(self.service)
        account.subscribe("standard")
        done = self.ask(account.token, "reason", "budget")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("nothing_cancelled", done.stderr)
        account.change("cancel")
        self.assertEqual(self.do(account.token, "reason", "budget", "--text=Too dear."), "Thank you. It was sent.\n")
        self.assertEqual(json.loads(self.do(account.token, "reason", "--json", "other"))["reason"], "other")
        self.do(account.token, "reason", "budget", "--text=Too dear.")
        for words in ((), ("spite",), ("budget", "other")):
            self.assertEqual(self.ask(account.token, "reason", *words).returncode, USAGE)
        self.assertEqual(self.do(ADMIN_TOKEN, "admin", "reasons"),
                         "budget: 1\npriorities: 0\nalternatives: 0\nother: 0\n\n"
                         "2026-05-01T00:00:00Z budget\n  Too dear.\n")
        self.assertEqual(json.loads(self.do(ADMIN_TOKEN, "admin", "reasons", "--json"))["counts"]["budget"], 1)
        self.assertEqual(self.ask(account.token, "admin", "reasons").returncode, REFUSED)


if __name__ == "__main__":
    unittest.main()
