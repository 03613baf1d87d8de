# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that an operator made up, lived through without a line of C: minutes of transcription, paid in a currency that has no minor
units. Every figure is worked out by hand from tests/data/catalogues/scribe-2026-01.json and scribe-2026-06.json."""

import csv
import io
import json
import os
import shutil
import subprocess
import unittest

from service import SOURCE, Account, ServiceTest

CONTROL = os.environ["UPKEEPCTL"]
EDITIONS = ("scribe-2026-01.json", "scribe-2026-06.json")


def yen(amount):
    return {"amount": amount, "currency": "JPY"}


def lines(option):
    return [(line["code"], line["amount"]) for line in option["lines"]]


class ScribeTest(ServiceTest):
    clock = "2026-02-01T00:00:00Z"

    def setUp(self):
        super().setUp()
        self.service.stop()
        folder = os.path.join(self.service.folder.name, "catalogues")
        os.mkdir(folder)
        for name in EDITIONS:
            shutil.copy(os.path.join(SOURCE, "tests", "data", "catalogues", name), folder)
        self.service.options["catalogues"] = folder
        self.service.start()

    def account(self, **more):
        return Account(self.service, "scribe", **more)

    def control(self, account, *arguments):
        env = {**os.environ, "UPKEEP_SERVER": self.service.url, "UPKEEP_TOKEN": account.token, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
        done = subprocess.run([CONTROL, *arguments], env=env, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def left(self, account):
        return {grant["kind"]: grant["remaining"] for grant in account.document["meters"][0]["grants"]}

    def job(self, account, identity, mode=None, status=201):
        answer = self.service.admin("POST", "/v1/admin/jobs", {"id": identity, "account": account.id, **({"mode": mode} if mode else {})})
        self.assertEqual(answer.status, status, answer)
        return answer.json.get("state") or answer.json["code"]


class LifeTest(ScribeTest):
    def test_life(self):
        """2026-01: by time, the renewal date stays, the difference is added."""
        account = self.account()
        receipt = account.subscribe("note")["receipt"]
        self.assertEqual(receipt["total"], yen(500))
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-03-01T00:00:00Z")

        # 100 minutes at their own weight, 30 at twice that: 300 - 100 - 60. What is counted is the work.
        account.use(100)
        account.use(30, mode="priority")
        self.assertEqual(self.left(account), {"plan": 140})
        self.assertEqual([meter["used"] for meter in account.document["meters"]], [100, 30])

        # Half of 28 days are left: 1500 x 14 / 28 - 500 x 14 / 28, and 1200 - 300 minutes.
        self.move_clock("2026-02-15T00:00:00Z")
        quote = account.quote("switch", plan="desk", interval="month")
        self.assertEqual([option["timing"] for option in quote["options"]], ["immediate"])
        self.assertEqual(lines(quote["options"][0]), [("plan_price", 750), ("unused_allowance_credit", -250)])
        self.assertEqual(account.accept(quote).json["receipt"]["total"], yen(500))
        self.assertEqual(self.left(account), {"plan": 1040})
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-03-01T00:00:00Z")

        # Lots are 60 minutes, 20 at the most, and end after 30 days.
        for quantity in (100, 21 * 60):
            self.assertEqual([one["code"] for one in account.quote("topup", quantity=quantity)["blocked"]], ["topup_not_offered"])
        self.assertEqual(account.change("topup", quantity=120)["receipt"]["total"], yen(300))
        self.assertEqual(self.left(account), {"plan": 1040, "purchased": 120})

        # The renewal costs the new plan and fills up the allotment; what was bought comes after it.
        self.move_clock("2026-03-01T00:00:00Z")
        self.assertEqual(account.invoices[0]["total"], yen(1500))
        account.use(1220)
        self.assertEqual(self.left(account), {"plan": 0, "purchased": 100})
        self.move_clock("2026-03-16T23:59:59Z")
        self.assertEqual(account.document["meters"][0]["spendable"], 100)
        self.move_clock("2026-03-17T00:00:00Z")
        self.assertEqual(account.document["meters"][0]["spendable"], 0)
        # Nothing is left, and the mode falls to the one that spends nothing.
        account.use(1)
        self.assertEqual(account.document["mode"], "idle")

        # Down only at the end of the period.
        quote = account.quote("switch", plan="note", interval="month")
        self.assertEqual([option["timing"] for option in quote["options"]], ["period_end"])
        self.assertEqual(account.accept(quote, "period_end").status, 200)
        self.move_clock("2026-04-01T00:00:00Z")
        self.assertEqual(account.invoices[0]["total"], yen(500))
        self.assertEqual((account.document["subscription"]["plan"], account.document["mode"]), ("note", "standard"))

        # To a year, which begins at once: half of April is left of 500.
        self.move_clock("2026-04-16T00:00:00Z")
        quote = account.quote("switch", plan="desk", interval="year")
        self.assertEqual(lines(quote["options"][0]), [("plan_price", 15000), ("unused_allowance_credit", -250)])
        self.assertEqual(account.accept(quote).json["receipt"]["total"], yen(14750))
        self.assertEqual(account.document["subscription"]["renews_at"], "2027-04-16T00:00:00Z")
        # The matrix of intervals: no way back to months, and no lower tier by the year.
        for plan, interval, code in (("studio", "month", "interval_switch_unsupported"), ("note", "year", "lower_tier_not_allowed")):
            quote = account.quote("switch", plan=plan, interval=interval)
            self.assertEqual([one["code"] for one in quote["blocked"]], [code])
        # Nothing of the year is over: 48000 - 15000.
        self.assertEqual(account.quote("switch", plan="studio", interval="year")["options"][0]["total"], yen(33000))

        # A year's refills are monthly, and cost nothing.
        account.use(200)
        invoices = len(account.invoices)
        self.move_clock("2026-05-16T00:00:00Z")
        self.assertEqual(self.left(account), {"plan": 1200})
        self.assertEqual(len(account.invoices), invoices)
        self.move_clock("2027-04-16T00:00:00Z")
        self.assertEqual(account.invoices[0]["total"], yen(15000))

    def test_queue(self):
        """Desk: two standard jobs at once, one with priority, five waiting; note: one of any kind, two waiting."""
        account = self.account()
        account.subscribe("desk")
        self.assertEqual([self.job(account, f"s{i}") for i in range(3)], ["running", "running", "queued"])
        self.assertEqual([self.job(account, f"p{i}", "priority") for i in range(2)], ["running", "queued"])
        self.assertEqual([self.job(account, f"w{i}") for i in range(3)], ["queued"] * 3)
        self.assertEqual(self.job(account, "w3", status=409), "queue_full")
        small = self.account()
        small.subscribe("note")
        self.assertEqual(self.job(small, "x", "idle", status=409), "mode_not_in_plan")
        self.assertEqual([self.job(small, f"n{i}") for i in range(3)], ["running", "queued", "queued"])
        self.assertEqual(self.job(small, "n3", status=409), "queue_full")
        done = self.service.admin("POST", "/v1/admin/jobs/p0/finish", {"gpu_seconds": 50, "images": 0, "result": "ok"})
        self.assertEqual(done.status, 200, done)
        self.assertEqual(self.left(account), {"plan": 1100})  # twice 50 of 1200
        self.assertEqual(account.document["queue"]["running"], {"standard": 2, "priority": 1, "idle": 0})
        self.assertEqual(account.document["queue"]["limits"], {"running": {"standard": 2, "priority": 1, "idle": 4}, "waiting": 5})

    def test_refund(self):
        """Less than 2 % of 1200 minutes: 23 are, 24 are not."""
        for used, timings in ((23, ["immediate", "period_end"]), (24, ["period_end"])):
            account = self.account()
            account.subscribe("desk")
            account.use(used)
            quote = account.quote("cancel")
            self.assertEqual([option["timing"] for option in quote["options"]], timings)
            if used == 23:
                refund = quote["options"][0]["refund"]
                # The fifth business day after Sunday the first.
                self.assertEqual((refund["amount"], refund["currency"], refund["expected_by"]), (1500, "JPY", "2026-02-06"))
                self.assertEqual(account.accept(quote).status, 200)
                self.assertEqual(account.document["subscription"]["state"], "ended")

    def fall_past_due(self):
        account = self.account()
        account.subscribe("note")
        account.set_method("pm_card_chargeCustomerFail")
        self.move_clock("2026-03-01T00:00:00Z")
        subscription = account.document["subscription"]
        self.assertEqual((subscription["state"], subscription["past_due"]["amount"]), ("past_due", yen(500)))
        self.assertEqual(subscription["past_due"]["next_retry_at"], "2026-03-03T00:00:00Z")
        return account

    def test_past_due_is_paid(self):
        """Tries after 2 and 6 days; one may cancel meanwhile, and nothing runs."""
        account = self.fall_past_due()
        self.assertEqual(self.job(account, "late", status=409), "active_subscription_required")
        self.assertEqual(account.quote("cancel")["blocked"], [])
        self.move_clock("2026-03-04T00:00:00Z")
        self.assertEqual(account.document["subscription"]["past_due"]["next_retry_at"], "2026-03-07T00:00:00Z")
        account.set_method("pm_card_visa")
        self.assertEqual(account.document["subscription"]["state"], "active")
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-04-01T00:00:00Z")

    def test_past_due_ends(self):
        """The end comes after 10 days, and the unpaid renewal is void."""
        account = self.fall_past_due()
        self.move_clock("2026-03-10T23:59:59Z")
        self.assertEqual(account.document["subscription"]["state"], "past_due")
        self.move_clock("2026-03-11T00:00:00Z")
        self.assertEqual(account.document["subscription"]["state"], "ended")
        self.assertEqual(account.invoices[0]["state"], "void")

    def test_other_edition(self):
        """2026-06: by what is unused, rounded down, and a new term begins."""
        account = self.account(edition="2026-06")
        account.subscribe("note")
        account.use(101)
        self.move_clock("2026-02-10T00:00:00Z")
        quote = account.quote("switch", plan="desk", interval="month")
        self.assertEqual([option["timing"] for option in quote["options"]], ["immediate", "period_end"])
        # 500 x 199 / 300 is 331.67.
        self.assertEqual(lines(quote["options"][0]), [("plan_price", 1500), ("unused_credit_refund", -331)])
        self.assertEqual(account.accept(quote).json["receipt"]["total"], yen(1169))
        self.assertEqual(self.left(account), {"plan": 1200})
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-03-10T00:00:00Z")

    def test_command_line(self):
        account = self.account()
        quote = json.loads(self.control(account, "quote", "subscribe", "note", "--interval", "month", "--json"))
        self.control(account, "accept", quote["id"], "--timing", "immediate")
        account.use(100)
        self.assertIn("Note", self.control(account, "info"))
        rows = list(csv.reader(io.StringIO(self.control(account, "plans", "--csv"))))
        self.assertEqual(rows[0], ["Scribe", "Note", "Desk", "Studio"])
        self.assertEqual(rows[1], ["A month", "¥500", "¥1,500", "¥4,800"])
        queue = next(row for row in rows if row[0] == "Queue")
        self.assertEqual(queue[2], "Standard\u00a02, Priority\u00a01, Idle\u00a04 at once, 5 waiting")
        # 300, 1200 and 6000 minutes, an hour or seven minutes each
        self.assertEqual(rows[-2:], [["Meetings (about)", "5", "20", "100"], ["Phone calls (about)", "42", "171", "857"]])
        self.assertIn("100", self.control(account, "usage"))
        self.assertIn("¥500", self.control(account, "invoices"))
        folder = self.service.options["catalogues"]
        self.assertEqual(self.control(account, "catalogue", "check", folder), "")


class BrokenTest(ScribeTest):
    def test_service_does_not_start_on_it(self):
        """All mistakes are told at once, and what was served before is served again once they are gone."""
        account = self.account()
        account.subscribe("note")
        before = account.document
        self.service.stop()
        path = os.path.join(self.service.options["catalogues"], EDITIONS[0])
        with open(path, encoding="utf-8") as file:
            text = file.read()
        broken = json.loads(text)
        del broken["plans"][0]["prices"][0]["amount"]
        broken["plans"][1]["allowance"]["quantity"] = -1
        broken["plans"][2]["above"] = "desk"
        broken["policy"]["upgrade"]["proration"] = "astrology"
        with open(path, "w", encoding="utf-8") as file:
            json.dump(broken, file, indent=1)
        status, said = self.service.refusal()
        self.assertEqual(status, 78)
        for words in ("plans[0].prices[0].amount: missing", "plans[1].allowance.quantity: -1 is outside 0 to", "plans[2].above: unknown member: tiers",
                      "policy.upgrade.proration: none of usage_credit, price_difference, unused_credit_refund, time"):
            self.assertIn(words, said)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        self.service.start()
        self.assertEqual(account.document, before)


if __name__ == "__main__":
    unittest.main()
