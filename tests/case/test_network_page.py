"""The page to look around in: whole, closed, the same every time, and nothing from a source acts in it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256

import pytest
from lxml import etree, html

from shellgame.case.network_page import network_html
from shellgame.case.uncovered import Uncovered

from .invented import HOSTILE, Invented


def _page(text: str) -> etree._Element:
    return html.document_fromstring(text)


def _data(text: str) -> dict:
    (element,) = _page(text).xpath("//script[@type='application/json']")
    return json.loads(element.text)


def test_the_page_has_every_party_and_tie_with_what_it_rests_on(small: Uncovered) -> None:
    network = small.network
    told = _data(network_html(network, "Network of Shell", day="2026-03-13"))
    assert len(told["parties"]) == len(network.entities)
    assert len(told["ties"]) == len(network.ties)
    owner = next(tie for tie in told["ties"] if tie["what"] == "owner of 51 percent")
    assert [told["parties"][end]["name"] for end in owner["ends"]] == ["Ivan EXAMPLEV", "Shell Trading Ltd"]
    assert (owner["strength"], owner["days"]) == (0.95, ["2019-01-01", ""])
    assert owner["said"][0]["words"] == "owner of 51 percent"
    assert owner["said"][0]["place"].startswith("xx_list list.csv#x-2/")
    shared = next(tie for tie in told["ties"] if tie["kind"] == "shared")
    assert (shared["what"], shared["value"]) == ("same address", "1 Harbour Road, Exampletown")
    assert next(tie for tie in told["ties"] if tie["what"] == "holder (denied)")["strength"] == 0


def test_numbers_in_the_drawing_are_those_of_the_data(small: Uncovered) -> None:
    text = network_html(small.network, "Network of Shell")
    told = _data(text)
    groups = _page(text).xpath("//*[@data-party]")
    titles = {int(group.get("data-party")): group[0].text for group in groups}
    assert len(titles) == len(told["parties"])
    assert all(title.startswith(f"{number}. {told['parties'][number - 1]['name']}") for number, title in titles.items())
    drawn = {int(at) for group in _page(text).xpath("//*[@data-ties]") for at in group.get("data-ties").split()}
    assert drawn == set(range(len(told["ties"])))


def test_only_its_own_style_and_script_may_run_and_nothing_is_loaded(small: Uncovered) -> None:
    page = _page(network_html(small.network, "Network of Shell"))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    (style,), (script,) = page.xpath("//style"), page.xpath("//script[not(@type)]")
    for kind, element in (("style", style), ("script", script)):
        digest = b64encode(sha256(element.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@src | //@href | //@style | //link | //img | //iframe")
    assert not re.search(
        r"\b(eval|innerHTML|outerHTML|insertAdjacentHTML|document\.write|fetch|XMLHttpRequest)\b", script.text
    )


def test_the_script_finds_every_part_of_the_page_it_asks_for(small: Uncovered) -> None:
    page = _page(network_html(small.network, "Network of Shell"))
    (script,) = page.xpath("//script[not(@type)]")
    asked = {
        *re.findall(r'\b(?:by|getElementById)\("(\w+)"\)', script.text),
        "picture",
        "panel",
        "tip",
        "search",
        "weakest",
    }
    assert len(asked) > 10
    assert asked <= set(page.xpath("//@id"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(invented: Invented, name: str) -> None:
    text = network_html(invented.small(name).network, name, notice=name, day=name)
    page = _page(text.encode("utf-8").decode())
    assert len(page.xpath("//script")) == 2
    assert len(page.xpath("//style")) == 1
    assert not [each for element in page.iter() for each in getattr(element, "attrib", ()) if each.startswith("on")]
    assert len(_data(text)["parties"]) == 7


def test_what_would_turn_the_reading_is_shown(invented: Invented) -> None:
    told = _data(network_html(invented.small("Acme\u202egnp.exe").network, "x"))
    assert told["parties"][0]["name"] == "Acme[U+202E]gnp.exe"


def test_a_tie_with_endless_evidence_says_how_much_more_there_is(invented: Invented) -> None:
    claims = [*invented.party("x-1", "One Ltd"), *invented.party("x-2", "Two Ltd")]
    tie = invented.link("x-1", "x-2", "owner")
    many = tuple(invented.claim("l", "UnknownLink", "role", "owner", record=f"r-{n}", quote="owner") for n in range(50))
    network = invented.network(claims, [type(tie)(**{**tie.__dict__, "claims": many})], ("x-1",))
    (told,) = _data(network_html(network, "x"))["ties"]
    assert (len(told["said"]), told["more"]) == (20, 30)


def test_the_same_network_gives_the_same_page_and_says_what_is_not_drawn(invented: Invented) -> None:
    network = invented.grown(310, sharing=3).network
    text = network_html(network, "Large")
    assert "10 parties with weaker ties are not drawn" in text
    assert len(_data(text)["parties"]) == 310
    small = invented.small().network
    assert network_html(small, "x") == network_html(small, "x")


def test_progress_is_told(invented: Invented) -> None:
    told: list[tuple[int, int]] = []
    network_html(invented.grown(60).network, "x", told=lambda done, total: told.append((done, total)))
    assert told
    assert all(done <= total for done, total in told)


def test_what_printing_adds_and_what_stands_without_scripts(small: Uncovered) -> None:
    page = _page(network_html(small.network, "Network of Shell"))
    (script,) = page.xpath("//script[not(@type)]")
    assert "beforeprint" in script.text
    assert "afterprint" in script.text
    assert page.xpath("//section[@id='paper']")
    assert page.xpath("//noscript")


def test_every_tie_is_at_some_line_or_list_with_its_sources(invented: Invented) -> None:
    network = invented.grown(150, sharing=2).network
    text = network_html(network, "x")
    page, data = _page(text), _data(text)
    drawn = {int(at) for told in page.xpath("//*[@data-ties]/@data-ties") for at in told.split()}
    assert drawn == set(range(len(network.ties)))
    assert all(tie["said"] and all(said["place"] for said in tie["said"]) for tie in data["ties"])
    assert len(page.xpath("//*[@data-party]")) == len(network.entities)
