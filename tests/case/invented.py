"""Invented networks and answers, to be shown in a dossier: small ones with every part, big ones of several shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from shellgame.case.uncovered import Uncovered, put_together
from shellgame.graph.network import Network
from shellgame.graph.ties import Tie, digest
from shellgame.match.hits import Explanation, Hit, Hits, TokenMatch
from shellgame.model.claim import Claim, claim_id
from shellgame.model.entity import Entity, entities_of
from shellgame.model.version import KeptPart, Version
from shellgame.resolve.coverage import Coverage

DAY = "2026-03-13"
VERSION = "20260313-0f0f0f0f"
HASH = "0f" * 32
HOSTILE = (
    "<script>alert(1)</script>",
    '#eval("1") #panic() #read("/etc/passwd")',
    "*bold* _x_ $x$ \\ @ref `raw` // comment /* = Heading",
    '=HYPERLINK("http://example.org")',
    "Acme\u202egnp.exe\u2069 \u200f\u2066",
    "A" * 10_000,
    "ا" * 3_000,
    "",
    "   ",
    "\ud800 half \x00 nul \x07 bell",
    "]]></svg><!-- & &lt; \" '",
    "{{ 7 * 7 }}{% raw %}",
    "你好有限公司",
)
"""What somebody may have written where a name belongs."""


class Invented:
    """Makes claims, entities, ties and whole answers of an invented source."""

    def claim(self, entity: str, schema: str, prop: str, value: str, *, record: str = "", **other: str) -> Claim:
        content = (record or entity, entity, schema, prop, value, None, None, f"list.csv#{record or entity}/{prop}")
        quote, stance = other.get("quote"), other.get("stance", "asserts")
        seen = other.get("seen", DAY)
        return Claim(
            claim_id("xx_list", *content, quote, stance), "xx_list", *content, quote, stance, "Ministry of Examples",
            "A", 2, "xx_list.csv@1", other.get("tlp", "CLEAR"), seen, DAY, VERSION, VERSION, HASH,
        )  # fmt: skip

    def party(self, identity: str, name: str, schema: str = "Company", **props: str) -> list[Claim]:
        return [self.claim(identity, schema, prop, value) for prop, value in {"name": name, **props}.items()]

    def listing(self, identity: str, day: str, program: str = "EXAMPLE-1") -> list[Claim]:
        told = {"entity": identity, "listingDate": day, "program": program, "authority": "Ministry of Examples"}
        return [self.claim(f"{identity}-listing", "Sanction", *pair, record=identity) for pair in told.items()]

    def link(self, source: str, target: str, words: str, schema: str = "UnknownLink", **other: str) -> Tie:
        ends = {"Ownership": ("owner", "asset")}.get(schema, ("subject", "object"))
        identity = f"link-{digest(source + target + words)}"
        pairs = [(ends[0], source), (ends[1], target), ("role", words)]
        pairs += [("startDate", other["start"])] if "start" in other else []
        claims = tuple(self.claim(identity, schema, *pair, record=source, quote=words, **other) for pair in pairs)
        strength = 0.0 if other.get("stance") == "denies" else 0.95
        return Tie(identity, "link", schema, words, source, target, strength, other.get("start"), None, claims)

    def shared(self, members: list[str], value: str, prop: str = "address", strength: float = 0.6) -> list[Tie]:
        claims = [self.claim(member, "Company", prop, value) for member in members]
        return [
            Tie(f"shared-{prop}-{digest(value)}", "shared", prop, value, one.entity_id, other.entity_id, strength, None, None,
                (one, other))
            for position, one in enumerate(claims)
            for other in claims[position + 1 :]
        ]  # fmt: skip

    def network(self, claims: Iterable[Claim], ties: Iterable[Tie], start: tuple[str, ...]) -> Network:
        parties = entities_of(claim for claim in claims if claim.entity_id == claim.record_id)
        ties = tuple(sorted(ties, key=lambda tie: -tie.strength))
        ids = dict.fromkeys([*start, *parties])
        distance = _steps(ties, start)
        known = {identity: parties.get(identity) or Entity(identity, "Thing", ()) for identity in ids}
        return Network(start, known, {identity: distance.get(identity, 9) for identity in ids}, ties)

    def answer(
        self,
        asked: str,
        claims: list[Claim],
        ties: list[Tie],
        start: tuple[str, ...],
        coverage: tuple[Coverage, ...] = (),
    ) -> Uncovered:
        network = self.network(claims, ties, start)
        caption = network.entities[start[0]].caption
        tokens = (TokenMatch("shell", "shell", 1.0),)
        hits = (
            Hit(start[0], "Company", 1.0, ("xx_list",), True, Explanation(caption, tokens)),
            Hit(
                "x-other",
                "Company",
                0.82,
                ("xx_list",),
                True,
                Explanation("Shell Ltd. of Elsewhere", tokens, ("elsewhere",)),
            ),
        )
        version = Version(
            VERSION, "xx_list", DAY, "2026-03-14T08:00:00Z", HASH, "csv", "xx_list.csv@1",
            (KeptPart("list.csv", "list.csv", HASH, 1234),), {"records": 7}, ("2 rows without a name",), len(claims),
        )  # fmt: skip
        rows = coverage or (
            Coverage(start[0], caption, "us", "unknown", None, [], None, [], []),
            Coverage(
                start[0],
                caption,
                "xx",
                "listed",
                "2024-04-15",
                ["EXAMPLE-1"],
                "confirmed",
                [start[0]],
                ["the record itself"],
            ),
            Coverage(start[0], caption, "yy", "listed", None, [], "unsure", ["yy-7"], ["same name SHELL LTD"]),
        )
        told = [*claims, *(claim for tie in ties for claim in tie.claims)]
        told_all = put_together(asked, None, Hits(asked, hits), network, rows, told, (version,))
        return replace(told_all, tlp="CLEAR")

    def small(self, name: str = "Shell Trading Ltd") -> Uncovered:
        """Seven parties, with every kind of tie, two listings and one inference."""
        claims = [
            *self.party(
                "x-1", name, registrationNumber="HRB 12345", address="1 Harbour Road, Exampletown", country="xx"
            ),
            self.claim("x-1", "Company", "alias", "شركة المثال للتجارة"),
            self.claim("x-1", "Company", "alias", "Торговая компания Ракушка"),
            *self.listing("x-1", "2024-04-15"),
            *self.party("x-2", "Ivan EXAMPLEV", "Person", birthDate="1961-06-06"),
            *self.listing("x-2", "2023-08-09", "EXAMPLE-2"),
            *self.party("x-3", "Front One FZE", incorporationDate="2024-05-02", address="1 Harbour Road, Exampletown"),
            *self.party("x-4", "State Arms Export", "PublicBody"),
            *self.party("x-5", "MV Cockle", "Vessel", imoNumber="9999999", buildDate="1999"),
            *self.party("x-6", "Unknown Partner", "LegalEntity"),
            *self.party("x-7", "Wallet", "CryptoWallet", publicKey="bc1qexample0000000000000000000000000000000"),
        ]
        ties = [
            self.link("x-2", "x-1", "owner of 51 percent", "Ownership", start="2019-01-01"),
            self.link("x-1", "x-4", "Linked To: STATE ARMS EXPORT"),
            self.link("x-1", "x-5", "operator"),
            self.link("x-2", "x-6", "business partner", stance="infers"),
            self.link("x-6", "x-7", "holder", stance="denies"),
            *self.shared(["x-1", "x-3"], "1 Harbour Road, Exampletown"),
        ]
        return self.answer(name, claims, ties, ("x-1",))

    def star(self, count: int) -> Uncovered:
        """One party with many direct links."""
        claims = [claim for n in range(count + 1) for claim in self.party(f"x-{n}", _name(n), _schema(n))]
        ties = [self.link("x-0", f"x-{n}", "Linked To") for n in range(1, count + 1)]
        return self.answer(_name(0), claims, ties, ("x-0",))

    def grown(self, count: int, seed: int = 7, sharing: int = 0) -> Uncovered:
        """A network that grew: newcomers tie to whoever has many ties; some share an address with others."""
        random = Random(seed)
        claims = [
            claim
            for n in range(count)
            for claim in self.party(f"x-{n}", _name(n), _schema(n), incorporationDate=f"20{n % 24:02}-03-0{n % 9 + 1}")
        ]
        ends = [0]
        ties = []
        for n in range(1, count):
            for other in {random.choice(ends) for _ in range(1 + (n % 4 == 0))}:
                ties.append(
                    self.link(
                        f"x-{other}", f"x-{n}", random.choice(["owner", "director", "Linked To", "Family member of"])
                    )
                )
                ends += [n, other]
        for group in range(sharing):
            members = random.sample(range(count), 3 + group * 2)
            ties += self.shared([f"x-{n}" for n in members], f"{group} Harbour Road, Exampletown", strength=0.3)
        for n in range(0, count, 5):
            claims += self.listing(f"x-{n}", f"20{10 + n % 15}-0{1 + n % 9}-1{n % 9}")
        return self.answer(_name(0), claims, ties, ("x-0",))

    def communities(self, groups: int, size: int, seed: int = 3) -> Network:
        """Groups with many ties and an address of their own, each with one tie to an earlier one; every fifth party is listed."""
        random = Random(seed)
        claims = [
            claim
            for n in range(groups * size)
            for claim in self.party(f"x-{n}", _name(n), _schema(n), **({} if n % 5 else {"topics": "sanction"}))
        ]
        ties = []
        for group in range(groups):
            ids = [f"x-{group * size + n}" for n in range(size)]
            pairs = [(random.choice(ids[: max(1, n // 3)]), ids[n]) for n in range(1, size)]
            pairs += [(random.choice(ids), other) for other in random.sample(ids, size // 3)]
            if group:
                pairs.append((f"x-{random.randrange(group * size)}", ids[0]))
            ties += [
                self.link(one, other, random.choice(["owner", "director"])) for one, other in pairs if one != other
            ]
            ties += self.shared(random.sample(ids, 6), f"{group} Harbour Road, Exampletown", strength=0.3)
        return self.network(claims, ties, ("x-0",))


def _name(number: int) -> str:
    kinds = (
        "General Trading LLC",
        "Shipping & Logistics Co.",
        "Holding Limited",
        "Aviation FZE",
        "Industrial Group JSC",
    )
    person = ("Ivan", "Amira", "Chen", "José", "Ольга")
    return (
        f"{person[number % 5]} EXAMPLE-{number}"
        if _schema(number) == "Person"
        else f"Cockle {number} {kinds[number % 5]}"
    )


def _schema(number: int) -> str:
    return ("Company", "Person", "Company", "Organization", "Vessel", "Person", "Airplane")[number % 7]


def _steps(ties: tuple[Tie, ...], start: tuple[str, ...]) -> dict[str, int]:
    steps = dict.fromkeys(start, 0)
    for step in range(1, 12):
        for tie in ties:
            for one, other in ((tie.source_id, tie.target_id), (tie.target_id, tie.source_id)):
                if steps.get(one) == step - 1:
                    steps.setdefault(other, step)
    return steps
