"""Listings: under which programme, by which act, since when; and the acts behind single facts."""

from __future__ import annotations

from shellgame.sources.claims import Entity
from shellgame.sources.eu_fsf.subjects import Subject

PROGRAM_IDS = {
    **{code: f"EU-{code}" for code in (
        "AFG", "BDI", "BLR", "CAF", "CHEM", "COD", "CYB", "GIN", "GNB", "GTM", "HAM", "HR", "HTI", "IRN", "IRQ", "LBY", "MDA",
        "MLI", "MMR", "NIC", "PRK", "RUS", "RUSDA", "SDN", "SDNZ", "SOM", "SSD", "SYR", "TERR", "TUN", "TUR", "UKR", "UNLI",
        "VEN", "YEM", "ZWE",
    )},
    "TAQA": "EU-TAQA-EUAQ", "EUAQ": "EU-TAQA-EUAQ",
}  # fmt: skip
"""OpenSanctions' programme keys for the list's own programme codes, where the two are plainly the same."""


def claim_listings(record: Entity, subject: Subject) -> None:
    """One listing for each programme; its days move with amendments, the designation's own day does not."""
    for act in subject.acts or [{}]:
        programme = act.get("programme", "")
        listing = record.sanction(programme.lower())
        listing.add("authority", "European Union")
        listing.add("country", "eu")
        listing.add("program", programme, field="regulation/programme")
        listing.add("programId", PROGRAM_IDS.get(programme.upper(), ""), field="regulation/programme")
        listing.add("authorityId", subject.reference, field="euReferenceNumber")
        listing.add("recordId", subject.logical_id, field="logicalId")
        listing.add("unscId", subject.said.get("unitedNationId"), field="unitedNationId")
        listing.add("provisions", act.get("numberTitle"), quote=described(act), field="regulation/numberTitle")
        listing.add("sourceUrl", act.get("publicationUrl"), field="regulation/publicationUrl")
        _days(listing, subject, act)
        listing.add("summary", subject.said.get("designationDetails"), field="designationDetails")


def _days(listing: Entity, subject: Subject, act: dict[str, str]) -> None:
    designated = subject.said.get("designationDate")
    published, in_force = act.get("publicationDate"), act.get("entryIntoForceDate")
    if designated:
        for prop in ("listingDate", "startDate"):
            listing.add_date(prop, designated, field="designationDate")
        listing.add_date("modifiedAt", published, quote=described(act), field="regulation/publicationDate")
    else:
        listing.add_date("listingDate", published, quote=described(act), field="regulation/publicationDate")
        listing.add_date(
            "startDate", in_force or published, quote=described(act), field="regulation/entryIntoForceDate"
        )
    listing.add_date("endDate", subject.said.get("delistingDate"), field="delistingDate")


def described(act: dict[str, str]) -> str:
    """An act in words: `2018/223 (OJ L43), amendment by the commission, published 2018-02-16, in force 2018-02-16`."""
    words = [act.get("numberTitle", ""), act.get("regulationType", "")]
    if body := act.get("organisationType"):
        words[-1] = f"{words[-1] or 'act'} by the {body}"
    words += [
        f"{what} {act[name]}"
        for name, what in (("publicationDate", "published"), ("entryIntoForceDate", "in force"))
        if name in act
    ]
    return ", ".join(filter(None, words))


def claim_acts(record: Entity, subject: Subject) -> None:
    """Claim the acts that put single facts on the list, each once, as sources of the record."""
    acts = {act["publicationUrl"]: act for fact in subject.facts for act in fact.acts if act.get("publicationUrl")}
    for url, act in acts.items():
        record.add("sourceUrl", url, quote=described(act), field="regulationSummary")
