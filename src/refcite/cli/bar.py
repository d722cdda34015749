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
    """A bar that reads the done share whenever it is drawn.

    Args:
        label: The name of the work.
        share: Returns the done share, from 0 to 1, or None if it is not known.
        count: The total number of items, if the number of done items is to be shown.
    """

    def __init__(
        self, label: str, share: Callable[[], float | None], count: int | None = None
    ) -> None:
        self._share = share  # rich draws once during construction
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
        """Yield the current contents of the bar."""
        share = self._share()
        if share is not None:
            share = min(max(share, 0.0), 1.0)
            for work in self.task_ids:
                self.update(work, total=1.0, completed=share, description=self._description(share))
        yield from super().get_renderables()

    def _description(self, share: float) -> str:
        if self._count is None:
            return self._label
        return f"{self._label} ({round(share * self._count)} of {self._count})"
