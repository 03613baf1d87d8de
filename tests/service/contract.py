# SPDX-License-Identifier: GPL-3.0-or-later
"""What CONTRACT promises of the HTTP interface, asked of the real program."""

import concurrent.futures
import json
import os
import sqlite3
import threading
import time
import unittest

from service import ADMIN_TOKEN, SOURCE, Account, Service, ServiceTest


def money(amount):
    return {"amount": amount, "currency": "USD"}


def lines(option):
    return [(line["code"], line["amount"]) for line in option["lines"]]


class SubscriptionTest(ServiceTest):
    def test_account_is_made_and_subscribes(self):
        account = Account(self.service, method=None)
        document = account.document
        self.assertEqual((document["subscription"]["state"], document["version"]), ("none", 1))
        quote = account.quote("subscribe", plan="basic", interval="month")
        self.assertEqual([reason["code"] for reason in quote["blocked"]], ["payment_method_required"])
        self.assertEqual(quote["options"], [])

        account.set_method("pm_card_visa")
        quote = account.quote("subscribe", plan="basic", interval="month")
        self.assertEqual(account.get(f"/quotes/{quote['id']}").json, quote)
        done = account.accept(quote).json
        self.assertEqual(done["account"], account.document)
        self.assertEqual(done["account"]["subscription"]["state"], "active")
        self.assertEqual(done["account"]["subscription"]["renews_at"], "2026-06-01T00:00:00Z")
        self.assertEqual(done["account"]["payment_method"],
                         {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030})
        receipt = done["receipt"]
        self.assertEqual(receipt["total"], money(1000))
        self.assertEqual(account.get(f"/receipts/{receipt['id']}").json, receipt)
        invoice = account.get(f"/invoices/{receipt['invoice']}").json
        self.assertEqual((invoice["state"], invoice["total"]), ("paid", money(1000)))
        self.assertRegex(invoice["number"], "^[A-Z2-9]{8}-0001$")
        self.assertEqual(account.invoices, [invoice])

    def test_half_used_basic_becomes_standard_for_25_dollars(self):
        account = Account(self.service)
        account.subscribe("basic")
        account.use(6000, images=100)
        self.move_clock("2026-05-10T12:00:00Z")
        quote = account.quote("switch", plan="standard", interval="month")
        now = quote["options"][0]
        self.assertEqual(quote["direction"], "upgrade")
        self.assertEqual(lines(now), [("plan_price", 3000), ("unused_allowance_credit", -500)])
        self.assertEqual(now["total"], money(2500))
        done = account.accept(quote).json
        self.assertEqual(done["receipt"]["total"], money(2500))
        self.assertEqual(done["account"]["subscription"]["renews_at"], "2026-06-10T12:00:00Z")
        self.assertEqual(done["account"]["meters"][0]["remaining"], 54000)
        money_entries = account.get("/ledger").json["entries"][:3]
        self.assertEqual([(entry["kind"], entry["amount"], entry["balance"]) for entry in money_entries],
                         [("payment", 2500, 0), ("credit", 500, -2500), ("charge", -3000, -3000)])
        self.assertEqual({entry["currency"] for entry in money_entries}, {"USD"})
        units = account.get("/ledger?meter=gpu").json["entries"]
        self.assertEqual([(entry["kind"], entry["quantity"], entry["balance"]) for entry in units],
                         [("grant", 54000, 54000), ("expiry", -6000, 0), ("use", -6000, 6000), ("grant", 12000, 12000)])

    def test_unused_plan_is_refunded_in_full(self):
        account = Account(self.service)
        account.subscribe("standard")
        quote = account.quote("cancel")
        self.assertEqual([option["timing"] for option in quote["options"]], ["immediate", "period_end"])
        refund = quote["options"][0]["refund"]
        self.assertEqual((refund["amount"], refund["to"], refund["basis"]),
                         (3000, "original_payment_method", "refund_rule"))
        done = account.accept(quote).json
        self.assertEqual(done["account"]["subscription"]["state"], "ended")
        self.assertEqual(done["receipt"]["refund"]["amount"], 3000)
        invoice, = account.invoices
        self.assertEqual((invoice["total"], invoice["refunded"]), (money(3000), money(3000)))
        note, = invoice["credit_notes"]
        self.assertEqual(done["receipt"]["invoice"], note["id"])
        self.assertEqual(account.get(f"/invoices/{note['id']}").json["number"], note["number"])
        self.assertEqual([(entry["kind"], entry["amount"]) for entry in account.get("/ledger").json["entries"][:2]],
                         [("refund", -3000), ("credit", 3000)])
        # The notice of it ends when the money is there.
        self.assertEqual([notice["code"] for notice in done["account"]["notices"]], ["refund_on_its_way"])
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual(account.document["notices"], [])

    def test_used_plan_ends_with_its_period_unless_resumed(self):
        account = Account(self.service)
        account.subscribe("standard")
        account.use(27000, images=450)
        quote = account.quote("cancel")
        self.assertEqual([option["timing"] for option in quote["options"]], ["period_end"])
        clause = quote["refund_rule"]["any_of"][0]
        self.assertEqual((clause["measured"], clause["holds"]), (27000, False))
        self.assertEqual(account.accept(quote, "immediate").status, 422)
        done = account.accept(quote, "period_end").json
        self.assertEqual(done["account"]["subscription"]["ends_at"], "2026-06-01T00:00:00Z")
        self.assertEqual(done["receipt"]["invoice"], None)

        resumed = account.change("resume")["account"]["subscription"]
        self.assertEqual((resumed["ends_at"], resumed["renews_at"]), (None, "2026-06-01T00:00:00Z"))
        account.change("cancel", "period_end")
        self.move_clock("2026-05-31T23:59:59Z")
        self.assertEqual(account.document["subscription"]["state"], "active")
        self.move_clock("2026-06-01T00:00:00Z")
        ended = account.document["subscription"]
        self.assertEqual((ended["state"], ended["plan"], ended["renews_at"]), ("ended", None, None))
        self.assertEqual(len(account.invoices), 1)

    def test_mode_and_features(self):
        account = Account(self.service)
        check = {"account": account.id, "feature": "stealth"}
        answer = self.service.admin("POST", "/v1/admin/features/check", check)
        self.assertEqual(answer.json, {"allowed": False, "code": "active_subscription_required"})
        account.subscribe("standard")
        answer = self.service.admin("POST", "/v1/admin/features/check", check)
        self.assertEqual(answer.json, {"allowed": False, "code": "not_in_plan"})
        check["feature"] = "gallery"
        answer = self.service.admin("POST", "/v1/admin/features/check", check)
        self.assertEqual(answer.json, {"allowed": True, "code": None})
        check["feature"] = "flying"
        self.assertEqual(self.service.admin("POST", "/v1/admin/features/check", check).status, 422)

        answer = account.post("/mode", {"mode": "relax"})
        self.assertEqual((answer.status, answer.json["mode"]), (200, "relax"))
        self.assertEqual(account.post("/mode", {"mode": "warp"}).status, 422)
        account.use(54000, mode="fast")
        answer = account.post("/mode", {"mode": "fast"})
        self.assertEqual((answer.status, answer.json["code"]), (409, "out_of_fast_time"))
        other = Account(self.service)
        other.subscribe("basic")
        answer = other.post("/mode", {"mode": "relax"})
        self.assertEqual((answer.status, answer.json["code"]), (403, "mode_not_in_plan"))

    def test_grants(self):
        account = Account(self.service)
        account.subscribe("basic")
        grant = {"account": account.id, "meter": "gpu", "kind": "earned", "quantity": 3600}
        answer = self.service.admin("POST", "/v1/admin/grants", grant)
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.json["expires_at"], "2026-05-31T00:00:00Z")
        self.assertEqual(account.document["meters"][0]["spendable"], 15600)
        self.move_clock("2026-05-31T00:00:00Z")
        self.assertEqual(account.document["meters"][0]["spendable"], 12000)
        for wrong in ({"quantity": 0}, {"kind": "plan"}, {"meter": "credits"}, {"expires_at": "2026-05-01T00:00:00Z"}):
            answer = self.service.admin("POST", "/v1/admin/grants", {**grant, **wrong})
            self.assertEqual((wrong, answer.status), (wrong, 422))
        answer = self.service.admin("POST", "/v1/admin/grants", {**grant, "account": "nobody"})
        self.assertEqual(answer.status, 404)

    def refer(self, account, event, identity, status=201):
        answer = self.service.admin("POST", "/v1/admin/referrals", {"id": identity, "account": account.id, "event": event})
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def test_referrals(self):  # RULES 4.11: minara-referral-tier1..3
        account = Account(self.service, "minara")
        self.assertEqual(self.refer(account, "payment", "p0", 422)["member"], "event")
        for number in range(1, 12):
            told = self.refer(account, "signup", f"s{number}")
            self.assertEqual((told["signups"], told["quantity"], told["bonus_percent"]), (number, 200 if number <= 10 else 0, 0))
        self.assertIsNone(told["grant"])
        told = self.refer(account, "payment", "p1")
        self.assertEqual((told["signups"], told["quantity"], told["bonus_percent"]), (11, 400, 60))
        meter = account.document["meters"][0]
        rewards = [grant for grant in meter["grants"] if grant["kind"] == "reward"]
        self.assertEqual(sum(grant["remaining"] for grant in rewards), 10 * 200 + 400)
        self.assertTrue(all(grant["expires_at"] is None and grant["usable"] for grant in rewards))
        self.assertEqual(meter["spendable"], 300 + 2400)

        # An event counts once, whatever key it is told with, and no other comes under its id.
        self.assertEqual(self.refer(account, "payment", "p1", 200), told)
        self.assertEqual(self.refer(account, "signup", "p1", 422)["member"], "id")
        self.assertEqual(account.document["meters"][0]["spendable"], 300 + 2400)
        other = Account(self.service, "minara")
        self.assertEqual(self.refer(other, "signup", "t1")["signups"], 1)
        self.assertEqual(self.refer(other, "payment", "t2")["quantity"], 300)

    def test_referrals_where_there_are_none(self):
        gpu = Account(self.service)
        self.assertEqual(self.refer(gpu, "signup", "g1", 422)["member"], "account")
        for body, status in (({"id": "x", "account": "nobody", "event": "signup"}, 404),
                             ({"id": "x", "account": gpu.id, "event": "trade"}, 422),
                             ({"id": "x", "account": gpu.id}, 422)):
            self.assertEqual(self.service.admin("POST", "/v1/admin/referrals", body).status, status)
        answer = self.service.send("POST", "/v1/admin/referrals", {"id": "x", "account": gpu.id, "event": "signup"}, token=gpu.token)
        self.assertEqual(answer.status, 403)

    def test_free_plan_and_credits(self):
        account = Account(self.service, "minara")
        document = account.document
        self.assertEqual((document["subscription"]["plan"], document["meters"][0]["spendable"]), ("free", 300))
        self.assertEqual(document["mode"], None)
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual(account.document["meters"][0]["resets_at"], "2026-07-01T00:00:00Z")
        answer = account.post("/mode", {"mode": "fast"})
        self.assertEqual((answer.status, answer.json["code"]), (403, "mode_not_in_plan"))


