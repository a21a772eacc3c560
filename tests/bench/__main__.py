"""The benchmarks: ``python -m tests.bench [--only NAME] [--size N]``, which ``make bench`` calls.

Each figure stands on a line of its own: name, value, unit. They are taken on a fresh database, in memory where the
benchmark doesn't need a file.
"""

import argparse
import os
import sys

import django
from django.db import connection


def main() -> None:
    """Run the benchmarks whose name is asked for, all if none is."""
    parser = argparse.ArgumentParser(description="Run the benchmarks.")
    parser.add_argument("--only", default="", help="the name of one benchmark")
    parser.add_argument("--size", type=int, default=0, help="how many stories or readers; 0: as many as each is for")
    wanted = parser.parse_args()

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("DATABASE_URL", None)
    django.setup()
    # These need the settings.
    from tests.bench.drafting import drafting  # noqa: PLC0415
    from tests.bench.evidence import evidence  # noqa: PLC0415
    from tests.bench.importing import importing  # noqa: PLC0415
    from tests.bench.repeats import repeats  # noqa: PLC0415
    from tests.bench.reports import reports  # noqa: PLC0415
    from tests.bench.serving import serving  # noqa: PLC0415

    benchmarks = {
        "serving": (serving, 1_000),
        "import": (importing, 10_000),
        "repeats": (repeats, 2_000),
        "evidence": (evidence, 1_000),
        "drafting": (drafting, 1_000),
        "reports": (reports, 32),
    }
    if wanted.only and wanted.only not in benchmarks:
        sys.exit(f"There is no benchmark {wanted.only}; there are {', '.join(benchmarks)}.")
    connection.creation.create_test_db(verbosity=0)
    for name, (benchmark, usual_size) in benchmarks.items():
        if wanted.only in ("", name):
            for figure in benchmark(wanted.size or usual_size):
                print(figure, flush=True)  # noqa: T201 (the result)


if __name__ == "__main__":
    main()
