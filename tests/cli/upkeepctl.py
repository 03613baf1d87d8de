# SPDX-License-Identifier: GPL-3.0-or-later
"""What CONTRACT section 6 promises of upkeepctl, asked of the real program."""

import csv
import datetime
import http.server
import io
import json
import os
import pathlib
import socket
import sqlite3
import subprocess
import tempfile
import threading
import unittest

from service import ADMIN_TOKEN, SOURCE, Account, ServiceTest

PROGRAM = os.environ["UPKEEPCTL"]
DONE, REFUSED, USAGE, UNREACHABLE = range(4)
DEADLINE_S = 60
DATA = pathlib.Path(SOURCE, "tests", "data")
EXAMPLES = {example["id"]: example for example in json.loads((DATA / "examples.json").read_text(encoding="utf-8"))["examples"]}


def instant_of(unix):
    return datetime.datetime.fromtimestamp(unix, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


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
        self.assertEqual(done.stderr, f"upkeepctl: {self.path}:1: plans[1].name: not an object\n")

    def test_every_mistake_is_told(self):
        self.document["currency"] = "dollars"
        self.document["policy"]["upgrade"]["proration"] = "astrology"
        del self.document["plans"][2]["prices"][0]["amount"]
        self.document["plans"][3]["tier"] = 1
        done = self.check()
        self.assertEqual(done.returncode, REFUSED)
        for words in (
            "currency: is not three capital letters", "plans[2].prices[0].amount: missing", "plans[3].tier: unknown member: tiers are ordered",
            "proration: none of usage_credit, price_difference, unused_credit_refund, time",
        ):
            self.assertIn(words, done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 4)

    def test_guide_begins_with_a_whole_one(self):
        guide = pathlib.Path(SOURCE, "docs", "catalogues.md").read_text(encoding="utf-8")
        self.document = json.loads(guide.split("```json\n")[1].split("```")[0])
        done = self.check()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (DONE, "", ""))

    def test_findings_for_programs(self):
        self.document["colour"] = "red"
        self.check()
        good = os.path.join(SOURCE, "data", "catalogues", "midjourney-2023-03.json")
        none = os.path.join(self.folder.name, "none")
        done = run("catalogue", "check", "--json", good, self.path, none)
        self.assertEqual(done.returncode, REFUSED)
        unknown, missing = json.loads(done.stdout)
        self.assertEqual(unknown, {"file": self.path, "line": 1, "severity": "mistake", "code": "unknown_member", "member": "colour", "reason": "unknown member"})
        self.assertEqual((missing["file"], missing["member"], missing["line"]), (none, "", None))

    def test_folder(self):
        shipped = os.path.join(SOURCE, "data", "catalogues")
        done = run("catalogue", "check", shipped)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (DONE, "", ""))
        done = run("catalogue", "check", self.folder.name)
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("0 catalogues", done.stderr)
        # alone it need not be the default one; in a folder one edition must be, and no two can
        self.document["default"] = False
        self.assertEqual(self.check().returncode, DONE)
        done = run("catalogue", "check", self.folder.name)
        self.assertEqual((done.returncode, done.stderr), (REFUSED, f"upkeepctl: {self.path}: default: no edition of midjourney is the default one\n"))
        self.document["default"] = True
        self.check()
        with open(os.path.join(self.folder.name, "other.json"), "w", encoding="utf-8") as file:
            json.dump({**self.document, "edition": "2023-04"}, file)
        done = run("catalogue", "check", self.folder.name)
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("other.json: default:", done.stderr)
        done = run("catalogue", "check", self.path, self.path)
        self.assertIn("is this edition of midjourney, too", done.stderr)

    def test_year_above_twelve_months_is_warned_of(self):
        paid = next(plan for plan in self.document["plans"] if len(plan.get("prices", [])) == 2)
        month, year = paid["prices"]
        year["amount"] = 12 * month["amount"]
        self.assertEqual(self.check().stderr, "")
        year["amount"] += 1
        done = self.check()
        self.assertEqual(done.returncode, DONE)
        self.assertIn(f"“{paid['id']}”", done.stderr)
        found = json.loads(run("catalogue", "check", "--json", self.path).stdout)
        self.assertEqual([(one["severity"], one["code"], one["member"]) for one in found], [("warning", "year_above_months", "plans[1].prices")])


