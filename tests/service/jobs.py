# SPDX-License-Identifier: GPL-3.0-or-later
"""What CONTRACT promises of jobs and the queue, asked of the real program."""

import concurrent.futures
import unittest

from service import ADMIN_TOKEN, Account, ServiceTest


class JobTest(ServiceTest):
    def take(self, account, job, key=None, **more):
        return self.service.admin("POST", "/v1/admin/jobs", {"id": job, "account": account.id, **more}, key=key)

    def finish(self, job, quantity=0, images=0, result="ok", key=None):
        return self.service.admin("POST", f"/v1/admin/jobs/{job}/finish",
                                  {"gpu_seconds": quantity, "images": images, "result": result}, key=key)

    def show(self, job):
        return self.service.admin("GET", f"/v1/admin/jobs/{job}")

    def state(self, job):
        answer = self.show(job)
        self.assertEqual(answer.status, 200, answer)
        return answer.json["state"]

    def assert_taken(self, answer, position=None):
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.json, {"state": "running" if position is None else "queued", "position": position})

    def assert_refused(self, answer, status, code, measured=None, limit=None):
        """With what was measured and its limit, RULES 0.22; both are null where nothing is measured."""
        self.assertEqual((answer.status, answer.json["code"]), (status, code), answer)
        if limit is not None:
            self.assertEqual((answer.json["measured"], answer.json["limit"]), (measured, limit), answer)

    def subscriber(self, plan, service="midjourney", **more):
        account = Account(self.service, service, **more)
        account.subscribe(plan)
        return account


class QueueTest(JobTest):
    def test_three_run_and_ten_wait(self):
        """A-15, RULES 0.15"""
        account = self.subscriber("basic")
        for n in range(3):
            self.assert_taken(self.take(account, f"j{n}"))
        for n in range(3, 13):
            self.assert_taken(self.take(account, f"j{n}"), n - 2)
        self.assert_refused(self.take(account, "j13"), 409, "queue_full", measured=10, limit=10)
        self.assertEqual(account.document["queue"], {
            "running": {"fast": 3, "relax": 0}, "waiting": 10, "queued": {"fast": 10, "relax": 0},
            "limits": {"running": {"total": 3}, "waiting": 10}})

        # One ends, the next one starts, and the id that was refused is free.
        self.assertEqual(self.finish("j1", 60, 4).status, 200)
        self.assertEqual((self.state("j3"), self.state("j4")), ("running", "queued"))
        self.assertEqual(self.show("j4").json["position"], 1)
        self.assert_taken(self.take(account, "j13"), 10)
        self.assert_refused(self.take(account, "j14"), 409, "queue_full")

    def test_pro_counts_its_modes_apart(self):
        """A-16, RULES 0.33: the next one is the oldest with room in its mode."""
        account = self.subscriber("pro")
        for n in range(12):
            self.assert_taken(self.take(account, f"f{n}", mode="fast"))
        for n in range(3):
            self.assert_taken(self.take(account, f"r{n}", mode="relax"))
        self.assert_taken(self.take(account, "f12"), 1)
        self.assert_taken(self.take(account, "r3", mode="relax"), 2)
        self.assertEqual(account.document["queue"], {
            "running": {"fast": 12, "relax": 3}, "waiting": 2, "queued": {"fast": 1, "relax": 1},
            "limits": {"running": {"fast": 12, "relax": 3}, "waiting": 10}})
        self.finish("r0", 100, 4)
        self.assertEqual((self.state("f12"), self.state("r3")), ("queued", "running"))
        for n in range(9):
            self.assert_taken(self.take(account, f"w{n}", mode=("fast", "relax")[n % 2]), n + 2)
        self.assert_refused(self.take(account, "w9", mode="relax"), 409, "queue_full")

    def test_first_answer_is_given_again(self):
        account = self.subscriber("basic")
        other = self.subscriber("basic")
        for n in range(4):
            first = self.take(account, f"j{n}", reserve=60)
        self.assert_taken(first, 1)
        self.finish("j0", 60, 1)
        self.assertEqual(self.state("j3"), "running")
        version = account.document["version"]
        self.assert_taken(self.take(account, "j3", reserve=60), 1)
        self.assert_taken(self.take(account, "j3", mode="relax", key="another"), 1)
        self.assert_taken(self.take(account, "j0"))  # also after it has finished
        self.assertEqual(self.state("j0"), "done")
        self.assertEqual(account.document["version"], version)
        # A job's id is one for all accounts: nobody is answered with another's.
        answer = self.take(other, "j3")
        self.assert_refused(answer, 422, "invalid_value")
        self.assertEqual(answer.json["member"], "id")
        self.assertEqual(other.document["queue"]["running"], {"fast": 0, "relax": 0})

    def test_at_once_from_many_sides(self):
        """However many come at once, as many run and wait as may; the same id is one job."""
        account = self.subscriber("standard")
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda n: self.take(account, f"j{n // 2}", reserve=1000), range(40)))
        self.assertEqual(sum(answer.status == 201 for answer in answers), 26)
        self.assertEqual(sorted(answer.json["position"] or 0 for answer in answers if answer.status == 201),
                         sorted([0] * 6 + [n for n in range(1, 11) for _ in range(2)]))
        self.assertEqual({answer.json["code"] for answer in answers if answer.status != 201}, {"queue_full"})
        self.assertEqual(account.document["meters"][0]["spendable"], 54000 - 13000)

        taken = [f"j{n}" for n in range(20) if self.show(f"j{n}").status == 200]
        while any(self.state(job) in ("running", "queued") for job in taken):
            with concurrent.futures.ThreadPoolExecutor(8) as pool:
                list(pool.map(lambda job: self.finish(job, 900, 4), taken + taken))
        document = account.document
        self.assertEqual(document["meters"][0]["used"], 13 * 900)
        self.assertEqual(document["lifetime"], {"images": 52, "gpu_seconds": 13 * 900})
        self.assertEqual(document["meters"][0]["spendable"], 54000 - 13 * 900)

    def test_change_of_plan_moves_the_limits(self):
        account = self.subscriber("standard")
        for n in range(6):
            self.take(account, f"j{n}")
        account.change("switch", plan="pro", interval="month")
        self.assertEqual(account.document["queue"]["running"]["fast"], 6)
        self.assertEqual({self.state(f"j{n}") for n in range(6)}, {"running"})


