"""Files in GLEIF's shape, of any size, for tests and benchmarks: invented records of LEI-CDF 3.1, numbered through.

Each has some 3.7 KB, a third of it geocoding, and an LEI, a name and addresses of its own; half of the headquarters are elsewhere
than the legal address, as often as in GLEIF's own examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

HEAD = """<?xml version="1.0" encoding="UTF-8"?><lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <lei:LEIHeader>
    <lei:ContentDate>2026-06-05T08:20:51Z</lei:ContentDate>
    <lei:FileContent>GLEIF_FULL_PUBLISHED</lei:FileContent>
    <lei:RecordCount>{records:012}</lei:RecordCount>
  </lei:LEIHeader>
  <lei:LEIRecords>
"""
TAIL = "  </lei:LEIRecords>\n</lei:LEIData>\n"
RECORD = """<lei:LEIRecord xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
               xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"
               xmlns:gleif="http://www.gleif.org/data/schema/golden-copy/extensions/1.0">
   <lei:LEI>{lei}</lei:LEI>
   <lei:Entity>
      <lei:LegalName xml:lang="{lang}">{name}</lei:LegalName>
{others}      <lei:LegalAddress xml:lang="{lang}">
         <lei:FirstAddressLine>{street}</lei:FirstAddressLine>
         <lei:AdditionalAddressLine>Floor {floor}</lei:AdditionalAddressLine>
         <lei:City>{town}</lei:City>
         <lei:Region>{country}-{region:02}</lei:Region>
         <lei:Country>{country}</lei:Country>
         <lei:PostalCode>{postal}</lei:PostalCode>
      </lei:LegalAddress>
      <lei:HeadquartersAddress xml:lang="{lang}">
         <lei:FirstAddressLine>{office}</lei:FirstAddressLine>
         <lei:AdditionalAddressLine>Floor {floor}</lei:AdditionalAddressLine>
         <lei:City>{town}</lei:City>
         <lei:Region>{country}-{region:02}</lei:Region>
         <lei:Country>{country}</lei:Country>
         <lei:PostalCode>{postal}</lei:PostalCode>
      </lei:HeadquartersAddress>
      <lei:RegistrationAuthority>
         <lei:RegistrationAuthorityID>RA000{authority:03}</lei:RegistrationAuthorityID>
         <lei:RegistrationAuthorityEntityID>{number}</lei:RegistrationAuthorityEntityID>
      </lei:RegistrationAuthority>
      <lei:LegalJurisdiction>{country}</lei:LegalJurisdiction>
      <lei:EntityCategory>{category}</lei:EntityCategory>
      <lei:LegalForm>
         <lei:EntityLegalFormCode>{form}</lei:EntityLegalFormCode>
      </lei:LegalForm>
      <lei:EntityStatus>ACTIVE</lei:EntityStatus>
      <lei:EntityCreationDate>{year}-0{month}-1{day}T00:00:00.000Z</lei:EntityCreationDate>
   </lei:Entity>
   <lei:Registration>
      <lei:InitialRegistrationDate>2014-0{month}-2{day}T16:33:00.000Z</lei:InitialRegistrationDate>
      <lei:LastUpdateDate>2026-0{month}-1{day}T15:41:20.212Z</lei:LastUpdateDate>
      <lei:RegistrationStatus>{status}</lei:RegistrationStatus>
      <lei:NextRenewalDate>2027-0{month}-1{day}T15:48:53.604Z</lei:NextRenewalDate>
      <lei:ManagingLOU>EVKI{authority:03}XYIDEIIIR11</lei:ManagingLOU>
      <lei:ValidationSources>FULLY_CORROBORATED</lei:ValidationSources>
      <lei:ValidationAuthority>
         <lei:ValidationAuthorityID>RA000{authority:03}</lei:ValidationAuthorityID>
         <lei:ValidationAuthorityEntityID>{number}</lei:ValidationAuthorityEntityID>
      </lei:ValidationAuthority>
   </lei:Registration>
   <lei:Extension>
      <gleif:Geocoding>
         <gleif:original_address>{postal}, {town}, {country}-{region:02}, {country}</gleif:original_address>
         <gleif:relevance>0.86</gleif:relevance>
         <gleif:match_type>pointAddress</gleif:match_type>
         <gleif:lat>42.{number}</gleif:lat>
         <gleif:lng>-71.{number}</gleif:lng>
         <gleif:geocoding_date>2019-01-03T01:07:47</gleif:geocoding_date>
         <gleif:bounding_box>TopLeft.Latitude: 42.3552, TopLeft.Longitude: -71.05686, BottomRight.Latitude: 42.33898, \
