"""The error tree: one root, an exit code for each kind, messages that say where and what to do."""

from __future__ import annotations

import pytest

from shellgame import errors
from shellgame.errors import BadInput, ShellgameError, exit_code

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_error_hangs_on_the_tree_and_is_drawn(kind):
    assert issubclass(kind, ShellgameError)
    assert kind.__doc__
    assert kind.__name__ in (errors.__doc__ or "")


def test_exit_codes_are_those_promised():
    bad = BadInput("a.csv", found="x", remedy="y")
    codes = {
        exit_code(bad),
        exit_code(errors.NotFound("x")),
        exit_code(errors.WrongUse("x")),
        exit_code(errors.WorkspaceLocked("x")),
    }
    assert codes == {1, 2, 3, 4}


def test_a_message_says_where_what_and_what_to_do():
    error = BadInput("a.csv", record="line 3", found="two columns where three belong", remedy="get it again")
    assert str(error) == "a.csv, line 3: two columns where three belong; get it again"
