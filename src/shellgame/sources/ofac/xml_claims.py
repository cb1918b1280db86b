"""From the records of an XML publication to claims: names, addresses, listings, facts, and links between records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from shellgame.errors import BadInput, Damaged
from shellgame.sources.claims import Claims, Entity
from shellgame.sources.ofac.facts import Listed
from shellgame.sources.ofac.names import name_key, person_name
from shellgame.sources.ofac.programs import program_key
from shellgame.sources.ofac.ties import Directory, Origin, Party, Tie, write_ties
from shellgame.sources.ofac.xml_facts import (
    Spot,
    write_document,
    write_feature,
    write_remarks,
    write_title,
    write_unread,
)
from shellgame.sources.ofac.xml_record import Listing, Name, Place, Record, Relation
from shellgame.sources.ofac.xml_words import (
    ANY_BOND,
    BESIDES_REMARKS,
    FAMILY_FIRST,
    NAME_PROPS,
    PARTY,
    PERSON_PARTS,
    RELATIONS,
    SCHEMATA,
    SCRIPT_LANGUAGES,
    meaning,
)
from shellgame.sources.publication import Part

AUTHORITY: Final = "Office of Foreign Assets Control"
_DETAILS: Final = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id="
_STREET: Final = ("ADDRESS1", "ADDRESS2", "ADDRESS3")
_WITH_STATUS: Final = frozenset({"UnknownLink", "Ownership", "Directorship", "Representation"})
"""Link schemata that have a status; of others, that they are over goes to the summary."""


def write_records(claims: Claims, part: Part, records: Sequence[Record], main_list: str) -> None:
    """Claim all that the records say.

    Args:
        claims: Takes the claims.
        part: The file, for locators and messages.
        records: The records of the publication that belong to the source.
        main_list: Name of the list that the source publishes; what is said of the listing at large goes to this one.

    Raises:
        BadInput: A record or a name of an unknown kind.
        Damaged: Two records of one number, a record without a name, a relation to nobody.
    """
    known = _by_id(part, records)
    ties: list[tuple[Origin, Tie]] = []
    for record in records:
        entity = claims.record(f"ofac-{record.id}", SCHEMATA[record.kind], f"{part.name}#{record.id}")
        origin = Origin(entity.id, entity.schema, entity.locator, record.programs)
        ties.extend((origin, tie) for tie in _write_record(claims, entity, record, main_list))
        for relation in record.relations:
            _write_relation(claims, entity, relation, known)
    write_ties(claims, ties, Directory(map(_directory_entry, records)))
    _note_unknown(claims, records)


def _by_id(part: Part, records: Iterable[Record]) -> dict[str, Record]:
    known: dict[str, Record] = {}
    for record in records:
        where = f"record {record.id}"
        if found := _damage(record, known):
            raise Damaged(part.printed_name, record=where, found=found, remedy="get the publication again")
        if found := _news(record):
            raise BadInput(
                part.printed_name,
                record=where,
                found=found,
                remedy="add it to shellgame.sources.ofac.xml_words once its meaning is clear",
            )
        known[record.id] = record
    return known


def _damage(record: Record, known: dict[str, Record]) -> str:
    if record.id in known:
        return "two records of this number"
    if not record.id or not record.primary_name:
        return "a record without number or name"
    if lost := [relation.id for relation in record.relations if not relation.other_id]:
        return f"relation {lost[0]} leads nowhere"
    return ""


def _news(record: Record) -> str:
    """What would have to be guessed at: a kind of record or name that no table holds."""
    if record.kind not in SCHEMATA:
        return f"unknown kind {record.kind!r}; known are {', '.join(SCHEMATA)}"
    if unknown := {name.kind for name in record.names} - NAME_PROPS.keys():
        return f"unknown kind of name {', '.join(map(repr, sorted(unknown)))}; known are {', '.join(NAME_PROPS)}"
    return ""


def _note_unknown(claims: Claims, records: Iterable[Record]) -> None:
    """Tell which labels no rule knows; what stands under them is kept as notes."""
    labels: Counter[str] = Counter()
    for record in records:
        kinds = [feature.kind for feature in record.features] + [document.kind for document in record.documents]
        labels.update(
            label for told, label in map(meaning, kinds) if told == "unknown" and label not in BESIDES_REMARKS
        )
        labels.update(relation.kind for relation in record.relations if relation.kind.lower() not in RELATIONS)
        labels.update(name for name, _ in record.unread)
    if labels:
        told = ", ".join(f"{label} ({count})" for label, count in labels.most_common())
        claims.notes.append(f"no rule knows these labels; what stands under them is kept in words: {told}")


def _directory_entry(record: Record) -> Party:
    aliases = tuple(name_key(name.full) for name in record.names if name.kind != "Name")
    return Party(f"ofac-{record.id}", name_key(record.primary_name), aliases, record.programs)


def _write_record(claims: Claims, entity: Entity, record: Record, main_list: str) -> list[Tie]:
    listed = Listed(claims, entity, entity.part(f"{entity.id}-sanction", "Sanction"), [])
    before = len(claims.rows)
    _write_listings(claims, entity, record, main_list)
    for name in record.names:
        _write_name(claims, entity, name)
    for place in record.places:
        _write_place(claims, entity, place)
    for feature in record.features:
        write_feature(listed, feature)
    for document in record.documents:
        write_document(listed, document)
    write_title(listed, record.title)
    write_remarks(listed, record.remarks)
    write_unread(listed, record)
    if not record.listings and any(row.schema == "Sanction" for row in claims.rows[before:]):
        entity.sanction()  # what is told of the listing of a party on no list needs one to stand on
    return listed.ties


def _write_listings(claims: Claims, entity: Entity, record: Record, main_list: str) -> None:
    """Claim the listings; the one on the source's own list, or else the first, has the record's plain Sanction."""
    if not record.listings:
        claims.counts["records_without_listing"] += 1
        return
    entity.add("topics", "sanction")
    names = [listing.list_name for listing in record.listings]
    main = main_list if main_list in names else names[0]
    for listing in record.listings:
        _write_listing(entity, record, listing, is_main=listing.list_name == main)


def _write_listing(entity: Entity, record: Record, listing: Listing, *, is_main: bool) -> None:
    sanction = entity.sanction("" if is_main else listing.list_id)
    field = f"listing/{listing.list_id}" if listing.list_id else "listing"
    sanction.add("description", listing.list_name, field=field)
    sanction.add("authority", AUTHORITY)
    sanction.add("country", "us")
    sanction.add("authorityId", record.id)
    sanction.add("sourceUrl", _DETAILS + record.id, stance="infers")
    for program in listing.programs:
        sanction.add("program", program, field=field)
        sanction.add("programId", program_key(program), original=program, field=field)
    sanction.add_all("listingDate", listing.days, field=field)
    sanction.add_all("reason", listing.authorities, field=field)
    sanction.add_all("provisions", listing.measures, field=field)
    sanction.add_all("summary", listing.remarks, field=field)
    for span in listing.spans:
        sanction.add("startDate", span.start, quote=span.printed, field=field)
        sanction.add("endDate", span.end, quote=span.printed, field=field)


def _write_name(claims: Claims, entity: Entity, name: Name) -> None:
    spot = Spot(claims, entity, f"name/{name.id}" if name.id else "name")
    lang = SCRIPT_LANGUAGES.get(name.script)
    full = _given_first(name) if entity.schema == "Person" else name.full
    prop = "weakAlias" if name.weak else NAME_PROPS[name.kind]
    quote = None if name.kind == "Name" else f"{name.kind} {name.full}" + (" (low quality)" if name.weak else "")
    spot.add(prop, full, original=None if full == name.full else name.full, lang=lang, quote=quote)
    if name.acronym and entity.schema in PARTY:
        spot.add("abbreviation", full, lang=lang, quote=quote)
    if name.comment:
        spot.add("notes", f"{name.full}: {name.comment}", quote=quote)
    if name.kind != "Name":
        claims.counts["aliases"] += 1
    if entity.schema == "Person" and not name.weak:
        _write_parts(spot, name, lang)


def _given_first(name: Name) -> str:
    """A person's name as it is said: given names first, but for scripts that put the family first and no space between."""
    if name.script in FAMILY_FIRST:
        return "".join(part.strip() for part in name.full.split(","))
    return person_name(name.full).full


