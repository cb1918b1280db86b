"""What speaks against: denials, decisions of people, conclusions that no source prints, accounts that differ, weak grounds."""

from __future__ import annotations

from collections.abc import Iterator

from shellgame.case.content.parts import Index, Said, Table, rows_of, statement_words
from shellgame.case.words import many, property_words
from shellgame.model.claim import Claim

_SINGLE = (
    "birthDate",
    "deathDate",
    "gender",
    "incorporationDate",
    "dissolutionDate",
    "imoNumber",
    "leiCode",
    "ogrnCode",
)
"""Properties of which there is one: two values are two accounts, or two parties."""
_MARKS = {"infers": "inference", "denies": "denial"}
_MOST = 60
_MOST_DENIALS = 12


def against(index: Index) -> tuple[Said, ...]:
    """Sentences on what speaks against the picture given here, each with its statements."""
    return (*_denials(index), *_decided(index), *_differing(index), *_ended(index), *_weak(index), *_alike(index))


def _denials(index: Index) -> Iterator[Said]:
    denied = [claim for claim in index.answer.claims if claim.stance == "denies"]
    ties = [
        tie for tie in index.answer.network.ties if tie.claims and all(claim.stance == "denies" for claim in tie.claims)
    ]
    for tie in ties[:_MOST_DENIALS]:
        who = index.said(tie.claims[0].speaker, most=80).text
        words = f"{index.name(tie.source_id)} – {index.said(tie.label, most=80).text} – {index.name(tie.target_id)}"
        yield Said(f"{who} denies: {words}.", index.refs(tie.claims))
    if denied:
        what = "denies" if len(denied) == 1 else "deny"
        yield Said(f"{many(len(denied), 'statement')} in the sources {what} something; see below.", index.refs(denied))
    else:
        yield Said("No source here denies any of it. That is no confirmation: few sources print denials.")


def _decided(index: Index) -> Iterator[Said]:
    """What people decided of parties here: it rests on no source."""
    judged = [tie for tie in index.answer.network.ties if tie.kind == "judged"]
    for tie in judged[:_MOST_DENIALS]:
        names = f"{index.numbered_name(tie.source_id)} and {index.numbered_name(tie.target_id)}"
        yield Said(f"{names}: {index.said(tie.label, most=200).text}.")
    if judged[_MOST_DENIALS:]:
        yield Said(f"People decided about {many(len(judged) - _MOST_DENIALS, 'further pair')} of parties here.")


def _differing(index: Index) -> Iterator[Said]:
    for identity, parts in index.answer.subjects.items():
        entity = parts.get(identity)
        for prop in _SINGLE if entity else ():
            values: dict[str, list[Claim]] = {}
            for claim in entity.claims if entity else ():
                if claim.prop == prop:
                    values.setdefault(claim.value, []).append(claim)
            if len(values) > 1:
                told = " / ".join(index.said(value, most=60).text for value in values)
                claims = [claim for its in values.values() for claim in its]
                yield Said(
                    f"Accounts differ on “{property_words(prop)}” of {index.name(identity)}: {told}.",
                    index.refs(claims),
                )


def _ended(index: Index) -> Iterator[Said]:
    answer = index.answer
    day = (answer.on or max((version.as_of for version in answer.versions), default=""))[:10]
    ended = [tie for tie in answer.network.ties if tie.kind == "link" and tie.end and tie.end < day[: len(tie.end)]]
    if ended:
        claims = [claim for tie in ended for claim in tie.claims if claim.prop == "endDate"]
        yield Said(f"{many(len(ended), 'link')} had ended by {day}.", index.refs(claims))


def _weak(index: Index) -> Iterator[Said]:
    claims = index.answer.claims
    weak = [claim for claim in claims if claim.reliability in "DEF"]
    if weak:
        names = index.said(", ".join(sorted({claim.source for claim in weak}))).text
        share = "All" if len(weak) == len(claims) else f"{len(weak):,} of"
        yield Said(
            f"{share} {many(len(claims), 'statement')} come from sources graded D, E or F (not usually reliable, or not to be "
            f"judged): {names}."
        )
    inferred = [claim for claim in claims if claim.stance == "infers"]
    if inferred:
        what = "is a conclusion" if len(inferred) == 1 else "are conclusions"
        yield Said(
            f"{many(len(inferred), 'statement')} {what} of a reader, not words of a source; see below.",
            index.refs(inferred),
        )
    shared = {tie.id for tie in index.answer.network.ties if tie.kind == "shared"}
    if shared:
        rest = "rests on a shared value" if len(shared) == 1 else "rest on shared values"
        yield Said(
            f"{many(len(shared), 'tie')} here {rest} alone, seen by comparison; no source states a relation there."
        )


def _alike(index: Index) -> Iterator[Said]:
    answer = index.answer
    others = [hit for hit in answer.hits.hits if hit.entity_id not in answer.subjects]
    if others:
        verb = "was" if len(others) == 1 else "were"
        yield Said(
            f"{many(len(others), 'other listed name')} like the one asked for {verb} not followed; the party meant may be among "
            "them (table “Names alike”)."
        )


def inferences_table(index: Index) -> Table:
    """What a reader concluded and what sources denied, one row for each thing it is about."""
    marked: dict[tuple[str, str], list[Claim]] = {}
    for claim in index.answer.claims:
        if claim.stance in _MARKS:
            marked.setdefault((claim.entity_id, claim.stance), []).append(claim)
    rows = [
        (
            _MARKS[stance],
            index.name(claims[0].record_id),
            index.said("; ".join(f"{statement_words(claim)}: {index.value(claim)}" for claim in claims), claims),
            index.said("; ".join(dict.fromkeys(claim.said for claim in claims))),
            index.said(f"{claims[0].source}, {claims[0].method}"),
        )
        for (_, stance), claims in list(marked.items())[:_MOST]
    ]
    note = (
        "An inference may be as small as taking a printed name for the record of that name."
        if rows
        else "No statement here is an inference or a denial."
    )
    if len(marked) > _MOST:
        note += f" The first {_MOST} of {len(marked):,}; the appendix marks all."
    headings = ("Mark", "Record", "Statement", "From the words", "Source, reader")
    return Table("inferences", "Inferences and denials", headings, rows_of(*rows), note)
