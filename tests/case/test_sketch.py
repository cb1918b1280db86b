"""What of a network is drawn."""

from __future__ import annotations

from dataclasses import replace

from shellgame.case.sketch import MOST_DRAWN, Basis, Node, Weight, ranked, short_name, sketch_of

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
    sheaves = {sheaf.id for sheaf in sketch.sheaves}
    assert all({line.source_id, line.target_id} <= drawn | sheaves for line in sketch.lines)


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
    assert hub.sharing == len(members)
    assert not any(line.stated for line in sketch.lines)
    (sheaf,) = sketch.sheaves
    assert ({*sheaf.members}, sheaf.words) == ({*members[1:]}, ())
    assert [(line.source_id, line.label) for line in sketch.lines if line.target_id == hub.id][1:] == [
        (sheaf.id, "11 more share it")
    ]


def test_few_that_share_have_a_line_each(invented: Invented) -> None:
    members = [f"x-{n}" for n in range(5)]
    claims = [claim for member in members for claim in invented.party(member, f"Party {member}")]
    sketch = sketch_of(invented.network(claims, invented.shared(members, "1 Harbour Road, Exampletown"), ("x-0",)))
    assert not sketch.sheaves
    assert {len(line.ties) for line in sketch.lines} == {len(members) - 1}
    assert len(sketch.lines) == len(members)


def test_what_is_alike_is_one_list(invented: Invented) -> None:
    """Those tied to one party only, in the same words: a list; those tied elsewhere too, or in other words, stay apart."""
    claims = [claim for n in range(12) for claim in invented.party(f"x-{n}", f"Party {n}")]
    ties = [invented.link(f"x-{n}", "x-0", "Linked To") for n in range(1, 9)]
    ties += [invented.link("x-9", "x-0", "owner"), invented.link("x-8", "x-10", "Linked To")]
    sketch = sketch_of(invented.network(claims, ties, ("x-0",)))
    (sheaf,) = sketch.sheaves
    assert sheaf.members == tuple(f"x-{n}" for n in range(1, 8))
    (trunk,) = [line for line in sketch.lines if line.source_id == sheaf.id]
    assert (trunk.target_id, trunk.label, trunk.count, trunk.arrows) == ("x-0", "7 × Linked To", 7, {"x-0"})
    assert sorted(tie for line in sketch.lines for tie in line.ties) == list(range(len(ties)))


def test_in_a_crowd_a_list_says_what_ties_each(invented: Invented) -> None:
    network = invented.grown(200).network
    sketch = sketch_of(network)
    assert any(sheaf.words for sheaf in sketch.sheaves)
    assert all(len(sheaf.words) in (0, len(sheaf.members)) for sheaf in sketch.sheaves)
    bound = [member for sheaf in sketch.sheaves for member in sheaf.members]
    assert len(bound) == len({*bound}) > 20
    assert sorted(tie for line in sketch.lines for tie in line.ties) == list(range(len(network.ties)))


def test_names_are_written_short_without_a_second_stop(invented: Invented) -> None:
    network = invented.network(
        invented.party("x-1", "Kagyló Korlátolt Felelősségű Társaság", "Organization"), [], ("x-1",)
    )
    assert not short_name(sketch_of(network).nodes[0]).endswith("..")
    assert short_name(Node("x", 1, "„Kagyló” KFT.", "Organization")) == "„Kagyló” Kft."


def test_a_denied_link_says_so(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    ties = [invented.link("x-1", "x-2", "owner", stance="denies")]
    (line,) = sketch_of(invented.network(claims, ties, ("x-1",))).lines
    assert (line.label, line.basis) == ("owner (denied)", Basis.DENIED)


def test_a_link_that_has_ended_is_no_firm_one(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    over = replace(invented.link("x-1", "x-2", "owner"), past="former")
    (line,) = sketch_of(invented.network(claims, [over], ("x-1",))).lines
    assert (line.basis, line.label) == (Basis.PAST, "owner (former)")
    (line,) = sketch_of(invented.network(claims, [over, invented.link("x-1", "x-2", "director")], ("x-1",))).lines
    assert line.basis is Basis.STATED


def test_what_most_lines_are_is_said_once(invented: Invented) -> None:
    claims = [claim for n in range(11) for claim in invented.party(f"x-{n}", f"Party {n}")]
    ties = [invented.link(f"x-{n}", f"x-{n + 1}", "Linked To") for n in range(10)]
    assert sketch_of(invented.network(claims, ties, ("x-0",))).usual == "Linked To"
    assert sketch_of(invented.star(5).network).usual == ""


def test_how_well_founded_a_line_is(invented: Invented) -> None:
    claims = [claim for n in range(4) for claim in invented.party(f"x-{n}", f"Party {n}")]
    ties = [replace(invented.link("x-0", f"x-{n}", "owner"), strength=s) for n, s in ((1, 0.85), (2, 0.6), (3, 0.4))]
    lines = sketch_of(invented.network(claims, ties, ("x-0",))).lines
    assert [line.weight for line in lines] == [Weight.FIRM, Weight.MIDDLING, Weight.WEAK]
