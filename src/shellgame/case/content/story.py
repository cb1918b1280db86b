"""The timeline as a table, on two clocks."""

from __future__ import annotations

from shellgame.case.content.parts import Index, Table, rows_of


def timeline_table(index: Index) -> Table:
    """Every dated statement about the parties of the network, oldest first."""
    rows = [
        (
            index.said(moment.day, most=24),
            index.said(moment.what, [moment.claim]),
            index.numbered_name(moment.entity_id),
            _day(moment.known),
            index.said(moment.claim.source),
        )
        for moment in index.answer.timeline
    ]
    note = (
        "Two clocks: the first column is when it happened, as the source tells; “published” is when the first publication held "
        "here says so. Where only that publication is held, the source may have known earlier."
        if rows
        else "No source here dates anything about these parties."
    )
    return Table("timeline", "", ("Happened", "What", "Who", "Published", "Source"), rows_of(*rows), note)


def _day(moment: str) -> str:
    return moment[: len("2024-04-15")]
