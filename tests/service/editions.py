# SPDX-License-Identifier: GPL-3.0-or-later
"""Editions over time, asked of the real program: moving at a renewal, what is told of it, and the trial."""

import unittest

from service import Account, Service, ServiceTest


def money(amount):
    return {"amount": amount, "currency": "USD"}


def lines(document):
    return [(line["code"], line["amount"]) for line in document["lines"]]


class MoveTest(ServiceTest):
    def move(self, account, edition, **more):
        return self.service.admin("POST", f"/v1/admin/accounts/{account.id}/edition", {"edition": edition}, **more)

    def subscriber(self, plan="partner", name="minara", edition="2025-08", interval="month"):
        account = Account(self.service, name, edition=edition)
        account.subscribe(plan, interval)
        return account

    def test_account_moves_when_it_renews(self):  # RULES 0.1, 0.25, 0.27
        account = self.subscriber()
        before = account.document
        self.assertEqual(before["edition_change"], None)
        answer = self.move(account, "2026-06")
        change = {"to": "2026-06", "at": "2026-06-01T00:00:00Z"}
        self.assertEqual((answer.status, answer.json),
                         (200, {"id": account.id, "edition": "2025-08", "edition_change": change}))
        told = account.document
        self.assertEqual((told["version"], told["edition_change"]), (before["version"] + 1, change))
        self.assertEqual(told["subscription"]["next_charge"]["total"], money(59900))
        self.assertEqual(told["notices"], [{"code": "edition_change_scheduled", "at": "2026-06-01T00:00:00Z"}])
        # Said again it changes nothing.
        self.assertEqual(self.move(account, "2026-06").json, answer.json)
        self.assertEqual(account.document["version"], told["version"])

        self.move_clock("2026-05-31T23:59:59Z")
        self.assertEqual(account.document["edition"], "2025-08")
        self.move_clock("2026-06-01T00:00:00Z")
        moved = account.document
        self.assertEqual((moved["edition"], moved["edition_change"], moved["notices"]), ("2026-06", None, []))
        self.assertEqual((moved["subscription"]["price"], moved["meters"][0]["allowance"]), (money(59900), 60000))
        self.assertEqual(lines(account.invoices[0]), [("plan_price", 59900)])

    def test_metered_rest_and_new_price_are_one_invoice(self):
        account = self.subscriber("standard", "midjourney", "2023-03")
        account.use(54000)
        account.change("topup", quantity=5 * 3600)
        account.use(2 * 3600)
        self.assertEqual(self.move(account, "2024").status, 200)
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual(lines(account.invoices[0]), [("plan_price", 3000), ("metered_usage", 800)])
        document = account.document
        self.assertEqual((document["edition"], document["metered"]), ("2024", None))
        self.assertEqual({grant["kind"] for grant in document["meters"][0]["grants"]}, {"plan"})

    def test_quotes_foretell_the_coming_price(self):
        account = self.subscriber("starter")
        self.move(account, "2026-06")
        now, = account.quote("switch", plan="partner", interval="month")["options"]
        self.assertEqual((now["total"], now["renewal_total"]), (money(15000), money(59900)))
        account.change("switch", plan="partner", interval="month")
        self.assertEqual((account.document["edition"], account.document["edition_change"]["to"]),
                         ("2025-08", "2026-06"))

    def test_restart_and_declined_renewal(self):  # CONTRACT section 8, "Past due"
        account = self.subscriber()
        self.move(account, "2026-06")
        account.set_method("pm_card_chargeCustomerFail")
        self.service.stop()
        self.service.start()
        self.move_clock("2026-06-01T00:00:00Z")
        document = account.document
        self.assertEqual((document["edition"], document["subscription"]["state"]), ("2026-06", "past_due"))
        self.assertEqual(document["subscription"]["past_due"]["amount"], money(59900))
        account.set_method("pm_card_visa")
        self.assertEqual(account.document["meters"][0]["remaining"], 60000)

    def test_taken_back(self):
        account = self.subscriber()
        self.move(account, "2026-06")
        answer = self.move(account, None)
        self.assertEqual((answer.status, answer.json["edition_change"]), (200, None))
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual((account.document["edition"], len(account.invoices)), ("2025-08", 2))

    def test_after_a_cancellation_nothing_moves_unless_it_is_undone(self):  # RULES 0.11
        account = self.subscriber()
        self.move(account, "2026-06")
        account.change("cancel", "period_end")
        self.assertEqual(account.document["edition_change"], None)
        self.assertEqual(self.move(account, "2026-06").json["edition_change"], {"to": "2026-06", "at": None})
        account.change("resume")
        self.assertEqual(account.document["edition_change"]["at"], "2026-06-01T00:00:00Z")

    def test_refusals(self):
        account = self.subscriber("lite", edition="2026-06")
        nobody = Account(self.service)
        for who, edition, reason in ((account, "2025-08", "plan_not_sold"), (account, "2026-06", "same_edition"),
                                     (nobody, "2025-04", "nothing_renews")):
            answer = self.move(who, edition)
            self.assertEqual((answer.status, answer.json["code"], answer.json["reason"]),
                             (409, "edition_change_refused", reason))
            self.assertEqual(who.document["edition_change"], None)
        # Another service's edition is none of this one's.
        answer = self.move(account, "2023-03")
        self.assertEqual((answer.status, answer.json["code"], answer.json["member"]), (422, "invalid_value", "edition"))
        path = f"/v1/admin/accounts/{account.id}/edition"
        for body in ({}, {"edition": 7}, {"edition": ""}, {"edition": "2025-08", "plan": "lite"}):
            self.assertEqual(self.service.admin("POST", path, body).status, 422, body)
        self.assertEqual(self.service.admin("POST", "/v1/admin/accounts/nobody/edition", {"edition": None}).status, 404)
        self.assertEqual(self.service.send("POST", path, {"edition": None}, token=account.token).status, 403)

    def test_free_plan_moves_at_its_refill(self):  # RULES 0.24
        account = Account(self.service, "minara", edition="2025-08")
        self.assertEqual(self.move(account, "2026-06").json["edition_change"]["at"], "2026-06-01T00:00:00Z")
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual((account.document["edition"], account.document["meters"][0]["remaining"]), ("2026-06", 300))

    def test_whole_service(self):
        accounts = [self.subscriber("starter") for _ in range(3)]
        self.move(accounts[0], "2026-06")
        stays = Account(self.service, "minara", edition="2026-06")
        path = "/v1/admin/services/minara/edition"
        answer = self.service.admin("POST", path, {"from": "2025-08", "edition": "2026-06"}, key="all")
        self.assertEqual((answer.status, answer.json), (200, {"scheduled": 2, "unchanged": 1, "refused": [],
                                                              "next_cursor": None}))
        again = self.service.admin("POST", path, {"from": "2025-08", "edition": "2026-06"}, key="all")
        self.assertEqual((again.body, again.headers["Idempotency-Replayed"]), (answer.body, "true"))
        answer = self.service.admin("POST", path, {"from": "2025-08", "edition": "2026-06"})
        self.assertEqual((answer.json["scheduled"], answer.json["unchanged"]), (0, 3))
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual({account.document["edition"] for account in [*accounts, stays]}, {"2026-06"})

        lite = self.subscriber("lite", edition="2026-06")
        answer = self.service.admin("POST", path, {"from": "2026-06", "edition": "2025-08"}).json
        self.assertEqual(answer["refused"], [{"account": lite.id, "reason": "plan_not_sold"}])
        self.assertEqual(answer["scheduled"], 4)
        answer = self.service.admin("POST", path, {"from": "2026-06", "edition": None}).json
        self.assertEqual((answer["scheduled"], answer["unchanged"]), (4, 1))

        for where, body, member in (("minara", {"from": "1999", "edition": None}, "from"),
                                    ("minara", {"from": "2025-08", "edition": "1999"}, "edition"),
                                    ("minara", {"edition": "2026-06"}, "from")):
            answer = self.service.admin("POST", f"/v1/admin/services/{where}/edition", body)
            self.assertEqual((answer.status, answer.json["member"]), (422, member))
        answer = self.service.admin("POST", "/v1/admin/services/nothing/edition", {"from": "1", "edition": None})
        self.assertEqual(answer.status, 404)

    def test_a_service_of_many_pages(self):
        accounts = [Account(self.service, "minara", method=None, edition="2025-08") for _ in range(201)]
        body = {"from": "2025-08", "edition": "2026-06"}
        first = self.service.admin("POST", "/v1/admin/services/minara/edition", body).json
        self.assertEqual(first["scheduled"], 200)
        body["cursor"] = first["next_cursor"]
        last = self.service.admin("POST", "/v1/admin/services/minara/edition", body).json
        self.assertEqual((last["scheduled"], last["next_cursor"]), (1, None))
        self.assertEqual(self.query("SELECT count(*) FROM accounts WHERE next_edition = '2026-06'"),
                         [(len(accounts),)])


