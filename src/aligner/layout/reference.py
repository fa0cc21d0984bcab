"""Numbers under which documents are kept: their own, and those of what they answer."""

from __future__ import annotations

import re

from aligner.scripts import HAN

_LABEL = (
    r"(?:(?:Our\s+)?Ref(?:erence)?\b\.?(?:\s+No\b\.?)?|(?:Note\s+)?No\b\.?|Note\b|Symbol\b"
    r"|[编編文][号號]|发文字号|發文字號)[\s:：.]*"
)
# Letters or a number, at most with a number in brackets: RES, EX(74), 217(III); L.12/Rev.1.
_GROUP = r"(?:(?:[A-Z]{1,8}|\d{1,6})(?:\((?:\d{1,4}|[IVXL]+)\))?|Rev|Add|Corr|Amend)"
_NUMBER = re.compile(rf"({_LABEL})?({_GROUP}(?:[/.-]{_GROUP}){{1,8}})")
# 国发〔2023〕12号
_CHINESE = re.compile(
    rf"(?:{_LABEL})?([{HAN}]{{1,12}}[〔\[［【(（](?:19|20)\d\d[〕\]］】)）]第?\d{{1,5}}[号號])"
)
_YEAR_OR_SERIAL = re.compile(r"[.-](?:(?:19|20)\d\d|\d{5,6})\b")
_LEAST_SERIAL = 4  # figures of a number that means something after one group of letters: S/26705
# AL CHN 3/2021, UA CHN 14/2019: a communication of the special procedures.
_COMMUNICATION = re.compile(
    r"(?<![A-Za-z])((?:J?[AU][LA]|J?OL)\s+[A-Z]{3}\s+\d{1,3}\s*/\s*\d{4})(?!\d)"
)


def reference_in(line: str) -> str:
    """The reference number that a line consists of, or an empty string.

    It is made of letters in capitals and numbers, joined by marks: GJ/26/2021, A/HRC/55/L.12,
    CHN-HR-2025-34. With a label before it, as in No. 12/2020, numbers are enough.
    """
    match = _NUMBER.fullmatch(line.strip())
    if match is None:
        return ""
    label, number = match[1] or "", match[2]
    return number if _is_number(number, bool(label)) else ""


def chinese_reference_in(line: str) -> str:
    """The number of an official Chinese document that a line consists of, or an empty string."""
    match = _CHINESE.fullmatch(line.strip())
    return match[1] if match else ""


def communication_in(line: str) -> str:
    """The communication of the special procedures whose number a line consists of, or ""."""
    match = re.fullmatch(rf"(?:{_LABEL})?\W*{_COMMUNICATION.pattern}\W*", line.strip())
    return _plain(match[1]) if match else ""


def communications(text: str) -> list[str]:
    """The communications that a text names, as AL CHN 3/2021, in its order."""
    return [_plain(found) for found in _COMMUNICATION.findall(text)]


def _is_number(number: str, labelled: bool) -> bool:
    """Whether groups joined by marks are a reference, not a name, a version or a fraction."""
    groups = re.split("[/.-]", number)
    if not re.search(r"\d", number) or re.search(r"\d\.\d", number):
        return False
    if labelled and re.search("[/-]", number):
        return True
    if not number[0].isalpha():
        return False
    if "/" in number:
        return len(groups) > 2 or (groups[1].isdecimal() and len(groups[1]) >= _LEAST_SERIAL)
    return len(groups) > 2 and _YEAR_OR_SERIAL.search(number) is not None


def _plain(found: str) -> str:
    return re.sub(r"\s*/\s*", "/", " ".join(found.split()))
