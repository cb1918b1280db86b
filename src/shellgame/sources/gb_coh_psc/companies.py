"""Basic company data: one company with its address, status, trade and former names.

Days are printed day first. Of accounts, returns, mortgages and confirmation statements only the kind and day of the last accounts
are claimed (a dormant company is one clue of a shell); the days on which the next ones are due say nothing of the company.
"""

from __future__ import annotations

from shellgame.model.days import partial_day
from shellgame.names.countries import country_code
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.gb_coh_psc.texts import company_id, company_number, is_founded_here

COLUMNS = (
    "CompanyName", "CompanyNumber", "RegAddress.CareOf", "RegAddress.POBox", "RegAddress.AddressLine1",
    "RegAddress.AddressLine2", "RegAddress.PostTown", "RegAddress.County", "RegAddress.Country",
    "RegAddress.PostCode", "CompanyCategory", "CompanyStatus", "CountryOfOrigin", "DissolutionDate",
    "IncorporationDate", "Accounts.AccountRefDay", "Accounts.AccountRefMonth", "Accounts.NextDueDate",
    "Accounts.LastMadeUpDate", "Accounts.AccountCategory", "Returns.NextDueDate", "Returns.LastMadeUpDate",
    "Mortgages.NumMortCharges", "Mortgages.NumMortOutstanding", "Mortgages.NumMortPartSatisfied",
    "Mortgages.NumMortSatisfied", "SICCode.SicText_1", "SICCode.SicText_2", "SICCode.SicText_3", "SICCode.SicText_4",
    "LimitedPartnerships.NumGenPartners", "LimitedPartnerships.NumLimPartners", "URI",
    *(f"PreviousName_{place}.{what}" for place in range(1, 11) for what in ("CONDATE", "CompanyName")),
    "ConfStmtNextDueDate", "ConfStmtLastMadeUpDate",
)  # fmt: skip
"""The columns of the table, without the spaces that stand before some names."""
_DEEDS = tuple(f"SICCode.SicText_{place}" for place in range(1, 5))
_NO_TRADE = "none supplied"


def claim_company(claims: Claims, row: dict[str, str]) -> bool:
    """Claim a company.

    Returns:
        Whether it was one: without a number or a name it is none, and nothing is claimed.
    """
    number = company_number(row.get("CompanyNumber", ""))
    if not number or not row.get("CompanyName"):
        return False
    record = claims.record(company_id(number), "Company", f"companies#{number}")
    record.add("name", row["CompanyName"], field="CompanyName")
    record.add("registrationNumber", number, field="CompanyNumber")
    record.add("legalForm", row.get("CompanyCategory"), field="CompanyCategory")
    record.add("status", row.get("CompanyStatus"), field="CompanyStatus")
    _claim_origin(record, number, row.get("CountryOfOrigin", ""))
    record.add_date("incorporationDate", row.get("IncorporationDate"), field="IncorporationDate")
    record.add_date("dissolutionDate", row.get("DissolutionDate"), field="DissolutionDate")
    for column in _DEEDS:
        trade = row.get(column, "")
        record.add("sector", trade if trade.lower() != _NO_TRADE else "", field=column)
    _claim_address(record, row)
    _claim_former_names(claims, record, row)
    if kind := row.get("Accounts.AccountCategory"):
        day = partial_day(row.get("Accounts.LastMadeUpDate", ""))
        words = f"Last accounts: {kind}" + (f", to {day}" if day else "")
        record.add("notes", words, original=kind, field="Accounts.AccountCategory")
    record.add("sourceUrl", row.get("URI"), field="URI")
    return True


def _claim_origin(record: Entity, number: str, printed: str) -> None:
    """Claim where a company was founded; one of the United Kingdom prints that or nothing."""
    if is_founded_here(number) and (not printed or country_code(printed) is None):
        record.add("jurisdiction", "gb", original=printed or None, stance="infers", field="CompanyNumber")
        return
    record.add_country("jurisdiction", printed, field="CountryOfOrigin")


def _claim_address(record: Entity, row: dict[str, str]) -> None:
    box = row.get("RegAddress.POBox")
    told = [row.get("RegAddress.CareOf"), f"PO Box {box}" if box else ""]
    told += [row.get(f"RegAddress.AddressLine{line}") for line in (1, 2)]
    record.address(
        street=", ".join(filter(None, told)),
        city=row.get("RegAddress.PostTown"),
        region=row.get("RegAddress.County"),
        postal_code=row.get("RegAddress.PostCode"),
        country=row.get("RegAddress.Country"),
        locator=f"{record.locator}/RegAddress",
    )


def _claim_former_names(claims: Claims, record: Entity, row: dict[str, str]) -> None:
    for place in range(1, 11):
        name, until = row.get(f"PreviousName_{place}.CompanyName"), row.get(f"PreviousName_{place}.CONDATE")
        if name:
            quote = f"{name} (until {until})" if until else None
            record.add("previousName", name, quote=quote, field=f"PreviousName_{place}.CompanyName")
            claims.counts["previous_names"] += 1
