# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the words of the catalogues and of the translations by the rules of the glossary.

usage: terms.py [BUILD]

Machine translations of the sources brought in some words that are wrong in a way no reader would forgive: brand names
translated, "fast hours" as hours of fasting, "credit" as a credit limit. They are forbidden everywhere. The rest are
rules of the three languages' typography and of how the reader is spoken to.
"""

import ast
import json
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]

# In no language, be it a part of a longer word.
NEVER = (
    "mi-voyage",
    "mi-parcours",
    "désaccord",
    "Discorde",
    "heures de jeûne",
    "mode inactif",
    "Gérer les sous",
    "管理Sub",
    "臨計劃",
    "合理？",
    "信用额度",
    "直接消息",
    "合作计划",
)

# These stay as they are in every language.
NAMES = (
    "Midjourney",
    "Minara",
    "Discord",
    "Stripe",
    "Reddit",
    "Google Pay",
    "Apple Pay",
    "PayPal",
    "/subscribe",
    "/info",
    "/fast",
    "/relax",
    "#member-support",
    "Minara Call",
    "DeepResearch",
)

HAN = "\u3400-\u9fff"
CHINESE = (
    (r"(?<![0-9.])(2|20) ?折", "8 折 is what 20 % less is called"),
    (r"[你妳]", "the reader is 您"),
    (rf"[{HAN}][,.;:?!()]|\)[{HAN}]", "full-width punctuation in Chinese"),
    (rf"[{HAN}][A-Za-z]|[A-Za-z][{HAN}]", "a space between Chinese and Latin"),
    (r" [，。：；？！、（）]|[，。：；？！、（] ", "no space beside full-width punctuation"),
)
# Simplified and Traditional forms of characters that a text of ours is likely to have.
PAIRS = (
    "计計 订訂 级級 换換 费費 额額 积積 点點 数數 单單 账帳 户戶 图圖 库庫 专專 业業 标標 础礎 试試 轻輕 邮郵 隐隱 "
    "队隊 务務 运運 间間 时時 无無 评評 权權 条條 详詳 见見 违違 过過 随隨 关關 闭閉 电電 页頁 续續 购購 买買 优優 "
    "络絡 击擊 访訪 导導 认認 证證 员員 规規 则則 态態 结結 应應 个個 从從 们們 价價 传傳 储儲 内內 冻凍 净淨 减減 "
    "划劃 别別 动動 勋勳 区區 协協 卖賣 历歷 发發 变變 启啟 听聽 响響 围圍 国國 场場 块塊 处處 备備 复復 头頭 奖獎 "
    "实實 审審 宽寬 对對 寻尋 尝嘗 属屬 币幣 带帶 帮幫 广廣 张張 强強 归歸 录錄 总總 悬懸 惊驚 惯慣 愿願 戏戲 护護 "
    "报報 担擔 拟擬 择擇 损損 摆擺 敌敵 断斷 旧舊 显顯 暂暫 机機 杂雜 来來 构構 栏欄 样樣 检檢 欢歡 毕畢 汇匯 测測 "
    "温溫 满滿 滚滾 灵靈 炼煉 热熱 状狀 独獨 献獻 现現 画畫 确確 离離 种種 称稱 稳穩 笔筆 签簽 简簡 类類 紧緊 纪紀 "
    "约約 红紅 纯純 纸紙 线線 组組 细細 终終 绍紹 经經 绑綁 给給 统統 维維 编編 缩縮 缴繳 网網 罗羅 职職 联聯 聪聰 "
    "脑腦 节節 获獲 虑慮 补補 装裝 览覽 触觸 让讓 议議 记記 许許 论論 设設 识識 诉訴 词詞 译譯 话話 该該 语語 误誤 "
    "说說 请請 读讀 调調 谢謝 贝貝 负負 财財 责責 败敗 货貨 质質 贷貸 赋賦 赚賺 赠贈 转轉 载載 输輸 达達 还還 这這 "
    "进進 远遠 连連 选選 递遞 释釋 钟鐘 钮鈕 钱錢 链鏈 销銷 锁鎖 错錯 键鍵 长長 门門 问問 阅閱 阶階 际際 陆陸 项項 "
    "预預 频頻 题題 颜顏 验驗 齐齊 "
).split()
SIMPLIFIED = "".join(pair[0] for pair in PAIRS)
TRADITIONAL = "".join(pair[1] for pair in PAIRS)
RULES = {
    "zh-Hans": CHINESE
    + (
        (f"[{TRADITIONAL}]", "a Traditional character"),
        (r"[「」]", "Simplified Chinese quotes are “”"),
    ),
    "zh-Hant": CHINESE
    + (
        (f"[{SIMPLIFIED}]", "a Simplified character"),
        (r"[“”]", "Traditional Chinese quotes are 「」"),
    ),
    "fr": (
        (r"(?<![\u00a0\u202f])(?<!&amp)[;:!?](?=\s|»|$)", "a no-break space before ; : ! ?"),
        (r"(?<![\u202f%])%", "U+202F before %"),
        (r"(?<!\u00a0)[$€]", "U+00A0 before a sign of money"),
        (r"\d[ \u00a0,.]\d{3}(?!\d)", "U+202F between thousands"),
        (r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»", "a no-break space inside « »"),
        (r"(?i)\b(tu|toi|ton|tes|te)\b", "the reader is vous"),
    ),
}
# What stands for a value, and markup: to the rules a figure, and nothing.
FORMAT = re.compile(r"%(\d+\$)?[-+'0-9.*]*(l{1,2}|[hjz])?[diufsc]")
MARKUP = re.compile(r"</?[a-z]+[^>]*>")


def texts_of(value, path):
    """Yields each text of a file, which is an object with the four languages."""
    if isinstance(value, dict):
        if "zh-Hans" in value:
            yield path, value
        else:
            for name, member in value.items():
                yield from texts_of(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from texts_of(element, f"{path}[{index}]")


def catalogue_texts():
    for folder in ("data/catalogues", "tests/data/catalogues", "src/service"):
        for file in sorted((TOP / folder).glob("*.json")):
            if file.name.endswith(".schema.json"):
                continue
            for path, text in texts_of(json.loads(file.read_text(encoding="utf-8")), ""):
                yield f"{file.relative_to(TOP)}: {path}", text["en"], text


def po_entries(file):
    """Yields the message and the translations of each entry of a PO file."""
    entry, field = {}, None
    for line in file.read_text(encoding="utf-8").splitlines() + [""]:
        if match := re.match(r'(msgid|msgid_plural|msgctxt|msgstr(?:\[\d\])?) (".*")$', line):
            field = match[1]
            entry[field] = ast.literal_eval(match[2])
        elif line.startswith('"') and field:
            entry[field] += ast.literal_eval(line)
        else:
            if entry.get("msgid"):
                yield entry["msgid"], [text for name, text in entry.items() if name.startswith("msgstr") and text]
            if not line.startswith("#"):
                entry, field = {}, None


def po_texts():
    for name, language in (("fr", "fr"), ("zh_CN", "zh-Hans"), ("zh_TW", "zh-Hant")):
        file = TOP / "po" / f"{name}.po"
        if not file.exists():
            continue
        for message, translations in po_entries(file):
            for text in translations:
                # An underscore marks the key of a button and is no letter.
                yield f"{file.relative_to(TOP)}: {message[:60]!r}", message, {language: text.replace("_", "")}


def problems_of(english, text):
    for language, words in text.items():
        for term in NEVER:
            if term in words:
                yield language, f"{term}: a word of a bad machine translation"
        for name in NAMES:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", english) and name not in words:
                yield language, f"{name}: a name that is not translated"
        plain = MARKUP.sub("", FORMAT.sub("0", words))
        # The search words of the desktop file are a list, and no sentence.
        for pattern, reason in () if english.endswith(";") else RULES.get(language, ()):
            if found := re.search(pattern, plain):
                yield language, f"{found[0]!r} in {words[:60]!r}: {reason}"


def main():
    found = [
        f"{place}.{language}: {problem}"
        for texts in (catalogue_texts(), po_texts())
        for place, english, text in texts
        for language, problem in problems_of(english, text)
    ]
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
