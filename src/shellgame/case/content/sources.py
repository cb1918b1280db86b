"""What it rests on: publications with their hashes, and how to read the marks."""

from __future__ import annotations

from collections import Counter

from shellgame.case.content.parts import Index, Said, Table, rows_of
from shellgame.case.words import CREDIBILITY, RELIABILITY, STANCES, TLP, TLP_MEANING
from shellgame.errors import WrongUse
from shellgame.model.claim import Claim
from shellgame.model.version import Version
from shellgame.sources.catalog import source_named


def versions_table(index: Index) -> Table:
    """The publication of each source that was asked, with its hash and how many statements come from it."""
    used = Counter(claim.source for claim in index.answer.claims)
    rows = [
        (
            index.said(version.source),
            index.said(_publisher(version)),
            index.said(version.as_of),
            index.said(version.format),
            f"{used[version.source]:,}",
            Said(version.sha256),
        )
        for version in index.answer.versions
    ]
    headings = ("Source", "Publisher", "Published", "Format", "Statements", "SHA-256 of the publication")
    return Table(
        "versions",
        "Publications asked",
        headings,
        rows_of(*rows),
        "A source with no statements was asked and adds nothing.",
    )


def files_table(index: Index) -> Table:
    """The files of these publications."""
    rows = [
        (index.said(version.source), index.said(part.printed_name), f"{part.size:,}", Said(part.sha256))
        for version in index.answer.versions
        for part in version.parts
    ]
    return Table("files", "Their files", ("Source", "File", "Bytes", "SHA-256 of the file"), rows_of(*rows))


def earlier_table(index: Index) -> Table:
    """Earlier publications that were the first to make some statement."""
    shown = {(version.source, version.id) for version in index.answer.versions}
    first: dict[tuple[str, str], list[Claim]] = {}
    for claim in index.answer.claims:
        if (claim.source, claim.first_version) not in shown:
            first.setdefault((claim.source, claim.first_version), []).append(claim)
    rows = [
        (index.said(source), index.said(claims[0].first_seen), f"{len(claims):,}", Said(claims[0].evidence))
        for (source, _), claims in sorted(first.items(), key=lambda item: (item[0][0], item[1][0].first_seen))
    ]
    headings = ("Source", "Published", "Statements", "SHA-256 of the publication")
    note = "Publications in which statements of this dossier were first seen, and which newer ones above repeat."
    return Table("earlier", "Earlier publications", headings, rows_of(*rows), note if rows else "")


def _publisher(version: Version) -> str:
    try:
        return source_named(version.source).publisher
    except WrongUse:
        return version.source


def tlp_of(index: Index) -> str:
    """The narrowest marking of all statements: a dossier may go no further than its most sensitive part."""
    found = [index.answer.tlp, *(claim.tlp.upper() for claim in index.answer.claims)]
    return max(found, key=lambda tlp: TLP.index(tlp) if tlp in TLP else len(TLP), default=TLP[0])


def marks_table(index: Index) -> Table:
    """How to read what stands beside a statement; only marks that occur."""
    claims = index.answer.claims
    grades = sorted({claim.reliability for claim in claims})
    certainty = sorted({claim.credibility for claim in claims})
    stances = [stance for stance in STANCES if any(claim.stance == stance for claim in claims)]
    tlp = tlp_of(index)
    rows = [
        ("[12]", "Number of a statement; the appendix has it in full, with its place in the source."),
        *((grade, f"Admiralty grade of the source: {RELIABILITY.get(grade, 'not known')}.") for grade in grades),
        *(
            (str(grade), f"Admiralty grade of the information: {CREDIBILITY.get(grade, 'not known')}.")
            for grade in certainty
        ),
        *((stance, f"{STANCES[stance][0].upper()}{STANCES[stance][1:]}.") for stance in stances),
        (
            "strength",
            "0 to 1, an order and no probability. Of a link: how reliable the source is, and whether it asserts or reports. Of "
            "something shared: how much that kind of thing says, less where more parties of one list share it.",
        ),
        (
            "score",
            "0 to 1, how alike a listed name is to the one asked for; 0.70 and more is worth a look, no identity.",
        ),
        ("published", "Day of the first publication held here that makes the statement."),
        (
            "[U+202E]",
            "A letter that cannot be seen or turns the direction of reading, shown by its number; it is in the source.",
        ),
        (f"TLP:{tlp}", f"Traffic light protocol: {TLP_MEANING.get(tlp, 'not a known marking; ask the author')}."),
    ]
    return Table("marks", "", ("Mark", "Meaning"), rows_of(*rows))
