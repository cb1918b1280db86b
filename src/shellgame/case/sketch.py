"""What of a network is drawn: its strongest parties, a line for each pair, a hub for what many share, a sheaf for many alike.

A network is more than a picture can hold. Thirty companies at one address are 435 ties, and a picture of those is a black spot;
drawn as thirty lines to one address it can be read. A hundred ships that a source links to one line and to nobody else, all in the
same words, are a hundred lines that say one thing; bound into a sheaf they are one line and a list of names.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rigour.names import replace_org_types_display

from shellgame.case.lettering import visible
from shellgame.case.words import property_words
from shellgame.graph.network import Network
from shellgame.graph.ties import Tie
from shellgame.model.schema import CAPTION_PROPS, is_a

MOST_DRAWN = 300
"""More parties than this cannot be told apart in one picture."""
MOST_ON_PAGE = 120
"""More parties than this cannot be told apart on a printed page."""
_HUB = 4
"""From so many sharing parties on, what they share is drawn as a hub of its own."""
_SHEAF = 6
"""From so many parties on that are tied to one other only, and in the same words, they are drawn as one list."""
_CROWDED, _SMALL_SHEAF = 120, 3
"""Where so many parties are drawn, lists begin with fewer, and those in one list may be tied in different words."""
_FIRM, _MIDDLING = 0.75, 0.45
"""What counts as well and as middling founded: a link of a graded list is 0.85 and more, something shared 0.5 to 0.7."""
_NEVER = 1e-9
_MANY_ALIKE = 7
_DOUBLE_STOP = re.compile(r"\.\.+$")

_Placed = tuple[int, Tie]
"""A tie with its place among those of the network."""


@dataclass(frozen=True)
class Node:
    """A party in the picture, or a hub: something that several parties share.

    Attributes:
        id: Its id.
        number: Its number in the table of parties; 0 for a hub.
        label: Its name, or what is shared.
        schema: Its schema; empty for a hub.
        is_start: Whether the network grew from it.
        is_listed: Whether its own record says that it is listed.
        is_named: Whether any record names it.
        sharing: How many parties share it; 0 for a party.
    """

    id: str
    number: int
    label: str
    schema: str
    is_start: bool = False
    is_listed: bool = False
    is_named: bool = True
    sharing: int = 0


class Weight(StrEnum):
    """How well founded a line is, in the words of the legend."""

    FIRM = f"well founded ({_FIRM} and more)"
    MIDDLING = f"middling ({_MIDDLING} to {_FIRM})"
    WEAK = f"weak (below {_MIDDLING})"


class Basis(StrEnum):
    """What a line stands for, from the firmest to the least: the words that the legend has for it."""

    STATED = "link that a source states"
    PAST = "link that has ended"
    UNKNOWN = "link to somebody unnamed"
    DENIED = "link that its source denies"
    SHARED = "something shared, no stated link"


@dataclass(frozen=True)
class Line:
    """All ties between two nodes, as one line.

    Attributes:
        source_id: One end.
        target_id: Other end.
        basis: The firmest that its ties are.
        label: The strongest tie in words, with how many others say something else.
        count: Number of ties it stands for.
        arrows: Ends with an arrow, as ids.
        strength: That of the strongest tie, 0 to 1.
        ties: The ties it stands for, by their place among those of the network.
    """

    source_id: str
    target_id: str
    basis: Basis
    label: str
    count: int
    arrows: frozenset[str]
    strength: float
    ties: tuple[int, ...]

    @property
    def stated(self) -> bool:
        """Whether some source states a link; if not, the two only share something, or were judged."""
        return self.basis is not Basis.SHARED

    @property
    def weight(self) -> Weight:
        """How well founded it is."""
        return Weight.FIRM if self.strength >= _FIRM else Weight.MIDDLING if self.strength >= _MIDDLING else Weight.WEAK


@dataclass(frozen=True)
class Sheaf:
    """Parties that are tied to the same one or the same hub, to nobody else, and in the same way: one list with one line.

    Attributes:
        id: Its id, which stands for all of them at the end of its line.
        members: Ids of the parties, in the order of their numbers.
        words: What ties each of them; empty where it is the same for all and stands at the line.
    """

    id: str
    members: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sketch:
    """What is drawn.

    Attributes:
        nodes: Parties, then hubs.
        lines: Lines between them; one that ends at a sheaf stands for the ties of all its members.
        left_out: How many parties are not drawn.
        usual: What most lines are, where so many are alike that the legend says it once; else empty.
        sheaves: Parties that are drawn as lists.
    """

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int
    usual: str = ""
    sheaves: tuple[Sheaf, ...] = ()


def ranked(network: Network) -> list[str]:
    """Ids of all parties, the start first, then by the strength of the strongest way that leads to each.

    The strength of a way is the product of its ties, so whoever comes early is reached through others that come earlier: any
    first part of the list hangs together.
    """
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for tie in network.ties:
        for one, other in ((tie.source_id, tie.target_id), (tie.target_id, tie.source_id)):
            near[one][other] = max(near[one].get(other, 0.0), tie.strength, _NEVER)
    done: dict[str, None] = {}
    waiting = [(-1.0, 0, position, identity) for position, identity in enumerate(network.start)]
    captions = {identity: entity.caption for identity, entity in network.entities.items()}
    order = {identity: position for position, identity in enumerate(sorted(captions, key=lambda i: (captions[i], i)))}
    while waiting:
        strength, steps, _, identity = heapq.heappop(waiting)
        if identity in done or identity not in captions:
            continue
        done[identity] = None
        for other, weight in near[identity].items():
            if other not in done:
                heapq.heappush(waiting, (strength * weight, steps + 1, order.get(other, 0), other))
    rest = sorted(
        captions.keys() - done.keys(), key=lambda identity: (network.distance.get(identity, 99), order[identity])
    )
    return [*done, *rest]


def sketch_of(network: Network, *, listed: Collection[str] = (), most: int = MOST_DRAWN) -> Sketch:
    """Choose what is drawn of a network: at most so many parties, with the ties between them.

    Args:
        network: The network.
        listed: Ids of its parties that are listed.
        most: So many parties at most.
    """
    order = ranked(network)
    parties = [_party(network, identity, number, listed) for number, identity in enumerate(order[:most], start=1)]
    drawn = {node.id for node in parties}
    unnamed = frozenset(node.id for node in parties if not node.is_named)
    ties = [(at, tie) for at, tie in enumerate(network.ties) if tie.source_id in drawn and tie.target_id in drawn]
    groups = _shared_groups(tie for _, tie in ties)
    hubs = {tie_id: members for tie_id, members in groups.items() if len(members) >= _HUB}
    lines = [
        *_lines([(at, tie) for at, tie in ties if tie.id not in hubs], unnamed),
        *_spokes(hubs, [(at, tie) for at, tie in ties if tie.id in hubs]),
    ]
    nodes = (*parties, *_hub_nodes(hubs, [tie for _, tie in ties]))
    sheaves, lines = _sheaves(nodes, lines)
    return Sketch(nodes, tuple(lines), len(order) - len(parties), _usual(lines), tuple(sheaves))


def _sheaves(nodes: Sequence[Node], lines: Sequence[Line]) -> tuple[list[Sheaf], list[Line]]:
    """Bind those with a single line that are tied to the same one in the same way; the other lines stay as they are."""
    bindable = {node.id: node for node in nodes if node.number and not node.is_start}
    count = Counter(end for line in lines for end in (line.source_id, line.target_id))
    is_crowded = sum(node.number > 0 for node in nodes) >= _CROWDED
    alike: defaultdict[tuple[object, ...], list[tuple[str, Line]]] = defaultdict(list)
    for line in lines:
        leaves = [end for end in (line.source_id, line.target_id) if count[end] == 1 and end in bindable]
        if len(leaves) == 1:
            (leaf,) = leaves
            other = line.target_id if leaf == line.source_id else line.source_id
            label = "" if is_crowded else line.label
            alike[other, line.basis, line.weight, label, leaf in line.arrows, other in line.arrows].append((leaf, line))
    sheaves, trunks, bound = [], [], set()
    several = [(key[0], its) for key, its in alike.items() if len(its) >= (_SMALL_SHEAF if is_crowded else _SHEAF)]
    for number, (end, its) in enumerate(several, start=1):
        its.sort(key=lambda each: bindable[each[0]].number)
        labels = tuple(line.label for _, line in its)
        sheaf = Sheaf(f"sheaf-{number}", tuple(leaf for leaf, _ in its), labels if len({*labels}) > 1 else ())
        sheaves.append(sheaf)
        trunks.append(_trunk(str(end), sheaf, [line for _, line in its]))
        bound |= {id(line) for _, line in its}
    return sheaves, [*(line for line in lines if id(line) not in bound), *trunks]


def _trunk(other: str, sheaf: Sheaf, lines: Sequence[Line]) -> Line:
    """The one line of a sheaf."""
    first, strongest = lines[0], max(line.strength for line in lines)
    arrows = frozenset(other if end == other else sheaf.id for end in first.arrows)
    label = f"{len(lines)} × {first.label}" if first.label else f"{len(lines)} more share it"
    label = f"{len(lines)} ties" if sheaf.words else label
    ties = tuple(tie for line in lines for tie in line.ties)
    return Line(sheaf.id, other, first.basis, label, len(ties), arrows, strongest, ties)


def _party(network: Network, identity: str, number: int, listed: Collection[str]) -> Node:
    entity = network.entities[identity]
    named = any(claim.prop in CAPTION_PROPS for claim in entity.claims)
    return Node(identity, number, entity.caption, entity.schema, identity in network.start, identity in listed, named)


def short_name(node: Node) -> str:
    """The name of a node as a picture has it: legal forms are written short, tables have the whole name."""
    if not is_a(node.schema, "Organization"):
        return node.label
    shown = visible(node.label[:400])
    short = str(replace_org_types_display(shown))
    return short if _DOUBLE_STOP.search(shown) else _DOUBLE_STOP.sub(".", short)  # "Kft." becomes "KFT.." there


def _usual(lines: Sequence[Line]) -> str:
    labels = Counter(line.label for line in lines if line.stated)
    label, count = labels.most_common(1)[0] if labels else ("", 0)
    return label if count > _MANY_ALIKE and count > 0.6 * labels.total() else ""


def tie_words(tie: Tie) -> str:
    """What a tie is, in a few words: the relation as printed, what is the same, or what people decided."""
    if tie.kind == "shared":
        return f"same {property_words(tie.schema)}"
    if tie.kind == "judged":
        return f"judged {tie.schema}"
    if tie.strength == 0:
        return f"{tie.label} (denied)"
    return f"{tie.label} ({tie.past})" if tie.past and not tie.end else tie.label


def _shared_groups(ties: Iterable[Tie]) -> dict[str, list[str]]:
    groups: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for tie in ties:
        if tie.kind == "shared":
            groups[tie.id] |= {tie.source_id: None, tie.target_id: None}
    return {tie_id: list(members) for tie_id, members in groups.items()}


def _hub_nodes(hubs: Mapping[str, Sequence[str]], ties: Sequence[Tie]) -> list[Node]:
    first = {tie.id: tie for tie in reversed(ties)}
    return [
        Node(tie_id, 0, f"{tie_words(first[tie_id])}: {first[tie_id].label}", "", sharing=len(members))
        for tie_id, members in hubs.items()
    ]


def _spokes(hubs: dict[str, list[str]], ties: Sequence[_Placed]) -> list[Line]:
    """From each hub to its members, a line for all ties by which it ties the member to others."""
    of_member: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    strength: dict[str, float] = {}
    for at, tie in ties:
        strength[tie.id] = max(tie.strength, strength.get(tie.id, 0.0))
        for member in (tie.source_id, tie.target_id):
            of_member[tie.id, member].append(at)
    return [
        Line(member, hub, Basis.SHARED, "", 1, frozenset(), strength[hub], tuple(of_member[hub, member]))
        for hub, members in hubs.items()
        for member in members
    ]


def _lines(ties: Iterable[_Placed], unnamed: frozenset[str]) -> list[Line]:
    pairs: defaultdict[frozenset[str], list[_Placed]] = defaultdict(list)
    for at, tie in ties:
        pairs[frozenset((tie.source_id, tie.target_id))].append((at, tie))
    return [_line(its, unnamed) for its in pairs.values()]


def _line(placed: Sequence[_Placed], unnamed: frozenset[str]) -> Line:
    ties = [tie for _, tie in placed]
    links = [tie for tie in ties if tie.kind == "link"]
    first = (links or ties)[0]
    words = dict.fromkeys(map(tie_words, [*links, *(tie for tie in ties if tie.kind != "link")]))
    label = next(iter(words)) + (f" +{len(words) - 1}" if len(words) > 1 else "")
    return Line(
        first.source_id,
        first.target_id,
        _basis(links, bool(unnamed & {first.source_id, first.target_id})),
        label,
        len(ties),
        frozenset(tie.target_id for tie in links),
        max(tie.strength for tie in ties),
        tuple(at for at, _ in placed),
    )


def _basis(links: Sequence[Tie], to_nobody: bool) -> Basis:
    if not links:
        return Basis.SHARED
    if not any(tie.strength for tie in links):
        return Basis.DENIED
    if to_nobody:
        return Basis.UNKNOWN
    return Basis.PAST if all(tie.past for tie in links) else Basis.STATED
