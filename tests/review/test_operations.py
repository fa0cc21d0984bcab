"""Whatever is done to the rows, no sentence is lost or doubled, and all can be taken back."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import StepError
from aligner.review import operations
from aligner.review.history import Review
from aligner.review.places import Places
from aligner.review.realign import gap, realign
from aligner.review.rows import Change, Rows, beads_of, read_row, row_object
from aligner.types import Bead, Sentence
from samples import make_rows, some_rows, texts

pytestmark = pytest.mark.slow

cut = Places().cut
sides = st.sampled_from(["source", "target"])
numbers = st.integers(0, 9)


def one_to_one(source: Sequence[Sentence], target: Sequence[Sentence]) -> list[Bead]:
    """An aligner that pairs what it can from the beginning on."""
    both = min(len(source), len(target))
    beads = [Bead((k,), (k,), 0.5) for k in range(both)]
    beads += [Bead((k,), (), 0.5) for k in range(both, len(source))]
    return beads + [Bead((), (k,), 0.5) for k in range(both, len(target))]


Step = Callable[[Rows], Change]
steps: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda a, b: lambda r: operations.check(r, a, b), numbers, st.booleans()),
    st.builds(lambda a, b: lambda r: operations.merge(r, a, b), numbers, numbers),
    st.builds(lambda a: lambda r: operations.merge(r, a, a + 1), numbers),
    st.builds(lambda a: lambda r: operations.unpair(r, a), numbers),
    st.builds(
        lambda a, s, n, d: lambda r: operations.move(r, a, s, n, d),
        numbers,
        sides,
        st.integers(0, 2),
        st.booleans(),
    ),
    st.builds(
        lambda a, s, n, o: lambda r: operations.split(r, a, s, n, o, cut),
        numbers,
        sides,
        st.integers(0, 2),
        st.integers(0, 4),
    ),
    st.builds(lambda a: lambda r: realign(r, a, one_to_one), numbers),
)
edits = st.builds(
    lambda a, s, n, t: lambda r: operations.edit(r, a, s, n, t),
    numbers,
    sides,
    st.integers(0, 2),
    st.text(max_size=5),
)


def taken(rows: Rows, some_steps: Sequence[Step]) -> Review:
    review = Review(rows)
    for step in some_steps:
        try:
            change = step(review.rows)
        except StepError:
            continue
        end = change.at + len(change.before)
        assert review.rows[change.at : end] == change.before
        review = review.do(change)
    return review


def said(rows: Rows) -> list[str]:
    """The text of both sides, in its order, without white space."""
    source, target, _ = beads_of(rows)
    return ["".join(sentence.text for sentence in side) for side in (source, target)]


@given(some_rows(), st.lists(steps, max_size=12))
def test_every_sentence_stays_once(rows: Rows, some_steps: list[Step]) -> None:
    review = taken(rows, some_steps)
    assert said(review.rows) == said(rows)
    source, target, beads = beads_of(review.rows)
    assert sorted(k for bead in beads for k in bead.source) == list(range(len(source)))
    assert sorted(k for bead in beads for k in bead.target) == list(range(len(target)))
    assert all(row.source or row.target for row in review.rows)


@given(some_rows(), st.lists(steps | edits, max_size=12))
def test_undo_and_redo(rows: Rows, some_steps: list[Step]) -> None:
    review = taken(rows, some_steps)
    passed = [review]
    while review.done:
        review = review.undo()
        passed.append(review)
    assert review.rows == rows
    for before in reversed(passed[:-1]):
        review = review.redo()
        assert review == before
    for way in (review.redo, Review(rows).undo):
        with pytest.raises(StepError):
            way()


@given(some_rows(), st.lists(steps | edits, max_size=5))
def test_rows_as_json(rows: Rows, some_steps: list[Step]) -> None:
    for row in taken(rows, some_steps).rows:
        assert read_row(json.loads(json.dumps(row_object(row)))) == row


ROWS = make_rows(("a b", "A"), ("c", "B C D"), ("", "E"), ("f", "F"))


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        (lambda r: operations.merge(r, 0, 1), [("a b c", "A B C D"), ("", "E"), ("f", "F")]),
        (lambda r: operations.merge(r, 3, 0), [("a b f", "A F"), ("c", "B C D"), ("", "E")]),
        (
            lambda r: operations.unpair(r, 0),
            [("a b", ""), ("", "A"), ("c", "B C D"), ("", "E"), ("f", "F")],
        ),
        (
            lambda r: operations.move(r, 0, "source", 1, True),
            [("a", "A"), ("b c", "B C D"), ("", "E"), ("f", "F")],
        ),
        # Those beyond it go along.
        (
            lambda r: operations.move(r, 1, "target", 1, True),
            [("a b", "A"), ("c", "B"), ("", "C D E"), ("f", "F")],
        ),
        (
            lambda r: operations.move(r, 1, "target", 1, False),
            [("a b", "A B C"), ("c", "D"), ("", "E"), ("f", "F")],
        ),
        # A row that is left empty goes.
        (
            lambda r: operations.move(r, 2, "target", 0, False),
            [("a b", "A"), ("c", "B C D E"), ("f", "F")],
        ),
        # Beyond the ends there is a new row.
        (
            lambda r: operations.move(r, 3, "target", 0, True),
            [("a b", "A"), ("c", "B C D"), ("", "E"), ("f", ""), ("", "F")],
        ),
        (
            lambda r: operations.move(r, 0, "source", 0, False),
            [("a", ""), ("b", "A"), ("c", "B C D"), ("", "E"), ("f", "F")],
        ),
        (
            lambda r: operations.split(r, 0, "source", 1, 0, cut),
            [("a", "A"), ("b", ""), ("c", "B C D"), ("", "E"), ("f", "F")],
        ),
    ],
)
def test_what_steps_do(step: Step, wanted: list[tuple[str, str]]) -> None:
    assert texts(step(ROWS).apply(ROWS)) == [(s.split(), t.split()) for s, t in wanted]


def test_what_is_split_off_goes_to_a_null_below() -> None:
    rows = make_rows(("cd", "C"), ("", "D"), ("e", "E"))
    after = operations.split(rows, 0, "source", 0, 1, cut).apply(rows)
    assert texts(after) == [(["c"], ["C"]), (["d"], ["D"]), (["e"], ["E"])]
    # ... unless somebody has said that it is one.
    rows = operations.check(rows, 1, True).apply(rows)
    after = operations.split(rows, 0, "source", 0, 1, cut).apply(rows)
    assert texts(after)[:3] == [(["c"], ["C"]), (["d"], []), ([], ["D"])]


def test_the_other_side_is_split_where_it_is_nearest_in_length() -> None:
    rows = make_rows(("aaaabbbb", "AAAA BB BB"))
    change = operations.split(rows, 0, "source", 0, 4, cut)
    assert texts(change.after) == [(["aaaa"], ["AAAA"]), (["bbbb"], ["BB", "BB"])]
    assert [s.span for row in change.after for s in row.source] == [(0, 4), (4, 8)]


def test_what_is_checked() -> None:
    rows = operations.check(ROWS, 0, True).apply(ROWS)
    assert [row.checked for row in rows] == [True, False, False, False]
    # A person who rewrites a sentence looks at it; one who regroups them has to look again.
    assert operations.edit(rows, 0, "source", 0, "x").after[0].checked
    assert not operations.merge(rows, 0, 1).after[0].checked
    assert not any(row.checked for row in operations.move(rows, 0, "source", 1, True).after)
    assert all(row.checked for row in operations.unpair(rows, 1).after)
    assert operations.merge(rows, 0, 3).after[0].moved


@pytest.mark.parametrize(
    ("step", "key"),
    [
        (lambda r: operations.check(r, 9, True), "no-such-row"),
        (lambda r: operations.check(r, 0, False), "not-checked"),
        (lambda r: operations.edit(r, 0, "source", 5, "x"), "no-such-sentence"),
        (lambda r: operations.edit(r, 0, "source", 0, " \n\x00"), "empty-text"),
        (lambda r: operations.edit(r, 0, "source", 0, " a "), "same-text"),
        (lambda r: operations.merge(r, 3, 4), "no-such-row"),
        (lambda r: operations.merge(r, 3, 3), "no-next-row"),
        (lambda _: operations.move(make_rows(("a", "")), 0, "source", 0, True), "no-neighbour"),
        (lambda r: operations.split(r, 0, "source", 0, 0, cut), "nothing-to-split"),
        (lambda r: operations.split(r, 0, "target", 0, 1, cut), "nothing-to-split"),
        (lambda r: operations.split(r, 0, "source", 0, 7, cut), "no-such-place"),
        (lambda r: operations.unpair(r, 2), "already-null"),
        (lambda r: realign(r, 7, one_to_one), "no-such-row"),
        (lambda r: realign(operations.check(r, 1, True).apply(r), 1, one_to_one), "row-is-checked"),
        (lambda _: realign(make_rows(("", "A"), ("", "B")), 0, one_to_one), "one-side-only"),
        (lambda _: realign(make_rows(("a", "A")), 0, one_to_one), "same-alignment"),
    ],
)
def test_what_cannot_be_done(step: Step, key: str) -> None:
    with pytest.raises(StepError, match=f"^{key}$"):
        step(ROWS)


def test_aligning_again_leaves_accepted_rows_alone() -> None:
    rows = make_rows(("a", "A"), ("b c", "B"), ("d", "C D"), ("e", "E"))
    for at in (0, 3):
        rows = operations.check(rows, at, True).apply(rows)
    asked: list[Any] = []

    def align(source: Sequence[Sentence], target: Sequence[Sentence]) -> list[Bead]:
        asked.append([s.text for s in (*source, *target)])
        return one_to_one(source, target)

    change = realign(rows, 2, align)
    assert asked == [["b", "c", "d", "B", "C", "D"]]
    after = change.apply(rows)
    assert (after[0], after[-1]) == (rows[0], rows[3])
    assert texts(after[1:-1]) == [(["b"], ["B"]), (["c"], ["C"]), (["d"], ["D"])]


def test_aligning_again_reaches_so_far() -> None:
    rows = make_rows(*[("a", "A")] * 1000)
    start, stop = gap(rows, 500)
    assert 0 < start < 500 < stop < 1000
