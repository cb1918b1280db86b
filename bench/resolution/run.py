"""Resolution, measured: rightness on judged pairs, what lists repeat, seconds and memory, growth.

python -m bench.resolution.run --workspace FOLDER                      # a workspace with all lists; it is copied, not changed
python -m bench.resolution.run --only OFAC_UN,SAMPLE
python -m bench.resolution.run --workspace FOLDER --only REGISTER      # five minutes and more
python -m bench.resolution.run --table                                 # what was measured before
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from bench.matching import stats
from bench.matching.groups import name_key
from bench.matching.report import machine
from bench.resolution import judged, one_list, scale
from numpy.typing import NDArray

from shellgame.kernels.merging import connected
from shellgame.model.schema import NAME_PROPS
from shellgame.resolve.clusters import Known, cluster
from shellgame.resolve.comparable import Comparable
from shellgame.resolve.edges import Edges, Rules
from shellgame.resolve.pairs import weighed

RESULTS = Path(__file__).parent / "results.json"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)
UNCOMPARED = (0.05, 0.2, 0.45)
GROWTH = (10_000, 30_000, 90_000)
Figures = dict[str, Any]


def on_judged(measure: judged.Judged) -> Figures:
    """What whole resolutions join of judged pairs, with all labels and without doubted ones; baselines on the same records."""
    folds = [(weighed(measure.records, weights=weights).edges, chosen) for weights, chosen in judged.held_out(measure)]
    figures = {
        "records": len(measure.records),
        "pairs": len(measure.pairs),
        "label_doubted": int((~measure.sound).sum()),
    }

    def by(group_of: Callable[[Edges], NDArray[np.int32]]) -> Figures:
        joined = np.zeros(len(measure.pairs), np.bool_)
        for edges, chosen in folds:
            joined[chosen] = _joined(measure, group_of(edges))[chosen]
        return _told(measure, joined)

    def resolved(rules: Rules) -> Callable[[Edges], NDArray[np.int32]]:
        return lambda edges: cluster(Known(measure.records.ids, edges, rules=rules)).first

    figures["resolve"] = by(resolved(Rules()))
    figures["baseline_same_name"] = _told(measure, _joined(measure, _same_name(measure.records)))
    figures["baseline_connected_at_0.5"] = by(lambda edges: _connected(measure.records, edges))
    figures["rules"] = [
        {
            "threshold": threshold,
            "uncompared": uncompared,
            **by(resolved(Rules(threshold=threshold, uncompared=uncompared))),
        }
        for threshold in THRESHOLDS
        for uncompared in UNCOMPARED
        if uncompared <= threshold
    ]
    return figures


def _joined(measure: judged.Judged, group: NDArray[np.int32]) -> NDArray[np.bool_]:
    number = {identity: place for place, identity in enumerate(measure.records.ids.to_pylist())}
    return np.array([group[number[left]] == group[number[right]] for left, right, _ in measure.pairs], np.bool_)


def _told(measure: judged.Judged, joined: NDArray[np.bool_]) -> Figures:
    same = np.array([each[2] for each in measure.pairs], np.bool_)
    sound = measure.sound
    return {
        "same_joined": round(float(joined[same].mean()), 4),
        "different_joined": round(float(joined[~same].mean()), 4),
        "f1": round(stats.judged(joined.astype(np.float64), same, 0.5)["f1"], 4),
        "undoubted_different_joined": round(float(joined[~same & sound].mean()), 4),
        "undoubted_f1": round(stats.judged(joined[sound].astype(np.float64), same[sound], 0.5)["f1"], 4),
    }


def _connected(records: Comparable, edges: Edges) -> NDArray[np.int32]:
    """Whatever hangs together by pairs of more than one half: no rule of clusters at all."""
    group = np.arange(len(records), dtype=np.int32)
    strong = edges.probability > Rules().threshold
    connected(group, edges.left[strong], edges.right[strong])
    return group


def _same_name(records: Comparable) -> NDArray[np.int32]:
    """Records with the same whole name, but for case, accents and order of words."""
    group = np.arange(len(records), dtype=np.int32)
    first: dict[str, int] = {}
    ends = [
        (first.setdefault(key, number), number)
        for number, told in enumerate(records.entities())
        for key in {name_key(name) for prop in NAME_PROPS for name in told["properties"].get(prop, ())}
    ]
    left, right = (np.array(side, np.int32) for side in zip(*ends, strict=True))
    connected(group, left, right)
    return group


def on_lists(folder: Path) -> Figures:
    """A workspace resolved cold, unchanged, and after an OFAC version came; start and loading of the program are in the seconds.

    The version is the last but one: the last differs from all before it in having further names beside it.
    """
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(shutil.copytree(folder, Path(aside) / "workspace"))
        for kept in ("evidence-*", "compared-*", "names-*"):
            for path in (copy / "indexes").glob(kept):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        (copy / "canonical.parquet").unlink(missing_ok=True)
        figures = {"cold": scale.workspace(str(copy)), "unchanged": scale.workspace(str(copy))}
        manifest = copy / "sources" / "us_ofac_sdn" / "manifest.json"
        told = json.loads(manifest.read_text(encoding="utf-8"))
        for name, last in (("the_day_before", -2), ("new_version", -1)):
            manifest.write_text(json.dumps(told | {"versions": told["versions"][:last]}), encoding="utf-8")
            figures[name] = scale.workspace(str(copy))
        return figures


def on_growth(folder: Path) -> list[Figures]:
    """Simulated records, more and more."""
    return [scale.in_process("simulated", str(folder), str(count)) for count in GROWTH]


def keep(measure: str, figures: object) -> None:
    """Put figures into the file of results, with the machine they are from."""
    told = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    told[measure] = {"machine": machine(), "figures": figures}
    RESULTS.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, print and keep it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--table", action="store_true")
    asked = parser.parse_args(arguments)
    measures: dict[str, Callable[[], object]] = {
        "OFAC_UN": lambda: on_judged(judged.ofac_un()),
        "SAMPLE": lambda: on_judged(judged.sample()),
    }
    if asked.workspace:
        folder = asked.workspace
        measures |= {
            "ONE_LIST": lambda: one_list.witnesses(scale.lists_of(str(folder))),
            "LISTS": lambda: on_lists(folder),
            "GROWTH": lambda: on_growth(folder),
            "REGISTER": lambda: scale.in_process("register", str(folder)),
        }
    wanted = asked.only.split(",") if asked.only else [name for name in measures if name != "REGISTER"]
    if asked.table:
        print(RESULTS.read_text(encoding="utf-8"))
        return
    for name in wanted:
        figures = measures[name]()
        keep(name, figures)
        print(name, json.dumps(figures, indent=1), flush=True)


if __name__ == "__main__":
    main()
