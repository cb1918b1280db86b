"""What a reviewer found wrong once: each name, number, day and list that made a false answer."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from tests.resolve.evidence import judgement

from shellgame.cli.coverage import coverage_row
from shellgame.match.hits import Explanation, Hit
from shellgame.match.search import Subject
from shellgame.model.judgement import Verdict
from shellgame.model.standing import Standing
from shellgame.model.version import KeptPart
from shellgame.names.folding import folded_words
from shellgame.resolve.coverage import coverage_of
from shellgame.resolve.identities import identities_in
from shellgame.resolve.keys import identifier_key
from shellgame.resolve.matrix import one_row_a_party, rows_of
from shellgame.resolve.presence import presence_of
from shellgame.sources.claims import Claims
from shellgame.store.claims import ClaimSet
from shellgame.store.store import Store
from shellgame.testing.publications import incoming


@pytest.fixture
def ask(tmp_path):
    return Asked(tmp_path)


class Asked:
    def __init__(self, folder):
        self.folder, self.store = folder, Store(folder / "ws")

    def add(self, source, *parties, day="2024-01-01", **changes):
        claims = Claims(source)
        for identity, schema, name, properties in parties:
            record = claims.record(identity, schema, f"list#{identity}")
            record.add("name", name)
            sanction = record.sanction()
            sanction.add("program", "VARKESH")
            for prop, value in properties.items():
                (sanction if prop in ("endDate", "status") else record).add(prop, value)
        publication = incoming(self.folder, day, claims, f"{source} {day}\n")
        self.store.add(replace(publication, **changes))

    def files(self, *names):
        made = [self.folder / name for name in names]
        for file in made:
            file.write_text(file.name, encoding="utf-8")
        return tuple(
            (KeptPart(file.name, file.name, sha256(file.read_bytes()).hexdigest(), file.stat().st_size), file)
            for file in made
        )

    def row(self, identity, jurisdiction, on=None, standing=None, **options):
        with ClaimSet(self.store, on) as claims:
            rows = coverage_of(claims, identities_in(claims, standing=standing), entity_ids=[identity], **options)
        return next(row for row in rows if row.jurisdiction == jurisdiction)

    def pair(self, mine, theirs, schema="Company"):
        self.add("us_ofac_sdn", ("us-1", schema, *mine))
        self.add("ca_dfatd_sema_sanctions", ("ca-1", schema, *theirs))
        found = self.row("us-1", "ca")
        return found.identity, found.why


def finding(*hits, schema="Person"):
    """A name search that finds the same for everybody, and writes down what it was asked in one go."""

    def search(subjects):
        search.asked.append(subjects)
        found = [Hit(each, schema, score, (), True, Explanation(name)) for each, score, name in hits]
        return [found for _ in subjects]

    search.asked = []
    return search


ONE_WORD = ("Halvrenborg", {}), ("Halvrenborg Republican Unitary Air Navigation Services Enterprise", {})


def test_who_is_found_by_a_search_only_is_unsure_and_never_not_listed(ask):
    for source, identity, told in zip(
        ("us_ofac_sdn", "ca_dfatd_sema_sanctions"), ("us-1", "ca-1"), ONE_WORD, strict=True
    ):
        ask.add(source, (identity, "Company", *told))
    name = ONE_WORD[1][0]
    search = finding(("ca-1", 0.97, name), ("us-1", 1.0, "Halvrenborg"), schema="Company")
    assert ask.row("us-1", "ca").status == "not_listed"
    found = ask.row("us-1", "ca", alike=search)
    assert (found.status, found.identity, found.records) == ("listed", "unsure", ["ca-1"])
    assert found.why[0].startswith(f"names Halvrenborg / {name} (0.0")
    apart = Standing([judgement(("us-1", "ca-1"), Verdict.DIFFERENT, "ada", 0)])
    assert ask.row("us-1", "ca", alike=search, standing=apart).status == "not_listed"


def test_who_is_found_by_a_search_and_is_not_like_the_party_at_all_is_left_out(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Ana VARKESH", {"birthDate": "1950-01-02"}))
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Ada MELVAR", {"birthDate": "1990-03-04"}))
    assert ask.row("us-1", "ca", alike=finding(("ca-1", 0.8, "Ada MELVAR"))).status == "not_listed"


def test_names_of_many_parties_are_searched_at_once_with_what_tells_them_apart(ask):
    ask.add(
        "us_ofac_sdn",
        ("us-1", "Person", "Ana VARKESH", {"alias": "Anna VARKESH", "birthDate": "1970-02-03"}),
        ("us-2", "Person", "Boris MELVAR", {}),
    )
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Cezar ODVIK", {}))
    search = finding()
    with ClaimSet(ask.store) as claims:
        coverage_of(claims, identities_in(claims), entity_ids=["us-1", "us-2"], alike=search)
    assert search.asked == [
        [
            Subject(("Ana VARKESH", "Anna VARKESH"), "Person", {"birthDate": ["1970-02-03"]}),
            Subject(("Boris MELVAR",), "Person"),
        ]
    ]


NUMBER = {"registrationNumber": "VK-123456"}
PASSPORT = {"passportNumber": "AB123456"}


@pytest.mark.parametrize(
    ("schema", "mine", "theirs", "confirmed"),
    [
        ("Company", ("General Trading Co", NUMBER), ("General Motors Co", NUMBER), False),
        ("Company", ("Bank Melvar", NUMBER), ("Bank Sadrek", NUMBER), False),
        ("Company", ("Halvren House", NUMBER), ("Halvren House One", {"imoNumber": "123456"}), True),
        ("Company", ("Bank Melvar", {"innCode": "7707083893"}), ("Bank Sadrek", {"innCode": "7707083893"}), True),
        ("Person", ("Ivan Petrov SIDOREK", PASSPORT), ("Pavel Petrov SIDOREK", PASSPORT), False),
        ("Person", ("Munir MALEDD", PASSPORT), ("Tarif AKHRASK", PASSPORT), False),
        ("Person", ("TAY ZA", PASSPORT), ("Tay Za", PASSPORT), True),
        ("Person", ("Ivan Petrovich SIDOREK", PASSPORT), ("SIDOREK Ivan", PASSPORT), True),
    ],
)
def test_a_shared_number_confirms_only_what_names_do_not_speak_against(ask, schema, mine, theirs, confirmed):
    identity, why = ask.pair(mine, theirs, schema)
    assert identity == ("confirmed" if confirmed else "unsure"), why
    assert why


@pytest.mark.parametrize("name", ["JIN RYU", "王伟"])
def test_a_short_name_counts_with_a_birth_date(ask, name):
    assert (
        ask.pair((name, {"birthDate": "1965-01-02"}), (name, {"birthDate": "1965-01-02"}), "Person")[0] == "confirmed"
    )


def test_a_judgement_needs_nothing_shared(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {}))
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Talvek Tornik", {}))
    same = Standing([judgement(("us-1", "ca-1"), Verdict.SAME, "ada", 0)])
    assert ask.row("us-1", "ca", standing=same).identity == "confirmed"


def test_an_id_of_two_sources_is_listed_in_both_jurisdictions(ask):
    for source in ("us_ofac_sdn", "ca_dfatd_sema_sanctions"):
        ask.add(source, ("NK-1", "Person", "Orsin Maledd", {}))
    assert [ask.row("NK-1", code).status for code in ("us", "ca", "eu")] == ["listed", "listed", "unknown"]


def test_a_party_that_is_only_named_has_a_row_everywhere(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {}))
    found = ask.row("nobody-here", "us")
    assert (found.status, found.caption) == ("not_listed", "nobody-here")


@pytest.mark.parametrize("over", [{"endDate": "2022-05-06"}, {"status": "Delisted"}])
def test_a_listing_that_ended_is_delisted(ask, over):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", over))
    found = ask.row("us-1", "us")
    assert (found.status, found.until) == ("delisted", over.get("endDate"))


def test_an_end_after_the_day_asked_about_is_no_end(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {"endDate": "2024-06-01"}))
    assert ask.row("us-1", "us", on="2024-05-31").status == "listed"
    assert ask.row("us-1", "us", on="2024-06-02").status == "delisted"


def test_a_list_that_is_not_whole_never_makes_not_listed(ask):
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Talvek Tornik", {}))
    ask.add("us_ofac_cons", ("us-1", "Person", "Orsin Maledd", {}))
    found = ask.row("ca-1", "us")
    assert (found.status, found.lists) == ("unknown", ("us_ofac_cons of 2024-01-01",))
    assert found.why == ["no whole list of it is here"]


def test_a_list_that_shrank_never_makes_not_listed(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {}), counts={"records": 100})
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {}), day="2024-02-01", counts={"records": 40})
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Talvek Tornik", {}))
    found = ask.row("ca-1", "us")
    assert found.status == "unknown"
    assert "has 40 records, the version of 2024-01-01 had 100" in found.why[0]


def test_who_is_missing_on_a_version_that_lost_most_is_not_delisted(ask):
    one, other = ("us-1", "Person", "Orsin Maledd", {}), ("us-2", "Person", "Talvek Tornik", {})
    ask.add("us_ofac_sdn", one, other, counts={"records": 100})
    ask.add("us_ofac_sdn", one, day="2024-02-01", counts={"records": 40})
    with ClaimSet(ask.store, ever=True) as claims:
        identities = identities_in(claims)
        (row,) = coverage_of(claims, identities, entity_ids=["us-2"], jurisdictions=["us"])
        assert presence_of(claims, identities).parties["us-2"].spans["us"].until is None
    assert (row.status, row.until) == ("listed", None)


def test_first_seen_tells_both_bounds_and_compares_methods(ask):
    old, new = ("us-1", "Person", "Orsin Maledd", {}), ("us-2", "Person", "Talvek Tornik", {})
    ask.add("us_ofac_sdn", old)
    ask.add("us_ofac_sdn", old, new, day="2024-02-01")
    ask.add("us_ofac_sdn", old, new, ("us-3", "Person", "Yaska Varsho", {}), day="2024-03-01", method="test.csv@2")
    found = ask.row("us-2", "us")
    assert (found.not_before, found.first_seen) == ("2024-01-01", "2024-02-01")
    assert ask.row("us-3", "us").first_seen is None


def test_a_filler_is_no_number():
    assert identifier_key("000-000") is None


def test_letters_of_other_scripts_stay_and_latin_ones_lose_their_accents():
    assert folded_words("Андрей") != folded_words("Андреи")
    assert folded_words("ŁUKASZ Żak") == "lukasz zak"
    assert folded_words("မင်း") != folded_words("မင်")


def test_a_list_older_than_the_first_known_listing_elsewhere_says_nothing(ask):
    """Listed there on the day itself is told; of whom others had before a list came out, its silence tells."""
    party = ("us-1", "Person", "Orsin Maledd", {})
    ask.add("gb_hmt_sanctions", ("gb-1", "Person", "Talvek Tornik", {}), day="2018-04-30")
    ask.add("us_ofac_sdn", party, day="2022-03-01")
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Talvek Tornik", {}), day="2022-03-01")
    found = ask.row("us-1", "gb")
    assert (found.status, found.unknown_since) == ("unknown", "2018-04-30")
    why = "its newest whole list here is of 2018-04-30; others are first known to list it on 2022-03-01"
    assert found.why == [why]
    assert (ask.row("us-1", "ca").status, ask.row("us-1", "ca").unknown_since) == ("not_listed", None)
    ask.add("gb_hmt_sanctions", ("gb-1", "Person", "Talvek Tornik", {}), day="2022-03-01")
    assert ask.row("us-1", "gb").status == "not_listed"


def test_whom_nobody_else_lists_an_old_list_is_silent_about_too(ask):
    ask.add("gb_hmt_sanctions", ("gb-1", "Person", "Talvek Tornik", {}), day="2018-04-30")
    assert ask.row("nobody-here", "gb").status == "not_listed"


def test_the_day_that_a_list_states_counts_before_the_day_of_the_version_that_has_it(ask):
    ask.add("gb_hmt_sanctions", ("gb-1", "Person", "Talvek Tornik", {}), day="2018-04-30")
    claims = Claims("ca_dfatd_sema_sanctions")
    record = claims.record("ca-1", "Person", "list#ca-1")
    record.add("name", "Orsin Maledd")
    listing = record.sanction()
    listing.add("program", "VARKESH")
    listing.add("listingDate", "2014-03-17")
    ask.store.add(incoming(ask.folder, "2024-01-01", claims, "ca\n"))
    assert ask.row("ca-1", "gb").status == "not_listed"


def test_a_day_that_only_versions_tell_is_marked_as_seen(ask):
    old, new = ("us-1", "Person", "Orsin Maledd", {}), ("us-2", "Person", "Talvek Tornik", {})
    ask.add("us_ofac_sdn", old)
    ask.add("us_ofac_sdn", old, new, day="2024-02-01")
    found = ask.row("us-2", "us")
    assert (found.since, found.seen_since) == (None, "2024-02-01")
    assert (coverage_row(found)["since"], coverage_row(found)["since_is"]) == ("2024-02-01", "seen")
    assert (coverage_row(ask.row("us-1", "us"))["since"], coverage_row(ask.row("us-1", "us"))["since_is"]) == (
        None,
        None,
    )


def test_records_of_one_party_are_one_row(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {"birthDate": "1970-01-02"}))
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "MALEDD, Orsin", {"birthDate": "1970-01-02"}))
    with ClaimSet(ask.store) as claims:
        rows = list(rows_of(coverage_of(claims, identities_in(claims), program="VARKESH")))
    (row,) = one_row_a_party(rows)
    assert [each.entity_id for each in rows] == ["ca-1", "us-1"]
    assert row is rows[0]
    assert row.where("listed") == ("us", "ca")


def test_a_version_without_files_of_details_lacks_nobody(ask):
    """OFAC's `sdn.csv` has all records; without its aliases silence says less, which the list is told with."""
    one, other = ("us-1", "Person", "Orsin Maledd", {}), ("us-2", "Person", "Talvek Tornik", {})
    ask.add("us_ofac_sdn", one, other, files=ask.files("sdn.csv", "add.csv", "alt.csv"))
    warning = "published without add.csv, alt.csv: what they tell is unknown in this version"
    ask.add("us_ofac_sdn", one, day="2024-02-01", files=ask.files("sdn.csv"), warnings=(warning,))
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Yaska Varsho", {}))
    found = ask.row("ca-1", "us")
    assert (found.status, found.lists) == (
        "not_listed",
        ("us_ofac_sdn of 2024-02-01 (published without add.csv, alt.csv; add.csv, alt.csv of 2024-01-01 still count)",),
    )
    with ClaimSet(ask.store, ever=True) as claims:
        (row,) = coverage_of(claims, identities_in(claims), entity_ids=["us-2"], jurisdictions=["us"])
    assert (row.status, row.until) == ("delisted", "2024-01-01")


def test_a_version_without_a_file_of_records_says_nothing_of_whom_it_lacks(ask):
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {}), files=ask.files("sdn.csv", "others.csv"))
    ask.add("us_ofac_sdn", ("us-1", "Person", "Orsin Maledd", {}), day="2024-02-01", files=ask.files("sdn.csv"))
    ask.add("ca_dfatd_sema_sanctions", ("ca-1", "Person", "Yaska Varsho", {}))
    found = ask.row("ca-1", "us")
    assert (found.status, found.why) == (
        "unknown",
        ["us_ofac_sdn of 2024-02-01 has 1 of the 2 files of the version of 2024-01-01"],
    )
