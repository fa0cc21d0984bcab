"""Where sentences in Latin script end, beyond what sentencex knows: English above all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.scripts import HAN

# Abbreviations that a number follows: the full stop does not end a sentence there.
_BEFORE_NUMBER = re.compile(
    r"\b(?:no|nos|art|arts|para|paras|sect|sects|sec|vol|vols|rev|add|corr|res|ch|chap|"
    r"fig|figs|p|pp|cf|ref|reg|doc|ann|app|cl|col|ed|op|pt|ser|suppl|tel|par|al|nr|abs|bd)\.$",
    re.I,
)
# Titles before a name.
_BEFORE_NAME = re.compile(
    r"(?:^|[\s(\"“:,])(?:Mr|Mrs|Ms|Messrs|Dr|Prof|Amb|Gen|Col|Sgt|Lt|Hon|Rev|St|H\.E|M|MM|Mme|Sr|Sra)\.$"
)
_NAME = re.compile(rf"\s*[A-Z\u00c0-\u00de{HAN}]|\s*le\s")
_NUMBER = re.compile(r"[\s(\[]*(?:\d|[IVXLC]+\b|[A-Z]/)")
# "1.", "IV.", "(a)" or "Article 3." alone is the mark of what follows, not a sentence.
_MARK = re.compile(
    r"(?:(?:Article|Section|Chapter|Part|Annex|Rule|Principle|Panel)\s+)?"
    r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6})[.)\]]{1,2}$"
)
# The delegation visited: 1. the city of Beijing; 2. such a mark within a sentence.
_INNER_MARK = re.compile(r"[:;]\s+\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]+$")
# Words that begin sentences, and no part of a name such as sync.Mutex or EOS.IO.
_BEGINS = (
    "A|According|After|All|Also|Although|An|And|Any|Are|Article|As|At|Because|Before|Both|But|By|"
    "China|Chinese|Do|Does|During|Each|Every|For|From|Government|He|Her|Here|His|How|However|I|If|"
    "In|Is|It|Its|Let|Many|Members|Moreover|Most|Mr|Ms|No|Not|Now|On|Once|Other|Our|Over|Parties|"
    "Party|Please|Section|See|She|Since|So|Some|State|Such|That|The|Their|Then|There|Therefore|"
    "These|They|This|Those|Through|Thus|To|Today|Under|Until|Upon|We|What|When|Where|Which|While|"
    "Who|Why|With|Within|Without|You"
)
# Stops that sentencex passes over: an ellipsis before a capital, a lost space after a stop, a
# stop within brackets.
_MISSED = re.compile(
    r"(?:…|\.\.\.)[\"”’)]*\s+(?=[A-Z])"
    rf"|(?<=[a-z]{{2}})\.(?=(?:{_BEGINS})\s)"
    r"|(?:(?<=[a-z]{2})(?=[!?])|(?<=\b(?:19|20)\d\d))[.!?](?=[A-Z][a-z]+\s)"
    r"|(?<=[a-z]{4})[.!?][)\]]\s+(?=[A-Z])"
)
# A stop within a name, rather than one after which the space was lost.
_WITHIN = re.compile(rf"(?<=\.)(?<!\b(?:19|20)\d\d\.)(?!(?:{_BEGINS})\s)[A-Za-z\d]")


def missed(text: str) -> Iterator[int]:
    """Further places at which a sentence may end."""
    return (match.end() for match in _MISSED.finditer(text))


def ends(text: str, start: int, cut: int, _: bool) -> bool:
    """Whether a sentence that began at `start` ends at a cut."""
    piece = text[start:cut].strip()
    numbered = _BEFORE_NUMBER.search(piece) and _NUMBER.match(text, cut)
    named = _BEFORE_NAME.search(piece) and _NAME.match(text, cut)
    marked = _MARK.fullmatch(piece) or _INNER_MARK.search(piece)
    return not (numbered or named or marked or _WITHIN.match(text, cut))
