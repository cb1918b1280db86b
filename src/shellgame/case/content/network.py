"""The network in tables: who is in it, who is linked to whom in whose words, and who shares what."""

from __future__ import annotations

from collections.abc import Sequence

from shellgame.case.content.parts import Index, Said, Table, rows_of
from shellgame.case.lettering import isolated, shortened
from shellgame.case.sketch import MOST_ON_PAGE
from shellgame.case.timeline import Moment
from shellgame.case.words import many, property_words, schema_words
from shellgame.graph.ties import Tie
from shellgame.model.claim import Claim
from shellgame.model.schema import CAPTION_PROPS

_MOST_PROGRAMS = 4
_MOST_WORDS = 2
"""Different quotes shown for one tie; the appendix has all."""


def parties_table(index: Index) -> Table:
    """Everybody in the network, in the order of the numbers in the picture."""
    network = index.answer.network
    days = {moment.entity_id: moment for moment in reversed(index.answer.timeline) if moment.kind == "listed"}
    rows = []
    for identity in index.ranking:
        entity = network.entities[identity]
        names = [claim for claim in entity.claims if claim.value == entity.caption and claim.prop in CAPTION_PROPS]
        rows.append(
            (
                str(index.party_numbers[identity]),
                Said(index.name(identity), index.refs(names)),
                schema_words(entity.schema),
                str(network.distance.get(identity, "–")),
                _listed(index, identity, days.get(identity)),
                index.said(", ".join([*network.records(identity), *entity.sources])),
            )
        )
    headings = ("No.", "Party", "Kind", "Steps", "Listed under", "Records, sources")
    note = (
        "Numbered from the start outwards by the strength of the ties that lead there; the numbers are those in the picture. "
        "A dash: its record prints no listing, which does not say that nobody lists it."
    )
    return Table("parties", "Parties", headings, rows_of(*rows), note)


def _listed(index: Index, identity: str, moment: Moment | None) -> Said:
    """Under which programmes a party's own record says that it is listed, and the first day told."""
    records = index.answer.network.records(identity)
    listing = [claim for each in records for claim in index.groups.get(each, []) if claim.schema == "Sanction"]
    programs: dict[str, Claim] = {}
    for claim in listing:
        if claim.prop == "program":
            programs.setdefault(claim.value, claim)
    if not listing and moment is None:
        return Said("–")
    words = ", ".join(list(programs)[:_MOST_PROGRAMS]) or "programme not told"
    more = f" and {len(programs) - _MOST_PROGRAMS} more" if len(programs) > _MOST_PROGRAMS else ""
    since = f", since {shortened(moment.day, 24)}" if moment else ""
    claims = [*list(programs.values())[:_MOST_PROGRAMS], *([moment.claim] if moment else [])] or listing[:1]
    return index.said(f"{shortened(words, 120)}{more}{since}", claims)


def picture_note(index: Index) -> str:
    """Say what the picture leaves out."""
    count = len(index.ranking)
    if count <= MOST_ON_PAGE:
        return ""
    return (
        f"The picture shows the {MOST_ON_PAGE} parties with the strongest ties to the start; "
        f"{many(count - MOST_ON_PAGE, 'party', 'parties')} of {count:,} are in the tables only."
    )


def links_table(index: Index) -> Table:
    """Every link that a source states, strongest first; without a column of words where no source prints any."""
    number = index.party_numbers
    links = sorted(
        (tie for tie in index.answer.network.ties if tie.kind == "link"),
        key=lambda tie: (-tie.strength, sorted((number[tie.source_id], number[tie.target_id])), tie.id),
    )
    quoted = any(claim.quote for tie in links for claim in tie.claims)
    rows: list[tuple[Said | str, ...]] = [
        (
            index.numbered_name(tie.source_id),
            index.numbered_name(tie.target_id),
            Said(_relation(tie)),
            f"{tie.strength:.2f}",
            *([_words(tie.claims)] if quoted else []),
            Said(_places(tie.claims), index.refs(tie.claims)),
        )
        for tie in links
    ]
    words = ("Words of the source",) if quoted else ()
    headings = ("From", "To", "Relation as printed", "Strength", *words, "Source and place")
    note = "" if rows else "No source here states a link between these parties."
    if rows and not quoted:
        note = "The sources print these links as fields of records, without a sentence to quote."
    return Table("links", "Links that sources state", headings, rows_of(*rows), note)


def _relation(tie: Tie) -> str:
    days = f" ({_until(tie.start)} to {_until(tie.end)})" if tie.start or tie.end else ""
    told = tie.schema == "UnknownLink" or tie.schema.lower() == tie.label.lower()
    kind = "" if told else f" [{schema_words(tie.schema)}]"
    denied = ", denied" if tie.strength == 0 else ""
    return isolated(shortened(tie.label, 160)) + kind + days + denied


def _until(day: str | None) -> str:
    return shortened(day, 20) if day else "…"


def _words(claims: Sequence[Claim]) -> Said:
    quotes = list(dict.fromkeys(claim.quote for claim in claims if claim.quote))
    if not quotes:
        return Said("–")
    shown = "; ".join(f"“{isolated(shortened(quote, 220))}”" for quote in quotes[:_MOST_WORDS])
    return Said(shown + (f"; and {len(quotes) - _MOST_WORDS} more" if quotes[_MOST_WORDS:] else ""))


def _places(claims: Sequence[Claim]) -> str:
    places = list(dict.fromkeys(f"{claim.source}, {_record(claim)}" for claim in claims))
    shown = "; ".join(isolated(shortened(place, 140)) for place in places[:_MOST_WORDS])
    return shown + (f"; and {len(places) - _MOST_WORDS} more" if places[_MOST_WORDS:] else "")


def _record(claim: Claim) -> str:
    """The place of a claim up to its record: what follows names a field, and the appendix has that."""
    head, mark, rest = claim.locator.partition("#")
    return f"{head}{mark}{rest.split('/')[0]}"


def shared_table(index: Index) -> Table:
    """What parties share without any source stating a link: one row for each thing shared."""
    groups: dict[str, list[Tie]] = {}
    for tie in index.answer.network.ties:
        if tie.kind == "shared":
            groups.setdefault(tie.id, []).append(tie)
    rows = []
    for ties in groups.values():
        claims = list({claim.claim_id: claim for tie in ties for claim in tie.claims}.values())
        members = dict.fromkeys(identity for tie in ties for identity in (tie.source_id, tie.target_id))
        ranked = sorted(members, key=lambda identity: index.party_numbers.get(identity, 0))
        rows.append(
            (
                property_words(ties[0].schema),
                index.said(ties[0].label, claims),
                "; ".join(map(index.numbered_name, ranked[:12]))
                + (f"; and {len(ranked) - 12} more" if ranked[12:] else ""),
                f"{ties[0].strength:.2f}",
                _places(claims),
            )
        )
    headings = ("The same", "As printed", "Shared by", "Strength", "Source and record")
    note = (
        "That two records print the same thing is a lead, no proof of a tie: offices, agents and namesakes are shared by strangers."
        if rows
        else "These parties share no identifier, contact, address or full name."
    )
    return Table("shared", "What parties share", headings, rows_of(*rows), note)
