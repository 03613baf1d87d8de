# SPDX-License-Identifier: GPL-3.0-or-later
"""The window for somebody without a pointer or without a screen: names, keys, and leaving no harder than joining."""

import contextlib

from upkeep_e2e import Account, Atspi, run, scene, wait_for, window_of

# What the toolkit calls that of which nobody said what it is.
PREFIXES = ("Gtk", "Adw", "Gdk")
STEPS_MAX = 80  # more than any page has stops


def has_state(node, state):
    return node.get_state_set().contains(state)


def get_nameless(window):
    """What can take the focus or be activated, and has no name of its own."""
    nameless = []
    for node in window.walk(window.root()):
        with contextlib.suppress(Exception):
            name = node.get_name() or ""
            usable = has_state(node, Atspi.StateType.FOCUSABLE) or (
                node.get_action_iface() is not None and node.get_action_iface().get_n_actions() > 0)
            if usable and window.is_visible(node) and (not name or name.startswith(PREFIXES)):
                parent = node.get_parent()
                beside = [parent.get_child_at_index(i).get_name() for i in range(parent.get_child_count())]
                nameless.append(f"{node.get_role_name()} “{name}” beside {beside}")
    return nameless


def check_names(window):
    wait_for_none("a name", lambda: get_nameless(window))


def wait_for_none(what, look):
    """Waits until `look()` finds nothing; fails with what it finds."""
    left = []

    def is_none():
        left[:] = look()
        return not left
    try:
        wait_for("", is_none)
    except AssertionError:
        raise AssertionError(f"without {what}: {left}") from None


def get_stop(window):
    """Where the focus is, as one can tell it apart from another place."""
    node = window.focus.get()
    if node is None:
        return None
    path = []
    while node is not None and node.get_role_name() != "application":
        path.append(node.get_index_in_parent())
        node = node.get_parent()
    return tuple(path)


def tab_around(window):
    """Presses Tab until the focus is back where it has been; returns the names of the stops, each once, in order."""
    stops, names = [], []
    for _ in range(STEPS_MAX):
        before = get_stop(window)
        window.keys("Tab")
        stop = wait_for("the focus to move on", lambda: (now := get_stop(window)) and now != before and now)
        if stop in stops:
            assert stop == stops[0], f"Tab goes round in {names[stops.index(stop):]}, past {names[:stops.index(stop)]}"
            return names
        stops.append(stop)
        names.append(window.focus.node.get_name())
    raise AssertionError(f"Tab comes to no end: {names}")


def tab_to(window, name):
    for _ in range(STEPS_MAX):
        node = window.focus.get()
        if node is not None and node.get_name() == name:
            return
        before = get_stop(window)
        window.keys("Tab")
        wait_for("the focus to move on", lambda: get_stop(window) not in (None, before))
    raise AssertionError(f"Tab does not come to “{name}”")


def count_frames(window):
    return sum(node.get_role_name() == "frame" for node in window.walk(window.root()))


def leave(window):
    """Presses Escape until only the main window is left; in the wizard it goes back step by step."""
    for _ in range(5):
        if count_frames(window) == 1:
            break
        before = window.text()
        window.keys("Escape")
        wait_for("Escape to do something", lambda: window.text() != before)
    window.give_focus()


def has_focus(window, name):
    def look():
        node = window.focus.get()
        return node is not None and node.get_name() == name
    try:
        wait_for("", look)
    except AssertionError:
        node = window.focus.get()
        raise AssertionError(f"“{name}” should have the focus, and “{node and node.get_name()}” has") from None


def get_size(window, name):
    extents = window.find(name, role="push button").get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    return extents.width, extents.height


def test_names():
    """Whatever can be reached says what it is, on every page and in every dialog (C29)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        account.use(27000)
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
            check_names(window)
            gauge = window.find("Fast time", role="level bar")
            assert "Value" in gauge.get_interfaces()
            assert gauge.get_description() == "7.5 of 15.0 hours left", gauge.get_description()
            value = gauge.get_value_iface()
            assert abs(value.get_current_value() / value.get_maximum_value() - 0.5) < 0.01
            for name in ("Change Plan…", "Cancel Plan…"):
                assert len(window.matches(name, role="push button")) == 1, name
            window.keys("ctrl+2")
            window.press("Upgrade to Pro…")
            window.find_sensitive("Continue", role="push button")
            check_names(window)
            leave(window)
            window.press("Cancel Plan…")
            window.find_sensitive("Confirm Cancellation", role="push button")
            check_names(window)
            for name in ("Keep Plan", "Confirm Cancellation"):
                assert len(window.matches(name, role="push button")) == 1, name
            window.press("Confirm Cancellation")
            window.find("Received", role="list item")
            check_names(window)


def test_tab():
    """Tab comes to everything on a page and ends where it began (C30)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("basic")
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
            names = tab_around(window)
            for name in ("Overview", "Refresh", "Main Menu", "Change Plan…", "Cancel Plan…"):
                assert names.count(name) == 1, f"“{name}” in {names}"
            window.keys("ctrl+2")
            window.find_sensitive("Upgrade to Pro…", role="push button")
            assert len(window.matches("Upgrade to Pro…", role="push button")) == 1
            names = tab_around(window)
            for name in ("Monthly", "Only differences", "Upgrade to Standard…", "Upgrade to Pro…"):
                assert names.count(name) == 1, f"“{name}” in {names}"
            window.press("Upgrade to Standard…")
            window.find_sensitive("Continue", role="push button")
            names = tab_around(window)
            for name in ("Cancel", "Continue"):
                assert names.count(name) == 1, f"“{name}” in {names}"
            leave(window)
            window.press("Cancel Plan…")
            window.find_sensitive("Confirm Cancellation", role="push button")
            names = tab_around(window)
            for name in ("Keep Plan", "Confirm Cancellation"):
                assert names.count(name) == 1, f"“{name}” in {names}"


