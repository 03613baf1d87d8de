# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job from click to database and back: compare, upgrade, cancel, undo."""

import subprocess

from upkeep_e2e import Account, run, scene, wait_for, window_of


def test_compare():
    """All plans stand side by side and one's own is marked."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
            window.keys("ctrl+2")
            window.find_sensitive("Upgrade to Pro…", role="push button")
            window.find_sensitive("Downgrade to Basic…", role="push button")
            own = window.find("Current Plan", role="push button")
            assert not window.is_sensitive(own)
            for price in ("$10.00", "$30.00", "$60.00"):
                window.has_text(price)


def test_upgrade():
    """Basic to Standard with half the time used costs exactly $25.00 (A-34, RULES 4.3)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("basic")
        account.use(6000)
        service.set_clock("2026-05-10T00:00:00Z")
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
            window.keys("ctrl+2")
            window.press("Upgrade to Standard…")
            go_to_review(window, "Confirm and Pay $25.00")
            assert account.document()["subscription"]["plan"] == "basic"
            window.press("Confirm and Pay $25.00")
            wait_for("the new plan", lambda: account.document()["subscription"]["plan"] == "standard")
            window.has_text("Standard")
        document = account.document()
        assert document["subscription"]["renews_at"] == "2026-06-10T00:00:00Z", document
        payments = [entry["amount"] for entry in account.ledger() if entry["kind"] == "payment"]
        assert payments == [2500, 1000], payments


def test_cancel_with_refund():
    """An unused Standard plan comes back in full, in two activations (C-11, C-12, UX 1.5)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        with window_of(account) as window:
            window.press("Cancel Plan…")
            radio = window.find_sensitive("Cancel now with a full refund of $30.00")
            end = window.find("Cancel at the end of the period")
            assert window.is_checked(end) and not window.is_checked(radio), "what can be undone is chosen first"
            assert len(window.matches("Keep Plan", role="push button")) == 1
            choose(window, "Cancel now with a full refund of $30.00")
            window.press("Confirm Cancellation")
            wait_for("the end", lambda: account.document()["subscription"]["state"] == "ended")
            window.has_text("$30.00")
        refunds = [entry["amount"] for entry in account.ledger() if entry["kind"] == "refund"]
        assert refunds == [-3000], refunds


def test_cancel_at_end_and_undo():
    """A used plan ends with its period and can be kept until then (C-13, C-15)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        account.use(27000)
        with window_of(account) as window:
            window.press("Cancel Plan…")
            window.find("Cancel at the end of the period")
            assert not window.matches(starts="Cancel now with")
            window.press("Confirm Cancellation")
            wait_for("the cancellation", lambda: account.document()["subscription"]["ends_at"])
            document = account.document()
            assert document["subscription"]["state"] == "active"
            assert document["subscription"]["ends_at"] == "2026-06-01T00:00:00Z"
            window.press("Close", last=True)
            window.press("Resume Plan")
            wait_for("the undoing", lambda: account.document()["subscription"]["ends_at"] is None)
        service.set_clock("2026-06-01T00:00:00Z")
        assert account.document()["subscription"]["state"] == "active"


def test_keep_plan():
    """Closing the dialog changes nothing (B-13)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        before = account.document()
        with window_of(account) as window:
            window.press("Cancel Plan…")
            window.find_sensitive("Cancel at the end of the period")
            window.press("Keep Plan")
            window.absent("Confirm Cancellation")
        assert account.document() == before


def test_declined():
    """A declined card says so, and nothing has changed (D-09)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("basic")
        account.set_card("pm_card_chargeCustomerFail")
        before = account.document()
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
            window.keys("ctrl+2")
            window.press("Upgrade to Standard…")
            go_to_review(window, "Confirm and Pay $20.00")
            window.press("Confirm and Pay $20.00")
            wait_for("the refusal", lambda: "declined" in window.text())
        assert account.document() == before


def test_magazine():
    """A magazine is left in the window by an invoice's number; why is asked at the end and told (C-43..C-47, B-02)."""
    with scene() as service:
        account = Account(service, "midjourney-magazine")
        account.subscribe("magazine")
        invoice, = service.must("GET", "/v1/account/invoices", token=account.token)["invoices"]
        with window_of(account) as window:
            window.press("Cancel Plan…")
            window.find("Continue", role="push button")
            window.has_text("Ask on the magazine’s site")
            type_line(window, "ABC1DEF2-0099")
            window.has_text("None of your invoices has this number.")
            type_line(window, invoice["number"])
            choose(window, "Cancel now with a full refund of $4.00")
            window.press("Confirm Cancellation")
            wait_for("the end", lambda: account.document()["subscription"]["state"] == "ended")
            window.find("Send Answer", role="push button")
            window.keys("Tab", "space")
            window.press("Send Answer")
            window.has_text("Thank you. It was sent.")
        assert service.must("GET", "/v1/admin/reasons")["counts"]["budget"] == 1
        refused, _ = service.call("POST", "/v1/admin/shipments", {"account": account.id, "issue": 1})
        assert refused == 409, refused


def test_service_gone():
    """Without the service the last known data stay, marked with their age, and Retry brings it back."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
        service.stop()
        with window_of(account) as window:
            window.find("Retry", role="push button")
            window.has_text("Standard")
            window.has_text("Saved copy")
        service.start()


def go_to_review(window, confirm):
    """Presses the wizard's one button until it is the one that pays."""
    while True:
        button = wait_for("a step's button", lambda: next(
            (node for name in (confirm, "Continue") for node in window.matches(name, role="push button")
             if window.is_sensitive(node)), None))
        if button.get_name() == confirm:
            return
        button.do_action(0)


def type_line(window, text):
    """Puts a line in the place of what is in the entry that has the focus."""
    window.keys("ctrl+a")
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)
    window.keys("Return")


def choose(window, name):
    """Selects a radio by the keyboard, as GTK gives it no action (UX 3.6)."""
    window.find_sensitive(name)
    window.keys("Up", "space")
    wait_for(f"“{name}” to be chosen", lambda: any(window.is_checked(n) for n in window.matches(name)))


if __name__ == "__main__":
    run(test_compare, test_upgrade, test_cancel_with_refund, test_cancel_at_end_and_undo, test_keep_plan,
        test_declined, test_magazine, test_service_gone)
