"""The summary: a few sentences made from the answer's own facts and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from shellgame.case.content.listings import listing_claims, printed_by
from shellgame.case.content.ownership import owned_summary
from shellgame.case.content.parts import Index, Refs, Said
from shellgame.case.words import jurisdiction_words, listed_in_words, many, schema_words
from shellgame.match.wording import score_in_words
from shellgame.resolve.coverage import Coverage

_MOST_NAMED = 6


def summary_of(index: Index) -> tuple[Said, ...]:
    """Say in short who it is, where it is listed, who is caught through owners, how large its network is, what is not known."""
    return (*_who(index), *_listed(index), *owned_summary(index), *_network(index), *_story(index), _unknown(index))


def _who(index: Index) -> Iterator[Said]:
    answer = index.answer
    scores = {hit.entity_id: hit.score for hit in answer.hits.hits}
    for identity in answer.network.start[:_MOST_NAMED]:
        entity, records = answer.network.entities[identity], answer.network.records(identity)
        names = [claim for claim in entity.claims if claim.value == entity.caption]
        sources = listed_in_words([index.said(source).text for source in entity.sources]) or "no source"
        best = max((scores[record] for record in records if record in scores), default=None)
        score = "" if best is None else f", found by name with a score of {score_in_words(best)}"
        what = "a record" if len(records) == 1 else f"one party in {len(records)} records"
        ids = f"id{'' if len(records) == 1 else 's'} {index.said(', '.join(records)).text}"
        yield Said(
            f"{index.name(identity)} is {what} of kind “{schema_words(entity.schema)}” in {sources} ({ids}{score}).",
            index.refs(names[:1]),
        )
    if len(answer.network.start) > _MOST_NAMED:
        yield Said(f"{many(len(answer.network.start) - _MOST_NAMED, 'further record')} fit the name equally well.")


def _listed(index: Index) -> Iterator[Said]:
    coverage = index.answer.coverage
    sure = [row for row in coverage if row.status == "listed" and row.identity == "confirmed"]
    unsure = [row for row in coverage if row.status == "listed" and row.identity != "confirmed"]
    clear = list(dict.fromkeys(_until_when(row) for row in coverage if row.status == "not_listed"))
    if sure:
        named = listed_in_words([_by(index, row) for row in sure[:_MOST_NAMED]])
        yield Said(f"On the lists held here it is listed by {named}.", _rests_on(index, sure))
    if unsure:
        named = listed_in_words([_by(index, row) for row in unsure[:_MOST_NAMED]])
        yield Said(
            f"A party of the same or a like name, whose identity is unsure, is listed by {named}.",
            _rests_on(index, unsure),
        )
    if over := [row for row in coverage if row.status == "delisted" and row.identity == "confirmed"]:
        named = listed_in_words([jurisdiction_words(row.jurisdiction) for row in over[:_MOST_NAMED]])
        yield Said(f"It was listed by {named} and is no longer.", _rests_on(index, over))
    if clear and not sure:
        yield Said(f"The lists of {listed_in_words(clear)} that are held here do not have it.")
    told = _told_listings(index, {record for row in coverage if row.status == "listed" for record in row.records})
    if told:
        verb = "is" if len(told) == 1 else "are"
        yield Said(
            f"{many(len(told), 'listing')} {verb} reported at second hand, by {listed_in_words(_counted(told))}."
        )


def _until_when(row: Coverage) -> str:
    """A jurisdiction with the day of its newest list, beyond which its silence says nothing."""
    return f"{jurisdiction_words(row.jurisdiction)} (to {max(each.rpartition(' of ')[2] for each in row.lists)})"


def _rests_on(index: Index, rows: list[Coverage]) -> Refs:
    return index.refs(claim for row in rows for claim in listing_claims(row, index.groups))


def _by(index: Index, row: Coverage) -> str:
    under = f" under {index.said(', '.join(row.programs[:3]), most=120).text}" if row.programs else ""
    since = f"since {index.said(row.since, most=20).text}" if row.since else printed_by(index, row)
    return f"{jurisdiction_words(row.jurisdiction)}{under} ({since})"


def _told_listings(index: Index, first_hand: set[str]) -> list[str]:
    """Authorities of listings that the subjects' records tell of, where these are on no list of a jurisdiction themselves."""
    parts = [part for its in index.answer.subjects.values() for part in its.values() if part.schema == "Sanction"]
    parts = [part for part in parts if part.claims[0].record_id not in first_hand]
    return [index.said(part.first("authority") or part.claims[0].speaker, most=80).text for part in parts]


def _counted(authorities: list[str]) -> list[str]:
    counts = Counter(authorities)
    shown = [f"{name} ({count})" if count > 1 else name for name, count in counts.most_common(_MOST_NAMED)]
    rest = len(counts) - len(shown)
    return [*shown, many(rest, "further authority", "further authorities")] if rest > 0 else shown


def _network(index: Index) -> Iterator[Said]:
    network = index.answer.network
    others = len(network.entities) - len(network.start)
    if not others:
        yield Said("No tie of it to anybody else was found in what is held here.")
        return
    links = sum(tie.kind == "link" for tie in network.ties)
    shared = len({tie.id for tie in network.ties if tie.kind == "shared"})
    steps = many(max(network.distance.values(), default=0), "step")
    also = f" and {many(shared, 'thing')} shared" if shared else ""
    listed = {network.party(claim.record_id) for claim in index.answer.claims if claim.schema == "Sanction"}
    listed &= network.entities.keys() - {*network.start}
    says = (
        "The record of 1 of these says it is listed too."
        if len(listed) == 1
        else f"The records of {len(listed):,} of these say they are listed too."
    )
    yield Said(
        f"Its network holds {many(others, 'other party', 'other parties')} within {steps}, by {many(links, 'link')} that sources "
        f"state{also}." + (f" {says}" if listed else "")
    )


def _story(index: Index) -> Iterator[Said]:
    days = [moment for moment in index.answer.timeline if moment.day]
    if days:
        first, last = days[0], days[-1]
        yield Said(
            f"Dated statements run from {index.said(first.day, most=20).text} to {index.said(last.day, most=20).text}.",
            index.refs([first.claim, last.claim]),
        )


def _unknown(index: Index) -> Said:
    count = len(index.answer.unknown)
    codes = list(dict.fromkeys(row.jurisdiction for row in index.answer.coverage if row.status == "unknown"))
    held = (
        f"; whether it is listed by {listed_in_words([jurisdiction_words(code) for code in codes])} is unknown"
        if codes
        else ""
    )
    return Said(f"{many(count, 'gap')} in what is known {'is' if count == 1 else 'are'} named in section 5{held}.")