class ReserveTest(JobTest):
    def test_hold_counts_against_what_is_spendable(self):
        """CONTRACT section 8, "Jobs": equal to what is left is taken, above it is refused."""
        account = self.subscriber("standard")
        self.assert_refused(self.take(account, "j0", reserve=54001), 409, "out_of_fast_time", measured=54001, limit=54000)
        self.assert_taken(self.take(account, "j0", reserve=54000))
        document = account.document
        self.assertEqual((document["meters"][0]["spendable"], document["meters"][0]["remaining"]), (0, 54000))
        self.assertEqual(document["mode"], "fast")  # holds alone do not make it fall
        for reserve in ({}, {"reserve": 1}):
            self.assert_refused(self.take(account, "j1", **reserve), 409, "out_of_fast_time")
        self.assert_taken(self.take(account, "j1", mode="relax", reserve=99999))
        self.finish("j0", 53000, 4)
        self.assertEqual(account.document["meters"][0]["spendable"], 1000)
        self.assert_taken(self.take(account, "j2", reserve=1000))
        self.finish("j2", 60000, 4)  # what goes beyond is finished and costs nothing
        document = account.document
        self.assertEqual((document["meters"][0]["used"], document["meters"][0]["spendable"]), (113000, 0))
        self.assertEqual((document["mode"], document["balance"]["amount"]), ("relax", 0))
        self.assert_taken(self.take(account, "j3"))  # RULES 0.12: in Relax
        self.assertEqual(self.show("j3").json["mode"], "relax")
        self.assert_refused(self.take(account, "j4", mode="fast"), 409, "out_of_fast_time")

    def test_credits(self):
        """No modes, no limits: the same queue, and the credits' own refusal. `gpu_seconds` are credits here."""
        account = self.subscriber("lite", "minara")
        self.assertIsNone(account.document["queue"])
        self.assert_refused(self.take(account, "j0", reserve=1401), 409, "feature_suspended", measured=1401, limit=1400)
        self.assert_refused(self.take(account, "j0", mode="fast"), 409, "mode_not_in_plan")
        for n in range(30):
            self.assert_taken(self.take(account, f"j{n}", reserve=40))
        document = account.document
        self.assertEqual((document["meters"][0]["spendable"], document["suspended"]), (200, []))
        self.assert_refused(self.take(account, "j30", reserve=201), 409, "feature_suspended")
        self.finish("j0", 40, 0)
        self.finish("j1", 40, 0, "error")
        document = account.document
        self.assertEqual((document["meters"][0]["spendable"], document["meters"][0]["used"]), (240, 40))
        self.assertEqual(self.show("j0").json["mode"], None)

    def test_free_plan_works(self):
        account = Account(self.service, "minara", method=None)
        self.assert_taken(self.take(account, "j0", reserve=300))
        self.assert_refused(self.take(account, "j1", reserve=1), 409, "feature_suspended")


