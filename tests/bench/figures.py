"""What a benchmark finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measurement; its name runs from the benchmark to the detail: ``serving.home.cpu``."""

    name: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.name} {self.value:.2f} {self.unit}"


@dataclass(frozen=True)
class Skipped:
    """Measurements that could not be taken, and why."""

    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name} SKIPPED: {self.why}"