class AccountTest(ServiceTest):
    """What a subscriber does, with the sign-in in the environment."""

    def setUp(self):
        super().setUp()
        self.account = Account(self.service)

    def ask(self, *arguments, token=None, **more):
        return run(*arguments, UPKEEP_SERVER=self.service.url, UPKEEP_TOKEN=token or self.account.token, **more)

    def do(self, *arguments, **more):
        done = self.ask(*arguments, **more)
        self.assertEqual((done.returncode, done.stderr), (DONE, ""), arguments)
        return done.stdout


class InfoTest(AccountTest):
    def renewal(self, instant):
        return int(datetime.datetime.fromisoformat(instant.replace("Z", "+00:00")).timestamp())

    def test_lines(self):  # RULES 4.2
        self.account.subscribe("standard")
        self.account.use(27000, images=450)
        self.account.use(540, images=9, mode="relax")
        self.assertEqual(self.do("info"), (
            f"User ID: {self.account.id}\n"
            "Subscription: Standard (Active monthly, renews next on 1 June 2026 at 00:00 (UTC))\n"
            "Job Mode: Fast\n"
            "Visibility Mode: Public\n"
            "Fast Time Remaining: 7.50/15.0 hours (50.00%)\n"
            "Lifetime Usage: 459 images (7.65 hours)\n"
            "Fast Usage: 450 images (7.50 hours)\n"
            "Relaxed Usage: 9 images (0.15 hours)\n"
            "\n"
            "Queued Jobs (fast): 0\n"
            "Queued Jobs (relax): 0\n"
            "Running Jobs: None\n"))
        self.assertEqual(json.loads(self.do("info", "--json")), self.account.document)

    def test_percent_is_of_the_exact_value(self):
        self.account.subscribe("pro")
        self.account.use(1534)
        self.assertIn("Fast Time Remaining: 29.57/30.0 hours (98.58%)\n", self.do("info"))

    def test_discord_and_cancelled(self):  # RULES 0.38, C-25
        self.account.subscribe("pro", "year")
        renewal = self.renewal("2027-05-01T00:00:00Z")
        self.assertIn(f"Subscription: Pro (Active yearly, renews next on <t:{renewal}>)\n", self.do("info", "--discord"))
        self.account.use(90000, images=900)
        self.account.change("cancel", timing="period_end")
        self.assertIn(f"Subscription: Pro (Active yearly, cancelled, ends on <t:{renewal}>)\n", self.do("info", "--discord"))

    def test_credits(self):
        self.account = Account(self.service, name="minara")
        self.account.subscribe("starter")
        self.account.use(1000)
        lines = self.do("info").splitlines()
        self.assertIn("Credits Remaining: 3000/4000 credits (75.00%)", lines)
        self.assertIn("Credits Usage: 1000 credits", lines)

    def test_without_a_plan(self):
        self.assertIn("Subscription: None\n", self.do("info"))

    def test_use_of_the_month(self):  # RULES 4.2: what is told beside the lifetime is the refill month's, ended or not
        self.account.subscribe("basic", "year")
        self.account.use(600, images=10)
        self.account.use(60, images=1, mode="relax")
        self.assertIn("Relaxed Usage: 1 images (0.02 hours)\n", self.do("info"))
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertIn("Fast Usage: 0 images (0.00 hours)\nRelaxed Usage: 0 images (0.00 hours)\n", self.do("info"))
        self.account.change("cancel", timing="period_end")
        self.move_clock("2027-05-01T00:00:00Z")
        self.account.use(360, images=2)
        self.assertIn("Lifetime Usage: 13 images (0.28 hours)\nFast Usage: 2 images (0.10 hours)\n", self.do("info"))


    def test_offer_with_nothing_left(self):  # A-47, D-22
        credits = Account(self.service, name="minara")
        credits.subscribe("lite")
        self.account.subscribe("standard")
        for account, allotment, offer, words in ((self.account, 54000, "$4.00", "quote topup 3600"),
                                                 (credits, 1400, "$19.00", "quote topup 800")):
            account.use(allotment - 1)
            self.assertNotIn("Buy More", self.do("info", token=account.token))
            account.use(1)
            line = next(line for line in self.do("info", token=account.token).splitlines() if line.startswith("Buy More: "))
            self.assertEqual(line, f"Buy More: {offer}, upkeepctl {words}")
            self.assertIn("Total", self.do(*words.split(), token=account.token))
        self.account.change("cancel", timing="period_end")
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertNotIn("Buy More", self.do("info"))


