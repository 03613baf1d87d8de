# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window over AT-SPI, against the real service, as a person with a screen reader would.

A test runs in the X server and on the session bus that `./dev test` starts. Nothing here waits for a time to pass:
every wait is for a condition, and fails with what was there instead.
"""

import contextlib
import json
import os
import pathlib
import select
import signal
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE_S = float(os.environ.get("UPKEEP_E2E_PATIENCE", "30"))
PAUSE = threading.Event()  # never set: waiting on it lets other threads run


def wait_for(what, condition):
    """Returns the first true value of `condition()`; fails with `what` when there is none in time."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {PATIENCE_S:.0f} s for {what}")
        PAUSE.wait(0.05)


class Service:
    """A real upkeepd on a free port, with its own database and a clock that only moves when told."""

    def __init__(self, folder, now="2026-05-01T00:00:00Z"):
        self.folder = pathlib.Path(folder)
        self.admin_token = "operator-of-this-test-0123456789"
        token_file = self.folder / "admin-token"
        token_file.write_text(self.admin_token)
        token_file.chmod(0o600)
        self.arguments = [
            os.environ["UPKEEP_DAEMON"],
            "--listen", "127.0.0.1:0",
            "--store", f"sqlite://{self.folder}/upkeep.db",
            "--catalogues", os.environ["UPKEEP_CATALOGUES"],
            "--test-clock", now,
            "--admin-token-file", str(token_file),
        ]
        self.process = None
        self.url = None
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, text=True)
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        line = self.process.stdout.readline() if ready else ""
        prefix = "upkeepd: listening on "
        assert line.startswith(prefix), f"upkeepd said “{line}”"
        self.url = line[len(prefix):].strip()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(PATIENCE_S) == 0

    def call(self, method, path, body=None, token=None, key=None):
        """One request; returns (status, document)."""
        headers = {"Authorization": f"Bearer {token or self.admin_token}"}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def must(self, *arguments, **keywords):
        status, document = self.call(*arguments, **keywords)
        assert status in (200, 201), f"{arguments[:2]}: {status} {document}"
        return document

    def set_clock(self, now):
        self.must("POST", "/v1/admin/clock", {"now": now})


class Account:
    """A subscriber of that service."""

    def __init__(self, service, name="midjourney", card="pm_card_visa", **members):
        self.service = service
        made = service.must("POST", "/v1/admin/accounts",
                            {"service": name, "email": "me@example.org", **members})
        self.id, self.token = made["id"], made["access_token"]
        self.token_file = service.folder / f"token-{self.id}"
        self.token_file.write_text(self.token)
        self.token_file.chmod(0o600)
        self.n_uses = 0
        if card:
            self.set_card(card)

    def set_card(self, card):
        self.service.must("POST", "/v1/admin/sandbox/payment-method", {"account": self.id, "token": card})

    def quote(self, **request):
        return self.service.must("POST", "/v1/account/quotes", request, token=self.token)

    def accept(self, quote, timing="immediate"):
        return self.service.must("POST", f"/v1/account/quotes/{quote['id']}/accept", {"timing": timing},
                                 token=self.token, key=f"e2e-{quote['id']}")

    def subscribe(self, plan, interval="month"):
        return self.accept(self.quote(kind="subscribe", plan=plan, interval=interval))

    def use(self, quantity, mode="fast", meter="gpu"):
        self.n_uses += 1
        event = {"id": f"{self.id}-{self.n_uses}", "account": self.id, "meter": meter, "quantity": quantity}
        if mode is not None:
            event["mode"] = mode
        done = self.service.must("POST", "/v1/admin/usage", {"events": [event]})
        assert done["accepted"] == 1, done

    def document(self):
        return self.service.must("GET", "/v1/account", token=self.token)

    def ledger(self):
        return self.service.must("GET", "/v1/account/ledger", token=self.token)["entries"]


class Focus:
    """Where a program says that the focus is: it tells each move, so nobody has to search for it."""

    def __init__(self, process_id):
        self.process_id = process_id
        self.node = None
        self.listener = Atspi.EventListener.new(self.hear)
        self.listener.register("object:state-changed:focused")

    def hear(self, event, *_):
        with contextlib.suppress(Exception):  # what it tells of may be gone already
            if event.detail1 and event.source.get_process_id() == self.process_id:
                self.node = event.source

    def get(self):
        """The accessible with the focus; None while it moves."""
        while GLib.MainContext.default().iteration(False):
            pass
        with contextlib.suppress(Exception):
            self.node.clear_cache_single() if hasattr(self.node, "clear_cache_single") else self.node.clear_cache()
            if self.node.get_state_set().contains(Atspi.StateType.FOCUSED):
                return self.node
        return None

    def stop(self):
        self.listener.deregister("object:state-changed:focused")


