"""Measure matching engines: `python -m bench.matching.run [--engine NAME]... [--only MEASURE,...] [--quick] [--name FILE]`.

Without `--engine` ours and the peers run; without `--only` every measure. Each result is printed and kept in `results/NAME.json` as
soon as it is there, in place of an earlier one of the same measure and engine; at the end one table a measure compares the engines.
"""

from __future__ import annotations

import argparse
import gc
import logging
import time
import traceback

from bench.matching import report
from bench.matching.context import Context
from bench.matching.engine import PEERS, engine_named
from bench.matching.measures import MEASURES


def main() -> None:
    """Run what was asked."""
    options = _options()
    logging.disable(logging.WARNING)
    report.console.print(report.machine(), highlight=False)
    engines = [name for given in options.engine or ["ours", *PEERS] for name in given.split(",")]
    chosen = [measure for given in options.only for measure in given.upper().split(",")] or list(MEASURES)
    if unknown := set(chosen) - set(MEASURES):
        raise SystemExit(f"no measure {', '.join(sorted(unknown))}; there are {', '.join(MEASURES)}")
    name = options.name or ("quick" if options.quick else "latest")
    if not options.table:
        for label in engines:
            _measured(label, chosen, name, quick=options.quick, errors=options.errors)
    report.console.rule("[bold]engines side by side")
    report.summary(name, chosen)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--engine", action="append", default=[], help="ours, logic-v2, token_sort ... or module:factory"
    )
    parser.add_argument("--only", action="append", default=[], help="measures, separated by commas")
    parser.add_argument("--quick", action="store_true", help="a tenth of each set")
    parser.add_argument("--name", help="result file, without .json (latest; quick)")
    parser.add_argument(
        "--errors", type=int, default=0, help="show so many wrong cases, with names, on the screen only"
    )
    parser.add_argument("--table", action="store_true", help="print the tables of a result file and measure nothing")
    return parser.parse_args()


def _measured(label: str, measures: list[str], name: str, *, quick: bool, errors: int) -> None:
    try:
        context = Context(engine_named(label), label, quick=quick)
    except SystemExit as missing:
        report.console.print(f"[red]{missing}[/]", highlight=False)
        return
    for measure in measures:
        start = time.perf_counter()
        try:
            outcome = MEASURES[measure](context)
        except NotImplementedError as told:
            report.console.print(f"[dim]{measure} · {label}: {told}[/]", highlight=False)
            continue
        except Exception:  # noqa: BLE001 - one measure that fails must not cost the others; it is shown in full
            report.console.print(f"{measure} · {label} FAILED\n{traceback.format_exc()}", highlight=False, markup=False)
            continue
        seconds = time.perf_counter() - start
        report.show(measure, label, outcome, seconds, errors=errors)
        report.keep(name, measure, label, outcome, seconds, quick=quick)
        gc.collect()


if __name__ == "__main__":
    main()
