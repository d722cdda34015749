"""The bar of `Progress`; a separate module, because the import of rich is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.console import RenderableType
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from refcite.cli.terminal import console

__all__ = ["Bar"]


class Bar(Progress):
    """A bar that asks, whenever it is drawn, how much is done.

    Args:
        label: What is worked on.
        share: Returns how much is done, from 0 to 1, or None if nobody knows.
        count: The total number of items, if the number of done items is to be shown.
    """

    def __init__(
        self, label: str, share: Callable[[], float | None], count: int | None = None
    ) -> None:
        self._ask = share  # rich draws once during construction
        self._label = label
        self._count = count
        super().__init__(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            console=console(err=True),
            transient=True,
        )
        self.add_task(label, total=None)

    def get_renderables(self) -> Iterable[RenderableType]:
        """Yield what is drawn, as it is now."""
        share = self._ask()
        if share is not None:
            share = min(max(share, 0.0), 1.0)
            for work in self.task_ids:
                self.update(work, total=1.0, completed=share, description=self._said(share))
        yield from super().get_renderables()

    def _said(self, share: float) -> str:
        if self._count is None:
            return self._label
        return f"{self._label} ({round(share * self._count)} of {self._count})"
