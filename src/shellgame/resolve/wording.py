"""What people decided about two records, in a sentence."""

from __future__ import annotations

from shellgame.model.standing import Standing


def opinion_in_words(standing: Standing, left: str, right: str) -> str:
    """Say who decided what about two records, when and why, or by way of what others; empty where nobody decided anything.

    Example:
        >>> from shellgame.model.judgement import Judgement, Verdict
        >>> made = Judgement("ca-1", "us-1", Verdict.SAME, "one passport", "ada", "2024-05-03T10:00:00Z")
        >>> opinion_in_words(Standing([made]), "us-1", "ca-1")
        'judged same by ada on 2024-05-03: one passport'
    """
    verdict = standing.says(left, right)
    if verdict is None:
        return ""
    opinion = standing.opinions.get(frozenset((left, right)))
    if opinion is None:
        row = standing.row(left, right) or standing.parting(left, right)
        between = sorted({end for made in row for end in made.pair} - {left, right})
        return f"judged {verdict} by way of {', '.join(between) or 'others'}"
    made = opinion.latest
    when = f" on {made.decided_at[:10]}" if made.decided_at else ""
    but = f" ({verdict} stands, by way of others)" if verdict is not made.judgement else ""
    others = " (others differ)" if opinion.contested else ""
    return f"judged {made.judgement} by {made.author}{when}: {made.why}{but or others}"
