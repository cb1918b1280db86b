"""Additional Information in Australia's list: titles, positions, papers and contacts between the sentences."""

from __future__ import annotations

import re

from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.facts import ORGANIZATION_LACKS, PERSON_LACKS, VESSEL_LACKS, claim_facts
from shellgame.sources.printed import enumerated
from shellgame.sources.wording import is_blank, sentences

REFERENCE = re.compile(
    r"\((?:[^()]{0,60}?[\s–-])?((?:QD|TA|LY|KP|CD|CF|SO|YE|IQ|SD|IR|SS|GB|HT)\s?[ie]\.{0,2}\s?\d{2,3}|[A-Z]{2}\.[A-Z]\.\d{1,3}\.\d{2})"
    r"\b\.?[^()]{0,60}\)+",
    re.IGNORECASE,
)
"""References of the United Nations, as remarks taken over from its list print them; they are nobody's key in this list."""

_LABEL = re.compile(
    r"\b(Alternative title|Title|Military rank|Designation|Last known position|Position|Profession|Gender)\s*:\s*",
    re.IGNORECASE,
)
_PROPS = {
    "title": "title", "alternative title": "title", "military rank": "title", "designation": "position", "position": "position",
    "last known position": "position", "profession": "profession", "gender": "gender",
}  # fmt: skip
_PAPER = re.compile(
    r"\b(passports?|national identi(?:fication|ty)(?: card)?|(?:national )?ID card|identity card)"
    r"(?: no| nos| number| numbers)?\.?\s*:?\s*(?=[^.]{0,200}\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b[A-Z]{0,3}[ /.-]?\d[\dA-Z/-]{4,}\b")
_PAPER_END = re.compile(r"\.\s+[A-Z]|;\s*(?=[A-Z][a-z]+)|\b(?:National identi|Title|Designation|Address|Date of birth)")
_DATE = r"(\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|\d{1,2}/\d{1,2}/\d{4})"
_ISSUED = re.compile(rf"\bissued(?: on)?:? {_DATE}")
_EXPIRES = re.compile(rf"\b[Ee]xpir(?:es|ed|y|ing|ation date)(?: on)?:? {_DATE}")
_LONGEST_PAPER = 400  # characters behind a label that may still belong to its list
_NUMBER_WITHIN = 60  # characters of an item; a figure further on is a day or an address
_LACKS = {"Person": PERSON_LACKS, "Vessel": VESSEL_LACKS}


def claim_remarks(claims: Claims, record: Entity, text: str, field: str) -> None:
    """Claim a remark as a note, and what carries a label in it as well."""
    record.add("notes", text, field=field)
    if record.schema == "Person":
        for sentence in sentences(text):
            _labelled(record, sentence, field)
        _papers(claims, record, " ".join(text.split()), field)
    claim_facts(record, text, without=_LACKS.get(record.schema, ORGANIZATION_LACKS), field=field)


def _labelled(record: Entity, sentence: str, field: str) -> None:
    pieces = _LABEL.split(sentence)
    for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
        prop = _PROPS[label.lower()]
        for item in enumerated(value.strip(" .;")):
            if is_blank(item):
                continue
            if prop == "gender":
                record.add_gender(item.split()[0].strip(".,;"), quote=f"{label}: {item}", field=field)
            else:
                record.add(prop, item.strip('"“” '), quote=f"{label}: {value.strip()}", field=field)


def _papers(claims: Claims, record: Entity, text: str, field: str) -> None:
    read_to = 0
    for label in _PAPER.finditer(text):
        if (
            label.start() < read_to
        ):  # `Passport no.: a) Example passport number 1`: the list under the first label was read
            continue
        rest = text[label.end() : label.end() + _LONGEST_PAPER]
        if end := _PAPER_END.search(rest):
            rest = rest[: end.start()]
        items = enumerated(rest)
        adjective = text[: label.start()].split()[-1:]
        for item in items:
            if number := _NUMBER.search(item, 0, _NUMBER_WITHIN):
                _paper(claims, record, label, item, number, adjective, field)
                read_to = label.end() + (len(rest) if len(items) > 1 else number.end())


def _paper(
    claims: Claims,
    record: Entity,
    label: re.Match[str],
    item: str,
    number: re.Match[str],
    adjective: list[str],
    field: str,
) -> None:
    kind = label.group(1).lower()
    passport = kind.startswith("passport")
    words = [*adjective, *item[: number.start()].split()]
    country = next((word for word in words if word[:1].isupper() and len(word) > 3 and country_code(word)), None)
    issued, expires = _ISSUED.search(item), _EXPIRES.search(item)
    value, quote = number.group().strip(" /.-"), f"{label.group().strip()} {item}"[:200]
    record.add("passportNumber" if passport else "idNumber", value, quote=quote, field=field)
    record.identification(
        value,
        kind="passport" if passport else kind,
        schema="Passport" if passport else "Identification",
        country=country,
        issued=issued.group(1) if issued else None,
        expires=expires.group(1) if expires else None,
        quote=quote,
        field=field,
    )
    claims.counts["papers"] += 1
