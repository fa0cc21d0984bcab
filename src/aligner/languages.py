"""Telling languages apart by script, and Chinese in its two forms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.errors import LanguageError, UsageError
from aligner.scripts import LATIN, SCRIPTS, WIDE_MARKS
from aligner.spelling import english_region

# How many Latin letters say as much as one character of the script.
_WEIGHTS = {"zh": 3.0, "ja": 2.5, "ko": 2.5}
_NAME = 0.1  # how much a letter of a name says, beside one of a plain word
_EXPECTED = 4.0
_PLAIN_WORD = re.compile(rf"(?<![{LATIN}\d])(?=[a-z\u00df-\u00f6\u00f8-\u00ff])[{LATIN}]+")
_WIDE_MARK = re.compile(f"[{WIDE_MARKS}]")
_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_REGION = re.compile(r"-(?:[A-Za-z]{2}|\d{3})$")
_FORMS = {"hans", "hant", "cn", "sg", "tw", "hk", "mo"}  # what tells the forms of Chinese apart
_MIXED = 0.1  # least share of a mixed text's smaller language
_NAMES = {
    "zh": "Chinese", "en": "English", "ja": "Japanese", "ko": "Korean", "ru": "Russian",
    "ar": "Arabic", "th": "Thai", "fr": "French", "de": "German", "es": "Spanish",
    "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "tr": "Turkish",
}  # fmt: skip

# Characters that only the one or the other form of Chinese uses, from the commonest words.
_SIMPLIFIED = frozenset(
    "国际这个来们为时会说对过学发经头长两动从关无开当后里么还样与点业机权义务处报华东车书"
    "见贝门问间马鸟鱼风飞龙专严丰临举乐习乡买乱争亚产亲亿仅众优传伤伟体决况净减凤刘则刚创别剧"
    "劝办劳势区协单卖卫厂历压厅县参双变叶号员响团园围图圆场坏块坚坛坝声备复夺奋奖妇宁宝实审宪"
    "层岁岛币师带帮广庆应废张弹归录彻径忆总惩惯态怀执扩扫护据择损换挤挥条极构标检欢残毁毕气汇"
    "汉没沟泽洁浅测济浓温湾湿满灭灯灵灾炉热爱环现电疗疯监盖盘着码础确离种积称稳穷窃竞笔签简类"
    "粮紧纠红约级纪纯纲纳纵纸纽线练组细织终绍结绕给络绝统继绩绪续维综绿编缓缩网罗罚罢职联胜脑"
)
_TRADITIONAL = frozenset(
    "國際這個來們為時會說對過學發經頭長兩動從關無開當後裡麼還樣與點業機權義務處報華東車書"
    "見貝門問間馬鳥魚風飛龍專嚴豐臨舉樂習鄉買亂爭亞產親億僅眾優傳傷偉體決況淨減鳳劉則剛創別劇"
    "勸辦勞勢區協單賣衛廠歷壓廳縣參雙變葉號員響團園圍圖圓場壞塊堅壇壩聲備復奪奮獎婦寧寶實審憲"
    "層歲島幣師帶幫廣慶應廢張彈歸錄徹徑憶總懲慣態懷執擴掃護據擇損換擠揮條極構標檢歡殘毀畢氣匯"
    "漢沒溝澤潔淺測濟濃溫灣濕滿滅燈靈災爐熱愛環現電療瘋監蓋盤碼礎確離種積稱穩窮竊競筆簽簡類"
    "糧緊糾紅約級紀純綱納縱紙紐線練組細織終紹結繞給絡絕統繼績緒續維綜綠編緩縮網羅罰罷職聯勝腦"
)
_ONLY_SIMPLIFIED = _SIMPLIFIED - _TRADITIONAL
_ONLY_TRADITIONAL = _TRADITIONAL - _SIMPLIFIED


def base_language(language: str) -> str:
    """The language of a code without country or script: `zh` of `zh-TW`."""
    return re.split("[-_]", language.lower(), maxsplit=1)[0]


def language_name(language: str) -> str:
    """English name of a language, or its code where none is known."""
    return _NAMES.get(base_language(language), language)


def detect_language(text: str, languages: Sequence[str], expected: str | None = None) -> str | None:
    """Which of two languages a text is in, by the weight of their scripts.

    Names, and what stands in brackets, don't decide where there is more; the `expected`
    language needs less. None for a text with letters of neither.
    """
    for part in (_BRACKETED.sub(" ", text), text):
        weights = {language: _weight(part, language) for language in languages}
        if expected in weights:
            weights[expected] *= _EXPECTED
        best = max(languages, key=lambda language: weights[language])
        if weights[best] > 0:
            return best
    return None


def is_mixed(text: str, languages: Sequence[str]) -> bool:
    """Whether a text holds a good deal of each of two languages."""
    weights = [_weight(text, language) for language in languages]
    return min(weights) > _MIXED * sum(weights)


def script_share(text: str, language: str) -> float:
    """Share of a text that is in a language's script, by weight; 1 where no letter is."""
    own = len(re.findall(f"[{_pattern(language)}]", text))
    others = sum(map(str.isalpha, re.sub(f"[{_pattern(language)}]", "", text)))
    weight = own * _WEIGHTS.get(base_language(language), 1.0)
    return weight / (weight + others) if own or others > 0 else 1.0


