from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shellgame.detect.when import Days, between, days_of, every, near, some

SPANS = st.tuples(st.integers(1000, 1100), st.integers(0, 40)).map(lambda told: Days(told[0], told[0] + told[1]))
ANSWERS = st.lists(st.sampled_from([True, False, None]))


@given(SPANS, SPANS, st.integers(0, 60), st.integers(0, 60))
def test_near_is_what_all_days_that_are_possible_say(event, anchor, before, after):
    each = {
        -before <= happened - fixed <= after
        for happened in range(event.first, event.last + 1)
        for fixed in range(anchor.first, anchor.last + 1)
    }
    assert near(event, anchor, before, after) == (each.pop() if len(each) == 1 else None)


@given(SPANS, SPANS, SPANS)
def test_between_is_true_where_all_days_say_so_and_false_where_none_does(event, start, end):
    each = {
        first <= day <= last
        for day in (event.first, event.last)
        for first in (start.first, start.last)
        for last in (end.first, end.last)
    }
    said = between(event, start, end)
    if each == {True}:
        assert said is True
    if said is True:
        assert False not in each


@given(ANSWERS)
def test_every_and_some_are_each_others_contrary(answers):
    turned = [None if each is None else not each for each in answers]
    contrary = some(turned)
    assert every(answers) == (None if contrary is None else not contrary)


def test_a_day_that_is_not_told_is_never_near():
    assert near(None, Days(1000, 1000), 10, 10) is None
    assert between(None, Days(1, 2), Days(3, 4)) is None


def test_days_of_a_year_a_month_and_of_no_date():
    assert str(days_of("2024")) == "some day from 2024-01-01 to 2024-12-31"
    assert str(days_of("2024-04-15")) == "2024-04-15"
    assert [days_of(text) for text in ("2024-13", "24", "soon", "", "0000")] == [None] * 5