class Window:
    """The real program, seen and used over AT-SPI."""

    def __init__(self, folder, *arguments, environment=None):
        folder = pathlib.Path(folder)
        self.environment = {
            **os.environ,
            "GTK_A11Y": "atspi",
            "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo",
            "GSETTINGS_BACKEND": "memory",
            "G_DEBUG": "fatal-criticals",
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "C",
            "TZ": "UTC",
            **(environment or {}),
        }
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
            self.environment[name] = str(folder / name.lower())
        self.log = open(folder / "window.log", "w+", encoding="utf-8")
        self.process = subprocess.Popen([os.environ["UPKEEP_APP"], *arguments], env=self.environment,
                                        stderr=self.log)
        self.focus = Focus(self.process.pid)

    def stop(self):
        """Ends the program and holds it to having said nothing on stderr."""
        self.focus.stop()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE_S)
        self.log.seek(0)
        said = self.log.read()
        self.log.close()
        assert "CRITICAL" not in said and "WARNING" not in said, said

    def root(self):
        assert self.process.poll() is None, f"the window is gone: {self.process.returncode}"
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            with contextlib.suppress(Exception):
                if child is not None and child.get_process_id() == self.process.pid:
                    return child
        return None

    @staticmethod
    def walk(node):
        """Every accessible below `node`, in reading order. What vanishes while it is read is passed over."""
        stack = [node]
        while stack:
            node = stack.pop()
            try:
                node.clear_cache_single() if hasattr(node, "clear_cache_single") else node.clear_cache()
                count = node.get_child_count()
                yield node
                stack.extend(child for child in (node.get_child_at_index(i) for i in reversed(range(count)))
                             if child is not None)
            except Exception:  # the accessible is gone
                continue

    def matches(self, name=None, role=None, starts=None):
        root = self.root()
        found = []
        for node in self.walk(root) if root else ():
            with contextlib.suppress(Exception):
                own = node.get_name() or ""
                if (name is None or own == name) and (starts is None or own.startswith(starts)) and \
                        (role is None or node.get_role_name() == role) and self.is_visible(node):
                    found.append(node)
        return found

    @staticmethod
    def is_visible(node):
        return node.get_state_set().contains(Atspi.StateType.VISIBLE)

    @staticmethod
    def is_sensitive(node):
        return node.get_state_set().contains(Atspi.StateType.SENSITIVE)

    @staticmethod
    def is_checked(node):
        return node.get_state_set().contains(Atspi.StateType.CHECKED)

    def find(self, name=None, **more):
        """The first visible accessible of that name; waits for it."""
        def look():
            found = self.matches(name, **more)
            return found[0] if found else None
        try:
            return wait_for(f"“{name or more}”", look)
        except AssertionError as error:
            raise AssertionError(f"{error}; there are: {self.names()}") from None

    def find_sensitive(self, name=None, **more):
        def look():
            return next((node for node in self.matches(name, **more) if self.is_sensitive(node)), None)
        try:
            return wait_for(f"“{name or more}” that can be used", look)
        except AssertionError as error:
            raise AssertionError(f"{error}; there are: {self.names()}") from None

    def absent(self, name, **more):
        wait_for(f"“{name}” to be gone", lambda: not self.matches(name, **more))

    def press(self, name, role="push button", last=False):
        """Activates a button by its name; of several, such as a title bar's “Close” and a dialog's, the first or last."""
        self.find_sensitive(name, role=role)
        node = [node for node in self.matches(name, role=role) if self.is_sensitive(node)][-1 if last else 0]
        assert node.get_action_iface() is not None and node.do_action(0), f"“{name}” has no action"
        return node

    def names(self):
        root = self.root()
        names = []
        for node in self.walk(root) if root else ():
            with contextlib.suppress(Exception):
                name = node.get_name() or ""
                if name and not name.startswith(("Gtk", "Adw", "Gdk")) and self.is_visible(node):
                    names.append(f"{node.get_role_name()}: {name}")
        return names

    def text(self):
        """All that is on the screen, names and descriptions, as one text."""
        root = self.root()
        words = []
        for node in self.walk(root) if root else ():
            with contextlib.suppress(Exception):
                if self.is_visible(node):
                    words += [node.get_name() or "", node.get_description() or ""]
        return "\n".join(word for word in words if word)

    def has_text(self, text):
        wait_for(f"“{text}” on the screen", lambda: text in self.text())

    def give_focus(self):
        """Gives the window that came last the focus, which there is no window manager to do."""
        windows = wait_for("a window", lambda: subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
            check=False, capture_output=True, text=True).stdout.split())
        subprocess.run(["xdotool", "windowfocus", "--sync", max(windows, key=int)], check=True)

    def keys(self, *keys):
        """Types keys into the window that came last."""
        self.give_focus()
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    @staticmethod
    def screenshot(path):
        subprocess.run(["import", "-window", "root", str(path)], check=True)


@contextlib.contextmanager
def scene(now="2026-05-01T00:00:00Z"):
    """A folder of its own and a service in it."""
    with tempfile.TemporaryDirectory(prefix="upkeep-e2e-") as folder:
        service = Service(folder, now)
        try:
            yield service
        finally:
            service.stop()


@contextlib.contextmanager
def window_of(account, **keywords):
    """The window of one account of a scene."""
    window = Window(account.service.folder, "--server", account.service.url, "--token-file",
                    str(account.token_file), **keywords)
    try:
        yield window
    except Exception:
        if "UPKEEP_E2E_PICTURES" in os.environ:
            window.screenshot(f"{os.environ['UPKEEP_E2E_PICTURES']}/failed-{account.id}.png")
        raise
    finally:
        window.stop()


def run(*tests):
    """Runs tests in order and reports them as TAP."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        title = f"{number} {test.__name__} - {(test.__doc__ or '').splitlines()[0] if test.__doc__ else ''}"
        try:
            test()
            print(f"ok {title}", flush=True)
        except Exception as error:
            failed += 1
            for line in f"{type(error).__name__}: {error}".splitlines():
                print(f"# {line}", flush=True)
            print(f"not ok {title}", flush=True)
    raise SystemExit(1 if failed else 0)