def text_weight(text: str, language: str) -> float:
    """Length of a text in letters and figures, a character of Chinese counted for three."""
    own = len(re.findall(f"[{_pattern(language)}]", text))
    return own * (_WEIGHTS.get(base_language(language), 1.0) - 1) + sum(map(str.isalnum, text))


def same_script(languages: Sequence[str]) -> bool:
    """Whether two languages are written alike."""
    return len(languages) > len({_pattern(language) for language in languages})


def check_distinct(languages: Sequence[str]) -> None:
    """Raise UsageError if two languages share a script, so that one file can't be split."""
    if same_script(languages):
        first, second = map(language_name, languages)
        raise UsageError(
            f"{first} and {second} use the same script, so a mixed document can't be split; "
            "give one file for each language"
        )


def no_text(languages: Sequence[str], name: str) -> LanguageError:
    """The error where a document has text in none of the languages."""
    names = " nor ".join(map(language_name, languages))
    return LanguageError(f"{name}: no {names} text found; check the file")


def require_both(found: Sequence[str], languages: Sequence[str], name: str) -> None:
    """Raise LanguageError if one of the languages was not found."""
    missing = [language for language in languages if language not in found]
    if len(missing) == len(languages):
        raise no_text(languages, name)
    for language in missing:
        label = language_name(language)
        raise LanguageError(
            f"{name}: no {label} text found; give the {label} version as a second file"
        )


def same_languages(codes: Sequence[str], others: Sequence[str]) -> bool:
    """Whether codes name the same languages one by one, whatever the countries: zh-TW and zh-CN."""
    return codes == others or [*map(base_language, codes)] == [*map(base_language, others)]


def matches_language(code: str, wanted: str) -> bool:
    """Whether a text of this code may be in a language: zh-CN and zh in zh and in zh-CN.

    A code that names no country stands for any; so does a `wanted` of "".
    """
    one, other = (f"{tag.lower().replace('_', '-')}-" for tag in (code, wanted))
    return not wanted or one.startswith(other) or other.startswith(one)


def language_code(language: str, text: str, stated: Sequence[str] = ()) -> str:
    """BCP 47 code with a country where one is known: that given, shown by the text, or `stated`.

    A code that has a country already is kept as it is. Characters show zh-CN or zh-TW, spelling
    en-GB or en-US; what a file states, in `stated`, adds to that and does not overrule it. All
    else stays as it is: `en`, `ar`.
    """
    base = base_language(language)
    if base != language.lower():
        return language.replace("_", "-")
    shown = _shown_by(base, text)
    for code in stated:
        if base_language(code) == base and _REGION.search(code) and shown in (base, _kind_of(code)):
            return code
    return shown


def _shown_by(base: str, text: str) -> str:
    """The code of a language with the country that a text in it shows, if it does."""
    if base == "zh":
        simplified = sum(c in _ONLY_SIMPLIFIED for c in text)
        traditional = sum(c in _ONLY_TRADITIONAL for c in text)
        if traditional == simplified == 0:
            return base
        return "zh-TW" if traditional > simplified else "zh-CN"
    region = english_region(text) if base == "en" else ""
    return f"{base}-{region}" if region else base


def language_form(code: str) -> str:
    """The form of Chinese that a code names, zh-CN or zh-TW; "" for one that names none."""
    parts = code.lower().replace("_", "-").split("-")
    if parts[0] != "zh" or not _FORMS & set(parts):
        return ""
    return _kind_of("-".join(parts))


def _kind_of(code: str) -> str:
    """The code of `_shown_by` for texts of a code: zh-TW for zh-HK, en-GB for en-AU."""
    parts = code.lower().split("-")
    if parts[0] == "zh":
        return "zh-TW" if {"tw", "hk", "mo", "hant"} & set(parts) else "zh-CN"
    return "en-US" if "us" in parts else f"{parts[0]}-GB"


def _pattern(language: str) -> str:
    return SCRIPTS.get(base_language(language), LATIN)


def _weight(text: str, language: str) -> float:
    letters = len(re.findall(f"[{_pattern(language)}]", text))
    weight = _WEIGHTS.get(base_language(language), 1.0)
    if not letters:
        return 0.0
    if weight > 1.0:
        return weight * (letters + len(_WIDE_MARK.findall(text)))
    if _pattern(language) == LATIN and not text.isascii():
        # Among another script's letters, capitals begin names.
        plain = sum(map(len, _PLAIN_WORD.findall(text)))
        return plain + _NAME * (letters - plain)
    return float(letters)
