"""Candidate files of a folder as tasks: pairs by name, then pairs by content, and what is left."""

from __future__ import annotations

from dataclasses import replace

from aligner.align import Aligner, segment_any
from aligner.batch.document_matching import Candidate, match_documents, read_candidate
from aligner.batch.folder import Found
from aligner.batch.names import pair_names
from aligner.batch.storage import local_copy
from aligner.batch.tasks import Task
from aligner.bounds import MAX_DOCUMENT
from aligner.errors import AlignerError
from aligner.languages import language_name, same_script
from aligner.printable import printable_name


def pair_files(found: Found, aligner: Aligner) -> list[Task]:
    """A task for each pair of files that translate each other, by its source file's name.

    Files that hold both languages, or can't be read, are tasks of their own; those without a
    partner are left out with that reason. Languages that are written alike are told apart by
    the files' names alone. Raises ModelError.
    """
    settings = aligner.settings
    pairs = pair_names(found.names, settings.languages)
    named = {name for pair in pairs for name in pair}
    rest = [name for name in found.names if name not in named]
    tasks = []
    if same_script(settings.languages):
        tasks += [_left_out(found, name, "no other file has a matching name") for name in rest]
    else:
        sides: tuple[list[Candidate], list[Candidate]] = ([], [])
        for name in aligner.progress.track(rest, "pairing"):
            tasks += _sort_in(found, name, aligner, sides)
        matches = match_documents(*sides, aligner)
        pairs += [(match.source, match.target) for match in matches]
        matched = {name for pair in pairs for name in pair}
        for side, language in zip(sides, reversed(settings.languages), strict=True):
            reason = f"no {language_name(language)} file was found to be its translation"
            tasks += [_left_out(found, d.name, reason) for d in side if d.name not in matched]
    tasks += [Task(printable_name(pair[0]), tuple(map(found.place, pair))) for pair in pairs]
    return sorted(tasks, key=lambda task: task.id)


def _sort_in(
    found: Found,
    name: str,
    aligner: Aligner,
    sides: tuple[list[Candidate], list[Candidate]],
) -> list[Task]:
    """Put a file on the side of its language, or make a task of it."""
    place = found.place(name)
    try:
        with local_copy(place, MAX_DOCUMENT) as path:
            segmented = segment_any(path, aligner.settings)
    except AlignerError:
        # The work on it finds out again what is wrong, and records it.
        return [_alone(name, place)]
    if segmented.source and segmented.target:
        return [_alone(name, place)]
    sentences = segmented.source or segmented.target
    if not sentences:
        return [_left_out(found, name, "no sentences in this file")]
    sides[0 if segmented.source else 1].append(read_candidate(name, sentences, aligner))
    return []


def _alone(name: str, place: str) -> Task:
    return Task(printable_name(name), (place,))


def _left_out(found: Found, name: str, reason: str) -> Task:
    return replace(_alone(name, found.place(name)), reason=reason)
