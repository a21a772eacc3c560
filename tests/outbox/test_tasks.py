"""What may be queued, and when a task that fails is attempted again."""

from datetime import timedelta
from typing import Any

import pytest

from articles.outbox.tasks import delay_after
from tests.outbox.errands import run_errand


class DelayTests:
    def test_doubles_from_15_seconds_up_to_6_hours(self) -> None:
        assert [delay_after(attempts).total_seconds() for attempts in (1, 2, 3, 10)] == [15, 30, 60, 7680]
        assert delay_after(12) == delay_after(10_000) == timedelta(hours=6)


class EnqueueTests:
    @pytest.mark.parametrize(
        ("args", "kwargs"),
        [(("rita@example.org",), {}), ((1.5,), {}), ((True,), {}), ((None,), {}), ((), {"number": 1})],
    )
    def test_takes_keys_and_nothing_else(self, args: Any, kwargs: Any) -> None:
        with pytest.raises(TypeError, match="run_errand takes the keys"):
            run_errand.enqueue(*args, **kwargs)