class ChangesTest(ServiceTest):
    def changes(self, query, **more):
        return self.service.send("GET", f"/v1/services/midjourney/changes{query}", **more)

    def test_what_has_changed(self):  # RULES 0.1, X-01
        answer = self.changes("?from=2024&plan=pro")
        self.assertEqual(answer.status, 200)
        document = answer.json
        self.assertEqual((document["service"], document["from"], document["to"]["edition"]),
                         ("midjourney", {"edition": "2024", "currency": "USD", "unit": "gpu_second"}, "2023-03"))
        told = {(change["code"], (change["plan"] or {}).get("id"), (change["subject"] or {}).get("id")):
                (change["before"], change["after"]) for change in document["changes"]}
        self.assertEqual(told[("plan", "mega", None)], ({"kind": "name", "value": "paid"}, None))
        self.assertEqual(told[("topup", None, None)],
                         ({"kind": "name", "value": "prepaid"}, {"kind": "name", "value": "metered"}))
        self.assertEqual(told[("grant_expiry", None, "purchased")], ({"kind": "days", "value": 60}, None))
        self.assertEqual(told[("refund_clause", None, "lt_1pct")],
                         (None, {"kind": "clause", "metric": "gpu_seconds", "scope": "month", "limit": 1,
                                 "percent": True, "channel": None}))
        same = self.changes("?from=2024&to=2024").json
        self.assertEqual(same["changes"], [])

    def test_entity_tag(self):
        answer = self.changes("?from=2023-03&to=2025-04")
        tag = answer.headers["ETag"]
        again = self.changes("?from=2023-03&to=2025-04", headers={"If-None-Match": tag})
        self.assertEqual((again.status, again.body, again.headers["ETag"]), (304, b"", tag))
        self.assertNotEqual(self.changes("?from=2025-04&to=2023-03").headers["ETag"], tag)

    def test_unknown(self):
        for query, status, code in (("?from=1999", 404, "not_found"), ("?from=2024&to=1999", 404, "not_found"),
                                    ("", 422, "invalid_value"), ("?from=2024&plan=gold", 422, "invalid_value")):
            answer = self.changes(query)
            self.assertEqual((answer.status, answer.json["code"]), (status, code), query)
        self.assertGreaterEqual(self.changes("?from=2024&colour=red").status, 400)
        self.assertEqual(self.service.send("GET", "/v1/services/nothing/changes?from=2024").status, 404)


