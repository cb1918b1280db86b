"""Commands about jurisdictions: who lists whom, what one has and another has not, who moves together, follows, may be next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shellgame.cli.doing import Doing
from shellgame.cli.options import ForceOption, JsonOption, OnOption, WorkspaceOption, ready_to_match, workspace
from shellgame.cli.output import emit, say, see_place, wants_json
from shellgame.cli.tables import Column
from shellgame.errors import WrongUse
from shellgame.model.days import moment
from shellgame.store.files import written_whole
from shellgame.workspace.options import jurisdictions_of

if TYPE_CHECKING:  # loading the compiler takes half a second, and `--help` needs none
    from shellgame.resolve.actions import Action
    from shellgame.resolve.coverage import Coverage
    from shellgame.resolve.gaps import Gap
    from shellgame.resolve.matrix import MatrixRow
    from shellgame.resolve.presence import Presence

app = typer.Typer()

ProgramOption = Annotated[
    list[str] | None,
    typer.Option("--program", help="Everybody listed under this programme; * stands for any letters. May be repeated."),
]
RegimeOption = Annotated[
    str | None, typer.Option("--regime", help="The programmes of all publishers for one regime, such as belarus.")
]
CodesOption = Annotated[str | None, typer.Option("--jurisdictions", help="Codes, such as us,ca,eu,gb,un.")]
WholeOption = Annotated[
    str | None, typer.Option("--whole", help="Codes whose lists here you know to be the whole list, such as eu.")
]
PageOption = Annotated[
    Path | None, typer.Option("--page", help="Also write it as a page of HTML that needs nothing else.", metavar="FILE")
]


@app.command()
def coverage(
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID|NAME]", help="One entity; or use --program or --regime.")
    ] = None,
    program: ProgramOption = None,
    regime: RegimeOption = None,
    jurisdictions: CodesOption = None,
    whole: WholeOption = None,
    page: PageOption = None,
    force: ForceOption = False,
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show who lists whom where, since when and under what.

    A row for each party and jurisdiction; the records of one party, as `shellgame resolve` has them, are one.
    """
    ws = workspace(folder)
    if page:
        see_place(page, force=force, outside=ws.folder)
    ready_to_match()
    with Doing("lining up lists") as doing:
        ids = ws.find(identity, on) if identity else None
        programs = _programs(program, regime)
        if ids is None and not programs:
            raise WrongUse("say whom: `shellgame coverage NAME`, `--program PROGRAMME` or `--regime REGIME`")
        rows = ws.coverage(
            program=programs,
            jurisdictions=_codes(jurisdictions),
            entity_ids=ids,
            on=on,
            whole=_codes(whole),
            progress=doing.compared,
        )
    from shellgame.resolve.matrix import one_row_a_party, rows_of

    parties = one_row_a_party(list(rows_of(rows)))
    title = f"Who lists whom: {identity or regime or ', '.join(programs)}"
    if page:
        from shellgame.case.matrix_page import matrix_html  # the template engine is loaded only for a page

        _write(page, matrix_html(parties, title, notice=ws.invented))
    if wants_json(as_json):
        emit((coverage_row(row) for party in parties for row in party.cells), [], as_json=True)
    elif len(parties) > 1:
        tell_matrix(parties, title)
    else:
        tell_party(parties[0])


def tell_party(party: MatrixRow) -> None:
    """Print what each jurisdiction says of one party."""
    columns = [
        Column("id", "entity_id", no_wrap=True),
        Column("name", "caption"),
        Column("where", "jurisdiction"),
        Column("status", "told"),
        Column("since", "day", no_wrap=True),
        Column("programmes", "programs"),
        Column("identity", "identity"),
        Column("because", "why"),
        Column("looked at", "lists"),
    ]
    emit(map(_in_table, party.cells), columns, as_json=False, title="Coverage")


