# SPDX-License-Identifier: GPL-3.0-or-later
"""Leaving, asked of the real program: what people judge, why one left, and the issues of a magazine."""

import unittest

from service import Account, ServiceTest


def money(amount):
    return {"amount": amount, "currency": "USD"}


def timings(quote):
    return [option["timing"] for option in quote["options"]]


class SupportTest(ServiceTest):
    def channels(self, service, edition):
        return self.service.send("GET", f"/v1/services/{service}?edition={edition}").json["support"]

    def test_catalogues_say_where_help_is(self):
        """C-36..C-39, C-41, C-42: in this order, in four languages; no form for a plan."""
        for edition in ("2023-03", "2024", "2025-04"):
            support = self.channels("midjourney", edition)
            self.assertEqual([(channel["id"], channel["kind"]) for channel in support],
                             [("billing_email", "email"), ("reddit", "reddit"), ("discord", "discord")])
            self.assertEqual(support[0]["address"], "mailto:billing@midjourney.com")
            for channel in support:
                self.assertEqual(set(channel["name"]), {"en", "zh-Hans", "zh-Hant", "fr"})
                self.assertEqual(set(channel["needs"]), {"en", "zh-Hans", "zh-Hant", "fr"})
        self.assertEqual([channel["kind"] for channel in self.channels("midjourney-magazine", "2023")],
                         ["link", "form", "email"])


class ReviewTest(ServiceTest):
    def test_nothing_since_the_renewal_is_for_people_to_judge(self):
        """X-01: beyond 20 minutes in all and unused since the latest renewal; no money moves by itself."""
        account = Account(self.service, edition="2024")
        account.subscribe("standard")
        account.use(1201)
        self.move_clock("2026-06-01T00:00:00Z")
        quote = account.quote("cancel")
        self.assertEqual(timings(quote), ["period_end"])
        self.assertEqual(quote["refund_rule"]["manual_review"],
                         {"id": "unused_since_renewal", "metric": "gpu_seconds", "scope": "since_last_renewal",
                          "measured": 0, "limit": 1, "holds": True, "channel": "billing_email"})
        self.service.stop()
        self.service.start()
        account.use(1, mode="relax")
        review = account.quote("cancel")["refund_rule"]["manual_review"]
        self.assertEqual((review["measured"], review["holds"]), (1, False))

    def test_other_editions_leave_nothing_to_judge(self):
        """X-01, X-03, D-06: another rule, or none."""
        account = Account(self.service)
        account.subscribe("standard")
        self.assertIsNone(account.quote("cancel")["refund_rule"]["manual_review"])
        account = Account(self.service, "minara")
        account.subscribe("starter")
        self.assertIsNone(account.quote("cancel")["refund_rule"])


class LeavingTest(ServiceTest):
    def test_only_cancelling_stops_the_renewal(self):
        """B-09: no switch turns it off; a cancellation at the end does, and undoing that turns it on again."""
        account = Account(self.service)
        account.subscribe("standard")
        account.use(27000)
        for body in ({"kind": "auto_renew"}, {"kind": "cancel", "auto_renew": False}):
            self.assertEqual(account.post("/quotes", body).status, 422)
        for path in ("/renewal", "/auto-renew"):
            self.assertEqual(account.post(path, {"on": False}).status, 404)
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-06-01T00:00:00Z")
        account.change("cancel", "period_end")
        self.assertIsNone(account.document["subscription"]["renews_at"])
        account.change("resume")
        self.assertEqual(account.document["subscription"]["renews_at"], "2026-06-01T00:00:00Z")

    def test_history_stays_after_the_end(self):
        """B-16, B-30: what was made, used and paid is told to the same sign-in, and one may come back."""
        account = Account(self.service)
        account.subscribe("standard")
        account.use(27000, images=450)
        told = [account.get(path).json for path in ("/invoices", "/ledger")]
        used = account.get("/usage?from=2026-05-01T00:00:00Z&by=month").json
        account.change("cancel", "period_end")
        self.move_clock("2026-07-01T00:00:00Z")
        self.assertEqual(account.document["subscription"]["state"], "ended")
        self.assertEqual([account.get(path).json for path in ("/invoices", "/ledger")], told)
        self.assertEqual(account.get("/usage?from=2026-05-01T00:00:00Z&by=month").json, used)
        self.assertEqual(account.document["lifetime"], {"images": 450, "gpu_seconds": 27000})
        account.subscribe("pro")
        self.assertEqual(account.document["lifetime"], {"images": 450, "gpu_seconds": 27000})


