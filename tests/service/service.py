# SPDX-License-Identifier: GPL-3.0-or-later
"""A real upkeepd on a socket and a store of its own, for tests that speak HTTP to it."""

import http.client
import itertools
import json
import os
import resource
import signal
import sqlite3
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

PROGRAM = os.environ["UPKEEP_DAEMON"]
SOURCE = os.environ["MESON_SOURCE_ROOT"]
ADMIN_TOKEN = "test-admin-token"
DEADLINE_S = 60


class Response:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:2000]!r}"


class Service:
    """One upkeepd. Its folder outlives the process, so that it can be started again."""

    def __init__(self, clock="2026-05-01T00:00:00Z", **options):
        self.folder = tempfile.TemporaryDirectory(prefix="upkeepd-")
        self.store = os.path.join(self.folder.name, "store.db")
        self.options = {"listen": "127.0.0.1:0", "store": f"sqlite://{self.store}", **options}
        if clock is not None:
            self.options["test-clock"] = clock
        if "admin-token-file" not in self.options:
            self.options["admin-token-file"] = self.write("admin-token", ADMIN_TOKEN + "\n")
        self.keys = itertools.count()
        self.process = None
        self.file_max_bytes = None

    def limit_files(self):
        """In the new process: no file may grow past a bound, as on a disk that is full."""
        if self.file_max_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.file_max_bytes, self.file_max_bytes))

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def arguments(self):
        return [PROGRAM] + [f"--{name}={value}" for name, value in self.options.items() if value is not None]

    def start(self):
        self.process = subprocess.Popen(
            self.arguments(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
            preexec_fn=self.limit_files, restore_signals=False)
        # Read by a thread, so that a full pipe never blocks the service.
        self.log = []
        self.reader = threading.Thread(target=lambda stream: self.log.extend(stream), args=(self.process.stderr,))
        self.reader.start()
        self.line = self.process.stdout.readline()
        if not self.line:
            self.process.wait()
            self.reader.join()
            raise AssertionError(f"upkeepd ended with {self.process.returncode}: {''.join(self.log)}")
        self.url = self.line.removeprefix("upkeepd: listening on ").strip()
        self.address = urllib.parse.urlsplit(self.url).netloc
        return self

    def end(self, number):
        """Ends the process by a signal and gives its exit status."""
        self.process.send_signal(number)
        rest = self.process.stdout.read()
        status = self.process.wait(DEADLINE_S)
        self.reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process = None
        assert rest == "", f"more than one line on stdout: {rest!r}"
        return status

    def kill(self):
        self.end(signal.SIGKILL)

    def stop(self):
        status = self.end(signal.SIGTERM)
        assert status == 0, f"upkeepd ended with {status}: {''.join(self.log)}"

    def refusal(self):
        """Starts a service that must refuse to run: its exit status and what it says."""
        done = subprocess.run(
            self.arguments(), capture_output=True, text=True, timeout=DEADLINE_S, stdin=subprocess.DEVNULL, check=False)
        assert done.stdout == "", done.stdout
        return done.returncode, done.stderr

    def send(self, method, path, body=None, token=None, key=None, headers=None):
        """One request; a body that is no bytes is sent as JSON."""
        head = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        if body is not None:
            head.setdefault("Content-Type", "application/json")
        if token is not None:
            head["Authorization"] = f"Bearer {token}"
        if key is not None:
            head["Idempotency-Key"] = key
        connection = http.client.HTTPConnection(self.address, timeout=DEADLINE_S)
        try:
            connection.request(method, path, body=body, headers=head)
            answer = connection.getresponse()
            return Response(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def admin(self, method, path, body=None, **more):
        return self.send(method, path, body, token=ADMIN_TOKEN, **more)

    def new_key(self):
        return f"key-{next(self.keys)}"


class Account:
    """A subscriber of a service."""

    def __init__(self, service, name="midjourney", method="pm_card_visa", **more):
        self.service = service
        made = service.admin("POST", "/v1/admin/accounts", {"service": name, "email": "ada@example.org", **more})
        assert made.status == 201, made
        self.id = made.json["id"]
        self.token = made.json["access_token"]
        if method is not None:
            self.set_method(method)

    def get(self, path="", **more):
        return self.service.send("GET", "/v1/account" + path, token=self.token, **more)

    def post(self, path, body=None, **more):
        return self.service.send("POST", "/v1/account" + path, body, token=self.token, **more)

    @property
    def document(self):
        answer = self.get()
        assert answer.status == 200, answer
        return answer.json

    def set_method(self, token):
        answer = self.service.admin("POST", "/v1/admin/sandbox/payment-method", {"account": self.id, "token": token})
        assert answer.status == 200, answer

    def quote(self, kind, **more):
        answer = self.post("/quotes", {"kind": kind, **more})
        assert answer.status == 201, answer
        return answer.json

    def accept(self, quote, timing="immediate", key=None):
        return self.post(f"/quotes/{quote['id']}/accept", {"timing": timing}, key=key or self.service.new_key())

    def change(self, kind, timing="immediate", **more):
        answer = self.accept(self.quote(kind, **more), timing)
        assert answer.status == 200, answer
        return answer.json

    def subscribe(self, plan, interval="month"):
        return self.change("subscribe", plan=plan, interval=interval)

    def use(self, quantity, identity=None, **more):
        event = {"id": identity or f"use-{self.service.new_key()}", "account": self.id,
                 "meter": self.document["meters"][0]["id"], "quantity": quantity, **more}
        return self.service.admin("POST", "/v1/admin/usage", {"events": [event]})

    @property
    def invoices(self):
        return self.get("/invoices?limit=100").json["invoices"]


class ServiceTest(unittest.TestCase):
    """A test with a service, whose books are checked when it is over."""

    clock = "2026-05-01T00:00:00Z"
    options = {}

    def setUp(self):
        self.service = Service(clock=self.clock, **self.options)
        self.addCleanup(self.service.folder.cleanup)
        self.addCleanup(self.end)
        self.service.start()

    def end(self):
        if self.service.process is not None:
            self.check_with_fsck()
            self.service.stop()
        self.check_books()

    def check_with_fsck(self):
        answer = self.service.admin("GET", "/v1/admin/fsck")
        if answer.status == 200:  # a test of a service without an operator has none
            self.assertEqual(answer.json["findings"], [])

    def move_clock(self, now):
        answer = self.service.admin("POST", "/v1/admin/clock", {"now": now})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json, {"now": now})

    def query(self, sql, *values):
        """What the store has on the disk."""
        connection = sqlite3.connect(f"file:{self.service.store}?mode=ro", uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def check_books(self):
        self.assertEqual(self.query("PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(self.query("PRAGMA foreign_key_check"), [])
        # Each transaction has two legs of one unit that add up to 0.
        self.assertEqual(self.query(
            "SELECT t.id FROM ledger_transactions t LEFT JOIN ledger_legs l ON l.transaction_id = t.id "
            "GROUP BY t.id HAVING count(*) <> 2 OR sum(l.amount) <> 0 OR count(DISTINCT l.unit) <> 1 "
            "OR max(l.unit) <> t.unit"), [])
        # A balance is the one before it and the entry's amount.
        self.assertEqual(self.query(
            "SELECT * FROM (SELECT l.balance AS balance, sum(l.amount) OVER "
            "(PARTITION BY t.account, t.unit ORDER BY t.id) AS running FROM ledger_transactions t "
            "JOIN ledger_legs l ON l.transaction_id = t.id AND l.leg = 0) WHERE balance <> running"), [])
        # What the account says it has is what was booked. Three capitals are a currency, else it is a meter.
        self.assertEqual(self.query(
            "SELECT a.id FROM accounts a WHERE a.money_minor <> (SELECT coalesce(sum(l.amount), 0) FROM "
            "ledger_transactions t JOIN ledger_legs l ON l.transaction_id = t.id AND l.leg = 0 "
            "WHERE t.account = a.id AND t.unit GLOB '[A-Z][A-Z][A-Z]')"), [])
        self.assertEqual(self.query(
            "SELECT a.id FROM accounts a WHERE (SELECT coalesce(sum(remaining), 0) FROM grants g WHERE g.account = a.id) "
            "<> (SELECT coalesce(sum(l.amount), 0) FROM ledger_transactions t JOIN ledger_legs l ON "
            "l.transaction_id = t.id AND l.leg = 0 WHERE t.account = a.id AND t.unit NOT GLOB '[A-Z][A-Z][A-Z]')"), [])
        # What was paid was charged once, and is in the ledger.
        self.assertEqual(self.query(
            "SELECT a.id FROM accounts a WHERE (SELECT coalesce(sum(amount_minor), 0) FROM payment_charges c "
            "WHERE c.account = a.id AND c.decline_code IS NULL) <> (SELECT coalesce(sum(l.amount), 0) FROM "
            "ledger_transactions t JOIN ledger_legs l ON l.transaction_id = t.id AND l.leg = 0 "
            "WHERE t.account = a.id AND t.kind = 'payment')"), [])