class DocumentsTest(unittest.TestCase):
    """Answers with documents of its own, as the service would."""

    def serve(self, documents):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = json.dumps(documents[self.path.partition("?")[0]]).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    def test_info_examples(self):
        """A-55, RULES 4.2, by their ids: mj-info-active, mj-info-trial and mj-info-mega-full."""
        for identity in ("mj-info-active", "mj-info-trial", "mj-info-mega-full"):
            with self.subTest(id=identity):
                self.check_info_example(EXAMPLES[identity])

    def check_info_example(self, example):
        account = json.loads((DATA / "wire" / "account-active.json").read_text(encoding="utf-8"))
        edition = json.loads(pathlib.Path(SOURCE, "data", "catalogues", example["edition"]).read_text(encoding="utf-8"))
        allowance = next(plan["allowance"]["quantity"] for plan in edition["plans"] if plan["id"] == example["plan"])
        subscription = account["subscription"]
        subscription.update(state=example["state"], plan=example["plan"], scheduled=None)
        account["edition"] = edition["edition"]
        account["notices"] = []
        account["queue"].update(running={"fast": 0, "relax": 0}, queued={"fast": 0, "relax": 0}, waiting=0)
        if example["state"] == "trial":
            subscription.update(dict.fromkeys(("interval", "price", "started_at", "period", "renews_at", "next_charge")),
                                ever_subscribed=False)
            account["meters"] = account["meters"][:1]
        else:
            subscription.update(interval=example["interval"], renews_at=instant_of(example["renews"]))
        fast = account["meters"][0]
        fast.update(allowance=allowance, remaining=example["left"], spendable=example["left"], grants=[])
        account["lifetime"] = {"images": example["images"], "gpu_seconds": example["lifetime"]}
        next(feature for feature in account["features"] if feature["id"] == "stealth").update(
            example["stealth"] and {"allowed": True, "code": None} or {})
        use = {"unit": "gpu_second", "series": [
            {"start": "2026-05-01T00:00:00Z", "mode": "relax", "quantity": units, "images": images, "key": None}
            for units, images in example["relaxed"]]}
        url = self.serve({"/v1/account": account, "/v1/services/midjourney": edition, "/v1/account/usage": use})
        done = run("info", "--discord", UPKEEP_SERVER=url, UPKEEP_TOKEN="token")
        self.assertEqual((done.returncode, done.stderr), (DONE, ""))
        told = done.stdout.splitlines()
        for line in example["lines"]:
            self.assertIn(line, told)


class PlansTest(AccountTest):
    def test_comparison_is_the_catalogue(self):
        rows = list(csv.reader(io.StringIO(self.do("plans", "--service=midjourney", "--csv"))))
        self.assertEqual(rows[0], ["Midjourney", "Free Trial", "Basic", "Standard", "Pro"])
        self.assertEqual(rows[1], ["Price for a month", "no", "$10.00", "$30.00", "$60.00"])
        self.assertTrue(all(len(row) == len(rows[0]) for row in rows))
        self.assertIn("$30.00", self.do("plans"))

    # 4.4: an hour is roughly 60 images or 200 variations; Basic has 12,000 seconds, Pro 108,000.
    def test_estimates_follow(self):
        rows = list(csv.reader(io.StringIO(self.do("plans", "--service=midjourney", "--csv"))))
        self.assertEqual(rows[-2:], [["Images (about)", "25", "200", "900", "1800"], ["Variations (about)", "83", "666", "3000", "6000"]])
        self.assertIn("1,800", self.do("plans"))

    def test_edition(self):
        document = json.loads(self.do("plans", "--json", "--service=minara", "--edition=2026-06"))
        self.assertEqual((document["service"], document["edition"]), ("minara", "2026-06"))
        for arguments in (("--service=nobody",), ("--service=minara", "--edition=1999")):
            done = self.ask("plans", *arguments)
            self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
            self.assertIn("not_found", done.stderr)

    def test_no_token_is_needed(self):
        done = run("plans", UPKEEP_SERVER=self.service.url)
        self.assertEqual(done.returncode, DONE, done.stderr)