class RenewalTest(ServiceTest):
    clock = "2026-01-31T10:00:00Z"

    def test_last_day_of_the_month(self):
        account = Account(self.service)
        account.subscribe("standard")
        version = account.document["version"]
        self.move_clock("2026-05-01T00:00:00Z")
        self.assertEqual([invoice["issued_at"] for invoice in reversed(account.invoices)], [
            "2026-01-31T10:00:00Z", "2026-02-28T10:00:00Z", "2026-03-31T10:00:00Z", "2026-04-30T10:00:00Z"])
        subscription = account.document["subscription"]
        self.assertEqual(subscription["period"], {"start": "2026-04-30T10:00:00Z", "end": "2026-05-31T10:00:00Z"})
        self.assertEqual(account.document["version"], version + 3)
        charges = self.query("SELECT key, decline_code FROM payment_charges ORDER BY at_s")
        self.assertEqual(len(charges), 4)
        self.assertEqual([key.split("/")[0] for key, _ in charges], ["quote", "renewal", "renewal", "renewal"])

    def test_accounts_take_turns_in_time(self):
        first = Account(self.service)
        first.subscribe("basic")
        self.move_clock("2026-02-10T00:00:00Z")
        second = Account(self.service)
        second.subscribe("basic")
        self.move_clock("2026-04-20T00:00:00Z")
        booked = self.query("SELECT at_s FROM ledger_transactions ORDER BY id")
        self.assertEqual(booked, sorted(booked))
        self.assertEqual((len(first.invoices), len(second.invoices)), (3, 3))

    def test_who_cannot_sign_in_is_billed_until_an_operator_helps(self):
        """B-28, C-29..C-32, RULES 0.35: losing every sign-in cancels nothing and lets nobody in; an operator makes a token, and
        the ledger names the operator in what is booked by it."""
        account = Account(self.service)
        account.subscribe("standard")
        account.token = "lost"
        self.assertEqual((account.get().status, account.post("/quotes", {"kind": "cancel"}).status), (401, 401))
        self.move_clock("2026-02-28T10:00:00Z")
        [(state, charged)] = self.query(
            "SELECT state, (SELECT sum(amount_minor) FROM payment_charges WHERE account = accounts.id) FROM accounts WHERE id = ?",
            account.id)
        self.assertEqual((state, charged), ("active", 6000))

        path = f"/v1/admin/accounts/{account.id}/tokens"
        for wrong in ("", "x" * 101, 7):
            self.assertEqual(self.service.admin("POST", path, {"operator": wrong}).status, 422)
        account.token = self.service.admin("POST", path, {"operator": "Ada of support"}).json["access_token"]
        account.change("cancel")
        entries = account.get("/ledger").json["entries"]
        self.assertEqual([(entry["kind"], entry["operator"]) for entry in entries[:2]],
                         [("refund", "Ada of support"), ("credit", "Ada of support")])
        self.assertEqual({entry["operator"] for entry in entries[2:]}, {None})
        self.move_clock("2026-03-31T10:00:00Z")
        self.assertEqual(account.document["subscription"]["state"], "ended")

    def test_declined_renewal_is_tried_again_and_ends(self):
        account = Account(self.service)
        account.subscribe("standard")
        account.set_method("pm_card_chargeCustomerFail")
        self.move_clock("2026-02-28T10:00:00Z")
        subscription = account.document["subscription"]
        self.assertEqual(subscription["state"], "past_due")
        self.assertEqual(subscription["past_due"], {"amount": money(3000), "since": "2026-02-28T10:00:00Z",
                                                    "next_retry_at": "2026-03-01T10:00:00Z"})
        self.assertEqual(account.invoices[0]["state"], "open")
        answer = account.accept(account.quote("pay"))
        self.assertEqual((answer.status, answer.json["decline_code"]), (402, "generic_decline"))
        self.move_clock("2026-03-07T09:59:59Z")
        self.assertEqual(account.document["subscription"]["past_due"]["next_retry_at"], None)
        days = self.query("SELECT (at_s - (SELECT min(at_s) FROM payment_charges WHERE decline_code IS NOT NULL)) / 86400 "
                          "FROM payment_charges WHERE key LIKE 'retry/%' ORDER BY at_s")
        self.assertEqual(days, [(1,), (3,), (5,)])
        self.move_clock("2026-03-07T10:00:00Z")
        self.assertEqual(account.document["subscription"]["state"], "ended")
        self.assertEqual([invoice["state"] for invoice in account.invoices], ["void", "paid"])

    def test_new_method_pays_what_is_owed(self):
        account = Account(self.service)
        account.subscribe("standard")
        account.set_method("pm_card_chargeCustomerFail")
        self.move_clock("2026-03-02T00:00:00Z")
        account.set_method("pm_card_chargeCustomerFail")
        self.assertEqual(account.document["subscription"]["state"], "past_due")
        account.set_method("pm_card_mastercard")
        subscription = account.document["subscription"]
        self.assertEqual((subscription["state"], subscription["renews_at"]), ("active", "2026-03-31T10:00:00Z"))
        self.assertEqual([invoice["state"] for invoice in account.invoices], ["paid", "paid"])

    def test_restart_goes_on_where_it_was(self):
        account = Account(self.service)
        account.subscribe("basic")
        self.move_clock("2026-02-20T00:00:00Z")
        self.service.stop()
        self.service.start()
        self.assertEqual(account.document["now"], "2026-02-20T00:00:00Z")
        self.service.stop()
        self.service.options["test-clock"] = "2026-03-15T00:00:00Z"
        self.service.start()
        self.assertEqual(account.document["now"], "2026-03-15T00:00:00Z")
        self.assertEqual(len(account.invoices), 2)


