"""Bad input does no harm: every sample of every source, spoilt in every way that its kind of file can be.

Each is refused with file, finding and remedy, and with the place where one is meant, and the workspace, which holds a good
version already, stays as it is, byte for byte. What is no loss of content (other line ends, say) may be read, if nothing
is claimed that the whole file does not say. A new source is spoilt by itself as soon as its sample is accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shellgame.errors import BadInput, Damaged, NotThisSource
from shellgame.sources.catalog import catalog, source_named
from shellgame.sources.reading import read_publication
from shellgame.workspace import Workspace

from .conftest import GOOD_DAY, NEXT_DAY, UNFORESEEN, Good, write_everything
from .damage import DAMAGES, ITS_BEGINNING, OTHER_THINGS, PAGES, Damage, Sample, all_samples

BY_NAME = {sample.name: sample for sample in all_samples()}


class Case(NamedTuple):
    """One file of one sample, and what is done to it."""

    sample: Sample
    file: str
    damage: Damage

    @property
    def id(self) -> str:
        return f"{self.sample.name}/{self.file}: {self.damage.name}"

    def write(self, folder: Path) -> Path:
        spoilt = self.damage.make(dict(self.sample.files)[self.file])
        assert spoilt is not None
        return self.sample.write(folder, alone=self.damage.alone, **{self.file: spoilt})


def _cases(*, refused: bool) -> Iterator[Case]:
    for sample in all_samples():
        for file, content in sample.files:
            for damage in DAMAGES:
                must = damage.refused and not (sample.may_be_zipped and damage.name == "packed into a zip")
                if must is refused and sample.kind in damage.kinds and _has_a_hold(damage, content):
                    yield Case(sample, file, damage)


def _has_a_hold(damage: Damage, content: bytes) -> bool:
    """Whether a content can be spoilt in this way: tables of one column have no columns to swap, and so on."""
    if damage.big:
        return True
    with suppress(IndexError, ValueError):
        return damage.make(content) not in (None, content)
    return False


@pytest.mark.parametrize("sample", BY_NAME.values(), ids=list(BY_NAME))
def test_the_whole_sample_is_added_beside_the_good_version(
    sample: Sample, good: Callable[[Sample], Good], tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "workspace")
    write_everything(good(sample).before, workspace.folder)
    workspace.add(sample.source, sample.write(tmp_path / "sample"), NEXT_DAY)
    assert [version.as_of for version in workspace.versions(sample.source)] == [GOOD_DAY, NEXT_DAY]


def test_every_source_has_a_sample_to_spoil() -> None:
    spoilt = {sample.source for sample in all_samples()}
    assert {"my_set" if name == "ftm" else name for name in catalog()} - spoilt == {"register"}


def test_every_damage_finds_a_file_to_spoil() -> None:
    done = {case.damage.name for refused in (True, False) for case in _cases(refused=refused)}
    assert {damage.name for damage in DAMAGES} - done == set()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in _cases(refused=True)])
def test_a_damaged_file_is_refused_and_the_workspace_stays_as_it_is(
    case: Case, good: Callable[[Sample], Good], tmp_path: Path
) -> None:
    error = good(case.sample).refusal(case.sample.source, case.write(tmp_path / "spoilt"))
    assert ITS_BEGINNING not in str(error)
    if case.damage.record and len(case.sample.files) == 1 and not isinstance(error, NotThisSource):
        assert error.record


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in _cases(refused=False)])
def test_what_may_still_be_read_claims_nothing_that_the_file_does_not_say(case: Case, tmp_path: Path) -> None:
    source = source_named(case.sample.source)
    said = {row.value for row in read_publication(case.sample.write(tmp_path / "whole"), source).claims.rows}
    path = case.write(tmp_path / "spoilt")
    try:
        rows = read_publication(path, source).claims.rows
    except BadInput as error:
        assert error.found
        assert error.remedy
        assert UNFORESEEN not in error.found
        return
    content = b"\n".join(file.read_bytes() for file in (path.iterdir() if path.is_dir() else [path]))
    words = " ".join(content.decode("utf-8", "replace").split())
    is_said = {
        row.value
        for row in rows
        if row.value in said or row.value in words or (row.original_value and row.original_value in words)
    }
    assert {row.value for row in rows} == is_said


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("sample", BY_NAME.values(), ids=list(BY_NAME))
def test_a_web_page_is_refused_as_one(
    sample: Sample, page: str, good: Callable[[Sample], Good], tmp_path: Path
) -> None:
    path = sample.write(tmp_path / "spoilt", **{sample.main: PAGES[page]})
    error = good(sample).refusal(sample.source, path)
    if page != "very many comments alone":
        assert isinstance(error, Damaged)
        assert "this is a web page" in error.found


@pytest.mark.parametrize("thing", OTHER_THINGS)
@pytest.mark.parametrize("sample", BY_NAME.values(), ids=list(BY_NAME))
def test_something_else_is_refused(sample: Sample, thing: str, good: Callable[[Sample], Good], tmp_path: Path) -> None:
    good(sample).refusal(sample.source, sample.write(tmp_path / "spoilt", **{sample.main: OTHER_THINGS[thing]}))


@pytest.mark.parametrize(
    ("sample", "other"),
    [
        pytest.param(sample, other, id=f"{sample.name} as {other}")
        for sample in all_samples()
        for other in sorted({each.source for each in all_samples()} - {sample.source})
        if (sample.source, other) != ("bods", "my_set")  # a set of one's own may be in that format too
    ],
)
def test_the_publication_of_another_source_is_refused_and_that_source_named(
    sample: Sample, other: str, good: Callable[[Sample], Good], tmp_path: Path
) -> None:
    holder = next(each for each in all_samples() if each.source == other)
    error = good(holder).refusal(other, sample.write(tmp_path / "sample"))
    assert isinstance(error, NotThisSource)
    assert f"shellgame add {sample.source} " in error.remedy


_WORDS = [
    b"", b"\x00", b"\xff", b'"', b",", b";", b"\t", b"\n", b"\r", b"<", b"&#1;", b"-0- ", b"{", b"]", b"NaN", b"1e999", b"E+",
    b"31/02/2020", b"(1)", b"a) ", b"Linked To: ", b"a.k.a. ", b"\xe2\x80\xae", b"9" * 40, b"\x1a", b"\xef\xbb\xbf",
]  # fmt: skip
_EDITS = st.lists(
    st.tuples(
        st.floats(0, 1), st.integers(0, 60), st.one_of(st.sampled_from(_WORDS), st.binary(max_size=8), st.floats(0, 1))
    ),
    min_size=1,
    max_size=6,
)
"""Where to cut something out of a file, how much, and what to put there: words, noise, or a piece from elsewhere in the file."""


def _edited(content: bytes, edits: list[tuple[float, int, bytes | float]]) -> bytes:
    for place, length, inserted in edits:
        at = int(place * len(content))
        if isinstance(inserted, float):
            start = int(inserted * len(content))
            inserted = content[start : start + 60]
        content = content[:at] + inserted + content[at + length :]
    return content


@pytest.mark.parametrize("sample", BY_NAME.values(), ids=list(BY_NAME))
@given(edits=_EDITS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edit_makes_a_reader_fail_over_what_it_did_not_foresee(
    sample: Sample, edits: list[tuple[float, int, bytes | float]], tmp_path: Path
) -> None:
    path = sample.write(tmp_path, **{sample.main: _edited(sample.content, edits)})
    try:
        assert read_publication(path, source_named(sample.source)).claims.rows
    except BadInput as error:
        assert UNFORESEEN not in error.found
        assert str(error).isprintable()


@given(
    head=st.one_of(
        st.binary(max_size=200),
        st.text(alphabet=' \r\n\t\x00",;<>{}[]a1', max_size=60).map(str.encode),
        st.builds(lambda sample, edits: _edited(sample.content[:3000], edits), st.sampled_from(all_samples()), _EDITS),
    )
)
@settings(max_examples=150, deadline=None)
@example(head=b"\r\x00")
@example(head=b'"')
def test_no_bytes_make_a_file_that_cannot_be_told(head: bytes) -> None:
    for source in catalog().values():
        for layout in source.formats:
            assert layout.recognise("list.csv", head) is None or isinstance(layout.recognise("list.csv", head), str)