def tell_matrix(parties: Sequence[MatrixRow], title: str) -> None:
    """Print a line for each of several parties, with a mark and a year for each jurisdiction; then how many are where."""
    from shellgame.resolve.matrix import combinations

    codes = [cell.jurisdiction for cell in parties[0].cells]
    rows = ({"party": [party.caption, party.entity_id]} | _marked(party) for party in parties)
    columns = [Column("party", "party"), *(Column(code, code, no_wrap=True) for code in codes)]
    emit(rows, columns, as_json=False, title=title)
    counted = [
        {"parties": each.parties}
        | {state: ", ".join(getattr(each, state)) for state in ("listed", "unsure", "unknown")}
        for each in combinations(parties)
    ]
    columns = [Column("parties", "parties", justify="right")]
    columns += [Column(state, state) for state in ("listed", "unsure", "unknown")]
    emit(counted, columns, as_json=False, title="How many are where", footer=_LEGEND)


_LEGEND = (
    "● listed (the year; ≤ where no list states it and it was there by then; none where it was on the first version kept)  "
    "◐ perhaps  ○ delisted  – never  ? unknown. "
    "Asked about one party, `shellgame coverage ID` tells days, programmes and reasons; --json has them for all."
)


def _marked(party: MatrixRow) -> dict[str, str]:
    """By jurisdiction: how a party stands there, and since which year."""
    from shellgame.resolve.matrix import MARKS, state_of

    return {cell.jurisdiction: MARKS[state_of(cell)] + _year(cell) for cell in party.cells}


def _year(cell: Coverage) -> str:
    return cell.since[:_YEAR] if cell.since else f"≤{cell.seen_since[:_YEAR]}" if cell.seen_since else ""


_YEAR = len("2024")


def coverage_row(row: Coverage) -> dict[str, Any]:
    """One party in one jurisdiction for programs: `since` is the day that is known, `since_is` says whether a list states it."""
    since_is = "stated" if row.since else "seen" if row.seen_since else None
    return {**asdict(row), "since": row.since or row.seen_since, "since_is": since_is}


def _in_table(row: Coverage) -> dict[str, Any]:
    """Likewise for people."""
    status = f"unknown since {row.unknown_since}" if row.unknown_since else row.status
    return {**asdict(row), "told": status, "day": row.since_in_words}