class ReasonTest(ServiceTest):
    def reasons(self, query=""):
        return self.service.admin("GET", "/v1/admin/reasons" + query).json

    def test_reason_is_asked_after_the_fact(self):
        """B-02: never before the cancellation, and never in its way."""
        account = Account(self.service)
        early = account.post("/reasons", {"reason": "budget"})
        self.assertEqual((early.status, early.json["code"]), (409, "nothing_cancelled"))
        account.subscribe("standard")
        self.assertEqual(account.post("/reasons", {"reason": "budget"}).status, 409)
        account.use(27000)
        account.change("cancel", "period_end")
        version = account.document["version"]
        told = account.post("/reasons", {"reason": "budget", "text": "Too dear.\nFor now."})
        self.assertEqual(told.status, 200, told)
        self.assertEqual(told.json, {"reason": "budget", "text": "Too dear.\nFor now.", "at": "2026-05-01T00:00:00Z"})
        self.assertEqual(account.document["version"], version)

        account.change("resume")
        self.assertEqual(account.post("/reasons", {"reason": "budget"}).status, 409)
        account.change("cancel", "period_end")
        self.move_clock("2026-07-01T00:00:00Z")
        self.assertEqual(account.post("/reasons", {"reason": "other", "text": ""}).json["text"], None)
        # The later one takes the earlier one's place; another subscription has a reason of its own.
        self.assertEqual(self.reasons()["counts"], {"budget": 0, "priorities": 0, "alternatives": 0, "other": 1})
        account.subscribe("basic")
        account.change("cancel")
        self.assertEqual(account.post("/reasons", {"reason": "alternatives"}).status, 200)
        listed = self.reasons()
        self.assertEqual(listed["counts"], {"budget": 0, "priorities": 0, "alternatives": 1, "other": 1})
        self.assertEqual([(reason["account"], reason["reason"]) for reason in listed["reasons"]],
                         [(account.id, "alternatives"), (account.id, "other")])

    def test_reason_has_bounds(self):
        account = Account(self.service)
        account.subscribe("standard")
        account.change("cancel")
        for body, code, member in (({}, "invalid_value", "reason"), ({"reason": "spite"}, "invalid_value", "reason"),
                                   ({"reason": "other", "text": "x" * 2001}, "invalid_value", "text"),
                                   ({"reason": "other", "text": 7}, "invalid_value", "text"),
                                   ({"reason": "other", "stars": 5}, "unknown_member", "stars")):
            answer = account.post("/reasons", body)
            self.assertEqual((answer.status, answer.json["code"], answer.json["member"]), (422, code, member))
        self.assertEqual(account.post("/reasons", {"reason": "other", "text": "é" * 2000}).status, 200)

    def test_reason_is_told_once_under_a_key(self):
        account = Account(self.service)
        account.subscribe("standard")
        account.change("cancel")
        first = account.post("/reasons", {"reason": "priorities"}, key="why")
        again = account.post("/reasons", {"reason": "priorities"}, key="why")
        self.assertEqual((again.status, again.json), (200, first.json))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        other = account.post("/reasons", {"reason": "budget"}, key="why")
        self.assertEqual((other.status, other.json["code"]), (422, "idempotency_key_reused"))

    def test_only_the_operator_reads_reasons(self):
        account = Account(self.service)
        self.assertEqual(self.service.send("GET", "/v1/admin/reasons", token=account.token).status, 403)
        self.assertEqual(self.service.send("GET", "/v1/admin/reasons").status, 401)

    def test_reasons_come_in_pages(self):
        for reason in ("budget", "other", "priorities"):
            account = Account(self.service)
            account.subscribe("standard")
            account.change("cancel")
            account.post("/reasons", {"reason": reason})
        page = self.reasons("?limit=2")
        self.assertEqual([row["reason"] for row in page["reasons"]], ["priorities", "other"])
        page = self.reasons(f"?limit=2&cursor={page['next_cursor']}")
        self.assertEqual([row["reason"] for row in page["reasons"]], ["budget"])
        self.assertIsNone(page["next_cursor"])
        answer = self.service.admin("GET", "/v1/admin/reasons?cursor=x")
        self.assertEqual((answer.status, answer.json["code"]), (400, "malformed"))


