"""The CSV layout, version 1.1: semicolons, one wide row for each fact, the subject repeated on every row.

Columns are named after the XML, `NameAlias_WholeName`, `Address_Regulation_NumberTitle`; a row fills those of one kind of fact.
Which columns there are is taken from the header, so that a new one is kept as a note rather than guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from shellgame.errors import NotThisSource
from shellgame.sources.eu_fsf.contacts import contacts
from shellgame.sources.eu_fsf.subjects import ACT, ATTRIBUTES, Fact, Subject, subject_of_row
from shellgame.sources.eu_fsf.whole_rows import refuse_rewritten_day, whole_rows
from shellgame.sources.publication import Part

_KINDS = {
    "NameAlias": "nameAlias", "Citizenship": "citizenship", "BirthDate": "birthdate", "Address": "address",
    "Identification": "identification",
}  # fmt: skip
_CALLED_OTHERWISE = {
    "BirthDate_BirthDate": "birthdate", "BirthDate_Day": "dayOfMonth", "BirthDate_Month": "monthOfYear",
    "Identification_TypeCode": "identificationTypeCode", "Identification_TypeDescription": "identificationTypeDescription",
}  # fmt: skip
_SUBJECT = {
    "Entity_UnitedNationId": "unitedNationId", "Entity_DesignationDate": "designationDate",
    "Entity_DesignationDetails": "designationDetails",
}  # fmt: skip
_OF_SUBJECT = frozenset({
    "Entity_LogicalId", "Entity_EU_ReferenceNumber", "Entity_Remark", "Entity_SubjectType",
    "Entity_SubjectType_ClassificationCode",
})  # fmt: skip
_REQUIRED = ("Entity_LogicalId", "Entity_SubjectType", "NameAlias_WholeName")


class _Column(NamedTuple):
    """Where a column belongs: group (`Entity` or a kind of fact), and which of its attributes or those of its act it is."""

    title: str
    group: str
    attribute: str
    of_act: bool
    known: bool


def subjects(part: Part) -> tuple[list[Subject], str]:
    """Read the subjects and the date of the file as printed.

    Raises:
        Damaged: A row of another width, a cut end, wrong encoding; two references for one logical id.
        NotThisSource: A column is missing without which the file cannot be read.
    """
    (_, header), *lines = whole_rows(part)
    columns = [_column(title.strip()) for title in header]
    titles = {column.title: position for position, column in enumerate(columns)}
    if missing := [title for title in _REQUIRED if title not in titles]:
        raise NotThisSource(
            part.printed_name, record="line 1", found=f"no columns {', '.join(missing)}",
            remedy="give the publisher's own file; a spreadsheet may have saved this one",
        )  # fmt: skip
    found: dict[str, Subject] = {}
    published = ""
    for line, cells in lines:
        published = published or cells[titles.get("fileGenerationDate", 0)]
        _take(part, line, found, columns, cells)
    return list(found.values()), published


def _column(title: str) -> _Column:
    group, _, rest = title.partition("_")
    of_act = rest.startswith("Regulation_")
    name = rest.removeprefix("Regulation_")
    attribute = "regulationType" if rest == "Regulation_Type" else name[:1].lower() + name[1:]
    column = _Column(title, _KINDS.get(group, group), _CALLED_OTHERWISE.get(title, attribute), of_act, known=False)
    return column._replace(known=column.attribute in ACT if of_act else _known(column))


def _take(part: Part, line: int, found: dict[str, Subject], columns: list[_Column], cells: list[str]) -> None:
    groups: dict[str, dict[str, str]] = {}
    acts: dict[str, dict[str, str]] = {}
    unknown: list[tuple[str, str]] = []
    for column, cell in zip(columns, cells, strict=True):
        if not cell or not (text := cell.strip()):
            continue
        if column.known:
            (acts if column.of_act else groups).setdefault(column.group, {})[column.attribute] = text
        elif column.title != "fileGenerationDate":
            unknown.append((column.title, text))
    subject = _subject(part, line, found, groups.pop("Entity", {}), acts.pop("Entity", None))
    for act in (*acts.values(), *subject.acts[:1]):
        refuse_rewritten_day(part, line, act.get("publicationDate", ""))
    subject.unknown.extend(each for each in unknown if each not in subject.unknown)
    for fact in _facts(groups, acts):
        if fact not in subject.facts:
            subject.facts.append(fact)


def _known(column: _Column) -> bool:
    if column.group in ATTRIBUTES:
        return column.attribute in ATTRIBUTES[column.group] or column.attribute in ("remark", "contactInfo")
    return column.title in _SUBJECT or column.title in _OF_SUBJECT


def _subject(
    part: Part, line: int, found: dict[str, Subject], said: dict[str, str], act: dict[str, str] | None
) -> Subject:
    logical_id, reference = said.get("logicalId", ""), said.get("eU_ReferenceNumber", "")
    types = [code for name in ("subjectType", "subjectType_ClassificationCode") if (code := said.get(name))]
    subject = subject_of_row(part, line, found, reference, logical_id, types)
    subject.said.update({name: said[name] for name in _SUBJECT.values() if name in said})
    if (remark := said.get("remark")) and remark not in subject.remarks:
        subject.remarks.append(remark)
    if act and act not in subject.acts:
        subject.acts.append(act)
    return subject


def _facts(groups: dict[str, dict[str, str]], acts: dict[str, dict[str, str]]) -> Iterator[Fact]:
    for kind, said in groups.items():
        remark, contact = said.pop("remark", ""), said.pop("contactInfo", "")
        yield Fact(
            kind, said, (remark,) if remark else (), tuple(contacts(contact)), (acts[kind],) if kind in acts else ()
        )  # fmt: skip
