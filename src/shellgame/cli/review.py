"""Commands around people's decisions: the screen to go through open pairs; and lists of what was decided, taken back, moved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from shellgame.case.words import many
from shellgame.cli.doing import Doing
from shellgame.cli.keys import keys_of
from shellgame.cli.options import ForceOption, JsonOption, WorkspaceOption, ready_to_match, workspace
from shellgame.cli.output import chosen, emit, paper, say, see_place
from shellgame.cli.review_screen import View, screen
from shellgame.cli.tables import Column
from shellgame.errors import BadInput, ShellgameError
from shellgame.files import written_whole
from shellgame.model.claim import Claim
from shellgame.model.days import now
from shellgame.model.entity import Entity, entities_of
from shellgame.model.judgement import Judgement, Verdict
from shellgame.model.opinions import holding, in_order
from shellgame.model.standing import Standing
from shellgame.resolve.exchange import lines_of, own_lines, preview, read_decisions, resolver_lines
from shellgame.resolve.grounds import grounds_of
from shellgame.resolve.review import QUIT, Act, Mode, OpenPair, Review, begin, open_pairs, passing, press, summary
from shellgame.resolve.side_by_side import beside
from shellgame.settings import settings
from shellgame.store.claims import ClaimSet
from shellgame.store.decisions import Decisions, author_of
from shellgame.workspace import Workspace

app = typer.Typer()
decisions_app = typer.Typer(no_args_is_help=True)
app.add_typer(decisions_app, name="decisions")

AuthorOption = Annotated[
    str | None,
    typer.Option("--author", envvar="SHELLGAME_AUTHOR", help="Who decides; your user name when left out."),
]
_MOST_CONTRADICTIONS = 1000
"""Contradictions that are shown."""
_AHEAD = 20
"""Pairs that are looked up at once."""
_MOST_PAIRS = 1_000_000
_PAIR_FIELDS: dict[str, tuple[type, ...]] = {
    "left_id": (str,),
    "right_id": (str,),
    "score": (int, float),
    "why": (str,),
    "mark": (str,),
    "weight": (int,),
}


@app.command()
def review(
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs",
            help="Pairs to go through, JSON lines with left_id, right_id and score; those of `shellgame resolve` when left out.",
        ),
    ] = None,
    again: Annotated[bool, typer.Option("--unsure", help="Show pairs that were decided unsure too.")] = False,
    most: Annotated[int | None, typer.Option("--limit", min=1, help="Most pairs to go through.")] = None,
    author: AuthorOption = None,
    folder: WorkspaceOption = None,
) -> None:
    """Go through open pairs side by side, best first, by keyboard: same, different, unsure, skip, undo, with a reason."""
    ws = workspace(folder)
    given = pairs_in(pairs) if pairs else _resolved(ws)
    with closing(ws.decisions()) as decisions, ws.claims() as claims:
        history = decisions.judgements()
        with Doing("looking for open pairs"):
            found = open_pairs(given, Standing(history), lambda ids: records(claims, ids), again=again)
        table = Desk(decisions, claims, history, author_of(author))
        with keys_of(sys.stdin) as keys:
            ended = table.run(begin(found[:most]), keys, _draw())
    say(summary(ended))


def _resolved(ws: Workspace) -> Iterator[OpenPair]:
    """The open pairs of a resolution: the weakest places of suspicious entities first, then what might be one, best first."""
    ready_to_match()
    with Doing("resolving"):
        return ws.resolve().open_pairs()


def _draw() -> Callable[[Review, View], None]:
    """Show moments on standard output, each on a clean screen where it is a terminal."""
    console = paper()

    def draw(review: Review, view: View) -> None:
        console.clear()
        console.print(screen(review, view))

    return draw


class Desk:
    """Runs a review: looks records up, shows them, presses keys, and writes down what was decided before it goes on."""

    def __init__(self, decisions: Decisions, claims: ClaimSet, history: list[Judgement], author: str) -> None:
        self._decisions, self._claims, self._author = decisions, claims, author
        self._history = list(history)
        self._standing = Standing(history)
        self._known: dict[str, Entity] = {}
        self._listings: dict[str, list[Claim]] = {}
        self._view: tuple[int, View] | None = None

    def run(self, review: Review, keys: Iterator[str], draw: Callable[[Review, View], None]) -> Review:
        """Go through a review until it is quit (also with Ctrl-C) or out of keys; gives its last moment."""
        draw(review, self._viewed(review))
        with suppress(KeyboardInterrupt):  # everything decided is kept by then
            for key in keys if review.pairs else ():
                review = self._pressed(review, key)
                if review.mode is Mode.DONE and key.lower() == QUIT:
                    break
                draw(review, self._viewed(review))
        return review

    def _pressed(self, review: Review, key: str) -> Review:
        after, act = press(review, key)
        if act is None:
            return after
        try:
            self._write(act)
        except ShellgameError as error:
            return replace(review, note=f"not written down: {error}")
        self._view = None
        return passing(after, self._standing)

    def _write(self, act: Act) -> None:
        left, right = act.pair.left_id, act.pair.right_id
        if act.verdict is Verdict.WITHDRAWN:
            made = self._decisions.withdraw(left, right, why=act.why, author=self._author)
        else:
            known = [self._known[identity] for identity in (left, right) if identity in self._known]
            grounds = grounds_of(*known) if len(known) == len((left, right)) else ""
            made = self._decisions.judge(
                left, right, act.verdict, why=act.why, author=self._author, evidence=grounds, score=act.pair.score
            )
        self._history.append(made)
        if not self._standing.add(made):
            self._standing = Standing(self._history)

    def _viewed(self, review: Review) -> View:
        """The two records of the pair that is shown, and what was decided on them, looked up once."""
        if review.at == len(review.pairs):
            return View(None)
        if self._view is None or self._view[0] != review.at:
            left, right = review.pair.left_id, review.pair.right_id
            if not {left, right} <= self._listings.keys():
                self._look_up(review.pairs[review.at : review.at + _AHEAD])
            before = holding(self._decisions.of_pair(left, right))
            sides = None
            if left in self._known and right in self._known:
                day = (self._claims.on or now())[:10]
                sides = beside(self._listings, self._known[left], self._known[right], day)
            self._view = review.at, View(sides, before)
        return self._view[1]

    def _look_up(self, pairs: Iterable[OpenPair]) -> None:
        """Look up the records of some pairs, with the listings that they print: asking for forty takes as long as for two."""
        ids = sorted({identity for pair in pairs for identity in (pair.left_id, pair.right_id)})
        wanted = "(SELECT unnest($1::VARCHAR[]))"
        found = self._claims.where(f"entity_id IN {wanted} OR (schema = 'Sanction' AND record_id IN {wanted})", [ids])
        self._known = {key: entity for key, entity in entities_of(found).items() if key in set(ids)}
        self._listings = {identity: [] for identity in ids}
        for claim in found:
            if claim.schema == "Sanction" and claim.record_id in self._listings:
                self._listings[claim.record_id].append(claim)


def records(claims: ClaimSet, ids: list[str]) -> Mapping[str, Entity]:
    """Look up records by id; those that are not here are left out."""
    return entities_of(claims.of_entities(ids))


def pairs_in(path: Path) -> Iterator[OpenPair]:
    """Pairs out of a file of JSON lines.

    Raises:
        BadInput: A line is no pair; names it.
    """
    _there(path)
    for number, line in lines_of(path, most_lines=_MOST_PAIRS, most_bytes=settings().max_file_mib << 20):
        try:
            told = orjson.loads(line)
        except orjson.JSONDecodeError:
            told = None
        if not _is_pair(told):
            remedy = 'write {"left_id": "…", "right_id": "…", "score": 0.5}, and why, mark, weight where known'
            raise BadInput(path.name, record=f"line {number}", found="no pair", remedy=remedy)
        yield OpenPair(**told)


def _there(path: Path) -> None:
    if not path.is_file():
        raise BadInput(path.name, found="no such file", remedy="see that its path is right")


def _is_pair(told: Any) -> bool:
    return (
        isinstance(told, dict)
        and _PAIR_FIELDS.keys() >= told.keys() >= {"left_id", "right_id", "score"}
        and all(type(value) in _PAIR_FIELDS[key] for key, value in told.items())
        and told["left_id"] != told["right_id"]
        and 0 <= told["score"] <= 1
        and 1 <= told.get("weight", 1) <= _MOST_PAIRS
    )


@decisions_app.callback()
def decisions() -> None:
    """List, take back, export and import what people decided about pairs of records, and show where they contradict one another."""


@decisions_app.command(name="list")
def list_(
    identity: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only decisions about this record.")] = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """List all decisions, oldest first, those too that were taken back."""
    with closing(workspace(folder).decisions()) as kept:
        history = kept.judgements()
    hold = {made.key for made in holding(history)}
    rows = [
        _told(made) | {"holds": None if made.withdraws else "yes" if made.key in hold else "no"}
        for made in in_order(history)
    ]
    emit(
        (row for row in rows if identity in (None, row["left_id"], row["right_id"])),
        [*_COLUMNS, Column("holds", "holds")],
        as_json=as_json,
        title="Decisions",
    )


@decisions_app.command()
def contradictions(folder: WorkspaceOption = None, as_json: JsonOption = None) -> None:
    """Show decisions that cannot all be right: who said what and when, and what stands meanwhile."""
    with closing(workspace(folder).decisions()) as kept:
        found = list(islice(kept.standing().contradictions(), _MOST_CONTRADICTIONS))
    rows = [
        {"number": number, "kind": each.kind, **_told(made), "stands": each.stands}
        for number, each in enumerate(found, start=1)
        for made in each.judgements
    ]
    columns = [Column("no.", "number"), *_COLUMNS, Column("meanwhile", "stands")]
    emit(rows, columns, as_json=as_json, title=f"{len(found)} contradiction{'' if len(found) == 1 else 's'}")
    if len(found) == _MOST_CONTRADICTIONS:
        say(f"note: only the first {_MOST_CONTRADICTIONS:,} are shown")


@decisions_app.command()
def undo(
    left: Annotated[str, typer.Argument(metavar="ID", help="Id of a record.")],
    right: Annotated[str, typer.Argument(metavar="ID", help="Id of the other record.")],
    why: Annotated[str, typer.Option("--why", help="Your reason.")],
    of: Annotated[str | None, typer.Option("--of", help="Whose decision; your own when left out.")] = None,
    author: AuthorOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Take back the latest decision on two records; both stay in the history, and the one before holds again."""
    with closing(workspace(folder).decisions()) as kept:
        made = kept.withdraw(left, right, why=why, author=author_of(author), of=of)
    emit([_told(made)], _COLUMNS, as_json=as_json, title="Taken back")


