"""How far an import is, for whoever waits at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.imports.source_file import SourceFile


@contextmanager
def shown(source: SourceFile, wanted: bool) -> Iterator[Callable[[], None]]:
    """A bar that follows the file's bytes; what is yielded moves it. Nothing is shown where nobody watches."""
    if not wanted:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(source.path.name, total=source.size)
        yield lambda: progress.update(task, completed=source.position)
