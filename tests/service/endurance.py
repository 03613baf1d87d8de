# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program survives: a kill at any instant, a store that cannot be written, a life in a file of options."""

import datetime
import os
import random
import shutil
import signal
import socket
import sqlite3
import threading
import unittest

from service import ADMIN_TOKEN, SOURCE, Account, Service, ServiceTest

KILLS = 20


class Client(threading.Thread):
    """Reports use, one event after the other, each under a key of its own, until nobody answers."""

    def __init__(self, service, account, number):
        super().__init__()
        self.service = service
        self.account = account
        self.number = number
        self.acknowledged = []
        self.enough = threading.Event()

    def run(self):
        for n in range(100000):
            identity = f"{self.number}-{n}"
            event = {"id": identity, "account": self.account.id, "meter": "gpu", "quantity": 1}
            try:
                answer = self.service.admin("POST", "/v1/admin/usage", {"events": [event]}, key=identity)
            except OSError:
                break
            assert answer.status == 200, answer
            self.acknowledged.append((identity, event, answer.body))
            if len(self.acknowledged) > self.number % 7:
                self.enough.set()
        self.enough.set()


class KillTest(ServiceTest):
    def test_nothing_acknowledged_is_lost(self):
        account = Account(self.service)
        account.subscribe("pro")
        total = 0
        for number in range(KILLS):
            client = Client(self.service, account, number)
            client.start()
            client.enough.wait()
            self.service.kill()
            client.join()
            self.service.start()
            self.assertTrue(client.acknowledged)
            for identity, event, body in client.acknowledged:
                again = self.service.admin("POST", "/v1/admin/usage", {"events": [event]}, key=identity)
                self.assertEqual((again.body, again.headers["Idempotency-Replayed"]), (body, "true"))
            total += len(client.acknowledged)
        used = account.document["meters"][0]["used"]
        # One event a kill may have been counted with its answer lost.
        self.assertTrue(total <= used <= total + KILLS, (total, used))
        self.assertEqual(self.query("SELECT count(*), sum(quantity) FROM usage_events"), [(used, used)])
        self.check_books()

    def test_money_survives_too(self):
        for number in range(5):
            account = Account(self.service)
            quote = account.quote("subscribe", plan="basic", interval="month")
            sender = threading.Thread(target=self.try_to_accept, args=(account, quote, f"pay-{number}"))
            sender.start()
            self.service.kill()
            sender.join()
            self.service.start()
            self.assertEqual(account.accept(quote, key=f"pay-{number}").status, 200)
            self.assertEqual(len(account.invoices), 1)

    def try_to_accept(self, account, quote, key):
        try:
            account.accept(quote, key=key)
        except OSError:
            pass


