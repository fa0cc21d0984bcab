"""`aligner segment`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from aligner.cli import options
from aligner.cli.console import progress, say
from aligner.metadata import FACTS, NoteInfo


def segment(
    path: Annotated[Path, typer.Argument(metavar="FILE", readable=False, help="A document.")],
    output: options.Output = options.OUTPUT,
    as_json: options.Json = False,
    words: Annotated[
        bool, typer.Option("--words", help="Put spaces between words (Chinese: jieba).")
    ] = False,
    info: Annotated[
        bool,
        typer.Option(
            "--info", help="Show the metadata of the document and where each item was found."
        ),
    ] = False,
    source_lang: options.SourceLang = options.SOURCE_LANG,
    target_lang: options.TargetLang = options.TARGET_LANG,
    clauses: options.Clauses = False,
    ocr: options.Ocr = False,
    quiet: options.Quiet = False,
) -> None:
    """Show the sentences of a document as the aligner sees them.

    Columns: language, page, paragraph, character span, sentence.
    For text that is left out, the reason stands in place of the language.

    Example: aligner segment note.txt

    Example: aligner segment note.pdf --info

    Example: aligner segment note.txt --words --json -o note.jsonl
    """
    from aligner.align import Aligner, Settings
    from aligner.memory import check_place, save

    check_place(output)
    settings = Settings(source_lang, target_lang, clauses=clauses, ocr=ocr)
    with progress(quiet) as bars:
        segmented = Aligner(settings, progress=bars).segment(path)
    if info:
        save(_json_facts(segmented.info) if as_json else _facts(segmented.info), output)
        return
    save(map(_json_line if as_json else _tab_line, _rows(segmented, words)), output)
    if not quiet and sys.stderr.isatty():
        say(
            f"{len(segmented.source)} {source_lang} and {len(segmented.target)} {target_lang} "
            f"sentences, {len(segmented.left_out)} lines or paragraphs left out"
        )


def _facts(info: NoteInfo) -> Iterator[str]:
    return (f"{name}\t{getattr(info, name)}\t{info.origin(name)}\n" for name in FACTS)


def _json_facts(info: NoteInfo) -> Iterator[str]:
    facts = {name: getattr(info, name) for name in FACTS}
    yield json.dumps({**facts, "origins": dict(info.origins)}, ensure_ascii=False) + "\n"


def _rows(segmented: Any, words: bool) -> Iterator[dict[str, Any]]:
    from aligner.splitting import cut_words

    for sentence in sorted((*segmented.source, *segmented.target), key=lambda s: s.span):
        text = sentence.text
        yield {
            "language": sentence.language,
            "page": sentence.page,
            "paragraph": sentence.paragraph,
            "span": list(sentence.span),
            "text": " ".join(cut_words(text, sentence.language)) if words else text,
        }
    for item in segmented.left_out:
        yield {
            "left_out": item.reason,
            "page": item.paragraph.page,
            "paragraph": item.paragraph.number,
            "span": list(item.paragraph.span()),
            "text": item.paragraph.text,
        }


def _json_line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _tab_line(row: dict[str, Any]) -> str:
    label, page, paragraph, (start, end), text = row.values()
    return f"{label}\t{page}\t{paragraph}\t{start}-{end}\t{text}\n"
