"""What of a network is drawn."""

from __future__ import annotations

from dataclasses import replace

from shellgame.case.sketch import MOST_DRAWN, Basis, ranked, sketch_of

from .invented import Invented


def test_any_first_part_of_the_ranking_hangs_together(invented: Invented) -> None:
    network = invented.grown(150, sharing=3).network
    order = ranked(network)
    assert sorted(order) == sorted(network.entities)
    seen = set(network.start)
    near = {identity: set() for identity in order}
    for tie in network.ties:
        near[tie.source_id].add(tie.target_id)
        near[tie.target_id].add(tie.source_id)
    for identity in order[1:]:
        assert near[identity] & seen
        seen.add(identity)


def test_only_the_strongest_are_drawn(invented: Invented) -> None:
    sketch = sketch_of(invented.grown(MOST_DRAWN + 20, sharing=4).network)
    parties = [node for node in sketch.nodes if node.number]
    assert [node.number for node in parties] == list(range(1, MOST_DRAWN + 1))
    assert sketch.left_out == 20
    drawn = {node.id for node in sketch.nodes}
    assert all({line.source_id, line.target_id} <= drawn for line in sketch.lines)


def test_ties_between_the_same_two_are_one_line(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    ties = [
        invented.link("x-1", "x-2", "owner"),
        invented.link("x-2", "x-1", "supplier"),
        *invented.shared(["x-1", "x-2"], "1 Harbour Road, Exampletown"),
    ]
    (line,) = sketch_of(invented.network(claims, ties, ("x-1",))).lines
    assert (line.count, line.stated, line.label) == (3, True, "owner +2")
    assert line.arrows == {"x-1", "x-2"}
    assert line.ties == (0, 1, 2)
    assert line.strength == 0.95


def test_what_many_share_is_one_hub(invented: Invented) -> None:
    members = [f"x-{n}" for n in range(12)]
    claims = [claim for member in members for claim in invented.party(member, f"Party {member}")]
    ties = invented.shared(members, "1 Harbour Road, Exampletown")
    sketch = sketch_of(invented.network(claims, ties, ("x-0",)))
    (hub,) = [node for node in sketch.nodes if not node.number]
    assert hub.label == "same address: 1 Harbour Road, Exampletown"
    assert len(sketch.lines) == len(members)
    assert not any(line.stated for line in sketch.lines)
    assert {len(line.ties) for line in sketch.lines} == {len(members) - 1}


def test_a_denied_link_says_so(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    ties = [invented.link("x-1", "x-2", "owner", stance="denies")]
    (line,) = sketch_of(invented.network(claims, ties, ("x-1",))).lines
    assert (line.label, line.basis) == ("owner (denied)", Basis.DENIED)


def test_a_link_that_has_ended_is_no_firm_one(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    over = replace(invented.link("x-1", "x-2", "owner"), past="ended")
    (line,) = sketch_of(invented.network(claims, [over], ("x-1",))).lines
    assert line.basis is Basis.PAST
    (line,) = sketch_of(invented.network(claims, [over, invented.link("x-1", "x-2", "director")], ("x-1",))).lines
    assert line.basis is Basis.STATED


def test_what_most_lines_are_is_said_once(invented: Invented) -> None:
    assert sketch_of(invented.star(40).network).usual == "Linked To"
    assert sketch_of(invented.star(5).network).usual == ""