@app.command()
def gaps(
    listed: Annotated[str, typer.Argument(metavar="LISTED-IN", help="Code of the jurisdiction that lists them.")],
    missing: Annotated[str, typer.Argument(metavar="NOT-IN", help="Code of the one that does not.")],
    program: ProgramOption = None,
    regime: RegimeOption = None,
    whole: WholeOption = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Show those instead of whom the other's list here is too old to tell.")
    ] = False,
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show who is listed in one jurisdiction and not in another, for how long, and tied to whom."""
    from shellgame.resolve.gaps import gaps as found_gaps

    leader, other, programmes = _code(listed), _code(missing), _programs(program, regime)
    with gathering(folder, on, whole) as presence:
        found = found_gaps(presence, leader, other, programmes=programmes, unknown=unknown)
        rest = [] if unknown else found_gaps(presence, leader, other, programmes=programmes, unknown=True)
        until = presence.held[other].until
    if rest:
        say(
            f"note: {len(rest):,} more stand on a list of {leader!r} that is newer than the newest of {other!r} here ({until}): "
            "whether they are listed there is unknown; `--unknown` shows them"
        )
    rows: Iterator[dict[str, Any]] = (gap_row(gap, until, unknown=unknown) for gap in found)
    columns = [
        Column("id", "entity_id", no_wrap=True),
        Column("name", "caption"),
        Column("since", "told", no_wrap=True),
        Column("days", "days", justify="right"),
        Column("programmes", "programs"),
        Column("also in", "others"),
        Column("tied to, listed there", "linked_there"),
        Column("was there until", "was_listed", no_wrap=True),
    ]
    if not wants_json(as_json):
        rows = ({**row, "told": "seen since " * (row["since_is"] == "seen") + (row["since"] or "")} for row in rows)
    title = f"Listed in {leader}, unknown in {other} since" if unknown else f"Listed in {leader}, not in {other} as of"
    emit(rows, columns, as_json=as_json, title=f"{title} {until}")


def gap_row(gap: Gap, until: str, *, unknown: bool) -> dict[str, Any]:
    """Somebody whom one jurisdiction lists and another does not, or is not known to, for programs."""
    span = gap.party.spans[gap.listed]
    return {
        "entity_id": gap.party.id,
        "caption": gap.party.name,
        "schema": gap.party.schema,
        "listed": gap.listed,
        "missing": gap.missing,
        "status": "unknown" if unknown else "not_listed",
        "as_of": until,
        "since": gap.since,
        "since_is": ("stated" if span.stated else "seen") if gap.since else None,
        "days": gap.days,
        "programs": sorted(span.programmes),
        "others": list(gap.others),
        "was_listed": gap.was_listed,
        "linked": gap.linked,
        "linked_there": list(gap.linked_there),
        "same_reasons": gap.counterpart and asdict(gap.counterpart),
        "records": list(span.records),
    }


@app.command()
def actions(
    program: ProgramOption = None,
    regime: RegimeOption = None,
    jurisdictions: CodesOption = None,
    within: Annotated[int, typer.Option("--within", min=0, max=60, help="Most days between two moves.")] = 3,
    shared: Annotated[
        int | None,
        typer.Option(
            "--shared", min=0, help="Fewest parties two moves share; 0 for a regime.", show_default="2; 0 with --regime"
        ),
    ] = None,
    whole: WholeOption = None,
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show the days on which several jurisdictions moved together, whom they shared, and who stayed out."""
    from shellgame.resolve.actions import LEAST_SHARED, undated
    from shellgame.resolve.actions import actions as found_actions

    least = shared if shared is not None else 0 if regime else LEAST_SHARED
    programmes = _programs(program, regime)
    with gathering(folder, on, whole) as presence:
        codes = presence.here(_codes(jurisdictions))
        found = found_actions(
            presence, programmes=programmes, jurisdictions=codes, window_days=within, least_shared=least
        )
        without_day = undated(presence.under(programmes), codes)
    for code, count in without_day.items():
        say(
            f"note: {count:,} of these that {code!r} lists are in no move: they were on the first version kept here, and its list "
            "states no day"
        )
    columns = [
        Column("from", "first", no_wrap=True),
        Column("to", "last", no_wrap=True),
        Column("moves", "moves"),
        Column("parties", "parties", justify="right"),
        Column("shared", "shared", justify="right"),
        Column("stayed out", "stayed_out"),
        Column("unknown", "unknown"),
    ]
    in_words = not wants_json(as_json)
    rows = map(_action_in_words if in_words else action_row, found)
    title = "Coordinated actions" if least else "Moves within days; “shared” tells how many parties they have in common"
    emit(rows, columns, as_json=as_json, title=title)


def action_row(action: Action) -> dict[str, Any]:
    """A coordinated action for programs."""
    return {
        "first": str(action.first),
        "last": str(action.last),
        "jurisdictions": list(action.jurisdictions),
        "moves": [
            {
                "jurisdiction": move.jurisdiction,
                "day": str(move.day),
                "parties": len(move.parties),
                "seen": len(move.seen),
                "entity_ids": sorted(move.parties),
            }
            for move in action.moves
        ],
        "parties": len(action.parties),
        "shared": len(action.shared),
        "shared_ids": sorted(action.shared),
        "stayed_out": [
            {"jurisdiction": code, "had": action.already[code], "later": action.later[code]}
            for code in action.stayed_out
        ],
        "unknown": [{"jurisdiction": code, "why": why} for code, why in action.unknown.items()],
        "entity_ids": sorted(action.parties),
    }


def _action_in_words(action: Action) -> dict[str, Any]:
    """Likewise for people; a day that is only that of a version is marked."""
    return {
        "first": str(action.first),
        "last": str(action.last),
        "moves": [
            f"{move.jurisdiction} {move.day}: {len(move.parties)}{f' ({len(move.seen)} seen since)' if move.seen else ''}"
            for move in action.moves
        ],
        "parties": len(action.parties),
        "shared": len(action.shared),
        "stayed_out": [f"{code}: had {action.already[code]}, later {action.later[code]}" for code in action.stayed_out],
        "unknown": [f"{code}: {why}" for code, why in action.unknown.items()],
    }


