"""`aligner tm search`."""

from __future__ import annotations

from typing import Annotated

import typer

from aligner.cli import options
from aligner.cli.console import progress, say, show, show_json
from aligner.cli.tm.show import hit_lines, hit_object
from aligner.errors import UsageError

_MOST = 1_000_000


# Long for its options and their help.
def search(
    memory: options.Database,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY", callback=options.as_text, help='Words, a "phrase", or a sentence.'
        ),
    ],
    fuzzy: Annotated[bool, typer.Option("--fuzzy", help="Find similar texts.")] = False,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Find texts of similar meaning.")
    ] = False,
    min_match: Annotated[
        int,
        typer.Option(
            "--min-match",
            metavar="%",
            min=0,
            max=100,
            help="Minimum match in per cent for --fuzzy.",
        ),
    ] = 50,
    document: options.InDocument = "",
    language: Annotated[
        str,
        typer.Option(
            "--language",
            callback=options.as_text,
            metavar="LANG",
            help="Search only texts in this language, such as zh.",
        ),
    ] = "",
    min_confidence: options.MinConfidence = 0.0,
    history: Annotated[
        bool, typer.Option("--history", help="Also search replaced and removed units.")
    ] = False,
    limit: Annotated[
        int,
        typer.Option("-n", "--limit", metavar="N", min=1, max=_MOST, help="Maximum units to show."),
    ] = 20,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Search a memory database in either language and show both sides.

    A unit must contain all words, and phrases in quotation marks exactly.
    Chinese is also found inside longer words; whole words come first.

    Example: aligner tm search memory.db 劳动保障

    Example: aligner tm search memory.db --fuzzy "中国政府高度重视儿童保护工作。"
    """
    from aligner.memory.store import Scope, concordance, open_memory, require_language, similar

    if fuzzy and meaning:
        raise UsageError("--fuzzy and --meaning can't be combined; choose one")
    query = " ".join(words)
    if not query.strip():
        raise UsageError("nothing to search for; give a word, a phrase or a sentence")
    scope = Scope(document, language, min_confidence, history)
    with open_memory(memory) as db:
        require_language(db, language)
        if fuzzy:
            hits = similar(db, query, scope, min_match / 100, limit)
        elif meaning:
            from aligner.align import Aligner
            from aligner.memory.store.meaning import search_meaning

            with progress(quiet) as bars:
                aligner = Aligner(progress=bars)
                (hits,) = search_meaning(db, [query], scope, limit=limit, aligner=aligner)
        else:
            # The shell has taken the quotation marks off a phrase.
            quoted = (f'"{w}"' if " " in w and '"' not in w else w for w in words)
            hits = concordance(db, " ".join(quoted), scope, limit)
    if as_json:
        show_json([hit_object(hit) for hit in hits])
        return
    measure = "percent" if fuzzy else "cosine" if meaning else ""
    for number, hit in enumerate(hits, start=1):
        show("\n".join(hit_lines(number, hit, measure)))
    if not quiet and (not hits or len(hits) == limit):
        missed = (
            f"no match of {min_match}% or more; lower --min-match" if fuzzy else "nothing found"
        )
        say(f"the first {limit}; use -n for more" if hits else missed)