class QuoteTest(AccountTest):
    def quote(self, *arguments):
        return json.loads(self.do("quote", "--json", *arguments))

    def test_half_used_basic_becomes_standard_for_25_dollars(self):
        quote = self.quote("subscribe", "basic", "--interval=month")
        self.assertIn("$10.00", self.do("accept", quote["id"], "--timing=immediate"))
        self.account.use(6000, images=100)
        self.move_clock("2026-05-10T12:00:00Z")
        told = self.do("quote", "switch", "standard", "--interval=month")
        for words in ("Basic to Standard, billed monthly", "$30.00", "−$5.00", "Total", "$25.00",
                      "--timing immediate", "--timing period_end"):
            self.assertIn(words, told)
        identity = told.splitlines()[1].split()[1].rstrip(",")
        receipt = self.do("accept", identity, "--timing", "immediate", "--key=once")
        self.assertIn("$25.00", receipt)
        self.assertEqual(self.do("accept", identity, "--timing", "immediate", "--key=once"), receipt)
        self.assertEqual(self.account.document["subscription"]["plan"], "standard")
        self.assertEqual([invoice["total"]["amount"] for invoice in self.account.invoices], [2500, 1000])

        done = self.ask("accept", identity, "--timing=immediate")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("quote_already_accepted", done.stderr)

    def test_accepted_as_json(self):
        quote = self.quote("subscribe", "pro", "--interval=year")
        done = json.loads(self.do("accept", "--json", quote["id"], "--timing=immediate"))
        self.assertEqual(done["account"], self.account.document)
        self.assertEqual(done["receipt"]["total"]["amount"], 57600)

    def test_every_kind(self):
        self.account.subscribe("basic")
        self.account.use(6000)
        for arguments in (("cancel",), ("topup", "3600"), ("switch", "pro", "--interval=year")):
            self.assertEqual(self.quote(*arguments)["kind"], arguments[0])
            self.assertIn("Total", self.do("quote", *arguments))
        self.account.change("cancel", timing="period_end")
        self.assertEqual(self.quote("resume")["kind"], "resume")
        self.assertIn("Total", self.do("quote", "resume"))

    def test_refund(self):
        self.account.subscribe("standard")
        told = self.do("quote", "cancel")
        self.assertIn("−$30.00", told)
        self.assertIn("gets the money by 15 May 2026 (10 business days).", told)
        self.assertIn("the rule asks for less than 1\u202f%\n", told)  # RULES 0.22: why, with what was measured
        self.assertIn("Images, history and commercial rights stay\n", told)  # A-43, C-26, C-27

    def test_blocked_quote_is_refused(self):
        for arguments, code in ((("pay",), "nothing_due"), (("cancel",), "no_subscription"),
                                (("switch", "pro", "--interval=month"), "no_subscription"),
                                (("subscribe", "gold", "--interval=month"), "unknown_plan")):
            for form in ((), ("--json",)):
                done = self.ask("quote", *arguments, *form)
                self.assertEqual(done.returncode, REFUSED, arguments)
                self.assertIn(code, done.stderr)
        self.assertEqual(json.loads(done.stdout)["blocked"][0]["code"], "unknown_plan")

    def test_declined(self):
        self.account.set_method("pm_card_chargeCustomerFail")
        quote = self.quote("subscribe", "basic", "--interval=month")
        done = self.ask("accept", quote["id"], "--timing=immediate")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("payment_declined: generic_decline", done.stderr)

    def test_company(self):  # RULES A-20
        done = self.ask("quote", "subscribe", "basic", "--interval=month", "--company-revenue-usd=1000001")
        self.assertEqual(done.returncode, REFUSED)
        self.assertIn("plan_requires_company_tier", done.stderr)
        self.quote("subscribe", "basic", "--interval=month", "--company-revenue-usd=1000000")

    def test_bad_call(self):
        for arguments in (("quote",), ("quote", "dance"), ("quote", "switch"), ("quote", "cancel", "basic"),
                          ("quote", "topup"), ("quote", "topup", "0"), ("quote", "topup", "x"),
                          ("quote", "switch", "pro", "--interval=week"), ("quote", "pay", "--interval=month"),
                          ("quote", "switch", "pro", "--invoice-number=A"), ("quote", "switch", "a", "b"),
                          ("accept",), ("accept", "x"), ("accept", "x", "--timing=soon"),
                          ("usage", "--by=year"), ("usage", "--from=yesterday"), ("invoices", "--limit=101")):
            done = self.ask(*arguments)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), arguments)
            self.assertNotEqual(done.stderr, "", arguments)