class PaymentTest(ServiceTest):
    def test_no_payment_no_upgrade(self):  # D-09
        account = Account(self.service, "minara")
        account.subscribe("starter")
        account.set_method("pm_card_chargeCustomerFail")
        before = account.document
        quote = account.quote("switch", plan="pro", interval="month")
        self.assertEqual(account.accept(quote).json["code"], "payment_declined")
        self.assertEqual(account.document, before)
        self.assertEqual((before["subscription"]["plan"], before["meters"][0]["spendable"]), ("starter", 4000))
        account.set_method("pm_card_visa")
        self.assertEqual(account.accept(quote).status, 200)
        after = account.document
        self.assertEqual((after["subscription"]["plan"], after["meters"][0]["spendable"]), ("pro", 20000))

    def test_declined_card_changes_nothing(self):
        account = Account(self.service, method="pm_card_chargeCustomerFail")
        before = account.document
        quote = account.quote("subscribe", plan="basic", interval="month")
        answer = account.accept(quote, key="first")
        self.assertEqual((answer.status, answer.json["code"], answer.json["decline_code"]),
                         (402, "payment_declined", "generic_decline"))
        self.assertEqual(account.document, before)
        self.assertEqual((account.invoices, account.get("/ledger").json["entries"]), ([], []))
        again = account.accept(quote, key="first")
        self.assertEqual((again.status, again.body, again.headers["Idempotency-Replayed"]), (402, answer.body, "true"))
        # The quote holds still: with a better card it is paid.
        account.set_method("pm_card_visa")
        self.assertEqual(account.accept(quote, key="second").status, 200)
        self.assertEqual(self.query("SELECT attempt, decline_code FROM payment_charges ORDER BY attempt"),
                         [(1, "generic_decline"), (2, None)])

    def test_methods_that_are_refused_at_once(self):
        account = Account(self.service)
        for token, code in (("pm_card_visa_chargeDeclined", "generic_decline"),
                            ("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds")):
            answer = self.service.admin("POST", "/v1/admin/sandbox/payment-method",
                                        {"account": account.id, "token": token})
            self.assertEqual((answer.status, answer.json["decline_code"]), (402, code))
        answer = self.service.admin("POST", "/v1/admin/sandbox/payment-method",
                                    {"account": account.id, "token": "pm_card_of_nobody"})
        self.assertEqual((answer.status, answer.json["member"]), (422, "token"))
        self.assertEqual(account.document["payment_method"]["last4"], "4242")

    def test_metered_threshold_is_charged_at_once(self):
        account = Account(self.service)
        account.subscribe("basic")
        account.use(12000)
        account.change("topup", quantity=5 * 3600)
        account.use(9000)  # exactly 10 dollars, the plan's price
        self.assertEqual([lines(invoice) for invoice in account.invoices],
                         [[("metered_usage", 1000)], [("plan_price", 1000)]])
        account.use(9000, "both")
        self.assertEqual(len(account.invoices), 3)
        self.assertEqual(account.document["metered"]["unbilled"], money(0))

    def test_declined_threshold_falls_past_due(self):
        account = Account(self.service)
        account.subscribe("basic")
        account.change("topup", quantity=10 * 3600)
        account.set_method("pm_card_chargeCustomerFail")
        account.use(12000 + 9000)
        self.assertEqual(account.document["subscription"]["past_due"]["amount"], money(1000))
        account.set_method("pm_card_visa")
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-06-01T00:00:00Z")


