"""Which language a text is in, by its words: script alone doesn't tell French from English."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from aligner.errors import LanguageError
from aligner.languages import base_language, detect_language, language_name

# A sure guess at the language of so many letters is hardly ever wrong.
_SURE, _ENOUGH = 0.9, 30
_LOOKED_AT = 20_000  # characters


def identify_language(text: str) -> str:
    """The code of the language that a text is in, "" where that is not sure."""
    text = text[:_LOOKED_AT]
    if sum(map(str.isalpha, text)) < _ENOUGH:
        return ""
    found, sure = _identifier().classify(text)
    return str(found) if sure >= _SURE else ""


def not_one_each(
    names: Sequence[str], texts: Sequence[str], languages: tuple[str, str]
) -> LanguageError:
    """The error for two texts that are not one in each of the two languages asked for.

    It says which languages they are in, and the options that ask for these.
    """
    found = [identify_language(text) or detect_language(text, languages) or "" for text in texts]
    shown = [language_name(code) if code else "no known language" for code in found]
    if found[0] == found[1]:
        return LanguageError(
            f"{names[0]} and {names[1]} are both in {shown[0]}; give one file in each language"
        )
    source, target = map(base_language, languages)
    wanted = {"--source-lang": found[0], "--target-lang": found[1]}
    if target in found:
        wanted = {"--source-lang": next(code for code in found if code != target)}
    elif source in found:
        wanted = {"--target-lang": next(code for code in found if code != source)}
    options = " ".join(f"{option} {code}" for option, code in wanted.items() if code)
    asked = " and ".join(map(language_name, languages))
    return LanguageError(
        f"{names[0]} is in {shown[0]} and {names[1]} in {shown[1]}, not {asked}; add {options}"
    )


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
