"""Who is caught by whose ownership rule, as a page that needs nothing else: answers, picture, chains with their sources.

Whatever a source prints is text here and can never become markup; the page has no scripts and loads nothing.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from shellgame.case.lettering import visible
from shellgame.case.owners_picture import owners_svg
from shellgame.case.owners_words import (
    LEAD,
    answer_of,
    answer_words,
    chain,
    cite_words,
    days_words,
    figure_words,
    held_words,
    listed_words,
    lists_words,
    missing,
    name_words,
    standing_words,
    status_words,
    telling,
)
from shellgame.case.words import jurisdiction_words
from shellgame.graph.ownership.found import FoundOwners
from shellgame.graph.ownership.owners import Owners
from shellgame.graph.ownership.stakes import Stake
from shellgame.model.stakes import IN_SHARES

_MOST_OWNERS = 500
"""Direct owners shown on a page; a cooperative's members are no use to a reader."""


def owners_html(found: FoundOwners) -> str:
    """Write an answer as one page.

    Args:
        found: The answer.
    """
    name = found.party.called
    drawn = found.stakes or any(held.chain for held in found.rules)
    return _template().render(
        title=f"Who owns {visible(name)} on {found.day}",
        notice=found.notice,
        found=found,
        read_as=visible(found.asked.text),
        listed=[visible(line) for line in listed_words(found)],
        lead=LEAD,
        picture=owners_svg(found) if drawn else "",
        rules=[
            (
                jurisdiction_words(held.rule.jurisdiction),
                held.rule.title,
                status_words(held.rule),
                answer_of(found, held) if held.rule.in_force else "idle",
                answer_words(found, held),
                held_words(held),
                lists_words(found, held),
            )
            for held in found.rules
        ],
        cites=[(cite_words(held.rule), held.rule.url, held.rule.note) for held in found.rules],
        missing=[(visible(sentence), rules) for sentence, rules in missing(found).items()],
        chain=[(standing_words(found, hop.stake.owner), _row(found, hop.stake)) for hop in chain(found)],
        owners=[_row(found, stake) for stake in found.stakes[:_MOST_OWNERS]],
        more=max(0, len(found.stakes) - _MOST_OWNERS),
        economic=figure_words(found.economic) if found.economic is not None else "",
        divergence=found.divergence,
        cautions=list(map(visible, found.cautions)),
        notes=list(map(visible, found.notes)),
    )


def _row(found: Owners, stake: Stake) -> dict[str, object]:
    """A stake as a row: who holds how much of what, when, by whose word."""
    return {
        "owner": visible(name_words(found, stake.owner)),
        "owner_id": stake.owner,
        "owned": visible(name_words(found, stake.owned)),
        "kind": str(stake.kind),
        "figure": figure_words(stake.interval) if stake.kind in IN_SHARES else "",
        "days": days_words(stake),
        "notes": list(map(visible, stake.notes)),
        "claims": [
            (claim.source, claim.locator, visible(claim.said), claim.last_version, claim.claim_id)
            for claim in telling(found, stake)
        ],
    }


@lru_cache(maxsize=1)
def _template() -> Template:
    loader = PackageLoader("shellgame.case", "templates")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("owners.html.jinja")
