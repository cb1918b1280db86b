"""YAML that means what it says: only `true` and `false` are booleans, and a number with a leading zero is text.

PyYAML follows YAML 1.1, where `NO` (Norway) is False and `0555567` (an IMO number) is octal.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.CSafeLoader):  # libyaml's, which every wheel has: ten times as fast
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - declared so by the base class


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$"), list("-0123456789")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def load_yaml(path: Path) -> Any:
    r"""Read one YAML file; days stay text.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     file = Path(folder, "a.yml")
        ...     _ = file.write_text("country: NO\nimo: 0555567\nday: 2024-04-15\n")
        ...     load_yaml(file)
        {'country': 'NO', 'imo': '0555567', 'day': '2024-04-15'}
    """
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader)  # noqa: S506 - a SafeLoader with fewer implicit types
