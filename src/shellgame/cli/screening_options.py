"""The options of `screen`: whom a name asks for, whom to look among, how a file is written, and where answers go."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shellgame.cli.answers import FORMATS

NamesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Names to look for, in any script.")
]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--file",
        help="CSV, Parquet, or JSON lines of FollowTheMoney entities; with a column `name`. "
        "- reads standard input, which may also be a name a line.",
    ),
]
BirthDateOption = Annotated[
    str | None,
    typer.Option("--birth-date", help="Date of birth of whom the NAME asks for, such as 1961-06-28.", metavar="DAY"),
]
NationalityOption = Annotated[
    list[str] | None,
    typer.Option("--nationality", help="Country of whom the NAME asks for; it weighs, where --country leaves out."),
]
IdentifierOption = Annotated[
    list[str] | None,
    typer.Option(
        "--identifier", help="Number of whom the NAME asks for, such as imo:9074729; may stand without a NAME."
    ),
]
SchemaOption = Annotated[
    list[str] | None,
    typer.Option("--schema", help="Only Person, Company …, several with commas; a row's own stands above it."),
]
ThresholdOption = Annotated[float, typer.Option("--threshold", min=0, max=1, help="Lowest score; 0.70 is an alert.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="Most parties for each name.")]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="Only parties that this source names; several with commas.")
]
ProgrammeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--programme",
        "--program",
        help="Only parties listed under this (* for any letters); several with commas.",
    ),
]
CountryOption = Annotated[
    list[str] | None, typer.Option("--country", help="Only parties of this country; several with commas.")
]
ListedOnlyOption = Annotated[
    bool, typer.Option("--listed-only", help="Only parties that a list has taken up, none that are only named.")
]
NameColumnOption = Annotated[
    str | None, typer.Option("--name-column", help="Column with the names, where it is not called so.")
]
DelimiterOption = Annotated[
    str | None, typer.Option("--delimiter", help="What separates columns; found out when left out.")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", help="Encoding of the text, such as cp1252; else UTF-8 or UTF-16.")
]
FormOption = Annotated[str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")]
OutputOption = Annotated[Path | None, typer.Option("--output", "-o", help="File to write the answers to.")]
HitsOnlyOption = Annotated[bool, typer.Option("--hits-only", help="Leave out names without a hit.")]
BadRowsOption = Annotated[
    Path | None, typer.Option("--bad-rows", help="File to write rows to that could not be read, as CSV.")
]
