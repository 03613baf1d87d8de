# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the installed Flatpak and looks at it over AT-SPI: the window, the practice service behind it, and where its data are.

It wants an X server, a session bus that knows the exported service file, and a HOME whose data may be lost: `./dev flatpak` brings them.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests" / "e2e"))
from gi.repository import GLib  # noqa: E402
from upkeep_e2e import Atspi, Window, run, wait_for  # noqa: E402

ID = "io.github.upkeep.Upkeep"
EXPORTS = pathlib.Path(os.environ["FLATPAK_USER_DIR"]) / "exports" / "share"
FILES = pathlib.Path(os.environ["FLATPAK_USER_DIR"]) / "app" / ID / "current" / "active" / "files"
DATA = pathlib.Path.home() / ".var" / "app" / ID / "data" / "upkeep"
SOCKETS = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "app" / ID


def services():
    """The command lines of the practice services that run in a sandbox of this user."""
    found = []
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_text(errors="replace").split("\0")
        except OSError:  # it is gone
            continue
        if words[0] == "/app/bin/upkeepd":
            found.append(words)
    return found


class SandboxedWindow(Window):
    """The window of the installed application. On the bus it has the process id of flatpak's proxy, so it goes by its name."""

    def root(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() in (ID, "upkeep", "Upkeep"):
                return child
        return None

    def stop(self):
        subprocess.run(["flatpak", "kill", ID], check=True)
        wait_for("the sandbox to end", lambda: self.process.poll() is not None and not services())
        super().stop()


def window_by(folder, *command):
    os.environ["UPKEEP_APP"] = command[0]
    return SandboxedWindow(folder, *command[1:])


def test_files():
    """The bundle has what a desktop and a software centre ask for, and the licences."""
    for name in (f"applications/{ID}.desktop", f"dbus-1/services/{ID}.service",
                 f"icons/hicolor/scalable/apps/{ID}.svg", f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg"):
        assert (EXPORTS / name).is_file(), f"{name} is not exported"
    assert list((EXPORTS / "metainfo").glob(f"{ID}.*.xml")), "no metainfo is exported"
    for name in ("bin/upkeep", "bin/upkeepd", "lib/libmicrohttpd.so.12", "share/upkeep/sample.json",
                 *(f"share/licenses/{ID}/{module}/COPYING" for module in ("upkeep", "libmicrohttpd")),
                 *(f"share/locale/{language}/LC_MESSAGES/upkeep.mo" for language in ("fr", "zh_CN", "zh_TW"))):
        assert (FILES / name).exists(), f"{name} is not in the bundle"
    for name in ("include", "lib/pkgconfig"):
        assert not (FILES / name).exists(), f"{name} is for building only"


def test_first_start():
    """The window opens on a practice service, whose socket and database are the sandbox's own."""
    with tempfile.TemporaryDirectory(prefix="upkeep-e2e-") as folder:
        window = window_by(folder, "flatpak", "run", ID)
        try:
            window.find("Cancel Plan…", role="push button")
            window.has_text("Practice service on this computer")
            running = services()
            assert len(running) == 1, running
            listen = running[0][running[0].index("--listen") + 1]
            assert f"/app/{ID}/" in listen, listen
            assert [path for path in SOCKETS.glob("*/socket") if path.is_socket()], f"no socket below {SOCKETS}"
            assert (DATA / "practice.db").is_file(), f"no database in {DATA}"
        finally:
            window.stop()


def test_activation():
    """The bus starts it from the exported service file, and the account is still there."""
    with tempfile.TemporaryDirectory(prefix="upkeep-e2e-") as folder:
        window = window_by(folder, "gapplication", "launch", ID)
        try:
            window.find("Cancel Plan…", role="push button")
            assert len(services()) == 1, services()
        finally:
            window.stop()


if __name__ == "__main__":
    # An accessible that goes while it is asked is nothing to warn of.
    GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None)
    run(test_files, test_first_start, test_activation)