class LinkTest(AccountTest):
    def lines(self, *arguments):
        return self.do(*arguments).splitlines()

    # a link of one's own with its warning beside it.
    def test_personal_link(self):
        url, warning, until = self.lines("subscribe")
        self.assertRegex(url, f"^{self.service.url}/manage/[A-Za-z0-9_-]{{43}}$")
        self.assertEqual(warning, "This link is for you alone. Do not share it: whoever has it can change your plan.")
        self.assertEqual(until, "It works once, until 1 May 2026 at 00:15 (UTC).")
        path = url.removeprefix(self.service.url)
        self.assertEqual(self.service.send("GET", path).status, 200)
        self.assertNotEqual(self.lines("subscribe")[0], url)

        document = json.loads(self.do("subscribe", "--json"))
        self.assertEqual(sorted(document), ["expires_at", "url"])
        self.assertEqual(document["expires_at"], "2026-05-01T00:15:00Z")
        done = self.ask("subscribe", "now")
        self.assertEqual((done.returncode, done.stdout), (USAGE, ""))
        done = self.ask("subscribe", token="nobody")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("not share it", run("subscribe", "--help").stdout)

    # A-25..A-28
    def test_payment_method(self):
        for arguments in ((), ("card",)):
            url, warning, until = self.lines("payment-method", *arguments)
            self.assertRegex(url, f"^{self.service.url}/sandbox/payment-method/[A-Za-z0-9_-]{{43}}$")
            self.assertIn("Do not share it", warning)
            self.assertEqual(self.service.send("GET", url.removeprefix(self.service.url)).status, 200)
        done = self.ask("payment-method", "paypal")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("payment_method_unsupported: method: ", done.stderr)
        self.assertIn("Accepted: card, google_pay, apple_pay.", done.stderr)
        self.assertIn("url", json.loads(self.do("payment-method", "--json")))


class ListsTest(AccountTest):
    def test_usage(self):
        self.account.subscribe("standard")
        self.account.use(3600, images=60)
        self.account.use(360, images=6, mode="relax")
        lines = self.do("usage").splitlines()
        self.assertEqual(lines[1].split(), ["2026-05-01T00:00:00Z", "fast", "1.0", "hours", "60", "–"])
        self.assertEqual(lines[2].split(), ["2026-05-01T00:00:00Z", "relax", "0.1", "hours", "6", "–"])
        document = json.loads(self.do("usage", "--json", "--by=month", "--from=2026-01-01", "--to=2026-05-01T00:00:01Z"))
        self.assertEqual(document, self.account.get("/usage?by=month&from=2026-01-01T00:00:00Z&to=2026-05-01T00:00:01Z").json)
        self.assertEqual(len(document["series"]), 2)

    def test_invoices_of_all_pages(self):
        self.account.subscribe("basic")
        for plan in ("standard", "pro"):
            self.account.change("switch", plan=plan, interval="month")
        numbers = [invoice["number"] for invoice in self.account.invoices]
        for arguments in ((), ("--limit=1",)):
            lines = self.do("invoices", *arguments).splitlines()
            self.assertEqual([line.split()[0] for line in lines[1:]], numbers)
        page = json.loads(self.do("invoices", "--json", "--limit=1"))
        self.assertEqual(page["invoices"][0]["number"], numbers[0])
        page = json.loads(self.do("invoices", "--json", "--limit=1", f"--cursor={page['next_cursor']}"))
        self.assertEqual(page["invoices"][0]["number"], numbers[1])