def test_keys():
    """Escape closes what was opened and gives the focus back; Enter goes on; the shortcuts do what they say (C30)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("basic")
        with window_of(account) as window:
            for page, name, inside in (("ctrl+1", "Cancel Plan…", "Confirm Cancellation"),
                                       ("ctrl+2", "Upgrade to Pro…", "Continue")):
                window.keys(page)
                window.find_sensitive(name, role="push button")
                tab_to(window, name)
                window.keys("Return")
                window.find_sensitive(inside, role="push button")
                leave(window)
                has_focus(window, name)
            window.keys("Return")
            window.find_sensitive("Continue", role="push button")
            window.keys("Return")
            window.find_sensitive(starts="Confirm and Pay", role="push button")
            leave(window)
            assert account.document()["subscription"]["plan"] == "basic"
            window.keys("ctrl+1")
            account.use(600)
            window.keys("F5")
            window.has_text("0.2 of 3.3 hours used")
            window.keys("F10")
            window.find("Keyboard Shortcuts")
            window.keys("Escape")
            window.keys("ctrl+w")
            wait_for("the window to close", lambda: window.process.poll() is not None)
            assert window.process.returncode == 0
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
            window.keys("ctrl+q")
            wait_for("the program to end", lambda: window.process.poll() is not None)
            assert window.process.returncode == 0


def join(window, account):
    """Subscribes, and returns how many activations it took."""
    window.press("Compare Plans")
    window.press("Subscribe to Standard…")
    n = 2
    while True:
        button = wait_for("a step's button", lambda: next(
            (node for start in ("Confirm and Pay", "Continue")
             for node in window.matches(starts=start, role="push button") if window.is_sensitive(node)), None))
        is_last = button.get_name().startswith("Confirm")
        button.do_action(0)
        n += 1
        if is_last:
            wait_for("the plan", lambda: account.document()["subscription"]["state"] == "active")
            return n


def test_leaving_is_no_harder():
    """Two activations cancel, a third chooses the refund, and to subscribe takes no fewer (UX 1.5)."""
    with scene() as service:
        account = Account(service)
        with window_of(account) as window:
            n_join = join(window, account)
        with window_of(account) as window:
            n_leave = 1
            window.press("Cancel Plan…")
            window.find_sensitive("Confirm Cancellation", role="push button")
            assert get_size(window, "Keep Plan") == get_size(window, "Confirm Cancellation")
            assert len(window.matches("Keep Plan", role="push button")) == 1
            n_refund = n_leave + 1
            window.find_sensitive("Cancel now with a full refund of $30.00")
            window.press("Confirm Cancellation")
            n_leave += 1
            n_refund += 1
            wait_for("the cancellation", lambda: account.document()["subscription"]["ends_at"])
        assert n_leave <= 2 and n_refund <= 3 and n_refund <= n_join, (n_leave, n_refund, n_join)


def test_leaving_while_unpaid():
    """Who owes something can open the dialog: it gives the reason and the way out (CONTRACT 7, UX 1.5)."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        account.set_card("pm_card_chargeCustomerFail")
        service.set_clock("2026-06-02T00:00:00Z")
        assert account.document()["subscription"]["past_due"]
        with window_of(account) as window:
            window.press("Cancel Plan…")
            reasons = window.find("Reasons", role="list")
            wait_for("a reason", lambda: reasons.get_child_count() and reasons.get_child_at_index(0).get_name())
            assert not window.matches("Confirm Cancellation", role="push button")
            check_names(window)


def test_leaving_while_offline():
    """Without the service the button is there, and the dialog says that nothing was cancelled."""
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        with window_of(account) as window:
            window.find("Cancel Plan…", role="push button")
        service.stop()
        with window_of(account) as window:
            window.find("Retry", role="push button")
            window.press("Cancel Plan…")
            window.find_sensitive("Try Again", role="push button")
            check_names(window)
            leave(window)
        service.start()


if __name__ == "__main__":
    run(test_names, test_tab, test_keys, test_leaving_is_no_harder, test_leaving_while_unpaid, test_leaving_while_offline)