class QuoteTest(ServiceTest):
    def test_stale_quote_carries_a_fresh_one(self):
        account = Account(self.service)
        account.subscribe("basic")
        quote = account.quote("switch", plan="standard", interval="month")
        account.use(6000)
        answer = account.accept(quote)
        self.assertEqual((answer.status, answer.json["code"]), (409, "quote_stale"))
        self.assertEqual(answer.json["changed"],
                         [{"code": "unused_allowance_credit", "amount": -500, "was": -1000}])
        fresh = answer.json["quote"]
        self.assertEqual(fresh["options"][0]["total"], money(2500))
        self.assertEqual(account.accept(fresh).status, 200)
        self.assertEqual(account.document["subscription"]["plan"], "standard")

    def test_stale_when_the_option_is_gone(self):
        account = Account(self.service)
        account.subscribe("standard")
        quote = account.quote("cancel")
        account.use(27000)
        answer = account.accept(quote)
        self.assertEqual((answer.status, answer.json["code"]), (409, "quote_stale"))
        self.assertEqual([(line["code"], line["amount"]) for line in answer.json["changed"]], [("refund", None)])
        self.assertEqual(account.accept(quote, "period_end").status, 200)

    def test_expired_quote(self):
        account = Account(self.service)
        quote = account.quote("subscribe", plan="basic", interval="month")
        self.move_clock("2026-05-01T00:29:59Z")
        later = account.quote("subscribe", plan="basic", interval="month")
        self.move_clock("2026-05-01T00:30:00Z")
        answer = account.accept(quote, key="late")
        self.assertEqual((answer.status, answer.json["code"]), (410, "quote_expired"))
        self.assertEqual(account.accept(later).status, 200)

    def test_quote_is_accepted_once(self):
        account = Account(self.service)
        quote = account.quote("subscribe", plan="basic", interval="month")
        self.assertEqual(account.accept(quote).status, 200)
        answer = account.accept(quote)
        self.assertEqual((answer.status, answer.json["code"]), (409, "quote_already_accepted"))

    def test_blocked_quote_is_not_allowed(self):
        account = Account(self.service)
        first = account.quote("subscribe", plan="basic", interval="month")
        second = account.quote("subscribe", plan="pro", interval="month")
        self.assertEqual(account.accept(first).status, 200)
        answer = account.accept(second)
        self.assertEqual((answer.status, answer.json["code"]), (409, "not_allowed"))
        self.assertEqual([reason["code"] for reason in answer.json["blocked"]], ["already_subscribed"])
        self.assertEqual(len(account.invoices), 1)

    def test_other_peoples_things_are_not_there(self):
        account = Account(self.service)
        stranger = Account(self.service)
        quote = account.quote("subscribe", plan="basic", interval="month")
        receipt = account.accept(quote).json["receipt"]
        for path in (f"/quotes/{quote['id']}", f"/receipts/{receipt['id']}", f"/invoices/{receipt['invoice']}"):
            self.assertEqual(account.get(path).status, 200)
            self.assertEqual(stranger.get(path).status, 404)
        self.assertEqual(stranger.accept(quote).status, 404)


class IdempotencyTest(ServiceTest):
    def test_same_answer_again(self):
        account = Account(self.service)
        quote = account.quote("subscribe", plan="basic", interval="month")
        first = account.accept(quote, key="k")
        again = account.accept(quote, key="k")
        self.assertEqual((first.status, first.headers["Idempotency-Replayed"]), (200, None))
        self.assertEqual((again.status, again.headers["Idempotency-Replayed"], again.body), (200, "true", first.body))
        # The same JSON value, written otherwise.
        again = account.post(f"/quotes/{quote['id']}/accept", b' {"timing" : "immed\\u0069ate"} ', key="k")
        self.assertEqual((again.status, again.body), (200, first.body))
        self.assertEqual(len(account.invoices), 1)

    def test_reused_key(self):
        account = Account(self.service)
        account.subscribe("standard")
        self.assertEqual(account.post("/mode", {"mode": "relax"}, key="k").status, 200)
        for path, body in (("/mode", {"mode": "fast"}), ("/quotes", {"mode": "relax"})):
            answer = account.post(path, body, key="k")
            if path == "/mode":
                self.assertEqual((answer.status, answer.json["code"]), (422, "idempotency_key_reused"))
            else:
                self.assertEqual((answer.status, answer.json["code"]), (422, "invalid_value"))
        quote = account.quote("cancel")
        answer = account.accept(quote, key="k")
        self.assertEqual((answer.status, answer.json["code"]), (422, "idempotency_key_reused"))
        # A key belongs to one account.
        other = Account(self.service)
        other.subscribe("standard")
        self.assertEqual(other.post("/mode", {"mode": "fast"}, key="k").status, 200)

    def test_refusals_free_the_key(self):
        account = Account(self.service)
        account.subscribe("basic")
        self.assertEqual(account.post("/mode", {"mode": "relax"}, key="k").status, 403)
        account.change("switch", plan="standard", interval="month")
        self.assertEqual(account.post("/mode", {"mode": "relax"}, key="k").status, 200)

    def test_accept_needs_a_key(self):
        account = Account(self.service)
        quote = account.quote("subscribe", plan="basic", interval="month")
        answer = account.post(f"/quotes/{quote['id']}/accept", {"timing": "immediate"})
        self.assertEqual((answer.status, answer.json["code"]), (400, "idempotency_key_required"))
        for key in ("", "two words", "k" * 256):
            self.assertEqual(account.post("/quotes", {"kind": "pay"}, key=key).status, 400)

    def test_eight_at_once(self):
        account = Account(self.service)
        quote = account.quote("subscribe", plan="basic", interval="month")
        gate = threading.Barrier(8)

        def accept(_):
            gate.wait()
            return account.accept(quote, key="same")

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(accept, range(8)))
        self.assertEqual({(answer.status, answer.body) for answer in answers}, {(200, answers[0].body)})
        self.assertEqual(sum(answer.headers["Idempotency-Replayed"] is None for answer in answers), 1)
        self.assertEqual(len(account.invoices), 1)

    def test_eight_keys_at_once(self):
        account = Account(self.service)
        quotes = [account.quote("subscribe", plan="basic", interval="month") for _ in range(8)]
        gate = threading.Barrier(8)

        def accept(quote):
            gate.wait()
            return account.accept(quote)

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(accept, quotes))
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 7)
        self.assertEqual(len(account.invoices), 1)

    def test_tokens_are_stored_as_hashes_only(self):
        wanted = {"service": "midjourney", "email": "ada@example.org"}
        first = self.service.admin("POST", "/v1/admin/accounts", wanted, key="k")
        again = self.service.admin("POST", "/v1/admin/accounts", wanted, key="k")
        self.assertEqual((again.status, again.body, again.headers["Idempotency-Replayed"]), (201, first.body, "true"))
        path = f"/v1/admin/accounts/{first.json['id']}/tokens"
        one = self.service.admin("POST", path, key="t").json["access_token"]
        self.assertEqual(self.service.admin("POST", path, key="t").json["access_token"], one)
        other = self.service.admin("POST", path, {}).json["access_token"]
        self.assertEqual(len({one, other, first.json["access_token"]}), 3)
        for token in (one, other, first.json["access_token"]):
            self.assertEqual(self.service.send("GET", "/v1/account", token=token).status, 200)
        self.service.stop()
        for name in os.listdir(self.service.folder.name):
            if not name.startswith("store.db"):
                continue
            with open(os.path.join(self.service.folder.name, name), "rb") as file:
                stored = file.read()
            for token in (one, other, first.json["access_token"]):
                self.assertNotIn(token.encode(), stored)