class AdminTest(AccountTest):
    def admin(self, *arguments, **more):
        return self.do("admin", *arguments, token=ADMIN_TOKEN, **more)

    def refused(self, *arguments, token=ADMIN_TOKEN, **more):
        done = self.ask("admin", *arguments, token=token, **more)
        self.assertEqual(done.returncode, REFUSED, arguments)
        return done.stderr

    def members(self, *arguments, **more):
        return dict(line.split(": ", 1) for line in self.admin(*arguments, **more).splitlines())

    def test_account_and_token(self):
        made = self.members("accounts", "--service=midjourney", "--email=bob@example.org", "--country=FR", "--locale=fr")
        self.account.token = made["access_token"]
        self.assertEqual(self.account.document["id"], made["id"])
        self.account.token = json.loads(self.admin("tokens", "--json", made["id"]))["access_token"]
        self.assertEqual(self.account.document["email"], "bob@example.org")
        self.assertIn("not_found", self.refused("tokens", "nobody"))
        self.assertIn("service", self.refused("accounts", "--service=nobody", "--email=bob@example.org"))

    def test_subscriber_is_no_operator(self):
        self.assertIn("forbidden", self.refused("clock", token=self.account.token))

    def test_usage(self):
        event = {"id": "one", "account": self.account.id, "meter": "gpu", "quantity": 60}
        text = json.dumps({"events": [event]})
        self.assertEqual(self.members("usage", text=text), {"accepted": "1", "duplicates": "0", "rejected": "[]"})
        self.assertEqual(self.members("usage", self.service.write("usage.json", text))["duplicates"], "1")
        event["account"] = "nobody"
        event["id"] = "two"
        refused = self.refused("usage", "-", text=json.dumps({"events": [event]}))
        self.assertIn("events[0]: unknown_account: There is no such account.\n", refused)
        for arguments, words in ((("/nowhere",), None), ((), "no JSON"), ((), "")):
            done = self.ask("admin", "usage", *arguments, token=ADMIN_TOKEN, text=words)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""))

    def test_grant(self):
        made = self.members("grants", self.account.id, "--meter=gpu", "--kind=earned", "--quantity=3600",
                            "--expires-at=2026-05-20")
        self.assertEqual((made["quantity"], made["expires_at"]), ("3600", "2026-05-20T00:00:00Z"))

    def test_operator_helps(self):  # C-32
        self.account.subscribe("basic")
        self.account.token = self.members("tokens", self.account.id, "--operator=Ada of support")["access_token"]
        self.account.change("cancel")
        self.assertEqual(self.account.get("/ledger").json["entries"][0]["operator"], "Ada of support")

    def test_referral(self):
        account = Account(self.service, name="minara")
        made = self.members("referrals", account.id, "signup", "--id=r1")
        self.assertEqual((made["signups"], made["quantity"]), ("1", "200"))
        self.assertEqual(self.members("referrals", account.id, "signup", "--id=r1"), made)
        self.assertEqual(self.members("referrals", account.id, "payment", "--id=r2")["bonus_percent"], "50")
        self.assertIn("event", self.refused("referrals", account.id, "trade", "--id=r3"))
        done = self.ask("admin", "referrals", account.id, "signup", token=ADMIN_TOKEN)
        self.assertEqual((done.returncode, done.stdout), (USAGE, ""))

    def test_jobs(self):
        self.assertIn("active_subscription_required", self.refused("jobs", "take", self.account.id, "j0"))
        self.account.subscribe("standard")
        self.assertEqual(self.members("jobs", "take", self.account.id, "a/job", "--reserve=100"),
                         {"state": "running", "position": "null"})
        for n in range(2):
            self.admin("jobs", "take", self.account.id, f"j{n}", "--mode=relax")
        for n, mode in ((2, "fast"), (3, "relax"), (4, "relax")):
            self.assertEqual(self.members("jobs", "take", self.account.id, f"j{n}", f"--mode={mode}"),
                             {"state": "queued", "position": str(n - 1)})
        lines = self.do("info").splitlines()
        self.assertEqual(lines[-3:], ["Queued Jobs (fast): 1", "Queued Jobs (relax): 2", "Running Jobs: 3"])

        done = self.members("jobs", "finish", "a/job", "--gpu-seconds=90", "--images=4", "--result=ok")
        self.assertEqual((done["state"], done["quantity"], done["images"]), ("done", "90", "4"))
        self.assertIn("job_not_running", self.refused("jobs", "finish", "a/job", "--gpu-seconds=90", "--result=ok"))
        self.assertEqual(self.members("jobs", "show", "j2")["state"], "running")
        self.admin("jobs", "finish", "j0", "--gpu-seconds=90", "--result=error")
        shown = json.loads(self.admin("jobs", "show", "j0", "--json"))
        self.assertEqual((shown["state"], shown["quantity"]), ("failed", 0))
        self.assertIn("not_found", self.refused("jobs", "show", "nothing"))
        self.assertIn("out_of_fast_time", self.refused("jobs", "take", self.account.id, "j5", "--reserve=53911"))

    def test_clock(self):
        self.assertEqual(self.members("clock"), {"now": "2026-05-01T00:00:00Z"})
        self.assertEqual(self.members("clock", "2026-05-02"), {"now": "2026-05-02T00:00:00Z"})
        self.assertIn("clock_backwards", self.refused("clock", "2026-05-01"))

    def test_books(self):
        self.account.subscribe("standard")
        self.assertEqual(self.members("fsck")["findings"], "[]")
        # A balance that no booking explains.
        connection = sqlite3.connect(self.service.store)
        with connection:
            connection.execute("UPDATE accounts SET money_minor = money_minor + 1")
        connection.close()
        try:
            self.assertIn("books", self.refused("fsck"))
        finally:
            connection = sqlite3.connect(self.service.store)
            with connection:
                connection.execute("UPDATE accounts SET money_minor = money_minor - 1")
            connection.close()

    def test_payment_method_and_feature(self):
        self.assertEqual(self.members("payment-method", self.account.id, "pm_card_amex")["brand"], "amex")
        self.assertIn("payment_declined: insufficient_funds", self.refused(
            "payment-method", self.account.id, "pm_card_visa_chargeDeclinedInsufficientFunds"))
        self.assertEqual(self.members("features", self.account.id, "stealth")["allowed"], "false")
        self.account.subscribe("pro")
        self.assertEqual(self.members("features", self.account.id, "stealth"), {"allowed": "true", "code": "null"})

    def test_bad_call(self):
        for arguments in ((), ("dance",), ("accounts",), ("accounts", "--service=midjourney"), ("tokens",),
                          ("grants", "x"), ("grants", "x", "--meter=gpu", "--kind=earned"),
                          ("grants", "x", "--meter=gpu", "--kind=earned", "--quantity=0"),
                          ("grants", "x", "--meter=gpu", "--kind=earned", "--quantity=1", "--expires-at=soon"),
                          ("jobs",), ("jobs", "dance"), ("jobs", "take", "x"), ("jobs", "take", "x", "y", "--reserve=-1"),
                          ("jobs", "finish", "x"), ("jobs", "finish", "x", "--gpu-seconds=1"), ("jobs", "show"),
                          ("jobs", "finish", "x", "--gpu-seconds=1.5", "--result=ok"),
                          ("clock", "soon"), ("payment-method", "x"), ("features", "x"), ("usage", "a", "b")):
            done = self.ask("admin", *arguments, token=ADMIN_TOKEN)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), arguments)
            self.assertNotEqual(done.stderr, "", arguments)