BottomRight.Longitude: -71.02185</gleif:bounding_box>
         <gleif:match_level>postalCode</gleif:match_level>
         <gleif:formatted_address>{street}, {postal}, {town}, {country}</gleif:formatted_address>
         <gleif:mapped_location_id>NT_IkQCFrn{number}</gleif:mapped_location_id>
         <gleif:mapped_street>{street}</gleif:mapped_street>
         <gleif:mapped_postalcode>{postal}</gleif:mapped_postalcode>
         <gleif:mapped_city>{town}</gleif:mapped_city>
         <gleif:mapped_state>{region}</gleif:mapped_state>
         <gleif:mapped_country>{country}</gleif:mapped_country>
      </gleif:Geocoding>
   </lei:Extension>
</lei:LEIRecord>
"""
OTHERS = """      <lei:OtherEntityNames>
         <lei:OtherEntityName xml:lang="{lang}" type="PREVIOUS_LEGAL_NAME">{name} &amp; Co</lei:OtherEntityName>
      </lei:OtherEntityNames>
      <lei:TransliteratedOtherEntityNames>
         <lei:TransliteratedOtherEntityName xml:lang="{lang}" \
type="AUTO_ASCII_TRANSLITERATED_LEGAL_NAME">{name} plain</lei:TransliteratedOtherEntityName>
      </lei:TransliteratedOtherEntityNames>
"""
_FIRST = "Amber Birch Cedar Dorn Ember Falk Gorsk Halm Isar Juno Kvist Lind Merle Norre Ostra Perle Quell Ruun".split()  # noqa: SIM905
_SECOND = "Capital Handel Shipping Invest Trading Holding Energie Metals Partners Leasing Agro Optik".split()  # noqa: SIM905
_TOWNS = ["Larnholm", "Vesterby", "Old Cross", "Zarnov", "Korrin", "Dunmoor", "Saint Ilse"]
_PLACES = [("CY", "en"), ("SK", "sk"), ("FR", "fr"), ("SE", "sv"), ("US", "en"), ("DE", "de"), ("CN", "zh")]


def records(seed: int = 7) -> Iterator[str]:
    """Yield invented records without end, each with an LEI of its own."""
    chance, number = Random(seed), 0  # noqa: S311 - made-up records
    while True:
        number += 1
        country, lang = chance.choice(_PLACES)
        street = f"{chance.randint(1, 400)} {chance.choice(_FIRST)} Street"
        name = f"{chance.choice(_FIRST)} {chance.choice(_SECOND)} {number:X} Ltd"
        yield RECORD.format(
            lei=f"{number % 9000 + 1000}00{number:012X}{number % 97:02}",
            name=name,
            lang=lang,
            others=OTHERS.format(lang=lang, name=name) if chance.random() < 0.35 else "",
            street=street,
            office=street if chance.random() < 0.5 else f"c/o {name}",  # as often as in GLEIF's own examples
            floor=chance.randint(1, 60),
            town=chance.choice(_TOWNS),
            country=country,
            region=chance.randint(1, 20),
            postal=f"{chance.randint(10000, 99999)}",
            authority=chance.randint(1, 700),
            number=f"{chance.randint(10**7, 10**8 - 1)}",
            category=chance.choice(["GENERAL", "GENERAL", "FUND", "BRANCH"]),
            form=chance.choice(["7EG2", "8888", "TXVC", "T91T"]),
            status=chance.choice(["ISSUED", "ISSUED", "LAPSED"]),
            year=chance.randint(1950, 2020),
            month=chance.randint(1, 9),
            day=chance.randint(0, 9),
        )


def write(file: Path, mib: float) -> int:
    """Write a file of about so many MiB; returns how many records it has."""
    number, size, made = 0, 0, records()
    with file.open("w+", encoding="utf-8") as out:
        out.write(HEAD.format(records=0))
        while size < mib * (1 << 20):
            batch = [next(made) for _ in range(200)]
            number += len(batch)
            size += out.write("".join(batch))
        out.write(TAIL)
        out.seek(0)
        out.write(HEAD.format(records=number))
    return number
