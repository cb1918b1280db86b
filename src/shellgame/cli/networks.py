"""Commands about who is connected: the network around somebody, the ways between two, and who holds a network together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from shellgame.cli.ask import evidence
from shellgame.cli.coverage import ProgramOption
from shellgame.cli.doing import Doing
from shellgame.cli.network_files import FormatOption, IntoOption, drawn, format_of, put
from shellgame.cli.options import (
    ForceOption,
    JsonOption,
    OnOption,
    WorkspaceOption,
    ready_to_match,
    several,
    workspace,
)
from shellgame.cli.output import cell, emit, json_line, paper, say, see_place, wants_json
from shellgame.cli.tables import Column
from shellgame.graph.network import Network
from shellgame.graph.strength import pair_strengths
from shellgame.graph.ties import Tie
from shellgame.model.entity import Entity

if TYPE_CHECKING:
    from shellgame.graph.communities import Groups
    from shellgame.graph.paths import Ways
    from shellgame.graph.roots import Roots
    from shellgame.workspace import Workspace

app = typer.Typer()
_MOST_TIES = 5
"""Ties shown of each root; JSON has all."""
_FEWEST_ROOTED = 3
"""With fewer entities than this nobody holds others together."""
_MOST_NAMED = 8
"""Members shown of a group."""
LEADS = "Ties are leads with their sources, not findings of guilt."

StartOption = Annotated[str | None, typer.Argument(metavar="[ID|NAME]", help="Where to start; or use --program.")]
DepthOption = Annotated[
    int | None, typer.Option("--depth", min=1, help="Most steps from the start.", show_default="no limit")
]
WeakestOption = Annotated[
    float | None,
    typer.Option("--weakest", min=0, max=1, help="How well evidence must lead to somebody.", show_default="0.3"),
]
FormerOption = Annotated[bool, typer.Option("--former", help="Also follow links that have ended by the day.")]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="With --program: only who is so listed since this day.")
]


@app.command()
def network(
    name_or_id: StartOption = None,
    program: ProgramOption = None,
    since: SinceOption = None,
    on: OnOption = None,
    depth: DepthOption = None,
    weakest: WeakestOption = None,
    former: FormerOption = False,
    groups: Annotated[
        bool, typer.Option("--groups", help="Tell its groups, and who stands between them, instead of every tie.")
    ] = False,
    written: FormatOption = None,
    into: IntoOption = None,
    force: ForceOption = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show the network around an entity: who is tied to whom, by which words of which source."""
    written = format_of(written, into, as_json)
    ws = workspace(folder)
    if into:
        see_place(into, force=force, outside=ws.folder)
    ready_to_match()
    programs = several(program)
    with Doing("following ties") as doing:
        found = ws.network(
            name_or_id,
            on,
            depth,
            weakest=weakest,
            former=former,
            program=programs,
            since=since,
            progress=doing.compared,
        )
    parts = _groups(found) if groups else None
    title = f"Network of {name_or_id or ', '.join(programs)}"
    if written == "json":
        put("".join(map(json_line, (*network_rows(found), *(group_rows(parts, found) if parts else ())))), into)
    elif written != "table":
        put(drawn(found, written, title=title, notice=ws.invented, day=on or ""), into)
    elif parts:
        tell_groups(paper(), parts, found, title)
    else:
        tell_network(paper(), found, title)
    for sentence in (*_read_as(ws, name_or_id, on), *_edge(found)):
        say(f"note: {sentence}")


def _read_as(ws: Workspace, name_or_id: str | None, on: str | None) -> Iterator[str]:
    """As what a name was read that nobody has in just these words, and that it fits several; nothing where there is no doubt."""
    if name_or_id is None:
        return
    meant = ws.meant(name_or_id, on)
    if meant.text:
        yield meant.text
    if len(meant.records) > 1:
        yield f"{len(meant.records)} records fit {name_or_id!r} equally well, and all are meant: {_some(meant.records)}"


def _edge(network: Network) -> Iterator[str]:
    """Where a network stops, and why."""
    if network.stopped:
        yield f"the network is larger than shown; {_more(network.stopped)} left out"
    if network.weaker:
        yield (
            f"{_more(network.weaker)} tied to it too weakly to be followed; `--weakest` with a lower number shows more"
        )
    if network.beyond:
        yield f"listed themselves, of those too weakly tied: {_some([*network.beyond.values()])}"
    if network.hubs:
        yield f"linked to so many that nobody was followed from there: {', '.join(network.hubs)}"
    if network.former:
        yield f"links between these that have ended by the day: {len(network.former):,}; `--former` shows them"


def _more(entities: Sequence[str]) -> str:
    return "1 more entity is" if len(entities) == 1 else f"{len(entities):,} more entities are"


