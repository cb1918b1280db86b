"""What the list tells of individuals only: birth, nationality, titles, positions, papers."""

from __future__ import annotations

from typing import Final, NamedTuple

from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity, digest
from shellgame.sources.gb_hmt_sanctions.cells import Row, different, items_in, more_than
from shellgame.sources.gb_hmt_sanctions.texts import Paper, items_of, paper_of, split_list


class _Papers(NamedTuple):
    """A kind of paper: its column of numbers, its column of words, and what it becomes."""

    numbers: str
    words: str
    schema: str
    prop: str
    kind: str


_PASSPORTS: Final = _Papers("Passport Number", "Passport Details", "Passport", "passportNumber", "Passport")
_IDENTITIES: Final = (
    _Papers("", "NI Number", "Identification", "idNumber", "National identification"),
    _Papers(
        "National Identification Number", "National Identification Details", "Identification", "idNumber",
        "National identification",
    ),
)  # fmt: skip
COLUMNS: Final = (
    "Title", "DOB", "Town of Birth", "Country of Birth", "Nationality", "Position", _PASSPORTS.numbers, _PASSPORTS.words,
    *(column for papers in _IDENTITIES for column in (papers.numbers, papers.words) if column),
)  # fmt: skip
"""Columns that only individuals should fill."""


def write_person(claims: Claims, record: Entity, rows: list[Row]) -> None:
    """Write everything but names, addresses and listings."""
    for column, prop in (("Title", "title"), ("Position", "position"), ("Town of Birth", "birthPlace")):
        for item, cell in items_in(rows, column):
            record.add(prop, item, quote=cell, field=column)
    for item, cell in items_in(rows, "DOB"):
        record.add_date("birthDate", item, quote=cell, field="DOB")
    for item, cell in items_in(rows, "Country of Birth"):
        code = country_code(item)
        prop = "birthCountry" if code else "birthPlace"
        record.add(prop, code or item, original=item if code else None, quote=cell, field="Country of Birth")
    for item, cell in items_in(rows, "Nationality"):
        record.add_country("nationality", item, quote=cell, field="Nationality")
    for papers in (_PASSPORTS, *_IDENTITIES):
        if papers.numbers in rows[0]:
            _numbered_papers(claims, record, rows, papers)
        else:
            for cell in different(rows, papers.words):
                _papers_in_words(claims, record, cell, papers)


def _numbered_papers(claims: Claims, record: Entity, rows: list[Row], papers: _Papers) -> None:
    """Papers whose number has a column of its own; the words beside them are told apart by the same numbering."""
    for number_cell, words_cell in dict.fromkeys((row[papers.numbers], row[papers.words]) for row in rows):
        numbers, words = items_of(number_cell), split_list(words_cell)[1]
        for index, number in enumerate(numbers):
            beside = words[index] if len(words) == len(numbers) else words_cell
            read = paper_of(f"{number}. {beside}") or Paper(number, "", "", "")
            _paper(record, Paper(number, *read[1:]), papers, papers.numbers, more_than(number_cell, number), beside)
        if not numbers:
            _papers_in_words(claims, record, words_cell, papers)


def _papers_in_words(claims: Claims, record: Entity, cell: str, papers: _Papers) -> None:
    heading, items = split_list(cell)
    for item in items:
        sentence = f"{heading} {item}".strip()
        read = paper_of(sentence) or paper_of(item)
        if read is None:
            claims.counts["not_understood"] += 1
            record.add("notes", f"{papers.words}: {sentence}", original=sentence, field=papers.words)
        else:
            words = sentence if sentence != read.number else ""
            _paper(record, read, papers, papers.words, cell if heading else words or None, words)


def _paper(record: Entity, read: Paper, papers: _Papers, column: str, quote: str | None, words: str) -> None:
    paper = record.part(f"{record.id}-paper-{digest(papers.schema, read.number, read.country)}", papers.schema)
    for prop, value in (
        ("holder", record.id), ("number", read.number), ("type", papers.kind), ("country", read.country),
        ("startDate", read.issued), ("endDate", read.expires),
    ):  # fmt: skip
        paper.add(prop, value, quote=quote or words or None, field=column)
    paper.add("summary", words, field=papers.words)
    record.add(papers.prop, read.number, quote=quote, field=column)
