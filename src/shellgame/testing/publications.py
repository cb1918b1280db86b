"""Small made-up publications for tests: versions without a reader."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from shellgame.model.version import KeptPart
from shellgame.sources.claims import Claims
from shellgame.store.store import Incoming


def publication(folder: Path, as_of: str, names: dict[str, list[str]], *, source: str = "xx_list") -> Incoming:
    """Make a publication in which each record id has some aliases; its raw file is written below `folder`."""
    claims = Claims(source)
    for record_id, aliases in sorted(names.items()):
        record = claims.record(record_id, "Person", f"list.csv#{record_id}")
        record.add_all("alias", aliases)
    text = "\n".join(f"{key},{'|'.join(aliases)}" for key, aliases in sorted(names.items())) + "\n"
    return incoming(folder, as_of, claims, text)


def incoming(folder: Path, as_of: str, claims: Claims, text: str = "made up\n") -> Incoming:
    """Make a publication of claims that a test wrote; its raw file, with the text, is written below `folder`."""
    file = folder / f"{claims.source}-{as_of.replace(':', '')}.csv"
    file.write_text(text, encoding="utf-8")
    digest = sha256(file.read_bytes()).hexdigest()
    part = KeptPart("list.csv", file.name, digest, file.stat().st_size)
    return Incoming(
        claims.source,
        as_of,
        "csv",
        digest,
        ((part, file),),
        claims.rows,
        dict(claims.counts),
        (),
        "The Office",
        "A",
        2,
        "test.csv@1",
    )