class RandomTest(ServiceTest):
    """Whatever is asked in whatever order: no failure, one effect a key, and books that add up."""

    clock = "2026-01-31T10:00:00Z"
    plans = {"midjourney": ["basic", "standard", "pro", "trial", "mega"],
             "minara": ["free", "lite", "starter", "pro", "partner", "none"]}
    methods = ["pm_card_visa", "pm_card_visa", "pm_card_mastercard", "pm_card_chargeCustomerFail"]

    def test_random_lives(self):
        for seed in (1, 2, 3, random.SystemRandom().randrange(10**9)):
            with self.subTest(seed=seed):
                self.live(random.Random(seed))
                self.check_books()

    def live(self, dice):
        self.versions = {}
        accounts = []
        for name in ("midjourney", "minara") * 2:
            account = Account(self.service, name, method=None, country=dice.choice([None, "FR", "TW"]))
            account.plans = self.plans[name]
            accounts.append(account)
        for _ in range(150):
            account = dice.choice(accounts)
            dice.choice([self.change, self.change, self.use, self.use, self.grant, self.set_method, self.set_mode,
                         self.pass_time])(dice, account)
            self.look(account)

    def look(self, account):
        document = account.document
        version, seen = self.versions.get(account.id, (0, None))
        lasting = {name: value for name, value in document.items() if name not in ("now", "version")}
        self.assertEqual(document["version"] > version, lasting != seen)
        self.versions[account.id] = (document["version"], lasting)
        meter = document["meters"][0]
        self.assertEqual(meter["spendable"], sum(grant["remaining"] for grant in meter["grants"] if grant["usable"]))
        for invoice in account.invoices:
            self.assertEqual(sum(line["amount"] for line in invoice["lines"]), invoice["total"]["amount"])
            self.assertLessEqual(invoice["refunded"]["amount"], sum(
                line["amount"] for line in invoice["lines"] if line["code"] == "plan_price"))

    def twice(self, send):
        """Sends something again under its key: one effect, one answer."""
        first, again = send(), send()
        self.assertIn(first.status // 100, (2, 4), first)
        if first.status < 300 or first.status in (402, 409):
            self.assertEqual((again.status, again.body), (first.status, first.body))
            self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        return first

    def change(self, dice, account):
        kind = dice.choice(["subscribe", "subscribe", "switch", "switch", "cancel", "resume", "pay", "topup"])
        wanted = {"kind": kind}
        if kind in ("subscribe", "switch"):
            wanted.update(plan=dice.choice(account.plans), interval=dice.choice(["month", "month", "year"]))
        elif kind == "topup":
            wanted.update(quantity=dice.choice([1, 1000, 3600, 7200, 36000, 5000, 10000]))
        key = self.service.new_key()
        answer = self.twice(lambda: account.post("/quotes", wanted, key=key))
        if answer.status != 201:
            self.assertEqual(answer.status, 422, answer)
            return
        quote = answer.json
        self.assertEqual(bool(quote["blocked"]), not quote["options"])
        for option in quote["options"]:
            self.assertEqual(sum(line["amount"] for line in option["lines"]), option["total"]["amount"])
        if not quote["options"]:
            self.assertEqual(account.accept(quote).status, 409)
            return
        option = dice.choice(quote["options"])
        if dice.random() < 0.2:
            self.use(dice, account)
        key = self.service.new_key()
        before = account.document
        answer = self.twice(lambda: account.accept(quote, option["timing"], key))
        self.assertIn(answer.status, (200, 402, 409))
        if answer.status == 200:
            receipt = answer.json["receipt"]
            self.assertEqual((receipt["lines"], receipt["total"]), (option["lines"], option["total"]))
            # Time does not stand between them: what was promised is what is.
            self.assertEqual(answer.json["account"]["subscription"]["renews_at"],
                             option["renews_at"] if kind != "topup" else before["subscription"]["renews_at"])
        else:
            self.assertEqual(account.document, before)

    def use(self, dice, account):
        event = {"id": self.service.new_key(), "account": account.id, "meter": account.document["meters"][0]["id"],
                 "quantity": dice.choice([0, 1, 7, 100, 1000, 12000, 60000]), "images": dice.randrange(50)}
        key = self.service.new_key()
        answer = self.twice(lambda: self.service.admin("POST", "/v1/admin/usage", {"events": [event]}, key=key))
        self.assertEqual(answer.json["accepted"], 1)

    def grant(self, dice, account):
        body = {"account": account.id, "meter": account.document["meters"][0]["id"], "quantity": dice.randrange(1, 9999),
                "kind": dice.choice(["earned", "reward", "promotional"])}
        key = self.service.new_key()
        self.assertEqual(self.twice(lambda: self.service.admin("POST", "/v1/admin/grants", body, key=key)).status, 201)

    def set_method(self, dice, account):
        account.set_method(dice.choice(self.methods))

    def set_mode(self, dice, account):
        answer = account.post("/mode", {"mode": dice.choice(["fast", "relax"])})
        self.assertIn(answer.status, (200, 403, 409))

    def pass_time(self, dice, account):
        now = datetime.datetime.fromisoformat(account.document["now"].removesuffix("Z"))
        now += datetime.timedelta(seconds=dice.choice([1, 60, 1800, 86400, 3 * 86400, 20 * 86400, 40 * 86400]))
        self.move_clock(now.isoformat() + "Z")


class StoreTest(ServiceTest):
    def test_locked_store(self):
        account = Account(self.service)
        account.subscribe("basic")
        other = sqlite3.connect(self.service.store, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        answer = account.post("/quotes", {"kind": "cancel"})
        self.assertEqual((answer.status, answer.json["code"]), (503, "store_unavailable"))
        self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.assertEqual(account.get().status, 200)  # reading goes on
        other.execute("ROLLBACK")
        other.close()
        self.assertEqual(account.post("/quotes", {"kind": "cancel"}).status, 201)

    def test_full_disk(self):
        account = Account(self.service)
        account.subscribe("basic")
        self.service.stop()
        self.service.file_max_bytes = os.path.getsize(self.service.store) + 100000
        self.service.start()
        acknowledged = []
        for _ in range(1000):
            answer = account.post("/quotes", {"kind": "cancel"})
            if answer.status != 201:
                break
            acknowledged.append(answer.json)
        self.assertEqual((answer.status, answer.json["code"]), (503, "store_unavailable"))
        self.assertEqual(account.get().status, 200)  # reading goes on
        self.service.stop()
        self.service.file_max_bytes = None
        self.service.start()
        self.assertTrue(acknowledged)
        for quote in acknowledged:
            self.assertEqual(account.get(f"/quotes/{quote['id']}").json, quote)
        self.assertEqual(account.post("/quotes", {"kind": "cancel"}).status, 201)

    def test_one_process_a_store(self):
        status, words = self.service.refusal()
        self.assertEqual(status, 1)  # not 78: the other one may be about to end
        self.assertIn("another process", words)

    def test_newer_schema(self):
        self.service.stop()
        connection = sqlite3.connect(self.service.store)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        status, words = self.service.refusal()
        self.assertEqual(status, 78)
        self.assertIn("99", words)

    def test_books_cannot_be_rewritten(self):
        Account(self.service).change("subscribe", plan="basic", interval="month")
        self.service.stop()
        connection = sqlite3.connect(self.service.store)
        for statement in ("UPDATE ledger_legs SET amount = amount + 1", "DELETE FROM ledger_transactions",
                          "UPDATE invoices SET total_minor = 0", "DELETE FROM invoices", "UPDATE invoices SET bill = '{}'",
                          "DELETE FROM payment_charges", "UPDATE usage_events SET quantity = 0", "DELETE FROM receipts"):
            with self.subTest(statement):
                if statement.startswith("UPDATE usage_events"):
                    connection.execute("INSERT INTO usage_events SELECT 'x', id, 'gpu', NULL, NULL, NULL, 1, 0, 0 FROM accounts")
                self.assertRaises(sqlite3.IntegrityError, connection.execute, statement)
                connection.rollback()
        connection.close()


class OptionsTest(unittest.TestCase):
    def setUp(self):
        self.service = Service()
        self.addCleanup(self.service.folder.cleanup)

    def test_what_is_refused(self):
        broken = os.path.join(self.service.folder.name, "catalogues")
        shutil.copytree(f"{SOURCE}/data/catalogues", broken)
        self.service.write("catalogues/broken.json", '{"service": 7}')
        twice = os.path.join(self.service.folder.name, "twice")
        shutil.copytree(f"{SOURCE}/data/catalogues", twice)
        with open(f"{SOURCE}/data/catalogues/midjourney-2023-03.json", encoding="utf-8") as file:
            self.service.write("twice/other.json", file.read().replace('"edition": "2023-03"', '"edition": "2023-04"'))
        empty = os.path.join(self.service.folder.name, "empty")
        os.mkdir(empty)
        refused = [
            ({"catalogues": broken}, "broken.json:1: service: not a string\n"),
            ({"catalogues": broken}, "broken.json:1: policy: missing\n"),
            ({"catalogues": twice}, "other.json: default:"), ({"catalogues": twice}, "is the default edition of midjourney, too"),
            ({"catalogues": empty}, "0 catalogues"), ({"catalogues": "/nowhere"}, "/nowhere"),
            ({"admin-token-file": "/nowhere"}, "--admin-token-file"),
            ({"admin-token-file": self.service.write("blank", " \n")}, "no token"),
            ({"payments": "stripe"}, "stripe is not available"), ({"test-clock": "tomorrow"}, "--test-clock"),
            ({"listen": "nowhere"}, "--listen"), ({"store": "mysql://x"}, "--store"),
            ({"store": "sqlite:///nowhere/at/all.db"}, "--store"), ({"public-url": "example.org"}, "--public-url"),
            ({"colour": "red"}, "--colour"), ({"config": "/nowhere"}, "/nowhere"),
            ({"config": self.service.write("wrong.conf", "[upkeepd]\ncolour=red\n")}, "no option colour"),
            ({"sample": self.service.write("sample.json", '{"steps":[]}')}, "sample.json: steps"),
        ]
        before = dict(self.service.options)
        for options, words in refused:
            self.service.options = {**before, **options}
            status, said = self.service.refusal()
            self.assertEqual((options, status), (options, 78))
            self.assertIn(words, said)

    def test_options_from_a_file(self):
        options = self.service.options
        config = "".join(f"{name}={value}\n" for name, value in options.items() if name != "listen")
        path = self.service.write("upkeepd.conf", f"[upkeepd]\nlisten=127.0.0.1:1\npublic-url=https://u.example/\n{config}")
        self.service.options = {"config": path, "listen": "127.0.0.1:0"}
        self.service.start()
        self.assertEqual(self.service.admin("GET", "/v1/admin/clock").json, {"now": "2026-05-01T00:00:00Z"})
        self.assertIn(b"  - url: https://u.example\n", self.service.send("GET", "/openapi.yaml").body)
        self.assertEqual(self.service.end(signal.SIGINT), 0)

    def test_socket_of_the_file_system(self):
        path = os.path.join(self.service.folder.name, "socket")
        self.service.options["listen"] = f"unix:{path}"
        for _ in range(2):  # what a killed process has left is no hindrance
            self.service.start()
            self.assertEqual(self.service.line, f"upkeepd: listening on unix:{path}\n")
            with socket.socket(socket.AF_UNIX) as connection:
                connection.connect(path)
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: upkeep\r\n\r\n")
                self.assertTrue(connection.recv(4096).startswith(b"HTTP/1.1 200 "))
            self.service.kill()

    def test_address_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            self.service.options["listen"] = f"127.0.0.1:{other.getsockname()[1]}"
            status, words = self.service.refusal()
        self.assertEqual(status, 1)  # not 78: it may be free the next time
        self.assertIn("--listen", words)

    def test_store_whose_edition_is_gone(self):
        self.service.start()
        Account(self.service)
        self.service.stop()
        folder = os.path.join(self.service.folder.name, "fewer")
        os.mkdir(folder)
        shutil.copy(f"{SOURCE}/data/catalogues/minara-2026-06.json", folder)
        self.service.options["catalogues"] = folder
        status, words = self.service.refusal()
        self.assertEqual(status, 78)
        self.assertIn("midjourney/2023-03", words)


class SampleTest(ServiceTest):
    clock = "2026-05-10T10:00:00Z"

    def setUp(self):
        folder = f"{SOURCE}/data"
        self.options = {"sample": f"{folder}/sample.json"}
        super().setUp()
        self.service.stop()
        self.token_file = os.path.join(self.service.folder.name, "token")
        self.service.options["sample-token-file"] = self.token_file
        self.service.start()

    def read(self, path):
        with open(self.token_file, encoding="utf-8") as file:
            answer = self.service.send("GET", path, token=file.read())
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_a_life_of_three_months(self):
        self.assertEqual(os.stat(self.token_file).st_mode & 0o777, 0o600)
        document = self.read("/v1/account")
        self.assertEqual(document["now"], "2026-05-10T10:00:00Z")
        self.assertEqual((document["subscription"]["state"], document["subscription"]["plan"]), ("active", "standard"))
        meter = document["meters"][0]
        self.assertEqual((meter["used"], meter["remaining"], meter["spendable"]), (27000, 27000, 37800))
        self.assertEqual([grant["kind"] for grant in meter["grants"]], ["plan", "earned", "purchased"])
        self.assertEqual([notice["code"] for notice in document["notices"]], ["refund_on_its_way"])
        invoices = self.read("/v1/account/invoices")["invoices"]
        self.assertEqual([invoice["total"]["amount"] for invoice in invoices], [3000, 6000, 800, 1000, 1000])
        self.assertEqual(invoices[1]["refunded"]["amount"], 6000)
        days = self.read("/v1/account/usage?from=2026-04-11T00:00:00Z")["series"]
        self.assertEqual(len({day["start"] for day in days}), 14)

    def test_is_made_once(self):
        before = self.read("/v1/account")
        self.service.stop()
        self.service.start()
        self.assertEqual(self.read("/v1/account"), before)
        self.assertEqual(self.query("SELECT count(*) FROM accounts"), [(1,)])

    def test_goes_on_after_an_interruption(self):
        before = self.read("/v1/account/invoices")
        self.service.stop()
        connection = sqlite3.connect(self.service.store)
        connection.execute("DELETE FROM settings WHERE name = 'sample'")
        connection.commit()
        connection.close()
        self.service.start()
        self.assertEqual(self.read("/v1/account/invoices"), before)
        self.assertEqual(self.query("SELECT count(*) FROM accounts"), [(1,)])

    def test_leaves_other_accounts_alone(self):
        service = Service(clock=None, sample=f"{SOURCE}/data/sample.json")
        self.addCleanup(service.folder.cleanup)
        service.options["sample"] = None
        service.start()
        Account(service)
        service.stop()
        service.options["sample"] = f"{SOURCE}/data/sample.json"
        service.options["sample-token-file"] = os.path.join(service.folder.name, "token")
        service.start()
        self.assertFalse(os.path.exists(service.options["sample-token-file"]))
        service.stop()


if __name__ == "__main__":
    unittest.main()
