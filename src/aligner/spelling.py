"""Which English a text is written in, as far as its spelling shows."""

from __future__ import annotations

import re

# Words in small letters alone count: a name keeps its spelling in any text (Labour Party,
# Department of Defense). The endings -ize and -ization belong to neither side: Oxford spelling,
# as the United Nations write it, has them beside labour and programme.
_OUR = "behavi|col|demean|enam|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|rum|sav|splend"
_OUR_ENDING = "(?:s|ed|ing|able|ably|al|ally|er|ers|ful|fully|hood|hoods|ite|ites|less|ly)?"
_RE = "accout|calib|cent|fib|lit|lust|meag|(?:kilo|centi|milli)met|sab|sepulch|somb|spect|theat"
_DOUBLED = "channel|counsel|fuel|jewel|label|level|marvel|model|quarrel|signal|travel|tunnel"
_ISE = (
    "apolog|author|capital|central|character|civil|colon|commercial|critic|emphas|equal|final|"
    "general|global|harmon|industrial|legal|liberal|marginal|maxim|memor|minim|mobil|modern|"
    "national|neutral|normal|optim|organ|penal|popular|priorit|privat|public|real|recogn|scrutin|"
    "social|special|stabil|standard|summar|symbol|sympath|util|victim|visual"
)
_BRITISH = re.compile(
    rf"\b(?:(?:{_OUR})our{_OUR_ENDING}|(?:{_RE})res?|(?:{_ISE})is(?:e[drs]?|es|ing|ations?|able)"
    rf"|(?:{_DOUBLED})l(?:ed|ing|ers?|ery|ors?|ous)|centred|(?:anal|catal|paral)ys(?:e|ed|ing)"
    r"|(?:def|off|pret)ences?|licences?|programmes?|cheques?|fulfil(?:s|ments?)?|instal(?:s|ments?)"
    r"|enrol(?:s|ments?)?|(?:skil|wil)ful(?:ly)?|grey|ploughs?|kerbs?|tyres?|sceptical|sceptics?"
    r"|aluminium|moulds?|practis(?:ed|ing)|whilst|manoeuvres?|paediatric|anaemia|foetus(?:es)?)\b"
)
_AMERICAN = re.compile(
    rf"\b(?:(?:{_OUR})or{_OUR_ENDING}|(?:{_RE})ers?|(?:{_DOUBLED})(?:ed|ing|ers?|ors?|ous)"
    r"|centered|(?:anal|catal|paral)yz(?:e|ed|es|ing)|(?:def|off|pret)enses?"
    r"|fulfill(?:s|ments?)?|install(?:ments?)|enroll(?:s|ments?)|(?:skill|will)ful(?:ly)?"
    r"|gray|plows?|skeptical|skeptics?|aluminum|molds?|maneuvers?|pediatric|anemia|fetus(?:es)?)\b"
)
_WORDS = 2  # different ones, lest a quotation or a slip decide
_TIMES = 4  # as many on one side as on the other


def english_region(text: str) -> str:
    """GB or US where the spelling of an English text shows it clearly, else "".

    Clearly is by two different words at least, and four times as often as the other way.
    """
    british, american = _BRITISH.findall(text), _AMERICAN.findall(text)
    for region, here, there in (("GB", british, american), ("US", american, british)):
        if len(set(here)) >= _WORDS and len(here) >= _TIMES * len(there):
            return region
    return ""