def tell_network(console: Console, network: Network, title: str) -> None:
    """Print a network for people: who is in it by distance, then each tie with the words it rests on."""
    table = Table(title=escape(title), title_justify="left", header_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for heading in ("steps", "reach", "name", "what", "id", "sources"):
        table.add_column(heading, overflow="fold")
    for identity, entity in sorted(
        network.entities.items(),
        key=lambda item: (network.distance[item[0]], -network.reach.get(item[0], 0.0), item[1].caption),
    ):
        told = (entity.caption, entity.schema, "\n".join(network.records(identity)), ", ".join(entity.sources))
        reach = network.reach.get(identity)
        table.add_row(
            str(network.distance[identity]),
            "" if reach is None else f"{reach:.2f}",
            *(escape(cell(each)) for each in told),
        )
    console.print(table)
    for tie in network.ties:
        tell_tie(console, tie, network.entities)
    console.print(f"{_summary(network)}. {LEADS}")


def tell_tie(console: Console, tie: Tie, entities: Mapping[str, Entity], indent: str = "") -> None:
    """Print a tie with its strength and the words it rests on."""
    one, other = (
        escape(cell(entities[end].caption if end in entities else end)) for end in (tie.source_id, tie.target_id)
    )
    line = "──▶" if tie.kind == "link" else "┄┄┄"
    console.print(
        f"{indent}[bold]{one}[/] {line} [cyan]{escape(_relation(tie))}[/] {line} [bold]{other}[/]  [dim]{tie.strength:.2f}[/]"
    )
    for words, places in _said(tie).items():
        console.print(f"{indent}    “{escape(cell(words))}”  [dim]{escape(cell(', '.join(places)))}[/]")


def _relation(tie: Tie) -> str:
    return f"same {tie.schema}" if tie.kind == "shared" else cell(tie.label)


def _said(tie: Tie) -> dict[str, list[str]]:
    """The words a tie rests on, each with the places that print them; where no words are quoted, the relation itself."""
    found: dict[str, list[str]] = {}
    quoted = [claim for claim in tie.claims if claim.quote] or list(
        tie.claims[:1] if tie.kind == "link" else tie.claims
    )
    for claim in quoted:
        words = tie.label if tie.kind == "link" and not claim.quote else claim.said
        places = found.setdefault(words, [])
        if (place := f"{claim.source} {claim.locator}") not in places:
            places.append(place)
    return found


def _summary(network: Network) -> str:
    return f"{len(network.entities)} entities, {len(network.ties)} ties"


def network_rows(network: Network) -> Iterator[dict[str, Any]]:
    """A network as rows: its entities, then its ties with their evidence."""
    for identity, entity in network.entities.items():
        yield {
            "kind": "entity",
            "id": identity,
            "caption": entity.caption,
            "schema": entity.schema,
            "source_id": None,
            "target_id": None,
            "strength": None,
            "distance": network.distance[identity],
            "reach": round(network.reach[identity], 4) if identity in network.reach else None,
            "records": list(network.records(identity)),
            "sources": entity.sources,
            "evidence": [evidence(claim) for claim in entity.claims if claim.prop == "name"],
        }
    for tie in network.ties:
        yield tie_row(tie)


def tie_row(tie: Tie) -> dict[str, Any]:
    """A tie with its evidence, for programs."""
    return {
        "kind": tie.kind,
        "id": tie.id,
        "caption": tie.label,
        "schema": tie.schema,
        "source_id": tie.source_id,
        "target_id": tie.target_id,
        "strength": round(tie.strength, 3),
        "start": tie.start,
        "end": tie.end,
        "past": tie.past or None,
        "evidence": [evidence(claim) for claim in tie.claims],
    }


def _groups(network: Network) -> Groups:
    from shellgame.graph.communities import groups_of  # loads networkx, which takes half a second

    return groups_of(pair_strengths(network.ties))


def group_rows(groups: Groups, network: Network) -> Iterator[dict[str, Any]]:
    """Groups and those who stand between them, for programs."""
    for number, members in enumerate(groups.communities, start=1):
        named = _by_importance(members, network)
        yield {"kind": "group", "id": number, "caption": named[0], "size": len(members), "members": list(members)}
    for broker in groups.brokers:
        yield {
            "kind": "broker",
            "id": broker.id,
            "caption": network.entities[broker.id].caption,
            "between": round(broker.between, 4),
            "parts": [list(part) for part in broker.parts],
        }


def tell_groups(console: Console, groups: Groups, network: Network, title: str) -> None:
    """Print groups and those who stand between them for people."""
    rows = [
        {"group": number, "entities": len(members), "who": _some(_by_importance(members, network))}
        for number, members in enumerate(groups.communities, start=1)
    ]
    alone = len(network.entities) - sum(len(members) for members in groups.communities)
    footer = f"{alone} of {len(network.entities)} are tied to nobody here." if alone else ""
    columns = [Column("group", "group", "right"), Column("entities", "entities", "right"), Column("who", "who")]
    emit(rows, columns, as_json=False, title=title, footer=footer)
    number_of = {each: number for number, members in enumerate(groups.communities, start=1) for each in members}
    standing = [
        {
            "id": broker.id,
            "name": network.entities[broker.id].caption,
            "between": f"{broker.between:.0%}",
            "joins": _joined(broker.parts, number_of),
        }
        for broker in groups.brokers
    ]
    columns = [
        Column("id", "id", no_wrap=True),
        Column("name", "name"),
        Column("on the ways of", "between", "right"),
        Column("only tie between", "joins"),
    ]
    emit(standing, columns, as_json=False, title="Who stands between others")
    console.print(f"{_summary(network)}. {LEADS}")


def _by_importance(members: Iterable[str], network: Network) -> list[str]:
    """Captions of some entities, the best reached first."""
    ranked = sorted(members, key=lambda each: (-network.reach.get(each, 0.0), each))
    return [network.entities[identity].caption for identity in ranked]


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return "; ".join(cell(name) for name in names[:_MOST_NAMED]) + more


def _joined(parts: Sequence[Sequence[str]], number_of: Mapping[str, int]) -> str:
    """The parts that somebody alone holds together, by their sizes and groups."""
    told = []
    for part in parts[:_MOST_NAMED]:
        groups = ", ".join(map(str, sorted({number_of[each] for each in part if each in number_of})))
        told.append(f"{len(part)} (group {groups})")
    more = f" and {len(parts) - _MOST_NAMED} more" if len(parts) > _MOST_NAMED else ""
    return " | ".join(told) + more


@app.command()
def paths(
    one: Annotated[str, typer.Argument(metavar="ID|NAME", help="One end.")],
    other: Annotated[str, typer.Argument(metavar="ID|NAME", help="The other end.")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many ways at most.")] = 3,
    on: OnOption = None,
    former: FormerOption = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Show the best evidenced ways between two entities, every tie with its sources."""
    ready_to_match()
    ws = workspace(folder)
    with Doing("looking for ways") as doing:
        found = ws.paths(one, other, on, k=k, former=former, progress=doing.compared)
    if wants_json(as_json):
        emit(path_rows(found), [], as_json=True)
    else:
        tell_paths(paper(), found, f"Ways between {one} and {other}")
    for sentence in dict.fromkeys((*_read_as(ws, one, on), *_read_as(ws, other, on))):
        say(f"note: {sentence}")
    if not found.ways:
        say(f"note: no way found between {one!r} and {other!r}; {_looked(found)}")
    elif not found.whole:
        say(f"note: there may be better ways; {_looked(found)}")


def _looked(found: Ways) -> str:
    return (
        f"{found.asked:,} entities were asked for their ties, and every way of strength {found.sought:.2f} or more was looked for. "
        "What no source here tells is no evidence that there is no tie"
    )


def path_rows(found: Ways) -> Iterator[dict[str, Any]]:
    """Ways for programs, one a row, each step with its ties and their evidence."""
    for rank, way in enumerate(found.ways, start=1):
        yield {
            "kind": "way",
            "rank": rank,
            "strength": round(way.strength, 4),
            "ids": list(way.ids),
            "captions": [found.entities[identity].caption for identity in way.ids],
            "steps": [[tie_row(tie) for tie in step] for step in way.steps],
            "whole": found.whole,
        }


def tell_paths(console: Console, found: Ways, title: str) -> None:
    """Print ways for people: whom each leads over, then every tie of it with its words."""
    console.print(f"[bold]{escape(cell(title))}[/]")
    for rank, way in enumerate(found.ways, start=1):
        names = " – ".join(escape(cell(found.entities[identity].caption)) for identity in way.ids)
        console.print(f"\n{rank}. {names}  [dim]{way.strength:.2f}[/]")
        if not way.steps:
            console.print("   both are one party here, as `resolve` and people have joined their records")
        for step in way.steps:
            for tie in step:
                tell_tie(console, tie, found.entities, "   ")
    if found.ways:
        console.print(f"\n{LEADS}")


@app.command()
def roots(
    name_or_id: StartOption = None,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="How many.")] = 5,
    program: ProgramOption = None,
    since: SinceOption = None,
    on: OnOption = None,
    depth: DepthOption = None,
    weakest: WeakestOption = None,
    unlisted: Annotated[bool, typer.Option("--unlisted", help="Choose only among those whom no list has.")] = False,
    regrowth: Annotated[
        bool, typer.Option("--regrowth", help="Choose as if former and weak ties were used again at once.")
    ] = False,
    folder: WorkspaceOption = None,
    as_json: JsonOption = None,
) -> None:
    """Rank the few who hold a network together: whose designation would cut most of its reach. Leads, not verdicts."""
    ready_to_match()
    ws, programs = workspace(folder), several(program)
    with Doing("measuring the network") as doing:
        found = ws.roots(
            name_or_id,
            on,
            k,
            depth=depth,
            weakest=weakest,
            program=programs,
            since=since,
            unlisted=unlisted,
            with_regrowth=regrowth,
            progress=doing.compared,
        )
    if wants_json(as_json):
        emit(root_rows(found), [], as_json=True)
    else:
        tell_roots(paper(), found, f"Roots of the network of {name_or_id or ', '.join(programs)}")
    if not found.players.entities:
        say("note: nobody here holds together by ties that are strong enough, so there is nothing to cut")
    elif found.players.entities < _FEWEST_ROOTED:
        say("note: too small to tell: only 2 entities hold together by ties, so cutting off either cuts all")
    for sentence in (*_read_as(ws, name_or_id, on), *_edge(found.network)):
        say(f"note: {sentence}")


def root_rows(found: Roots) -> Iterator[dict[str, Any]]:
    """Roots for programs: those chosen, then the choice at other strengths."""
    for rank, root in enumerate(found.roots, start=1):
        entity = found.network.entities[root.cut.id]
        yield {
            "kind": "root",
            "rank": rank,
            "id": root.cut.id,
            "caption": entity.caption,
            "schema": entity.schema,
            "cut": round(root.cut.cut, 4),
            "alone": round(root.cut.alone, 4),
            "regrown": round(root.cut.regrown, 4),
            "parts": root.parts,
            "listed_by": list(root.listed_by),
            "stays": list(root.stays),
            "exact": found.players.exact,
            "records": list(found.network.records(root.cut.id)),
            "ties": [tie_row(tie) for tie in root.ties],
        }
    for check in found.checks:
        yield {
            "kind": "check",
            "weakest": check.weakest,
            "ids": list(check.players.ids),
            "cut": round(check.players.cuts[-1].cut, 4) if check.players.cuts else None,
            "entities": check.players.entities,
        }


def tell_roots(console: Console, found: Roots, title: str) -> None:
    """Print roots for people: the table, the ties that make each matter, and whether the answer stays."""
    network = found.network
    rows = [
        {
            "rank": rank,
            "name": network.entities[root.cut.id].caption,
            "id": root.cut.id,
            "cut": f"{root.cut.cut:.0%}",
            "alone": f"{root.cut.alone:.0%}",
            "regrown": f"{root.cut.regrown:.0%}",
            "parts": root.parts,
            "listed_by": ", ".join(root.listed_by) or "nobody here",
            "stays": ", ".join(f"{level:.1f}" for level in root.stays) or "–",
        }
        for rank, root in enumerate(found.roots, start=1)
    ]
    columns = [
        Column("", "rank", "right"),
        Column("name", "name"),
        Column("id", "id", no_wrap=True),
        Column("cut so far", "cut", "right"),
        Column("alone", "alone", "right"),
        Column("with regrowth", "regrown", "right"),
        Column("parts", "parts", "right"),
        Column("listed by", "listed_by"),
        Column("stays at", "stays", no_wrap=True),
    ]
    emit(rows, columns, as_json=False, title=title)
    for rank, root in enumerate(found.roots, start=1):
        console.print(f"\n{rank}. [bold]{escape(cell(network.entities[root.cut.id].caption))}[/]")
        for tie in root.ties[:_MOST_TIES]:
            tell_tie(console, tie, network.entities, "   ")
        if len(root.ties) > _MOST_TIES:
            console.print(f"   … and {len(root.ties) - _MOST_TIES} more ties")
    console.print()
    for check in found.checks:
        names = "; ".join(escape(cell(network.entities[each].caption)) for each in check.players.ids) or "nobody"
        console.print(f"With ties of {check.weakest:.1f} and more: {names}")
    players = found.players
    how = (
        "no other choice cuts more"
        if players.exact
        else "the best that was found; it was not compared with every other choice"
    )
    console.print(
        f"\n{players.entities} of {len(network.entities)} entities hold together by ties; {found.candidates} could be chosen; "
        f"{how}. "
        f"{found.alternatives} pairs could fall back on former or weak ties. "
        "This says who matters in what is known here, not who is guilty or what to do."
    )
