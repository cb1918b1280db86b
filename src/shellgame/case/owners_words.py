"""What ownership rules make of a company, in words: for the command line and for pages alike."""

from __future__ import annotations

from shellgame.graph.ownership.chains import Hop, percent
from shellgame.graph.ownership.found import FoundOwners
from shellgame.graph.ownership.owners import Held, Owners
from shellgame.graph.ownership.reach import Reached
from shellgame.graph.ownership.rules import Rule
from shellgame.graph.ownership.stakes import Stake
from shellgame.model.claim import Claim
from shellgame.model.schema import is_a
from shellgame.model.stakes import IN_SHARES, UNKNOWN, WHOLE, Interval

LEAD = "What the rules make of what is told here: a lead, no legal advice. Not caught never means cleared."
ANSWERS = {
    "caught": "caught",
    "not_caught": "not caught by what is told",
    "unknown": "cannot be said",
    "listed": "listed itself",
}
STANDINGS = {"listed": "LISTED", "caught": "caught", "perhaps": "open"}
"""What a party is under a rule, strongest first."""
_NOT_TOLD = "not told"
_TELLING = ("percentage", "controlType", "owner", "controller", "parent")


def listed_words(found: Owners) -> list[str]:
    """By whom the company itself is listed, a line for each source."""
    told = {}
    for held in found.rules:
        for listing in held.listings:
            claim = listing.entity.claims[0]
            since = f" since {listing.since}" if listing.since else ""
            told[claim.source, claim.record_id] = f"listed itself: {claim.source} {claim.record_id}{since}"
    return list(told.values())


def status_words(rule: Rule) -> str:
    """Whether a rule is law on the day, in words."""
    status = {"in_force": "in force", "suspended": "SUSPENDED", "unverified": "NOT VERIFIED to be law"}[rule.status]
    return f"{status} since {rule.valid_from}" if rule.valid_from else status


def answer_of(found: Owners, held: Held) -> str:
    """What a rule makes of a party: `listed` where it is that and nobody is told to own it, as of a person; else of its owners."""
    return "listed" if held.is_listed and held.answer == "unknown" and not found.stakes else held.answer


def missing_of(found: FoundOwners, held: Held) -> tuple[str, ...]:
    """What is missing for a rule, in sentences; that nobody owns a person is no gap."""
    return () if _is_nobodys(found, held) else held.missing


def answer_words(found: FoundOwners, held: Held) -> str:
    """What a rule makes of a party; of a rule that is not known to be law what it would."""
    words = ANSWERS[answer_of(found, held)]
    if _is_nobodys(found, held) and not held.is_listed:
        words = "a person: owned by nobody"
    return words if held.rule.in_force else f"if it were law: {words}"


def _is_nobodys(found: FoundOwners, held: Held) -> bool:
    """Whether the party is a person, of whom a rule with a list here makes nothing but what that list says."""
    return is_a(found.party.schema, "Person") and not found.stakes and bool(found.lists.get(held.rule.id))


def lists_words(found: FoundOwners, held: Held) -> str:
    """The lists by which it was looked up who is listed, with their days."""
    return ", ".join(map(str, found.lists.get(held.rule.id, ()))) or "none of its lists is here"


def cite_words(rule: Rule) -> str:
    """Where a rule stands, and how that was checked."""
    checked = {"V": "text read", "S": "an account of it read", "R": "recalled only"}[rule.verified]
    return f"{rule.title}: {rule.cite} ({checked})"


def held_words(held: Held) -> str:
    """How much of which right listed or caught owners hold."""
    if held.kind is None:
        return "not told"
    return f"{figure_words(held.held)} ({held.kind})" if held.kind in IN_SHARES else str(held.kind)


def hop_words(found: Owners, stake: Stake) -> str:
    """One step of a chain in words."""
    owner, owned = name_words(found, stake.owner), name_words(found, stake.owned)
    standing = standing_words(found, stake.owner)
    return f"{owner}{f' [{standing}]' if standing else ''} ── {stake_words(stake)} ──▶ {owned}"


def stake_words(stake: Stake) -> str:
    """How much of which right a stake is."""
    if stake.kind not in IN_SHARES:
        return str(stake.kind)
    words = figure_words(stake.interval)
    return f"{stake.kind}, how much is not told" if words == _NOT_TOLD else f"{words} of {stake.kind}"


def source_words(found: Owners, stake: Stake) -> str:
    """Where a stake is told, and since when it holds."""
    places = dict.fromkeys(
        f"{claim.source} {claim.locator.rpartition('/')[0] or claim.locator}" for claim in telling(found, stake)
    )
    return f"{days_words(stake)}; {', '.join(list(places)[:3])}"


def telling(found: Owners, stake: Stake) -> list[Claim]:
    """The claim of each telling of a stake that says most of it: its figure, else its holder."""
    best = []
    for told in stake.told:
        its = [claim for each in told.claims if (claim := found.claims.get(each))]
        best += sorted(its, key=lambda claim: _TELLING.index(claim.prop) if claim.prop in _TELLING else len(_TELLING))[
            :1
        ]
    return best


def chain(found: Owners) -> list[Hop]:
    """The stakes of all chains, each once, nearest first."""
    hops: dict[Stake, Hop] = {}
    for held in found.rules:
        for hop in held.chain:
            hops.setdefault(hop.stake, hop)
    return list(hops.values())


def missing(found: FoundOwners) -> dict[str, list[str]]:
    """What is missing, each sentence once, with the titles of the rules that miss it."""
    told: dict[str, list[str]] = {}
    for held in found.rules:
        for sentence in missing_of(found, held):
            told.setdefault(sentence, []).append(held.rule.title)
    return told


def standing_words(found: Owners, party: str) -> str:
    """Where a party is listed, caught or open, by rules in force, in words."""
    codes: dict[str, dict[str, None]] = {each: {} for each in STANDINGS}
    for held in found.rules:
        told = found.standings.get(party, {}).get(held.rule.id)
        if told and held.rule.in_force:
            codes[told][held.rule.jurisdiction] = None
        if party == found.party.id and held.is_listed:
            codes["listed"][held.rule.jurisdiction] = None
    return "; ".join(f"{words} {', '.join(codes[each])}" for each, words in STANDINGS.items() if codes[each])


def figure_words(interval: Interval) -> str:
    """A share in words."""
    low, high = interval
    if interval == UNKNOWN:
        return _NOT_TOLD
    if low == high:
        return percent(low)
    if low == 0:
        return f"at most {percent(high)}"
    if high == WHOLE:
        return percent(low) if percent(low).startswith("more") else f"{percent(low)} or more"
    return f"{percent(low)} to {percent(high)}"


def reached_words(reached: Reached) -> str:
    """What a rule makes of a company below a party, in a few words."""
    told = ANSWERS[reached.answer]
    if reached.answer == "caught":
        told += " by it alone" if reached.alone else " together with others"
    return f"{told}, {figure_words(reached.held)}{'; listed itself' if reached.listed else ''}"


def name_words(found: Owners, party: str) -> str:
    """What a party is called; an unnamed one is said to be."""
    return found.parties[party].called


def days_words(stake: Stake) -> str:
    """From when to when a stake is told to hold."""
    starts = min((told.start for told in stake.told if told.start), default="")
    ends = max((told.end for told in stake.told if told.end), default="")
    return f"from {starts or 'unknown'} to {ends or 'now'}" if starts or ends else "no days told"
