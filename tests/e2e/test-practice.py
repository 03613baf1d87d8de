# SPDX-License-Identifier: GPL-3.0-or-later
"""The window with no set-up: a practice service on this computer, with an account that has lived three months."""

import tempfile

from upkeep_e2e import Window, run, wait_for


def test_first_start():
    """A newcomer sees a plan, what is left of it, and that no money is real."""
    with tempfile.TemporaryDirectory(prefix="upkeep-e2e-") as folder:
        window = Window(folder)
        try:
            window.find("Cancel Plan…", role="push button")
            window.has_text("Practice service on this computer")
            window.has_text("Standard")
            window.has_text("$30.00")
            window.has_text("Practice")
            gauge = window.find("Fast time", role="level bar")
            assert "Value" in gauge.get_interfaces()
            assert "15.0 hours" in gauge.get_description(), gauge.get_description()
        finally:
            window.stop()


def test_second_start():
    """What was done is there after a restart, and the service starts on the same database."""
    with tempfile.TemporaryDirectory(prefix="upkeep-e2e-") as folder:
        first = Window(folder)
        try:
            first.press("Cancel Plan…")
            first.press("Confirm Cancellation")
            first.press("Close", last=True)
            first.find("Resume Plan", role="push button")
        finally:
            first.stop()
        second = Window(folder)
        try:
            second.press("Resume Plan")
            second.absent("Resume Plan")
            wait_for("the plan to renew", lambda: "Renews on" in second.text())
        finally:
            second.stop()


if __name__ == "__main__":
    run(test_first_start, test_second_start)