def _write_parts(spot: Spot, name: Name, lang: str | None) -> None:
    """Claim the parts of a person's name; a lone last name says nothing that the name does not."""
    if len(name.parts) > 1:
        for kind, words in name.parts:
            if prop := PERSON_PARTS.get(kind):
                spot.add(prop, words, original=name.full, lang=lang, quote=f"{kind}: {words}")
    elif not name.parts and name.kind == "Name":
        told = person_name(name.full)
        spot.add("lastName", told.last, original=name.full)
        spot.add("firstName", told.given, original=name.full)
        spot.add("fatherName", told.patronymic, original=name.full, stance="infers")
        spot.add("nameSuffix", told.suffix, original=name.full)


def _write_place(claims: Claims, entity: Entity, place: Place) -> None:
    parts: dict[str, str] = {}
    for kind, words in place.parts:
        parts[kind] = f"{parts[kind]}, {words}" if kind in parts else words
    locator = f"{entity.locator}/address/{place.id}"
    country = place.countries[0] if place.countries else None
    holder = entity.part(entity.id, entity.schema, locator)
    for other in place.countries if not parts else place.countries[1:]:
        holder.add_country("country", other)  # a country alone is no place where two parties could meet
    if parts:
        street = ", ".join(parts.pop(kind) for kind in _STREET if kind in parts)
        address = entity.address(
            street=street,
            city=parts.pop("CITY", None),
            region=_joined(parts.pop("STATE/PROVINCE", ""), parts.pop("REGION", "")),
            postal_code=parts.pop("POSTAL CODE", None),
            country=country,
            remarks=_joined(place.comment, *(words for kind, words in sorted(parts.items()))) or None,
            locator=locator,
        )
        if address is None:
            claims.counts["addresses_empty"] += 1
        return
    holder.add("notes", place.comment and f"Address: {place.comment}")
    if not place.countries:
        claims.counts["addresses_empty"] += 1


