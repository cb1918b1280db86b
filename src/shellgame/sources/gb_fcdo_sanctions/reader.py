"""The UK Sanctions List: everyone designated under the Sanctions and Anti-Money Laundering Act 2018.

Since 28 January 2026 it is the only list of the United Kingdom. It comes in seven formats that say the same; two are read
here, `UK-Sanctions-List.xml` (root `Designations`, encoded in UTF-8, no namespace) and `UK-Sanctions-List.csv`. Peculiar:

- A name is six parts, the sixth the surname of a person or the whole name of others. Types of name are `Primary Name`,
  `Primary Name Variation` (another spelling) and `Alias`, in any letter case; an alias may have a quality.
- Days are `DD/MM/YYYY` with `dd`, `mm` or `00` for what is not known; `15/08/19yy` stays a note.
- Measures stand twice: as printed, joined by `|`, and as one-word elements with `true` or `false`.
- The six address lines are not said to be street or town, so only the whole line, postal code and country are claimed.
- Owners of ships are `owner/operators`, so the link does not say which of the two; parents and subsidiaries are owned.
- Statements of reasons and other information cite other designations by their ids (`RUS0001`) and UN references; these
  become links, each with its sentence, and digital wallets printed there are taken out.
- Names in another script are not said to be the first name's; some of them are Latin letters.

What was verified, and where (no publication was at hand). All element paths of the XML, and that there are no others:
a public parser that holds the list of them against the file of early 2026 (6,194 designations). `DateGenerated`, the
number of designations by kind, the spellings of the name types, the two alias qualities, the placeholders in days, the
prefix `IMO`, the pipe between measures, that the CSV is the product of all repeated things (58,424 rows for 6,334
designations): a second public parser, with counts of September 2026, and OpenSanctions' crawler, which reads both. The 58
columns of the CSV, its first line, `Designation Type` as the present name of the column that was `Individual, Entity,
Ship`: OpenSanctions' crawler and two sets of test data of September and October 2026. Only told, not seen: that the
publisher's schema also knows hull numbers and addresses of digital wallets, which no designation has. An element or
column that is new is kept as a note under its name, counted, and told of in one sentence.

Ids are `gb-fcdo-<unique id in small letters>`, as OpenSanctions makes them; the Group ID of the list of OFSI is kept as
`authorityId` of the listing, beside the unique id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from shellgame.sources.claims import Claims
from shellgame.sources.gb_fcdo_sanctions.designation import DesignationWriter, full_name, record_id
from shellgame.sources.gb_fcdo_sanctions.kinds import Known
from shellgame.sources.gb_fcdo_sanctions.layouts import Designations, first_lines, header_line, read_csv, read_xml
from shellgame.sources.gb_fcdo_sanctions.values import references_in
from shellgame.sources.publication import Part, Publication
from shellgame.sources.reader import Format
from shellgame.sources.xml import root_name

XML = "UK-Sanctions-List.xml"
CSV = "UK-Sanctions-List.csv"


def is_xml(name: str, head: bytes) -> str | None:
    """Recognise the XML by its root element."""
    return XML if b"<Designations" in head and root_name(head) == "Designations" else None


def is_csv(name: str, head: bytes) -> str | None:
    """Recognise the CSV by its header, in the first or second line."""
    return CSV if b"Unique ID" in head[:4096] and header_line(first_lines(head)) is not None else None


def _reader(
    name: str, read_layout: Callable[[Part], tuple[Designations, str | None]]
) -> Callable[[Publication, Claims], None]:
    def read(publication: Publication, claims: Claims) -> None:
        part = publication.parts[name]
        designations, claims.published = read_layout(part)
        if claims.published is None:
            claims.notes.append("no day of publication stands where the list prints it (DateGenerated, or Report Date)")
        writer = DesignationWriter(claims, part.printed_name, name, _known(designations))
        unread = sorted({field for told in designations.values() for field, _ in told.unread})
        for told in designations.values():
            writer.write(told)
        if unread:
            claims.notes.append(f"not known to the reader and kept as notes: {', '.join(unread)}")

    return read


def _known(designations: Designations) -> Known:
    known = Known(defaultdict(set), defaultdict(set))
    for unique_id, told in designations.items():
        its_id = record_id(unique_id)
        known.by_reference[unique_id].add(its_id)
        for text in told.texts("un_reference"):
            for reference in references_in(text):
                known.by_reference[reference].add(its_id)
        for group in told.groups("name"):
            known.by_name[full_name(group).casefold()].add(its_id)
        for group in told.groups("script"):
            known.by_name[group.get("name", "").casefold()].add(its_id)
    return known


FORMATS: tuple[Format, ...] = (
    Format("designations-xml", is_xml, _reader(XML, read_xml), frozenset({XML})),
    Format("designations-csv", is_csv, _reader(CSV, read_csv), frozenset({CSV})),
)