class TrialTest(ServiceTest):
    """RULES 0.13, X-11, C-03: the operator has switched the trial of one edition on."""

    options = {"trials": "midjourney/2023-03"}

    def test_trial_is_taken_up_and_left(self):
        plans = {plan["id"]: plan for plan in self.service.send("GET", "/v1/services/midjourney").json["plans"]}
        self.assertTrue(plans["trial"]["offered"])
        account = Account(self.service, method=None)
        self.assertEqual(account.document["subscription"]["state"], "none")
        quote = account.quote("subscribe", plan="trial", interval="month")
        option, = quote["options"]
        self.assertEqual((quote["direction"], quote["to"]), ("new", {"plan": "trial", "interval": None}))
        self.assertEqual((option["lines"], option["total"], option["renews_at"], option["renewal_total"]),
                         ([], money(0), None, None))
        self.assertEqual(option["grants"], [{"meter": "gpu", "kind": "plan", "quantity": 1500, "expires_at": None}])
        done = account.accept(quote).json
        self.assertEqual(done["receipt"]["invoice"], None)
        subscription = done["account"]["subscription"]
        self.assertEqual((subscription["state"], subscription["plan"], subscription["interval"],
                          subscription["ever_subscribed"]), ("trial", "trial", None, False))
        meter = done["account"]["meters"][0]
        self.assertEqual((meter["allowance"], meter["remaining"], meter["resets_at"]), (1500, 1500, None))
        self.assertEqual(account.invoices, [])

        # Once for life; no further hours, no direct messages.
        blocked = account.quote("subscribe", plan="trial", interval="month")["blocked"]
        self.assertEqual([reason["code"] for reason in blocked], ["same_plan"])
        account.use(1500)
        self.move_clock("2026-07-01T00:00:00Z")
        self.assertEqual(account.document["meters"][0]["spendable"], 0)
        codes = [reason["code"] for reason in account.quote("topup", quantity=3600)["blocked"]]
        self.assertIn("topup_needs_paid_plan", codes)
        features = {feature["id"]: feature["allowed"] for feature in account.document["features"]}
        self.assertFalse(features["direct_messages"])

        account.set_method("pm_card_visa")
        done = account.subscribe("basic")["account"]
        self.assertEqual((done["subscription"]["state"], done["meters"][0]["remaining"]), ("active", 12000))
        account.change("cancel", "immediate")
        codes = [reason["code"] for reason in account.quote("subscribe", plan="trial", interval="month")["blocked"]]
        self.assertEqual(codes, ["trial_unavailable"])

    def test_other_editions_have_it_off(self):
        account = Account(self.service, edition="2025-04")
        codes = [reason["code"] for reason in account.quote("subscribe", plan="trial", interval="month")["blocked"]]
        self.assertEqual(codes, ["trial_unavailable"])

    def test_what_it_changes_is_told(self):
        changes = self.service.send("GET", "/v1/services/midjourney/changes?from=2025-04").json["changes"]
        offered, = [change for change in changes if change["code"] == "offered"]
        self.assertEqual((offered["plan"]["id"], offered["after"]), ("trial", {"kind": "boolean", "value": True}))

    def test_bad_settings_refuse_the_start(self):
        for trials in ("midjourney", "midjourney/1999", "minara/2026-06"):
            other = Service(trials=trials)
            self.addCleanup(other.folder.cleanup)
            status, said = other.refusal()
            self.assertEqual((status, "--trials" in said), (78, True), said)


class NoTrialTest(ServiceTest):
    def test_trial_is_off_as_shipped(self):  # C-03
        account = Account(self.service)
        codes = [reason["code"] for reason in account.quote("subscribe", plan="trial", interval="month")["blocked"]]
        self.assertEqual(codes, ["trial_unavailable"])


if __name__ == "__main__":
    unittest.main()
