"""The long fault tests: ``python -m tests.soak [--kills N]``, which ``make soak`` calls.

Each round prints what its kills left; the first fault ends the run with its traceback.
"""

import argparse
import tempfile
from pathlib import Path

from tests.importing.faults import kill_and_complete

KILLS_A_ROUND, FILES_A_ROUND = 5, 150


def main() -> None:
    """Kill imports on one database after the other, five times on each."""
    parser = argparse.ArgumentParser(description="Run the long fault tests.")
    parser.add_argument("--kills", type=int, default=50, help="how often an import is killed")
    rounds = -(-parser.parse_args().kills // KILLS_A_ROUND)

    for seed in range(2, 2 + rounds):
        with tempfile.TemporaryDirectory(prefix="newsroom-soak-") as folder:
            counts = kill_and_complete(Path(folder), seed=seed, kills=KILLS_A_ROUND, files=FILES_A_ROUND)
        print(f"seed {seed}: stories after each kill: {counts}; completed", flush=True)  # noqa: T201 (the result)
    print(f"soak.import.kills {rounds * KILLS_A_ROUND} kills")  # noqa: T201


if __name__ == "__main__":
    main()
