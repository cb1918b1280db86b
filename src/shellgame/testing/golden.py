"""Golden claims: what each source's sample must give, kept beside it and reviewed as a diff.

`python -m shellgame.testing.golden check` compares, `… accept SOURCE` writes `claims.jsonl` anew. Both hold every claim against the
FollowTheMoney model first: a property that does not exist or a value that its type refuses is an error, whatever the file says.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from followthemoney import model

from shellgame.model.claim import ClaimRow
from shellgame.sources import catalog as catalog_module
from shellgame.sources.catalog import Source, catalog
from shellgame.sources.reading import read_publication

GOLDEN = "claims.jsonl"


def samples(source: Source) -> Iterator[Path]:
    """Yield the sample folders of a source, one per format."""
    folder = Path(catalog_module.__file__).parent / source.name / "sample"
    yield from sorted(path for path in folder.glob("*") if path.is_dir())


def golden_lines(source: Source, sample: Path) -> list[str]:
    """Read a sample and write its claims as JSON lines, sorted, checked against the model."""
    files = [path for path in sample.iterdir() if path.name != GOLDEN]
    reading = read_publication(files[0] if len(files) == 1 else _without_golden(sample), source)
    for row in reading.claims.rows:
        check_against_model(row)
    lines = [_line(row) for row in reading.claims.rows]
    return sorted(set(lines))


def _without_golden(sample: Path) -> Path:
    return sample  # the golden file is recognised by no format and so is ignored


def _line(row: ClaimRow) -> str:
    told = {name: value for name, value in row._asdict().items() if value is not None and name != "claim_id"}
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def check_against_model(row: ClaimRow) -> None:
    """Hold one claim against FollowTheMoney.

    Raises:
        ValueError: No such schema or property, or a value that the property's type does not take.
    """
    fault = _fault(row.schema, row.prop, row.value)
    if fault:
        raise ValueError(f"{row.entity_id} {row.schema}.{row.prop}={row.value!r}: {fault}")


@lru_cache(maxsize=100_000)
def _fault(schema_name: str, prop_name: str, value: str) -> str:
    schema = model.get(schema_name)
    if schema is None:
        return "no such schema"
    prop = schema.properties.get(prop_name)
    if prop is None or prop.stub:
        return "no such property"
    if prop.type.name in (
        "entity",
        "name",
        "text",
        "string",
        "identifier",
        "address",
        "phone",
        "url",
        "email",
        "number",
    ):
        return ""  # printed as the publisher prints them; only closed vocabularies are checked
    return "" if prop.type.validate(value) else f"no valid {prop.type.name}"


def main(arguments: list[str]) -> int:
    """Run `check [SOURCE…]` or `accept SOURCE…`; returns the exit code."""
    if not arguments or arguments[0] not in ("check", "accept"):
        print(__doc__)
        return 2
    names = arguments[1:] or sorted(catalog())
    differing = 0
    for source in (catalog()[name] for name in names):
        for sample in samples(source):
            lines = golden_lines(source, sample)
            file = sample / GOLDEN
            if arguments[0] == "accept":
                file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            elif not file.exists() or file.read_text(encoding="utf-8").splitlines() != lines:
                differing += 1
                print(f"{source.name}/{sample.name}: differs from {GOLDEN}; look at it, then `accept {source.name}`")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