class UsageTest(ServiceTest):
    def test_events_count_once(self):
        account = Account(self.service)
        account.subscribe("standard")
        self.move_clock("2026-05-03T12:00:00Z")
        events = [
            {"id": "a", "account": account.id, "meter": "gpu", "quantity": 600, "images": 10, "feature": "upscale"},
            {"id": "a", "account": account.id, "meter": "gpu", "quantity": 600},
            {"id": "b", "account": account.id, "meter": "gpu", "quantity": 60, "mode": "relax", "images": 1},
            {"id": "c", "account": account.id, "meter": "gpu", "quantity": 30, "at": "2026-05-02T23:59:59Z"},
            {"id": "d", "account": "nobody", "meter": "gpu", "quantity": 1},
            {"id": "e", "account": account.id, "meter": "credits", "quantity": 1},
            {"id": "f", "account": account.id, "meter": "gpu", "quantity": -1},
            {"id": "g", "account": account.id, "meter": "gpu", "quantity": 1.5},
            {"id": "h", "account": account.id, "meter": "gpu", "quantity": 1, "at": "2026-05-03T12:00:01Z"},
            {"id": "i", "account": account.id, "meter": "gpu", "quantity": 1, "at": "2026-04-30T23:59:59Z"},
            {"id": "j", "account": account.id, "meter": "gpu", "quantity": 1, "mode": "warp"},
            {"id": "k", "account": account.id, "meter": "gpu", "quantity": 0},
        ]
        answer = self.service.admin("POST", "/v1/admin/usage", {"events": events})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json, {"accepted": 4, "duplicates": 1, "rejected": [
            {"index": 4, "code": "unknown_account"}, {"index": 5, "code": "unknown_meter"},
            {"index": 6, "code": "invalid_value"}, {"index": 7, "code": "invalid_value"},
            {"index": 8, "code": "at_in_future"}, {"index": 9, "code": "period_closed"},
            {"index": 10, "code": "invalid_value"}]})
        self.assertEqual(account.document["meters"][0]["used"], 630)
        # A rejected id is free again.
        self.assertEqual(account.use(5, "h").json["accepted"], 1)
        self.assertEqual(account.use(5, "h").json["duplicates"], 1)

        days = account.get("/usage").json
        self.assertEqual(days["unit"], "gpu_second")
        self.assertEqual([(row["start"], row["mode"], row["quantity"], row["images"], row["key"]) for row in days["series"]], [
            ("2026-05-02T00:00:00Z", "fast", 30, 0, None),
            ("2026-05-03T00:00:00Z", "fast", 605, 10, None),
            ("2026-05-03T00:00:00Z", "relax", 60, 1, None)])
        months = account.get("/usage?by=month&from=2026-01-01T00:00:00Z").json["series"]
        self.assertEqual([(row["start"], row["mode"], row["quantity"]) for row in months],
                         [("2026-05-01T00:00:00Z", "fast", 635), ("2026-05-01T00:00:00Z", "relax", 60)])
        features = account.get("/usage?by=feature&to=2026-05-04T00:00:00Z").json["series"]
        self.assertEqual([(row["key"], row["mode"], row["quantity"]) for row in features],
                         [(None, "fast", 35), (None, "relax", 60), ("upscale", "fast", 600)])
        self.assertEqual(account.get("/usage?from=2026-05-03T00:00:00Z&to=2026-05-03T00:00:00Z").json["series"], [])
        for query in ("from=yesterday", "by=hour", "meter=gpu", "to=2026-05-03"):
            self.assertEqual((query, account.get(f"/usage?{query}").status), (query, 422))

    def test_unknown_member_refuses_the_batch(self):
        account = Account(self.service)
        event = {"id": "a", "account": account.id, "meter": "gpu", "quantity": 1}
        answer = self.service.admin("POST", "/v1/admin/usage", {"events": [event, {**event, "id": "b", "cost": 1}]})
        self.assertEqual((answer.status, answer.json["code"], answer.json["member"]),
                         (422, "unknown_member", "events[1].cost"))
        self.assertEqual(account.document["meters"][0]["used"], 0)

    def test_large_batch(self):
        accounts = [Account(self.service) for _ in range(3)]
        for account in accounts:
            account.subscribe("pro")
        events = [{"id": f"event-{i}", "account": accounts[i % 3].id, "meter": "gpu", "quantity": 3, "images": 1}
                  for i in range(10000)]
        answer = self.service.admin("POST", "/v1/admin/usage", {"events": events})
        self.assertEqual(answer.json, {"accepted": 10000, "duplicates": 0, "rejected": []})
        self.assertEqual(sum(account.document["lifetime"]["images"] for account in accounts), 10000)
        answer = self.service.admin("POST", "/v1/admin/usage", {"events": events + [{**events[0], "id": "one-more"}]})
        self.assertEqual(answer.status, 422)
        answer = self.service.admin("POST", "/v1/admin/usage", {"events": events})
        self.assertEqual(answer.json["duplicates"], 10000)