class FinishTest(JobTest):
    def test_use_is_counted_once_and_under_the_job(self):
        account = self.subscriber("standard")
        self.move_clock("2026-05-03T10:00:00Z")
        self.assert_taken(self.take(account, "render/7", reserve=100))
        self.move_clock("2026-05-03T10:02:00Z")
        answer = self.finish("render%2F7", 90, 4, key="once")
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json, {
            "id": "render/7", "account": account.id, "mode": "fast", "reserve": 100, "state": "done", "position": None,
            "taken_at": "2026-05-03T10:00:00Z", "ended_at": "2026-05-03T10:02:00Z", "quantity": 90, "images": 4})
        self.assertEqual(self.show("render%2F7").json, answer.json)

        again = self.finish("render%2F7", 90, 4, key="once")
        self.assertEqual((again.json, again.headers["Idempotency-Replayed"]), (answer.json, "true"))
        self.assert_refused(self.finish("render%2F7", 90, 4), 409, "job_not_running")
        self.assert_refused(self.finish("render%2F7", 91, 4, key="once"), 422, "idempotency_key_reused")
        account.use(30, images=1)
        document = account.document
        self.assertEqual((document["meters"][0]["used"], document["lifetime"]["images"]), (120, 5))
        series = account.get("/usage?by=job").json["series"]
        self.assertEqual(sorted((row["key"] or "", row["quantity"], row["images"], row["mode"]) for row in series),
                         [("", 30, 1, "fast"), ("render/7", 90, 4, "fast")])
        self.assertEqual([(entry["kind"], entry["quantity"]) for entry in account.get("/ledger?meter=gpu").json["entries"]],
                         [("use", -30), ("use", -90), ("grant", 54000)])

    def test_error_costs_nothing(self):
        """4.4, 4.11"""
        account = self.subscriber("basic")
        before = account.document
        self.take(account, "j0", reserve=600)
        held = account.document
        self.assertEqual(held["version"], before["version"] + 1)
        answer = self.finish("j0", 600, 4, "error")
        self.assertEqual((answer.status, answer.json["state"]), (200, "failed"))
        self.assertEqual((answer.json["quantity"], answer.json["images"]), (0, 0))
        after = account.document
        self.assertEqual(after["version"], held["version"] + 1)
        before["version"] = after["version"]
        self.assertEqual(after, before)
        self.assertEqual(account.get("/usage?by=job").json["series"], [])

    def test_only_what_runs_is_finished(self):
        account = self.subscriber("basic")
        for n in range(4):
            self.take(account, f"j{n}")
        self.assert_refused(self.finish("j3", 1, 1), 409, "job_not_running")
        self.assert_refused(self.finish("j4", 1, 1), 404, "not_found")
        self.assert_refused(self.show("j4"), 404, "not_found")
        self.assertEqual(account.document["meters"][0]["used"], 0)

    def test_bad_input_changes_nothing(self):
        account = self.subscriber("basic")
        self.take(account, "j0")
        document = account.document
        good = {"id": "j1", "account": account.id}
        for body, status, code in (
                ({**good, "id": "x" * 256}, 422, "invalid_value"), ({**good, "reserve": -1}, 422, "invalid_value"),
                ({**good, "reserve": 10 ** 12 + 1}, 422, "invalid_value"), ({**good, "mode": "turbo"}, 422, "invalid_value"),
                ({**good, "reserve": 1.5}, 422, "invalid_value"), ({**good, "note": ""}, 422, "unknown_member"),
                ({"id": "j1"}, 422, "invalid_value"), ({**good, "account": "nobody"}, 404, "not_found"), ([], 400, "malformed")):
            answer = self.service.admin("POST", "/v1/admin/jobs", body)
            self.assert_refused(answer, status, code)
        for body, status, code in (
                ({"gpu_seconds": -1, "images": 0, "result": "ok"}, 422, "invalid_value"),
                ({"gpu_seconds": 10 ** 12 + 1, "images": 0, "result": "ok"}, 422, "invalid_value"),
                ({"gpu_seconds": 0, "images": 0, "result": "maybe"}, 422, "invalid_value"),
                ({"gpu_seconds": 0, "images": 0}, 422, "invalid_value"),
                ({"gpu_seconds": 0, "images": 0, "result": "ok", "x": 1}, 422, "unknown_member")):
            answer = self.service.admin("POST", "/v1/admin/jobs/j0/finish", body)
            self.assert_refused(answer, status, code)
        self.assert_taken(self.take(account, "x" * 255, reserve=12000))
        self.finish("x" * 255, 0, 0, "error")
        document["version"] += 2
        self.assertEqual(account.document, document)

    def test_only_the_operator(self):
        account = self.subscriber("basic")
        body = {"id": "j0", "account": account.id}
        self.assert_refused(self.service.send("POST", "/v1/admin/jobs", body, token=account.token), 403, "forbidden")
        self.assert_refused(self.service.send("POST", "/v1/admin/jobs", body), 401, "unauthorized")
        self.assert_refused(self.service.send("GET", "/v1/admin/jobs/j0", token=account.token), 403, "forbidden")
        self.assert_refused(self.service.send("GET", "/v1/admin/jobs", token=ADMIN_TOKEN), 405, "method_not_allowed")

    def test_use_of_a_closed_month_counts_when_it_ends(self):
        account = self.subscriber("standard")
        self.take(account, "j0", reserve=3600)
        self.move_clock("2026-06-02T00:00:00Z")
        self.assertEqual(account.document["meters"][0]["spendable"], 54000 - 3600)
        self.finish("j0", 3000, 1)
        document = account.document
        self.assertEqual((document["meters"][0]["used"], document["meters"][0]["spendable"]), (3000, 51000))

    def test_bought_hours_are_charged_at_the_threshold(self):
        """RULES 0.8: what a job uses of them costs as reported use does."""
        account = self.subscriber("basic")
        account.change("topup", quantity=36000)
        self.take(account, "j0", reserve=21000)
        self.finish("j0", 21000, 0)
        document = account.document
        self.assertEqual(document["metered"]["unbilled"]["amount"], 0)
        self.assertEqual([invoice["total"]["amount"] for invoice in account.invoices], [1000, 1000])
        self.assertEqual(document["queue"]["running"]["fast"], 0)


