"""Papers and numbers: by its code each becomes a paper of the holder, a number of the subject, or both."""

from __future__ import annotations

from typing import NamedTuple

from shellgame.sources.claims import Claims, Entity
from shellgame.sources.eu_fsf.subjects import Fact


class _Kind(NamedTuple):
    """What a code stands for: property of a person, of an enterprise, schema of the paper (empty for a bare number)."""

    of_person: str
    of_enterprise: str
    schema: str


_PAPER = _Kind("idNumber", "idNumber", "Identification")
_KINDS = {
    "passport": _Kind("passportNumber", "idNumber", "Passport"),
    **dict.fromkeys(
        ("id", "birthcert", "drivinglicence", "electionid", "nationcert", "residentperm", "travelcardid", "unssn", "nrn", "other"),
        _PAPER,
    ),
    "ssn": _Kind("socialSecurityNumber", "idNumber", "Identification"),
    "tradelic": _Kind("licenseNumber", "licenseNumber", "Identification"),
    "fiscalcode": _Kind("taxNumber", "taxNumber", ""),
    "taxid": _Kind("taxNumber", "taxNumber", ""),
    "euvat": _Kind("vatCode", "vatCode", ""),
    "regnumber": _Kind("registrationNumber", "registrationNumber", ""),
    "imo": _Kind("", "imoNumber", ""),
    "swiftbic": _Kind("swiftBic", "swiftBic", ""),
}  # fmt: skip
"""The codes seen in the published list, all of them, and NRN."""

_FLAGS = {
    "diplomatic": "diplomatic", "knownExpired": "known to be expired", "knownFalse": "known to be false",
    "reportedLost": "reported lost", "revokedByIssuer": "revoked by the issuer",
}  # fmt: skip


def claim_paper(record: Entity, fact: Fact, country: str, claims: Claims) -> None:
    """Claim one paper or number; a code that is not known makes a paper of its own kind and is counted."""
    field = f"identification/{fact['logicalId']}".rstrip("/")
    code, description = fact["identificationTypeCode"], fact["identificationTypeDescription"]
    said = _said(fact)
    kind = _KINDS.get(code.lower()) or _unknown(code, description, claims)
    numbers = [number for name in ("number", "latinNumber") if any(map(str.isalnum, number := fact[name]))]
    if not numbers and (said or fact["number"].strip("- ")):
        record.add("notes", f"{description or code}: {said}".rstrip(": "), field=field)
    for number in numbers:
        prop = kind.of_person if record.schema == "Person" else kind.of_enterprise
        if fact["knownFalse"] != "true":
            record.add(
                prop or "notes",
                number if prop else f"{description or code}: {number}",
                quote=_quote(number, said),
                field=field,
            )
        if country and not kind.schema and record.schema != "Person":
            record.add_country("country", country, quote=f"{description or code} {number}", field=field)
        if kind.schema or said or country:
            _document(record, fact, kind, number, country, said)


def _unknown(code: str, description: str, claims: Claims) -> _Kind:
    if code or description:
        claims.counts["not_understood"] += 1
        note = f"papers of the unknown kind {code!r} ({description}) are kept as papers of that kind"
        claims.notes.extend([note] if note not in claims.notes else [])
    return _Kind("", "", "Identification")


def _document(record: Entity, fact: Fact, kind: _Kind, number: str, country: str, said: str) -> None:
    field = f"identification/{fact['logicalId']}".rstrip("/")
    document = record.identification(
        number, kind=fact["identificationTypeDescription"] or fact["identificationTypeCode"] or "identification",
        schema=kind.schema or "Identification", country=country or None, quote=_quote(number, said), field=field,
        issued=fact["issueDate"] or fact["issuedDate"] or fact["validFrom"], expires=fact["validTo"],
    )  # fmt: skip
    document.add("authority", fact["issuedBy"], field=field)
    document.add("summary", said, field=field)


def _said(fact: Fact) -> str:
    """What is said of a paper besides its number, in one line."""
    words = [label for name, label in _FLAGS.items() if fact[name].lower() == "true"]
    words += [
        f"{what}: {fact[name]}" for name, what in (("nameOnDocument", "name on it"), ("region", "region")) if fact[name]
    ]
    return "; ".join((*words, *(remark.replace("\\n", "\n") for remark in fact.remarks)))


def _quote(number: str, said: str) -> str | None:
    return f"{number} ({' '.join(said.split())})" if said else None
