"""Listed people and companies that stand close to a company without owning it: holders by title only, and those in its offices.

No ownership rule counts them, and nobody who reads the answer should overlook them: what is told of a nominee may be a disguise,
and whoever is blocked may not act for a company that is not (OFAC FAQ 398).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence

from shellgame.graph.lasting import is_called_former
from shellgame.graph.links import links_at
from shellgame.graph.ownership.around import Around
from shellgame.graph.ownership.listed import lists_of
from shellgame.graph.ownership.rules import Rule
from shellgame.graph.ownership.stakes import Parties
from shellgame.graph.ownership.structure import Structure
from shellgame.graph.ownership.told import days_and_doubt
from shellgame.model.days import overlaps
from shellgame.model.stakes import UNKNOWN
from shellgame.store.claims import ClaimSet

BY_TITLE = (
    "{name}, listed by {where}, holds {figure} of {company} by title and is told to hold for somebody else. Whether that is so "
    "cannot be said from here; where it is not, the stake is its own."
)
IN_OFFICE = (
    "{name}, listed by {where}, is {role} of it. A blocked person may not sign or act for a company that is not blocked (OFAC, "
    "FAQ 398); elsewhere such an office may point to control, which is for a person to judge."
)


def by_title(
    around: Around, structure: Structure, companies: Container[str], rules: Sequence[Rule], day: str
) -> Iterator[str]:
    """Listed holders of stakes in some companies who are told to be nominees, a sentence each.

    Args:
        around: Parties and stakes of the day.
        structure: All that is told.
        companies: Ids of the company asked about and of all above it.
        rules: Those on whose lists they are looked for.
        day: The day.
    """
    party, nominees = structure.party, structure.nominees_on(day)
    for told in structure.told:
        company = party.get(told.asset, told.asset)
        if company not in companies or told.owner not in party or not told.holds_on(day):
            continue
        if nominees.is_nominees(told) is not False:
            holder = party[told.owner]
            where = _where(rule for rule in rules if around.lists.for_rule(rule, structure.records[holder]))
            if where:
                figure = str(told.kind) if told.interval == UNKNOWN else f"{told.interval} % of the {told.kind}"
                yield BY_TITLE.format(
                    name=around.name(holder), where=where, figure=figure, company=around.name(company)
                )


def in_office(
    claims: ClaimSet, parties: Parties, records: Collection[str], rules: Sequence[Rule], day: str
) -> Iterator[str]:
    """Listed people in the offices of a company on a day, a sentence each.

    Args:
        claims: The claims of the day.
        parties: Which records are one party.
        records: Ids of the company's records.
        rules: Those on whose lists they are looked for.
        day: The day.
    """
    roles: defaultdict[str, set[str]] = defaultdict(set)
    links = {link.told_by for link in links_at(claims, records) if link.schema == "Directorship"}
    of_link: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for claim in claims.where("stance <> 'denies'", entities=links) if links else ():
        of_link[claim.entity_id][claim.prop].add(claim.value)
    for told in of_link.values():
        start, end, odd_days = days_and_doubt(told["startDate"], told["endDate"], told["summary"])
        is_over = not overlaps(start, end, day) or is_called_former(told["status"], told["summary"])
        if not is_over and told["organization"] & {*records}:
            offices = told["role"] or {"a director"}
            for director in told["director"]:
                roles[parties.party(director)] |= {f"{each} ({odd_days})" if odd_days else each for each in offices}
    its = {director: parties.records_of(director) for director in roles}
    lists = lists_of(claims, {record for each in its.values() for record in each}, day)
    for director in sorted(its):
        if where := _where(rule for rule in rules if lists.for_rule(rule, its[director])):
            name = _name(claims, its[director])
            yield IN_OFFICE.format(name=name, where=where, role=", ".join(sorted(roles[director])))


def _where(rules: Iterable[Rule]) -> str:
    return ", ".join(sorted({rule.jurisdiction for rule in rules}))


def _name(claims: ClaimSet, records: Sequence[str]) -> str:
    names = sorted(claim.value for claim in claims.of_entities(records) if claim.prop == "name")
    return names[0] if names else records[0]