FORMATS = ("own", "resolver")


@decisions_app.command()
def export(
    output: Annotated[Path, typer.Argument(metavar="FILE", help="File to write.")],
    format_: Annotated[
        str, typer.Option("--format", help="own keeps everything; resolver is OpenSanctions' resolve.ijson.")
    ] = "own",
    force: ForceOption = False,
    folder: WorkspaceOption = None,
) -> None:
    """Write all decisions to a file, for another workspace or for OpenSanctions' tools."""
    chosen(format_, FORMATS, "format")
    ws = workspace(folder)
    see_place(output, force=force, outside=ws.folder)
    with closing(ws.decisions()) as kept:
        history = kept.judgements()
    lines: Iterable[bytes] = own_lines(history) if format_ == "own" else resolver_lines(Standing(history))
    count = 0
    with written_whole(output) as aside, aside.open("wb") as file:
        for line in lines:
            file.write(line)
            count += 1
    lost = "" if format_ == "own" else "; reasons and what was taken back are not in this format"
    say(f"{many(count, 'line')} written to {output}{lost}")


@decisions_app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of either format.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would change.")] = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Add the decisions of a file; those that are here already are left as they are, and nothing is ever written over."""
    _there(file)
    ws = workspace(folder)
    with Doing("reading decisions"):
        read = read_decisions(file, now=now(), most_bytes=settings().max_file_mib << 20)
    with closing(ws.decisions()) as kept, ws.claims() as claims:
        found = preview(read, kept.judgements(), claims.known)
        if not dry_run:
            kept.add(read.judgements)
    rows = [_told(made) | {"would": "be added" if dry_run else "added"} for made in found.new]
    emit(rows, _COLUMNS, as_json=as_json, title="Would be added" if dry_run else "Added")
    say(f"{'would be: ' if dry_run else ''}{found.text}")


_COLUMNS = [
    Column("record", "left_id", no_wrap=True),
    Column("and", "right_id", no_wrap=True),
    Column("decided", "judgement"),
    Column("why", "why"),
    Column("author", "author"),
    Column("when", "decided_at", no_wrap=True),
]


def _told(made: Judgement) -> dict[str, Any]:
    return asdict(made) | {"key": made.key}
