"""`aligner review`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli import options
from aligner.cli.console import progress, say
from aligner.errors import InputError, OutputError, UsageError, needs_extra
from aligner.printable import printable_name

if TYPE_CHECKING:
    from aligner.review import Session


# Long for its options and their help.
def review(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            readable=False,
            help="A mixed document, which is aligned first; an alignment (.jsonl); or a TMX.",
        ),
    ],
    second: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE2]", readable=False, help="The other language's document."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            readable=False,
            help="Where the review of a document is kept.",
            show_default="FILE's name with .review.jsonl",
        ),
    ] = None,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--document",
            readable=False,
            help="Document that an alignment is of, if it does not lie beside it.",
        ),
    ] = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port of the page; 0 is any free one.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
    source_lang: options.SourceLang = options.SOURCE_LANG,
    target_lang: options.TargetLang = options.TARGET_LANG,
    model: options.Model = options.MODEL,
) -> None:
    """Check and mend an alignment on a page in the browser; every step is saved at once.

    An alignment in JSON lines and a TMX are changed themselves. The page is served on this
    machine alone, until Ctrl-C. A second start goes on where the first one ended.

    Example: aligner review note.txt

    Example: aligner review chinese.docx english.pdf

    Example: aligner review memory.tmx
    """
    import webbrowser

    from aligner import review as room
    from aligner.align import Aligner, Settings

    serving = _server()
    settings = Settings(source_lang, target_lang, model)
    inputs = [path, *filter(None, [second])]
    aligned = all(map(room.is_document, inputs))
    if aligned and documents:
        raise UsageError("--document is for an alignment; name the second document after the first")
    if aligned:
        documents = inputs
    elif second:
        raise UsageError(f"{path}: an alignment is reviewed by itself; two files are two documents")
    elif output:
        raise UsageError(f"{path}: is changed itself; -o is for a document")
    place = (output or room.place_for(path)) if aligned else path
    # A port that can't be had is told before the work begins.
    with serving.listen(port) as listening:
        goes_on = False
        if aligned:
            with progress(False) as bars:
                goes_on = room.prepare(inputs, place, Aligner(settings, progress=bars))
        session = room.Session(place, documents or ())
        shown = printable_name(str(place))
        for line in _first_words(session, place, documents or (), goes_on):
            say(line)
        keys = serving.Keys(listening.getsockname()[1])
        say(f"Reviewing {shown} on this page; Ctrl-C ends it:\n{keys.address}")
        if browser:
            webbrowser.open(keys.address)
        try:
            serving.serve(session, Aligner(settings).align_placed_sentences, listening, keys)
        except KeyboardInterrupt:
            say()
    if session.trouble:
        raise OutputError(f"{session.trouble}; every step is kept in {session.history}")
    rows = session.review.rows
    say(f"{shown}: {sum(row.checked for row in rows)} of {len(rows)} rows checked")


def _first_words(
    session: Session, place: Path, documents: Sequence[Path], goes_on: bool
) -> Iterator[str]:
    """What is to be known before the page is open."""
    name = printable_name(str(place))
    if goes_on:
        yield f"Going on with {name}"
    if documents and not (session.places.source or session.places.target):
        document = printable_name(str(documents[0]))
        yield f"{document} is not what was aligned: it has changed, or is another document"
    if session.set_aside:
        aside = printable_name(str(session.set_aside))
        yield f"{name} was changed; the steps of its last review: {aside}"


def _server() -> Any:
    try:
        from aligner.review import server
    except ImportError as exc:
        raise InputError(needs_extra(f"the review page needs {exc.name}", "review")) from exc
    return server
