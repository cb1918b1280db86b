"""What an answer does not know, in sentences: a gap that is named cannot be taken for a clean record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from shellgame.case.words import jurisdiction_words, listed_in_words, many, property_words
from shellgame.graph.network import Network
from shellgame.model.entity import Entity
from shellgame.model.schema import is_a
from shellgame.model.version import Version
from shellgame.resolve.coverage import Coverage

_IDENTIFYING = {"Person": ("birthDate", "nationality"), "Organization": ("registrationNumber", "country")}
"""What one would want to know of a subject, to tell it from another of the same name."""
_OWNING = ("Ownership", "owner", "parent")


def unknown_sentences(
    network: Network,
    subjects: Mapping[str, Mapping[str, Entity]],
    coverage: Sequence[Coverage],
    versions: Sequence[Version],
) -> Iterator[str]:
    """Say what is not known about some subjects, their listings and their network."""
    yield from _same_name(network)
    yield from _no_list(coverage)
    yield from _no_whole_list(coverage)
    yield from _unsure(coverage)
    yield from _not_told(subjects)
    if not any(tie.schema in _OWNING for tie in network.ties):
        yield "No source here states who owns anybody in this network; absence of a stake is not evidence that there is none."
    nameless = [identity for identity, entity in network.entities.items() if not entity.claims]
    if nameless:
        yield (
            f"Of {many(len(nameless), 'party', 'parties')} in the network no source here tells more than the id: "
            f"{', '.join(nameless[:5])}{' …' if nameless[5:] else ''}."
        )
    if network.stopped:
        beyond = many(len(network.stopped), "further party", "further parties")
        yield f"The network goes on: {beyond} at its edge were not followed."
    for version in versions:
        if version.warnings:
            yield f"{version.source} of {version.as_of} was read with remarks: {'; '.join(version.warnings)}."


def _same_name(network: Network) -> Iterator[str]:
    if len(network.start) > 1:
        yield (
            f"{len(network.start)} records fit the name equally well ({', '.join(network.start)}). They are shown together, but "
            "neither `resolve` nor anybody has joined them into one party."
        )
    for identity in network.start:
        if records := network.joined.get(identity):
            yield (
                f"{len(records)} records ({', '.join(records)}) are shown as one party, as `resolve` and people have joined them: "
                "a lead, for which `shellgame resolve --why ID ID` tells the reasons."
            )


def _no_list(coverage: Iterable[Coverage]) -> Iterator[str]:
    codes = list(dict.fromkeys(row.jurisdiction for row in coverage if row.status == "unknown" and not row.lists))
    if codes:
        names = listed_in_words([f"{jurisdiction_words(code)} ({code})" for code in codes])
        whether = "it lists" if len(codes) == 1 else "they list"
        yield f"No list of {names} is in this workspace: whether {whether} anybody here is unknown."


def _no_whole_list(coverage: Iterable[Coverage]) -> Iterator[str]:
    lacking = {row.jurisdiction: row for row in coverage if row.status == "unknown" and row.lists}
    for code, row in lacking.items():
        yield (
            f"What is here of {jurisdiction_words(code)} ({', '.join(row.lists)}) is not enough to say that somebody is not listed "
            f"there: {'; '.join(row.why)}."
        )


def _unsure(coverage: Iterable[Coverage]) -> Iterator[str]:
    for row in coverage:
        if row.identity == "unsure":
            listing = "listed once" if row.status == "delisted" else "lists"
            yield (
                f"Whether {row.caption} ({row.entity_id}) is the party that {jurisdiction_words(row.jurisdiction)} {listing} as "
                f"{', '.join(row.records)} is unsure: {'; '.join(row.why)}."
            )


def _not_told(subjects: Mapping[str, Mapping[str, Entity]]) -> Iterator[str]:
    for identity, parts in subjects.items():
        entity = parts.get(identity)
        if entity is None:
            yield f"No source here tells anything of {identity} itself."
            continue
        wanted = next((props for kind, props in _IDENTIFYING.items() if is_a(entity.schema, kind)), ())
        if missing := [property_words(prop) for prop in wanted if not entity.properties.get(prop)]:
            yield f"No source here tells the {' or the '.join(missing)} of {entity.caption} ({identity})."
