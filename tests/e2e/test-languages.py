# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in each of its languages: the glossary's words on its buttons, and no English beside them."""

import gettext
import os
import subprocess

from upkeep_e2e import Account, run, scene, wait_for, window_of

# What CONTRACT 7 names, by the glossary.
WORDS = {
    "fr": {
        "locale": "fr_FR.UTF-8",
        "plan": "Forfait Standard",
        "change": "Changer de forfait…",
        "cancel": "Résilier l’abonnement…",
        "upgrade": "Passer au forfait Pro…",
        "current": "Forfait actuel",
        "full": "Résilier maintenant avec remboursement intégral de 30,00\u00a0$US",
        "end": "Résilier à la fin de la période",
        "confirm": "Confirmer la résiliation",
        "keep": "Garder l’abonnement",
        "gauge": "Il reste 15,0 h sur 15,0 h",
    },
    "zh_CN": {
        "locale": "zh_CN.UTF-8",
        "plan": "标准计划",
        "change": "更改计划…",
        "cancel": "取消订阅…",
        "upgrade": "升级到专业计划…",
        "current": "当前计划",
        "full": "立即取消并全额退款 US$30.00",
        "end": "到期后取消",
        "confirm": "确认取消",
        "keep": "返回",
        "gauge": "剩余 15.0 / 15.0 小时",
    },
    "zh_TW": {
        "locale": "zh_TW.UTF-8",
        "plan": "標準方案",
        "change": "變更方案…",
        "cancel": "取消訂閱…",
        "upgrade": "升級至專業方案…",
        "current": "目前方案",
        "full": "立即取消並全額退款 US$30.00",
        "end": "到期後取消",
        "confirm": "確認取消",
        "keep": "返回",
        "gauge": "剩餘 15.0 / 15.0 小時",
    },
}


def get_english(language):
    """The messages that are not the same in a language."""
    translations = gettext.translation("upkeep", os.environ["UPKEEP_LOCALEDIR"], [language])
    return {english.replace("_", "") for english, own in translations._catalog.items()
            if isinstance(english, str) and english and english != own}


def has_no_english(window, english):
    shown = {line.strip() for line in window.text().split("\n")}
    assert not shown & english, shown & english


def check(language):
    words = WORDS[language]
    english = get_english(language)
    with scene() as service:
        account = Account(service)
        account.subscribe("standard")
        with window_of(account, environment={"LC_ALL": words["locale"], "LANGUAGE": language}) as window:
            window.find(words["cancel"], role="push button")
            window.find(words["change"], role="push button")
            window.has_text(words["plan"])
            window.has_text(words["gauge"])
            window.keys("ctrl+2")
            window.find(words["upgrade"], role="push button")
            window.find(words["current"], role="push button")
            has_no_english(window, english)
            window.keys("ctrl+1")
            window.press(words["cancel"])
            for name in ("full", "end"):
                window.find_sensitive(words[name])
            for name in ("confirm", "keep"):
                window.find_sensitive(words[name], role="push button")
            has_no_english(window, english)
            window.press(words["keep"])
            wait_for("the dialog to close", lambda: not window.matches(words["confirm"], role="push button"))
        assert account.document()["subscription"]["state"] == "active"


def test_french():
    """French says résilier, and vous."""
    check("fr")


def test_simplified_chinese():
    """Chinese of the mainland; the button that closes is not called cancel."""
    check("zh_CN")


def test_traditional_chinese():
    """Chinese of Taiwan, in words of its own."""
    check("zh_TW")


def has_locales():
    """Whether this machine can speak them at all; the C library, and not the window, would have to."""
    known = subprocess.run(["locale", "-a"], check=True, capture_output=True, text=True).stdout.lower()
    return all(words["locale"].lower().replace("utf-8", "utf8") in known for words in WORDS.values())


if has_locales():
    run(test_french, test_simplified_chinese, test_traditional_chinese)
else:
    print("1..0 # SKIP the locales of the languages are not installed")