class BadInputTest(ServiceTest):
    """What is wrong is refused with its code, the member at fault and a reason, and all is as before."""

    clock = "2026-05-10T10:00:00Z"

    def setUp(self):
        super().setUp()
        self.account = Account(self.service)
        self.account.subscribe("basic")
        self.account.use(100, "counted")
        self.move_clock("2026-06-12T00:00:00Z")
        self.before = self.look()

    def look(self):
        account = self.account
        return [account.get(path).body for path in ("", "/ledger", "/ledger?meter=gpu", "/invoices",
                                                    "/usage?from=2026-01-01T00:00:00Z")]

    def check_refused(self, answer, status, code, member):
        case = (answer.status, answer.json["code"], answer.json.get("member"))
        self.assertEqual(case, (status, code, member), answer)
        self.assertTrue(answer.json["detail"], answer)
        self.assertEqual(self.look(), self.before)

    def test_use(self):
        event = {"id": "bad", "account": self.account.id, "meter": "gpu", "quantity": 1}
        for wrong, code in (({"account": "nobody"}, "unknown_account"),
                            ({"meter": "credits"}, "unknown_meter"),
                            ({"quantity": -1}, "invalid_value"),
                            ({"quantity": 10**12 + 1}, "invalid_value"),
                            ({"quantity": 2**63 - 1}, "invalid_value"),
                            ({"quantity": 2**63}, "invalid_value"),
                            ({"quantity": 10**30}, "invalid_value"),
                            ({"quantity": 0.5}, "invalid_value"),
                            ({"quantity": None}, "invalid_value"),
                            ({"images": -1}, "invalid_value"),
                            ({"images": 2**63}, "invalid_value"),
                            ({"mode": "warp"}, "invalid_value"),
                            ({"id": ""}, "invalid_value"),
                            ({"at": "today"}, "invalid_value"),
                            ({"at": "2026-06-12T00:00:01Z"}, "at_in_future"),
                            ({"at": "2999-01-01T00:00:00Z"}, "at_in_future"),
                            # The refill month began on June 10 at 10:00.
                            ({"at": "2026-06-10T09:59:59Z"}, "period_closed"),
                            ({"at": "1970-01-01T00:00:00Z"}, "period_closed")):
            answer = self.service.admin("POST", "/v1/admin/usage", {"events": [event | wrong]})
            self.assertEqual((wrong, answer.status, answer.json),
                             (wrong, 200, {"accepted": 0, "duplicates": 0, "rejected": [{"index": 0, "code": code}]}))
            self.assertEqual(self.look(), self.before)
        # What was counted once is known in whatever month it comes again.
        answer = self.account.use(100, "counted")
        self.assertEqual(answer.json, {"accepted": 0, "duplicates": 1, "rejected": []})
        self.assertEqual(self.look(), self.before)
        # Both sides of the bounds.
        for at in ("2026-06-10T10:00:00Z", "2026-06-12T00:00:00Z"):
            answer = self.service.admin("POST", "/v1/admin/usage", {"events": [event | {"id": at, "at": at}]})
            self.assertEqual((at, answer.json["accepted"]), (at, 1))

    def test_batches(self):
        event = {"id": "bad", "account": self.account.id, "meter": "gpu", "quantity": 1}
        for body, code, member in (({}, "invalid_value", "events"),
                                   ({"events": []}, "invalid_value", "events"),
                                   ({"events": 5}, "invalid_value", "events"),
                                   ({"events": [event] * 10001}, "invalid_value", "events"),
                                   ({"events": [event], "account": "a"}, "unknown_member", "account"),
                                   ({"events": [event, event | {"price": 1}]}, "unknown_member", "events[1].price")):
            self.check_refused(self.service.admin("POST", "/v1/admin/usage", body), 422, code, member)

    def test_clock(self):
        for now, code in (("2026-06-11T23:59:59Z", "clock_backwards"), ("1970-01-01T00:00:00Z", "clock_backwards"),
                          ("2026-06-31T00:00:00Z", "invalid_value"), ("2026-06-12", "invalid_value"),
                          (1781222400, "invalid_value"), (None, "invalid_value")):
            self.check_refused(self.service.admin("POST", "/v1/admin/clock", {"now": now}), 422, code, "now")
        self.assertEqual(self.service.admin("GET", "/v1/admin/clock").json, {"now": "2026-06-12T00:00:00Z"})

    def test_grants(self):
        grant = {"account": self.account.id, "meter": "gpu", "kind": "earned", "quantity": 5}
        for wrong, status, code, member in (({"account": "nobody"}, 404, "not_found", None),
                                            ({"meter": "credits"}, 422, "invalid_value", "meter"),
                                            ({"kind": "plan"}, 422, "invalid_value", "kind"),
                                            ({"quantity": 0}, 422, "invalid_value", "quantity"),
                                            ({"quantity": -5}, 422, "invalid_value", "quantity"),
                                            ({"quantity": 10**12 + 1}, 422, "invalid_value", "quantity"),
                                            ({"quantity": 2**63}, 422, "invalid_value", "quantity"),
                                            ({"expires_at": "2026-06-12T00:00:00Z"}, 422, "invalid_value", "expires_at"),
                                            ({"expires_at": "never"}, 422, "invalid_value", "expires_at"),
                                            ({"price": 0}, 422, "unknown_member", "price")):
            self.check_refused(self.service.admin("POST", "/v1/admin/grants", grant | wrong), status, code, member)

    def test_quotes(self):
        for body, code, member in (({"kind": "topup", "quantity": 0}, "invalid_value", "quantity"),
                                   ({"kind": "topup", "quantity": -3600}, "invalid_value", "quantity"),
                                   ({"kind": "topup", "quantity": 2**63}, "invalid_value", "quantity"),
                                   ({"kind": "topup"}, "invalid_value", "quantity"),
                                   ({"kind": "subscribe", "plan": "pro"}, "invalid_value", "interval"),
                                   ({"kind": "switch", "plan": "pro", "interval": "week"}, "invalid_value", "interval"),
                                   ({"kind": "switch", "interval": "month"}, "invalid_value", "plan"),
                                   ({"kind": "switch", "plan": "pro", "interval": "month", "company_revenue_usd": -1},
                                    "invalid_value", "company_revenue_usd"),
                                   ({"kind": "gift"}, "invalid_value", "kind"),
                                   ({"kind": "pay", "amount": 1}, "unknown_member", "amount")):
            self.check_refused(self.account.post("/quotes", body), 422, code, member)

    def test_acceptances(self):
        quote = self.account.quote("switch", plan="standard", interval="month")
        for number, (body, code, member) in enumerate((({}, "invalid_value", "timing"),
                                                       ({"timing": "never"}, "invalid_value", "timing"),
                                                       ({"timing": "immediate", "total": 1}, "unknown_member", "total"))):
            answer = self.account.post(f"/quotes/{quote['id']}/accept", body, key=f"bad-{number}")
            self.check_refused(answer, 422, code, member)


class ListTest(ServiceTest):
    clock = "2024-05-01T00:00:00Z"

    def test_pages(self):
        account = Account(self.service)
        account.subscribe("basic")
        self.move_clock("2026-05-15T00:00:00Z")
        numbers = [invoice["number"] for invoice in account.invoices]
        self.assertEqual(len(numbers), 25)
        self.assertEqual(numbers, sorted(numbers, reverse=True))
        self.assertEqual(len(account.get("/invoices").json["invoices"]), 20)
        self.assertEqual(self.walk(account, "/invoices", "invoices", 7), account.invoices)
        for path in ("/ledger", "/ledger?meter=gpu"):
            whole = account.get(path + ("&" if "?" in path else "?") + "limit=100").json
            self.assertEqual(whole["next_cursor"], None)
            self.assertEqual(self.walk(account, path, "entries", 10), whole["entries"])

    def walk(self, account, path, name, limit):
        path += ("&" if "?" in path else "?") + f"limit={limit}"
        found, cursor = [], ""
        while cursor is not None:
            page = account.get(path + (f"&cursor={cursor}" if cursor else "")).json
            self.assertTrue(0 < len(page[name]) <= limit)
            found += page[name]
            cursor = page["next_cursor"]
        return found

    def test_cursors_cannot_be_made_up(self):
        account = Account(self.service)
        account.subscribe("basic")
        self.move_clock("2024-07-15T00:00:00Z")
        cursor = account.get("/invoices?limit=1").json["next_cursor"]
        self.assertRegex(cursor, "^[A-Za-z0-9_-]+$")
        stranger = Account(self.service)
        self.assertEqual(stranger.get(f"/invoices?cursor={cursor}").status, 400)
        self.assertEqual(account.get(f"/ledger?cursor={cursor}").status, 400)
        for wrong in (cursor[:-1] + ("A" if cursor[-1] != "A" else "Q"), cursor[:-1], "", "1", "%27%3BDROP"):
            self.assertEqual((wrong, account.get(f"/invoices?cursor={wrong}").status), (wrong, 400))
        for limit in ("0", "101", "-1", "1e1", "1000000000000000000000", ""):
            self.assertEqual((limit, account.get(f"/invoices?limit={limit}").status), (limit, 422))
        self.assertEqual(account.get("/invoices?sort=1").status, 422)
        self.assertEqual(account.get("/ledger?meter=credits").status, 422)


