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
            help="A mixed document (aligned first), an alignment (.jsonl), or a TMX.",
        ),
    ],
    second: Annotated[
        Path | None,
        typer.Argument(metavar="FILE2", readable=False, help="The document in the other language."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="OUT",
            readable=False,
            help="File that stores the review of a document.",
            show_default="FILE with the ending .review.jsonl",
        ),
    ] = None,
    documents: Annotated[
        list[Path] | None,
        typer.Option(
            "--document",
            readable=False,
            metavar="FILE",
            help="Document of an alignment, if it is not in the same folder.",
        ),
    ] = None,
    port: Annotated[
        int,
        typer.Option(
            "--port", metavar="N", min=0, max=65535, help="Port of the page; 0 is any free port."
        ),
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")
    ] = True,
    source_lang: options.SourceLang = options.SOURCE_LANG,
    target_lang: options.TargetLang = options.TARGET_LANG,
    model: options.Model = options.MODEL,
) -> None:
    """Check and correct an alignment in the browser.

    Every step is saved at once, and the next start continues where you stopped.
    An alignment (.jsonl) or a TMX is changed in place.
    The page is served on this machine only, until you press Ctrl-C.

    Example: aligner review note.txt

    Example: aligner review chinese.docx english.pdf

    Example: aligner review memory.tmx
    """
    import webbrowser

    from aligner import review as reviewing
    from aligner.align import Aligner, Settings

    serving = _server()
    settings = Settings(source_lang, target_lang, model)
    inputs = [path, *filter(None, [second])]
    aligned = all(map(reviewing.is_document, inputs))
    if aligned and documents:
        raise UsageError("--document is for an alignment; name the second document after the first")
    if aligned:
        documents = inputs
    elif second:
        raise UsageError(
            f"{path}: an alignment is reviewed alone; give two files only if both are documents"
        )
    elif output:
        raise UsageError(f"{path}: is changed in place; -o is only for documents")
    place = (output or reviewing.place_for(path)) if aligned else path
    # A port that can't be used is reported before the work begins.
    with serving.listen(port) as listening:
        goes_on = False
        if aligned:
            with progress(False) as bars:
                goes_on = reviewing.prepare(inputs, place, Aligner(settings, progress=bars))
        session = reviewing.Session(place, documents or ())
        shown = printable_name(str(place))
        for line in _first_words(session, place, documents or (), goes_on):
            say(line)
        keys = serving.Keys(listening.getsockname()[1])
        say(f"Review {shown} on this page (Ctrl-C to stop):\n{keys.address}")
        if browser:
            webbrowser.open(keys.address)
        try:
            serving.serve(session, Aligner(settings).align_placed_sentences, listening, keys)
        except KeyboardInterrupt:
            say()
    if session.trouble:
        raise OutputError(f"{session.trouble}; every step is saved in {session.history}")
    rows = session.review.rows
    say(f"{shown}: {sum(row.checked for row in rows)} of {len(rows)} rows checked")


def _first_words(
    session: Session, place: Path, documents: Sequence[Path], goes_on: bool
) -> Iterator[str]:
    """Yield messages to show before the page opens."""
    name = printable_name(str(place))
    if goes_on:
        yield f"Continuing the review in {name}"
    if documents and not (session.places.source or session.places.target):
        document = printable_name(str(documents[0]))
        yield f"{document} is not the document that was aligned, or has changed since"
    if session.set_aside:
        aside = printable_name(str(session.set_aside))
        yield f"{name} was changed; the history of its last review is now {aside}"


def _server() -> Any:
    try:
        from aligner.review import server
    except ImportError as exc:
        raise InputError(needs_extra(f"the review page needs {exc.name}", "review")) from exc
    return server