class SignInTest(AccountTest):
    def test_options_come_before_the_environment(self):
        token_file = self.service.write("token", self.account.token + "\n")
        done = run("info", f"--server={self.service.url}", f"--token-file={token_file}",
                   UPKEEP_SERVER="http://127.0.0.1:1", UPKEEP_TOKEN="another")
        self.assertEqual(done.returncode, DONE, done.stderr)
        done = run(f"--server={self.service.url}", f"--token-file={token_file}", "info")
        self.assertEqual(done.returncode, DONE, done.stderr)

    def test_stranger_is_refused(self):
        done = self.ask("info", token="nobody")
        self.assertEqual((done.returncode, done.stdout), (REFUSED, ""))
        self.assertIn("unauthorized", done.stderr)

    def test_nobody_answers(self):
        self.service.stop()
        done = self.ask("info")
        self.assertEqual((done.returncode, done.stdout), (UNREACHABLE, ""))
        self.assertIn(self.service.url, done.stderr)

    def test_bad_call(self):
        for environment in ({}, {"UPKEEP_SERVER": "http://example.org"}, {"UPKEEP_SERVER": "nonsense"},
                            {"UPKEEP_SERVER": self.service.url, "UPKEEP_TOKEN": "two words"}):
            done = run("info", **environment)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), environment)
            self.assertNotEqual(done.stderr, "")
        done = run("info", "--token-file=/nowhere", UPKEEP_SERVER=self.service.url)
        self.assertEqual(done.returncode, USAGE)