def _joined(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _write_relation(claims: Claims, entity: Entity, relation: Relation, known: dict[str, Record]) -> None:
    bond = RELATIONS.get(relation.kind.lower())
    if bond is None:
        claims.counts["not_understood"] += 1
        bond = ANY_BOND
    other = known.get(relation.other_id)
    fits = entity.schema in bond.this and (other is None or SCHEMATA[other.kind] in bond.other)
    schema, outward = (bond.schema, bond.outward) if fits else (ANY_BOND.schema, True)
    name = relation.other_name or (other.primary_name if other else "")
    quote = f"{relation.kind} {name}".strip() + (" (former)" if relation.former else "")
    field = f"relationship/{relation.id}"
    target = f"ofac-{relation.other_id}"
    edge = entity.link(schema, target, role=relation.kind, quote=quote, field=field, outward=outward)
    if relation.former:
        edge.add("status" if schema in _WITH_STATUS else "summary", "former", quote=quote, field=field)
    if period := relation.period:
        edge.add("startDate", period.start, quote=f"{quote}, {period.printed}", field=field)
        edge.add("endDate", period.end, quote=f"{quote}, {period.printed}", field=field)
    edge.add("summary", relation.quality and f"Quality: {relation.quality}", quote=quote, field=field)
    edge.add("summary", relation.comment, quote=quote, field=field)
    if other is None:
        claims.counts["links_to_unlisted"] += 1
        if relation.other_name and bond.other <= PARTY:  # all that this publication says of it is what it is called
            entity.part(target, "LegalEntity").add("name", relation.other_name, quote=quote, field=field)
