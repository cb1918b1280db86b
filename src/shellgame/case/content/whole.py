"""All parts of a dossier in the order they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from shellgame.case.content.against import against, inferences_table
from shellgame.case.content.appendix import Group, statements_of
from shellgame.case.content.listings import coverage_table, listings_table
from shellgame.case.content.network import links_table, parties_table, picture_note, shared_table
from shellgame.case.content.ownership import rules_table, stakes_table
from shellgame.case.content.parts import Index, Said, Table
from shellgame.case.content.sources import earlier_table, files_table, marks_table, tlp_of, versions_table
from shellgame.case.content.story import timeline_table
from shellgame.case.content.subjects import Subject, names_alike, subjects_of
from shellgame.case.content.summary import summary_of
from shellgame.case.lettering import isolated, shortened
from shellgame.case.uncovered import Uncovered
from shellgame.case.words import TLP_MEANING, many

LEAD = (
    "A lead, not a verdict: this dossier lines up what sources say. It accuses nobody; every statement is to be checked at its "
    "source before anybody acts on it."
)

_MOST_NAMED = 5


@dataclass(frozen=True)
class Content:
    """A dossier, ready to be printed; see the modules of this folder for its parts."""

    title: str
    running: str
    asked: str
    meant: str
    on: str
    data: str
    day: str
    tlp: str
    tlp_meaning: str
    lead: str
    summary: tuple[Said, ...]
    subjects: tuple[Subject, ...]
    alike: Table
    coverage: Table
    listings: Table
    rules: Table
    stakes: Table
    picture_note: str
    parties: Table
    links: Table
    shared: Table
    timeline: Table
    against: tuple[Said, ...]
    unknown: tuple[str, ...]
    inferences: Table
    versions: Table
    files: Table
    earlier: Table
    marks: Table
    statements: tuple[Group, ...]
    counts: str


def content_of(answer: Uncovered) -> Content:
    """Word every part of a dossier."""
    index = Index(answer)
    days = sorted(version.as_of[:10] for version in answer.versions)
    newest = _newest(index)
    tlp = tlp_of(index)
    return Content(
        title=_title(index, 160),
        running=_title(index, 75),
        asked=isolated(shortened(answer.asked, 160)) or "(no name)",
        meant=_meant(index),
        on=answer.on or (f"{newest}, the newest publication that tells of it" if newest else "no publication held"),
        data=_span(days),
        day=(answer.on or newest)[:10],
        tlp=f"TLP:{shortened(tlp, 20)}",
        tlp_meaning=TLP_MEANING.get(tlp, "not a known marking; ask the author"),
        lead=f"{answer.notice} {LEAD}".strip(),
        summary=summary_of(index),
        subjects=subjects_of(index),
        alike=names_alike(index),
        coverage=coverage_table(index),
        listings=listings_table(index),
        rules=rules_table(index),
        stakes=stakes_table(index),
        picture_note=picture_note(index),
        parties=parties_table(index),
        links=links_table(index),
        shared=shared_table(index),
        timeline=timeline_table(index),
        against=against(index),
        unknown=tuple(isolated(shortened(sentence, 600)) for sentence in answer.unknown),
        inferences=inferences_table(index),
        versions=versions_table(index),
        files=files_table(index),
        earlier=earlier_table(index),
        marks=marks_table(index),
        statements=statements_of(index),
        counts=", ".join(
            (
                many(len(index.ranking), "party", "parties"),
                many(len(answer.claims), "statement"),
                many(len(days), "publication"),
            )
        ),
    )


def _title(index: Index, most: int) -> str:
    """The name asked for; where an id was asked for, the name that goes with it."""
    answer = index.answer
    entity = answer.network.entities.get(answer.asked)
    return isolated(shortened(entity.caption if entity else answer.asked, most)) or "(no name)"


def _meant(index: Index) -> str:
    names = [
        f"{index.name(start)} ({index.said(', '.join(index.answer.network.records(start)), most=160).text})"
        for start in index.answer.network.start[:_MOST_NAMED]
    ]
    more = len(index.answer.network.start) - len(names)
    return "; ".join(names) + (f"; and {many(more, 'further record')}" if more > 0 else "") or "no record"


def _newest(index: Index) -> str:
    """The day of the newest list that its subjects stand on; of all that were asked where they stand on none."""
    answer = index.answer
    records = {*answer.subjects, *(record for row in answer.coverage for record in row.records)}
    sources = {claim.source for record in records for claim in index.groups.get(record, ())}
    days = [version.as_of[:10] for version in answer.versions if version.source in sources]
    return max(days or [version.as_of[:10] for version in answer.versions], default="")


def _span(days: list[str]) -> str:
    if not days:
        return "none"
    return days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