class DropTest(JobTest):
    def states(self, n_jobs):
        return [self.state(f"j{n}") for n in range(n_jobs)]

    def test_who_has_no_plan_gets_no_job(self):
        account = Account(self.service)
        self.assert_refused(self.take(account, "j0"), 409, "active_subscription_required")
        account.subscribe("basic")
        self.assert_refused(self.take(account, "j0", mode="relax"), 409, "mode_not_in_plan")
        self.assert_taken(self.take(account, "j0"))

    def test_waiting_ones_fall_to_relax_or_are_dropped(self):
        """RULES 0.33"""
        account = self.subscriber("standard")
        for n in range(5):
            self.take(account, f"j{n}", reserve=100)
        account.use(54000)
        document = account.document
        self.assertEqual(document["mode"], "relax")
        self.assertEqual(document["queue"]["queued"], {"fast": 0, "relax": 2})
        self.finish("j0", 60, 4)
        self.assertEqual((self.show("j3").json["mode"], self.state("j3")), ("relax", "running"))
        self.assertEqual(account.document["queue"]["running"], {"fast": 2, "relax": 1})
        self.finish("j3", 60, 4)
        self.assertEqual(account.document["meters"][1]["used"], 60)

        account = self.subscriber("basic")
        for n in range(5):
            self.take(account, f"b{n}")
        account.use(12000)
        self.assertEqual([self.state(f"b{n}") for n in range(5)], ["running"] * 3 + ["dropped"] * 2)
        self.assert_refused(self.finish("b3", 1, 1), 409, "job_not_running")
        self.assert_taken(self.take(account, "b3"), 1)  # what it was told then
        self.assertEqual(self.show("b3").json["quantity"], None)
        for n in range(3):
            self.finish(f"b{n}", 60, 4)
        self.assertEqual(account.document["meters"][0]["used"], 12180)

    def test_end_drops_what_waits(self):
        account = self.subscriber("standard")
        for n in range(5):
            self.take(account, f"j{n}")
        account.change("cancel", "period_end")
        self.move_clock("2026-05-31T23:59:59Z")
        self.assertEqual(self.states(5), ["running"] * 3 + ["queued"] * 2)
        self.move_clock("2026-06-15T00:00:00Z")
        self.assertEqual(self.states(5), ["running"] * 3 + ["dropped"] * 2)
        self.assertEqual(self.show("j4").json["ended_at"], "2026-06-01T00:00:00Z")
        self.assert_refused(self.take(account, "j5"), 409, "active_subscription_required")
        self.assertEqual(self.finish("j0", 60, 4).status, 200)
        self.assertEqual(account.document["lifetime"], {"images": 4, "gpu_seconds": 60})

    def test_refund_drops_what_waits(self):
        account = self.subscriber("standard")
        for n in range(5):
            self.take(account, f"j{n}")
        done = account.change("cancel")
        self.assertEqual(done["account"]["queue"]["queued"], {"fast": 0, "relax": 0})
        self.assertEqual(self.states(5), ["running"] * 3 + ["dropped"] * 2)

    def test_past_due_drops_what_waits(self):
        account = self.subscriber("standard")
        account.set_method("pm_card_chargeCustomerFail")
        for n in range(5):
            self.take(account, f"j{n}")
        self.move_clock("2026-06-01T00:00:00Z")
        self.assertEqual(account.document["subscription"]["state"], "past_due")
        self.assertEqual(self.states(5), ["running"] * 3 + ["dropped"] * 2)
        self.assert_refused(self.take(account, "j5"), 409, "active_subscription_required")
        account.set_method("pm_card_visa")
        self.assertEqual(account.document["subscription"]["state"], "active")
        self.assert_taken(self.take(account, "j5"), 1)
        self.finish("j0", 60, 4)
        self.assertEqual(self.state("j5"), "running")

    def test_jobs_outlive_the_process(self):
        account = self.subscriber("basic")
        for n in range(5):
            self.take(account, f"j{n}", reserve=10)
        document = account.document
        self.service.kill()
        self.service.start()
        self.assertEqual(account.document, document)
        self.assert_taken(self.take(account, "j4", reserve=10), 2)
        self.finish("j0", 10, 1)
        self.assertEqual(self.states(5), ["done"] + ["running"] * 3 + ["queued"])


if __name__ == "__main__":
    unittest.main()