class StrangerTest(unittest.TestCase):
    """Somebody else listens where the service should."""

    def ask(self, answer, *arguments):
        """Has the first request answered with these bytes and nothing else."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)

        def serve():
            connection, _address = listener.accept()
            with connection:
                connection.settimeout(DEADLINE_S)
                connection.recv(65536)
                connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        done = run(*arguments, UPKEEP_SERVER=f"http://127.0.0.1:{listener.getsockname()[1]}", UPKEEP_TOKEN="token")
        thread.join(DEADLINE_S)
        self.assertEqual((done.returncode, done.stdout), (UNREACHABLE, ""), done)
        return done.stderr

    def page(self, status, kind, body):
        return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

    def test_sign_in_page_of_a_network(self):
        for status in ("200 OK", "302 Found", "404 Not Found"):
            self.assertIn("status", self.ask(self.page(status, "text/html", "<p>Hello</p>"), "usage", "--json"))

    def test_answer_that_is_no_account(self):
        self.assertNotEqual(self.ask(self.page("200 OK", "application/json", "[]"), "info"), "")

    def test_service_that_failed(self):
        problem = json.dumps({"type": "urn:upkeep:problem:store_unavailable", "title": "Unavailable", "status": 503,
                              "detail": "Try again.", "code": "store_unavailable"})
        self.assertIn("store_unavailable", self.ask(
            self.page("503 Unavailable", "application/problem+json", problem), "usage"))

    def test_lost_answer_tells_the_key(self):
        told = self.ask(b"", "accept", "x", "--timing=immediate", "--key=mine")
        self.assertIn("--key mine", told)
        self.assertIn("--key ", self.ask(b"", "accept", "x", "--timing=immediate"))
        self.assertNotIn("--key", self.ask(b"", "quote", "pay"))


class CallTest(unittest.TestCase):
    def test_bad_call(self):
        for arguments in ((), ("dance",), ("catalogue",), ("catalogue", "check"), ("catalogue", "eat", "x"),
                          ("schedule", "--colour=red"), ("--colour=red",)):
            done = run(*arguments)
            self.assertEqual((done.returncode, done.stdout), (USAGE, ""), arguments)
            self.assertNotEqual(done.stderr, "", arguments)

    def test_help(self):
        for arguments in ((), ("info",), ("plans",), ("quote",), ("accept",), ("usage",), ("invoices",), ("admin",), ("admin", "usage"), ("admin", "jobs"), ("admin", "jobs", "take"), ("schedule",), ("catalogue",), ("catalogue", "check")):
            done = run(*arguments, "--help")
            self.assertEqual((done.returncode, done.stderr), (DONE, ""), arguments)
            self.assertIn(" ".join(("upkeepctl", *arguments)), done.stdout)


if __name__ == "__main__":
    unittest.main()