class HttpTest(ServiceTest):
    def test_public(self):
        self.assertEqual(self.service.line, f"upkeepd: listening on http://{self.service.address}\n")
        self.assertEqual(self.service.send("GET", "/healthz").json, {"status": "ok"})
        self.assertEqual(self.service.send("GET", "/readyz").json, {"status": "ok"})
        services = self.service.send("GET", "/v1/services")
        self.assertEqual([service["id"] for service in services.json["services"]], ["midjourney", "midjourney-magazine", "minara"])
        catalogue = self.service.send("GET", "/v1/services/midjourney")
        with open(f"{SOURCE}/data/catalogues/midjourney-2023-03.json", encoding="utf-8") as file:
            self.assertEqual(catalogue.json, json.load(file))
        self.assertEqual(self.service.send("GET", "/v1/services/midjourney?edition=2023-03").body, catalogue.body)
        for answer in (services, catalogue):
            self.assertRegex(answer.headers["ETag"], '^"[^"]+"$')
        again = self.service.send("GET", "/v1/services/midjourney", headers={"If-None-Match": catalogue.headers["ETag"]})
        self.assertEqual((again.status, again.body), (304, b""))
        for path in ("/v1/services/nobody", "/v1/services/midjourney?edition=1999", "/v1/jobs", "/", "/v1/account/"):
            self.assertEqual((path, self.service.send("GET", path).status), (path, 404))
        self.assertEqual(self.service.send("GET", "/v1/services/midjourney?lang=fr").status, 422)
        with open(f"{SOURCE}/src/service/openapi.yaml", "rb") as file:
            self.assertEqual(self.service.send("GET", "/openapi.yaml").body, file.read())

    def test_etag_of_the_account(self):
        account = Account(self.service)
        first = account.get()
        tag = first.headers["ETag"]
        self.assertRegex(tag, '^"[^"]+"$')
        self.assertEqual(account.get(headers={"If-None-Match": tag}).status, 304)
        self.assertEqual(account.get(headers={"If-None-Match": f'"x", {tag}'}).status, 304)
        self.move_clock("2026-05-02T00:00:00Z")
        self.assertEqual(account.get(headers={"If-None-Match": tag}).status, 304)
        account.subscribe("basic")
        changed = account.get(headers={"If-None-Match": tag})
        self.assertEqual(changed.status, 200)
        self.assertGreater(changed.json["version"], first.json["version"])

    def test_version_rises_with_the_document_only(self):
        account = Account(self.service)
        account.subscribe("standard")
        document = account.document
        account.quote("cancel")
        account.use(0)
        account.post("/mode", {"mode": "fast"})
        account.set_method("pm_card_visa")
        self.assertEqual(account.document, document)
        account.use(1)
        self.assertEqual(account.document["version"], document["version"] + 1)

    def test_who_may_what(self):
        account = Account(self.service)
        for method, path in (("GET", "/v1/account"), ("POST", "/v1/account/quotes"), ("GET", "/v1/account/ledger"),
                             ("POST", "/v1/account/quotes/x/accept")):
            body = b"{broken" if method == "POST" else None
            for token, status in ((None, 401), ("wrong", 401), (ADMIN_TOKEN, 403)):
                answer = self.service.send(method, path, body, token=token)
                self.assertEqual((path, token, answer.status), (path, token, status))
        for method, path in (("GET", "/v1/admin/clock"), ("POST", "/v1/admin/usage"), ("POST", "/v1/admin/accounts")):
            body = b"{broken" if method == "POST" else None
            for token, status in ((None, 401), ("wrong", 401), (account.token, 403)):
                answer = self.service.send(method, path, body, token=token)
                self.assertEqual((path, token, answer.status), (path, token, status))
        answer = self.service.send("GET", "/v1/account")
        self.assertTrue(answer.headers["WWW-Authenticate"].startswith("Bearer"))
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(self.service.send("DELETE", "/v1/account", token=account.token).status, 405)

    def test_hostile_json(self):
        account = Account(self.service)
        malformed = [
            b"", b" ", b"{", b'{"kind":"pay"', b'{"kind":"pay"}{}', b'{"kind":"pay"} x', b'{"kind":"pay","kind":"pay"}',
            b'{"kind":"pay",}', b"{'kind':'pay'}", b'{"kind":"pay"/**/}', b'\xef\xbb\xbf{"kind":"pay"}', b'{"kind":"\xff"}',
            b'{"kind":"\\u0000"}', b'{"kind":"\\ud800"}', b'{"kind":"pay\n"}', b'{"kind":NaN}', b'{"quantity":01}',
            b"[" * 33 + b"]" * 33, b"[" * 100000,
            b'{"a":' * 40 + b"1" + b"}" * 40, b"[]", b'"pay"', b"null", b"7",
        ]
        for body in malformed:
            answer = account.post("/quotes", body)
            self.assertEqual((body[:60], answer.status, answer.json["code"]), (body[:60], 400, "malformed"))
        invalid = [
            {}, {"kind": None}, {"kind": "steal"}, {"kind": "subscribe"}, {"kind": "topup", "quantity": 0},
            {"kind": "topup", "quantity": "1"}, {"kind": "topup", "quantity": True}, {"kind": "subscribe", "plan": 1, "interval": "month"},
            {"kind": "subscribe", "plan": "basic", "interval": "week"}, {"kind": "topup", "quantity": 10**18},
            {"kind": "topup", "quantity": 10**20}, {"kind": "topup", "quantity": 1.0},
        ]
        for body in invalid:
            answer = account.post("/quotes", json.dumps(body).encode())
            self.assertEqual((body, answer.status, answer.json["code"]), (body, 422, "invalid_value"))
        answer = account.post("/quotes", {"kind": "pay", "discount": 100})
        self.assertEqual((answer.status, answer.json["code"], answer.json["member"]), (422, "unknown_member", "discount"))
        answer = account.post("/quotes", b"kind=pay", headers={"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual((answer.status, answer.json["code"]), (415, "unsupported_media_type"))
        answer = account.post("/quotes", b'{"kind":"' + b"x" * (1 << 20) + b'"}')
        self.assertEqual((answer.status, answer.json["code"]), (413, "body_too_large"))
        for email in ("nobody", "a@b\r\nBcc: c@d", "a b@c", "@", "a@@b", ""):
            answer = self.service.admin("POST", "/v1/admin/accounts", {"service": "midjourney", "email": email})
            self.assertEqual((email, answer.status), (email, 422))
        for member, value in (("service", "nobody"), ("edition", "1999"), ("country", "usa"), ("country", "fr")):
            answer = self.service.admin("POST", "/v1/admin/accounts",
                                        {"service": "midjourney", "email": "a@b.example", member: value})
            self.assertEqual((member, answer.status, answer.json["member"]), (member, 422, member))

    def test_clock(self):
        self.assertEqual(self.service.admin("GET", "/v1/admin/clock").json, {"now": "2026-05-01T00:00:00Z"})
        self.move_clock("2026-05-01T00:00:00Z")
        answer = self.service.admin("POST", "/v1/admin/clock", {"now": "2026-04-30T23:59:59Z"})
        self.assertEqual((answer.status, answer.json["code"]), (422, "clock_backwards"))
        body = {"now": "2026-05-02T00:00:00Z"}
        first = self.service.admin("POST", "/v1/admin/clock", body, key="k")
        self.move_clock("2026-05-03T00:00:00Z")
        again = self.service.admin("POST", "/v1/admin/clock", body, key="k")
        self.assertEqual((again.status, again.body, again.headers["Idempotency-Replayed"]), (200, first.body, "true"))
        self.assertEqual(self.service.admin("GET", "/v1/admin/clock").json, {"now": "2026-05-03T00:00:00Z"})

    def test_rate_limit(self):
        account = Account(self.service)
        start = time.monotonic()
        for n in range(100):
            self.assertEqual((n, account.get("/invoices").status), (n, 200))
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: account.get("/invoices"), range(500)))
        limited = [answer for answer in answers if answer.status == 429]
        if time.monotonic() - start < 2:  # a slow machine never gets there
            self.assertTrue(limited)
        for answer in limited:
            self.assertEqual(answer.json["code"], "rate_limited")
            self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        # The operator is not limited.
        for _ in range(300):
            self.assertEqual(self.service.admin("GET", "/v1/admin/clock").status, 200)


