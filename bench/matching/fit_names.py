"""Fit the two scores of names: `python -m bench.matching.fit_names` writes `src/shellgame/match/name_model.npz`.

One forest scores pairs that somebody put together because they look alike (`fitting.pairs`), the other what a search among many
proposes (`fitting.search`). The same features tell each of them something else: a search meets a thousand strangers for each name
it looks for, so there a coincidence is the likelier reason.

No listed party's name is ever an answer, no alias and no original script of a list is used, and of the invented people only every
second one, so that the measures judge on what was not seen. name_bench itself is judged by refitting without the fold.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from bench.matching import data
from bench.matching.engine import NameTriple
from bench.matching.fitting.pairs import fit_pairs
from bench.matching.fitting.search import fit_search

from shellgame.match import scoring
from shellgame.match.scoring import Models


def fit(judged: Sequence[tuple[NameTriple, bool]]) -> Models:
    """Fit both forests: that of pairs to judged pairs and to some of what is made, that of the search to what is made alone."""
    return Models(fit_pairs(judged), fit_search())


def main() -> None:
    """Fit to everything and write the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=Path(scoring.__file__).with_name("name_model.npz"))
    output = parser.parse_args().output
    models = fit([(pair.names, pair.same) for pair in data.name_bench()])
    scoring.save(models, output)
    for part, forest in models._asdict().items():
        trees = np.diff(forest.first).tolist()
        print(f"{part}: {trees} trees, curves {forest.told.round(2).tolist()} -> {forest.meant.round(2).tolist()}")
    print(f"{output.stat().st_size / 1024:.0f} KiB in {output.name}")


if __name__ == "__main__":
    main()