@app.command()
def lag(
    program: ProgramOption = None,
    regime: RegimeOption = None,
    jurisdictions: CodesOption = None,
    by_program: Annotated[bool, typer.Option("--by-program", help="Also by each programme of the leader.")] = False,
    whole: WholeOption = None,
    page: PageOption = None,
    force: ForceOption = False,
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show how many days each jurisdiction takes to follow each other one, those that did not yet counted in."""
    from shellgame.resolve.lag import WITHIN, lags

    if page:
        see_place(page, force=force, outside=workspace(folder).folder)
    with gathering(folder, on, whole) as presence:
        codes = presence.here(_codes(jurisdictions))
        found = lags(presence, programmes=_programs(program, regime), jurisdictions=codes, by_programme=by_program)
    for code in codes:
        if lacking := presence.held[code].lacking:
            say(
                f"note: whom {code!r} follows is unknown: {'; '.join(lacking)}; `--whole {code}` where you know that it is"
            )
    if page:
        from shellgame.case.matrix_page import lag_html  # the template engine is loaded only for a page

        _write(
            page,
            lag_html(found, f"Who follows whom{f': {regime}' if regime else ''}", notice=workspace(folder).invented),
        )
    rows = (
        {
            "leader": each.leader,
            "follower": each.follower,
            "program": each.programme or None,
            "followed": len(each.followed),
            "censored": len(each.censored),
            **{f"days_{share}": each.quantile(share / 100) for share in (25, 50, 75)},
            **{f"within_{days}": each.within(days) for days in WITHIN},
            "other_way": each.other_way,
            "undated": each.undated,
            "unsure": each.unsure,
            "unknown": each.unknown,
        }
        for each in found
    )
    names = ("leader", "follower", "program", "followed", "censored", "days_25", "days_50", "days_75")
    columns = [Column(name.replace("_", " "), name) for name in (*names, *(f"within_{days}" for days in WITHIN))]
    emit(rows, columns, as_json=as_json, title="Lag")


@app.command()
def likely(
    follower: Annotated[str, typer.Argument(metavar="JURISDICTION", help="Code of the one that may list them.")],
    program: ProgramOption = None,
    regime: RegimeOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="So many at most.")] = 50,
    whole: WholeOption = None,
    on: OnOption = None,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Rank who of those that others list may be listed next in a jurisdiction, with reasons. Leads, not forecasts of guilt."""
    from shellgame.resolve.likely_next import likely_next

    day = date.fromisoformat(moment(on)[: len("2024-03-31")]) if on else None
    code = _code(follower)
    with gathering(folder, whole=whole) as presence:
        found = likely_next(presence, code, day=day, programmes=_programs(program, regime), limit=limit)
        counted_from = str(day or presence.horizon[code])
    rows = (
        {
            "entity_id": each.party.id,
            "caption": each.party.name,
            "jurisdiction": code,
            "as_of": counted_from,
            "score": round(each.score, 4),
            "reasons": [words for words, _ in each.reasons],
            "on": list(each.known.on),
        }
        for each in found
    )
    columns = [
        Column("id", "entity_id", no_wrap=True),
        Column("name", "caption"),
        Column("score", "score", justify="right"),
        Column("on", "on"),
        Column("because", "reasons"),
    ]
    title = f"Who may be listed next in {code}, in the year from {counted_from}"
    emit(rows, columns, as_json=as_json, title=title)


@contextmanager
def gathering(folder: Path | None, on: str | None = None, whole: str | None = None) -> Iterator[Presence]:
    """Gather all listings by party, and show how far it is; what is done with them is shown too."""
    ready_to_match()
    with Doing("gathering listings") as doing:
        yield workspace(folder).presence(on, whole=_codes(whole), progress=doing.compared)


def _code(given: str) -> str:
    """The code of one jurisdiction that can have a list here."""
    (code,) = jurisdictions_of("jurisdiction", [given.strip().lower()])
    return code


def _codes(given: str | None) -> list[str]:
    return [code.strip().lower() for code in given.split(",") if code.strip()] if given else []


def _programs(program: Iterable[str] | None, regime: str | None) -> list[str]:
    """The programmes that two options ask for together."""
    from shellgame.resolve.programmes import regime_named

    return [*(program or ()), *(regime_named(regime) if regime else ())]


def _write(path: Path, text: str) -> None:
    with written_whole(path) as aside:
        aside.write_text(text, encoding="utf-8")
    say(f"written: {path}")