class MagazineTest(ServiceTest):
    def subscriber(self):
        account = Account(self.service, "midjourney-magazine")
        account.subscribe("magazine")
        return account

    def ship(self, account, issue, **more):
        return self.service.admin("POST", "/v1/admin/shipments", {"account": account.id, "issue": issue}, **more)

    def number(self, account, which):
        """Of the account's invoice for a term, the oldest first."""
        return account.invoices[-which]["number"]

    def test_issue_is_shipped_once(self):
        """0.16: numbered from 1, one each paid month; an issue that no month paid for is refused."""
        account = self.subscriber()
        early = self.ship(account, 2)
        self.assertEqual((early.status, early.json["code"]), (409, "issue_not_paid"))
        self.move_clock("2026-05-20T00:00:00Z")
        version = account.document["version"]
        shipped = self.ship(account, 1)
        self.assertEqual(shipped.status, 200, shipped)
        self.assertEqual(shipped.json, {"account": account.id, "issue": 1, "invoice": self.number(account, 1),
                                        "paid_at": "2026-05-01T00:00:00Z", "shipped_at": "2026-05-20T00:00:00Z",
                                        "refunded_at": None})
        self.assertEqual(account.document["version"], version + 1)
        self.move_clock("2026-05-21T00:00:00Z")
        self.assertEqual(self.ship(account, 1).json, shipped.json)
        meter = account.document["meters"][0]
        self.assertEqual((meter["used"], meter["remaining"], meter["allowance"]), (1, 0, 1))
        self.assertEqual([(entry["kind"], entry["quantity"], entry["balance"])
                          for entry in account.get("/ledger?meter=issues").json["entries"]],
                         [("use", -1, 0), ("grant", 1, 1)])
        series = account.get("/usage").json["series"]
        self.assertEqual([(row["start"], row["quantity"]) for row in series], [("2026-05-20T00:00:00Z", 1)])

        self.move_clock("2026-06-01T00:00:00Z")
        self.service.kill()
        self.service.start()
        self.assertEqual(self.ship(account, 2).json["invoice"], self.number(account, 2))

    def test_shipment_has_a_form(self):
        account = self.subscriber()
        for body, status, code in (({"account": account.id}, 422, "invalid_value"),
                                   ({"account": account.id, "issue": 0}, 422, "invalid_value"),
                                   ({"account": account.id, "issue": "1"}, 422, "invalid_value"),
                                   ({"account": account.id, "issue": 1, "by": "sea"}, 422, "unknown_member"),
                                   ({"account": "nobody", "issue": 1}, 404, "not_found"),
                                   ({"account": Account(self.service).id, "issue": 1}, 422, "invalid_value")):
            answer = self.service.admin("POST", "/v1/admin/shipments", body)
            self.assertEqual((answer.status, answer.json["code"]), (status, code))
        self.assertEqual(self.service.send("POST", "/v1/admin/shipments", {"account": account.id, "issue": 1},
                                           token=account.token).status, 403)
        first = self.ship(account, 1, key="ship")
        again = self.ship(account, 1, key="ship")
        self.assertEqual((again.json, again.headers["Idempotency-Replayed"]), (first.json, "true"))

    def test_unshipped_issue_comes_back_and_is_not_delivered(self):
        """C-45, C-46, 0.34: by the invoice that paid it; the other one is still delivered."""
        account = self.subscriber()
        self.move_clock("2026-06-10T00:00:00Z")
        self.ship(account, 1)
        first, second = self.number(account, 1), self.number(account, 2)
        shipped = account.quote("cancel", invoice_number=first)
        self.assertEqual(timings(shipped), ["period_end"])
        self.assertEqual([(clause["metric"], clause["measured"], clause["limit"], clause["holds"])
                          for clause in shipped["refund_rule"]["any_of"]], [("issues", 1, 1, False)])
        quote = account.quote("cancel", invoice_number=second)
        self.assertEqual(timings(quote), ["immediate", "period_end"])
        self.assertEqual(quote["options"][0]["refund"]["amount"], 400)
        # It ships between the quote and its acceptance: nothing is given back.
        late = self.subscriber()
        late_quote = late.quote("cancel", invoice_number=self.number(late, 1))
        self.ship(late, 1)
        stale = late.accept(late_quote)
        self.assertEqual((stale.status, stale.json["code"]), (409, "quote_stale"))

        account.accept(quote)
        self.assertEqual(account.document["subscription"]["state"], "ended")
        refused = self.ship(account, 2)
        self.assertEqual((refused.status, refused.json["code"]), (409, "issue_refunded"))
        invoice = account.invoices[0]
        self.assertEqual((invoice["number"], invoice["refunded"]), (second, money(400)))
        self.move_clock("2026-09-01T00:00:00Z")
        self.assertEqual(len(account.invoices), 2)

    def test_earlier_invoice_gives_its_own_issue_back(self):
        """0.34: any of the account's invoices; what it paid comes back, and the present issue still ships."""
        account = self.subscriber()
        self.move_clock("2026-06-10T00:00:00Z")
        first = self.number(account, 1)
        account.change("cancel", invoice_number=first)
        self.assertEqual([(invoice["number"], invoice["refunded"]["amount"]) for invoice in account.invoices],
                         [(self.number(account, 2), 0), (first, 400)])
        self.assertEqual(self.ship(account, 1).json["code"], "issue_refunded")
        self.assertEqual(self.ship(account, 2).status, 200)

    def test_paid_issue_is_delivered_after_the_end(self):
        """C-47: future issues stop, the one that is paid still comes."""
        account = self.subscriber()
        account.change("cancel", "period_end", invoice_number=self.number(account, 1))
        self.move_clock("2026-06-15T00:00:00Z")
        self.assertEqual(account.document["subscription"]["state"], "ended")
        self.assertEqual(self.ship(account, 1).status, 200)
        self.assertEqual(self.ship(account, 2).json["code"], "issue_not_paid")
        self.assertEqual(len(account.invoices), 1)

    def test_reported_use_ships_the_oldest(self):
        """0.26: use without a number."""
        account = self.subscriber()
        self.move_clock("2026-06-10T00:00:00Z")
        account.use(1)
        self.assertEqual(timings(account.quote("cancel", invoice_number=self.number(account, 1))), ["period_end"])
        self.assertEqual(timings(account.quote("cancel", invoice_number=self.number(account, 2))),
                         ["immediate", "period_end"])


if __name__ == "__main__":
    unittest.main()
