"""`aligner tm documents`, `history`, `remove` and `export`: the contents of a database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli import options
from aligner.cli.console import counting, place_name, say, show, show_json
from aligner.cli.tm.show import unit_object

if TYPE_CHECKING:
    from aligner.memory.store import MemoryChange, Replacement

Document = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT", callback=options.as_text, help="Name or reference of a document."
    ),
]


def documents(memory: options.Database, as_json: options.Json = False) -> None:
    """List the documents in a memory database.

    Columns: number of units, time of the last change, name, reference.

    Example: aligner tm documents memory.db
    """
    from aligner.memory.store import open_memory, stored_documents

    with open_memory(memory) as db:
        found = stored_documents(db)
    if as_json:
        show_json([asdict(document) for document in found])
        return
    for document in found:
        show(f"{document.units:>7}  {document.changed[:19]}  {document.name}  {document.reference}")


def history(
    memory: options.Database,
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT",
            callback=options.as_text,
            help="Part of a document's name or reference.",
        ),
    ] = "",
    as_json: options.Json = False,
) -> None:
    """List all changes to a memory database, or the replaced units of one document.

    Example: aligner tm history memory.db

    Example: aligner tm history memory.db GJ/26/2021
    """
    from aligner.memory.store import open_memory, replacements, stored_changes

    with open_memory(memory) as db:
        if document:
            replaced = list(replacements(db, document))
            objects, lines = map(_replacement_object, replaced), map(_replacement_line, replaced)
        else:
            changes = stored_changes(db)
            objects, lines = map(asdict, changes), map(_change_line, changes)
    if as_json:
        show_json(list(objects))
    else:
        show("\n".join(lines))


def remove(memory: options.Database, document: Document, quiet: options.Quiet = False) -> None:
    """Remove a document from a memory database.

    The history keeps it. Import the document again to restore it.

    Example: aligner tm remove memory.db GJ/26/2021
    """
    from aligner.memory.store import open_memory, remove_document

    with open_memory(memory) as db:
        change = remove_document(db, document)
    if not quiet:
        say(f"{change.removed} units of {document} removed")


def export(
    memory: options.Database,
    output: options.Output = options.OUTPUT,
    form: options.Format = None,
    document: options.InDocument = "",
    min_confidence: options.MinConfidence = 0.0,
    source_lang: options.PickSource = "",
    target_lang: options.PickTarget = "",
    quiet: options.Quiet = False,
) -> None:
    """Write a memory database to TMX or another format, each unit once.

    Example: aligner tm export memory.db -o memory.tmx

    Example: aligner tm export memory.db --document GJ/26/2021 -o note.xlsx

    If the database has several language pairs, export one pair at a time.

    Example: aligner tm export memory.db --target-lang fr -o french.tmx
    """
    from aligner.memory import format_of, save_units
    from aligner.memory.store import Scope, open_memory, stored_units

    options.check_output(output, memory)
    form = format_of(output, form)
    with open_memory(memory) as db:
        scope = Scope(document, min_confidence=min_confidence)
        units = stored_units(db, scope, source_lang, target_lang)
        save_units(counting(units, "writing", quiet), output, form)
    if not quiet and str(output) != "-":
        say(f"written to {place_name(output, form)}")


def _change_line(change: MemoryChange) -> str:
    counts = (
        (change.added, "added"),
        (change.removed, "removed"),
        (change.updated, "updated"),
    )
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{change.time[:19]}  {change.reason}: {told}"


def _replacement_line(replacement: Replacement) -> str:
    place = replacement.after or replacement.before
    lines = [f"{replacement.time[:19]}  {place.document if place else ''}"]
    for sign, occurrence in (("-", replacement.before), ("+", replacement.after)):
        if occurrence:
            lines.append(f"  {sign} {occurrence.unit.source}\n    {occurrence.unit.target}")
    return "\n".join(lines)


def _replacement_object(replacement: Replacement) -> dict[str, Any]:
    return {
        "time": replacement.time,
        "before": replacement.before and unit_object(replacement.before),
        "after": replacement.after and unit_object(replacement.after),
    }
