"""A review as people see it: a moment of it to Rich, for any width; whatever a list printed cannot steer the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from shellgame.cli.blocks import shown
from shellgame.match.wording import score_in_words
from shellgame.model.entity import Entity
from shellgame.model.judgement import Judgement, Verdict
from shellgame.resolve.review import QUICK_REASONS, Mode, Review, summary
from shellgame.resolve.side_by_side import Cell, Mark, Row, Sides

MOST_ROWS = 6
"""Rows of one kind that are shown until more is asked for; lists print up to 95 aliases."""
_TYPED_SHOWN = 200
"""Letters of a reason that are seen while it is typed; the last ones."""
_SIGNS = {Mark.SAME: "=", Mark.ALIKE: "≈", Mark.DIFFERENT: "≠", Mark.ONLY_HERE: "·"}
_STYLES = {Mark.SAME: "green", Mark.ALIKE: "cyan", Mark.DIFFERENT: "bold red", Mark.ONLY_HERE: "dim"}
_KEYS = "s same  d different  u unsure  k skip  z undo  m more  q quit"
_REASON_KEYS = "a number, or words and Enter; Esc goes back"


@dataclass(frozen=True)
class View:
    """What is shown beside the moment itself: the two records, and what was decided on them before; None where one is not here."""

    sides: Sides | None
    before: Sequence[Judgement] = ()


def screen(review: Review, view: View) -> RenderableType:
    """Show a moment of a review."""
    if review.at == len(review.pairs):
        end = "No pair is open." if not review.pairs else "That was the last open pair."
        keys = [Text("z undo  q quit", "dim")] if review.pairs else []
        return Group(*_note(review), Text(f"{end} {summary(review)}."), *keys)
    return Group(*_heading(review), *_before(view.before), *_records(review, view), *_note(review), *_question(review))


def _heading(review: Review) -> Iterable[RenderableType]:
    pair = review.pair
    hangs = f", {pair.weight} records hang on it" if pair.weight > 1 else ""
    yield Text.assemble((f"{review.left:,} open", "bold"), f"   score {score_in_words(pair.score)}{hangs}")
    if pair.mark:
        yield _folded(f"suspicious: {pair.mark}", "bold yellow")
    if pair.why:
        yield _folded(pair.why, "italic")


def _before(judgements: Sequence[Judgement]) -> Iterable[RenderableType]:
    for made in judgements:
        when = made.decided_at[:10] or "day not told"
        yield _folded(f"{made.author} decided {made.judgement} on {when}: {made.why}", "magenta")


def _records(review: Review, view: View) -> Iterable[RenderableType]:
    if view.sides is None:
        yield _folded(f"{review.pair.left_id} or {review.pair.right_id} is not in the lists that are here", "bold")
        return
    sides = view.sides
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True, show_edge=False)
    table.add_column("", no_wrap=True, style="dim", max_width=12, overflow="ellipsis")
    table.add_column(_title(sides.left), ratio=1, overflow="fold")
    table.add_column("", no_wrap=True, width=11)
    table.add_column(_title(sides.right), ratio=1, overflow="fold")
    several = tuple(len(entity.sources) > 1 for entity in (sides.left, sides.right))
    for kind, its in groupby(sides.rows, key=lambda row: row.kind):
        rows = list(its)
        few = rows if review.whole else rows[:MOST_ROWS]
        for number, row in enumerate(few):
            table.add_row("" if number else kind, *_row(row, several))
        if len(few) < len(rows):
            table.add_row("", Text(f"and {len(rows) - len(few)} more: m", "dim"), "", "")
    yield table


def _title(entity: Entity) -> Text:
    """Name, id and sources of a record; where there are several, each value tells its own."""
    return Text.assemble(
        (shown(entity.caption), "bold"), "\n", (f"{shown(entity.id)}\n{shown(', '.join(entity.sources))}", "dim")
    )


def _row(row: Row, several: tuple[bool, ...]) -> tuple[Text, Text, Text]:
    """A row as cells; with the sources of its values on a side whose record has several."""
    mark = Text(f"{_SIGNS[row.mark]} {row.mark}", _STYLES[row.mark])
    left, right = (_cell(cell, row.mark, told) for cell, told in zip((row.left, row.right), several, strict=True))
    return left, mark, right


def _cell(cell: Cell | None, mark: Mark, told: bool) -> Text:
    if cell is None:
        return Text("")
    style = _STYLES[mark] if mark is not Mark.ONLY_HERE else ""
    return Text.assemble((shown(cell.text), style), (f"  {shown(', '.join(cell.sources))}" if told else "", "dim"))


def _note(review: Review) -> Iterable[RenderableType]:
    if review.note:
        yield _folded(review.note, "yellow")


def _question(review: Review) -> Iterable[RenderableType]:
    if review.mode is not Mode.REASON or review.verdict is None:
        yield Text(_KEYS, "bold")
        return
    yield _folded(f"{review.verdict}, because: {review.typed[-_TYPED_SHOWN:]}▏", "bold")
    if not review.typed:
        yield Text("   ".join(f"{key} {reason}" for key, reason in _quick(review, review.verdict)))
    yield Text(_REASON_KEYS, "dim")


def _quick(review: Review, verdict: Verdict) -> Iterable[tuple[str, str]]:
    yield from ((str(number), reason) for number, reason in enumerate(QUICK_REASONS[verdict], start=1))
    if last := review.quick_reason("0"):
        yield "0", f"“{shown(last)}” again"


def _folded(text: str, style: str) -> Text:
    return Text(shown(text), style, overflow="fold")