class FsckTest(ServiceTest):
    """What is wrong on the disk is found and named; what is right is left alone (every test ends with it)."""

    def check_with_fsck(self):
        pass  # these books are broken on purpose

    def check_books(self):
        pass

    def spoil(self, *statements):
        connection = sqlite3.connect(self.service.store)
        with connection:
            for name, in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.execute(statement)
        connection.close()

    def test_findings(self):
        account = Account(self.service)
        account.subscribe("standard")
        account.use(100)
        account.change("cancel")
        whole = self.service.admin("GET", "/v1/admin/fsck").json
        self.assertEqual((whole["accounts"], whole["findings"]), (1, []))
        self.assertGreater(whole["transactions"], 4)
        for statement, check in (
                ("UPDATE ledger_legs SET amount = amount + 1 WHERE transaction_id = 1 AND leg = 1", "two legs"),
                ("UPDATE ledger_legs SET balance = balance + 1 WHERE transaction_id = 2 AND leg = 0", "a balance is"),
                ("UPDATE accounts SET money_minor = 5", "has the money"),
                ("UPDATE payment_charges SET amount_minor = 2999", "what was charged"),
                ("UPDATE accounts SET next_invoice_number = 9", "without a gap"),
                ("DELETE FROM receipts", "has its receipt"),
                ("UPDATE invoices SET state = 'open'", "past due")):
            self.spoil(statement)
            found = [finding["check"] for finding in self.service.admin("GET", "/v1/admin/fsck").json["findings"]]
            self.assertTrue(any(check in finding for finding in found), (statement, found))


class RealClockTest(ServiceTest):
    clock = None

    def test_time_is_real(self):
        account = Account(self.service)
        account.subscribe("basic")
        answer = self.service.admin("POST", "/v1/admin/clock", {"now": "2030-01-01T00:00:00Z"})
        self.assertEqual((answer.status, answer.json["code"]), (403, "forbidden"))

    def test_no_operator_without_a_token(self):
        self.service.stop()
        self.service.options["admin-token-file"] = None
        self.service.start()
        self.assertEqual(self.service.admin("GET", "/v1/admin/clock").status, 401)


class EditionTest(ServiceTest):
    """Editions that are not the default one, and the magazine, on the wire."""

    def test_account_keeps_its_edition(self):
        account = Account(self.service, edition="2024")
        account.subscribe("mega", "year")
        document = account.document
        self.assertEqual((document["edition"], document["subscription"]["price"]), ("2024", money(115200)))
        self.assertEqual(document["meters"][0]["allowance"], 216000)
        self.assertIsNone(document["metered"])

        other = Account(self.service)
        self.assertEqual(other.document["edition"], "2023-03")
        self.assertEqual([blocked["code"] for blocked in other.quote("subscribe", plan="mega", interval="month")["blocked"]],
                         ["unknown_plan"])

    def test_bought_hours_end_after_60_days(self):
        account = Account(self.service, edition="2024")
        account.subscribe("basic")
        bought = account.change("topup", quantity=3600)
        self.assertEqual(bought["receipt"]["total"], money(400))
        for now, kinds in (("2026-06-29T23:59:59Z", ["plan", "purchased"]), ("2026-06-30T00:00:00Z", ["plan"])):
            self.move_clock(now)
            grants = account.document["meters"][0]["grants"]
            self.assertEqual([grant["kind"] for grant in grants if grant["remaining"] > 0], kinds)

    def test_twenty_images_once_a_year(self):
        account = Account(self.service, edition="2025-04")
        account.subscribe("basic")
        account.use(1200, images=19)
        quote = account.quote("cancel")
        self.assertEqual([(clause["metric"], clause["measured"], clause["limit"], clause["holds"])
                          for clause in quote["refund_rule"]["any_of"]],
                         [("gpu_seconds", 1200, 1200, False), ("images", 19, 20, True)])
        account.use(0, images=1)
        self.assertEqual([option["timing"] for option in account.quote("cancel")["options"]], ["period_end"])

        account = Account(self.service, edition="2025-04")
        account.subscribe("basic")
        account.change("cancel")
        account.subscribe("basic")
        quote = account.quote("cancel")
        self.assertEqual([option["timing"] for option in quote["options"]], ["period_end"])
        self.assertEqual(quote["refund_rule"]["at_most"], {"count": 1, "days": 365, "measured": 1, "holds": False})

    def test_starter_becomes_partner_for_150_dollars(self):
        account = Account(self.service, "minara", edition="2025-08")
        account.subscribe("starter")
        self.move_clock("2026-05-10T00:00:00Z")
        self.assertEqual(account.change("switch", plan="partner", interval="month")["receipt"]["total"], money(15000))
        document = account.document
        self.assertEqual(document["subscription"]["renews_at"], "2026-06-01T00:00:00Z")
        self.assertEqual(document["meters"][0]["spendable"], 41500)

    def test_magazine_outlives_the_plan(self):  # C-40
        plan = Account(self.service, email="reader@example.org")
        magazine = Account(self.service, "midjourney-magazine", email="reader@example.org")
        plan.subscribe("standard")
        magazine.subscribe("magazine")
        plan.change("cancel")
        self.assertEqual(plan.document["subscription"]["state"], "ended")
        self.assertEqual(magazine.document["subscription"]["state"], "active")
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual([invoice["total"]["amount"] for invoice in magazine.invoices], [400, 400])

    def test_magazine_is_cancelled_by_its_invoice(self):
        account = Account(self.service, "midjourney-magazine")
        account.subscribe("magazine")
        number = account.invoices[0]["number"]
        for invoice, codes in (({}, ["invoice_number_required"]),
                               ({"invoice_number": "ABC1DEF2-0099"}, ["invoice_number_unknown"])):
            self.assertEqual([blocked["code"] for blocked in account.quote("cancel", **invoice)["blocked"]], codes)
        for shipped, timings in ((0, ["immediate", "period_end"]), (1, ["period_end"])):
            account.use(shipped)
            options = account.quote("cancel", invoice_number=number)["options"]
            self.assertEqual([option["timing"] for option in options], timings)


if __name__ == "__main__":
    unittest.main()
