"""One reader under atheris, which mutates inputs and keeps those that reach new code.

`python -m tests.fuzz.guided FORMAT FOLDER [libFuzzer's options]`
"""

from __future__ import annotations

import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["refcite"]):
    from refcite import RefciteError
    from refcite.formats import get_format, loads
    from tests.fuzz.seeds import seeds_of

    NAME = sys.argv.pop(1)
    # Modules are imported when they are first used: used here, they are instrumented.
    for seed in seeds_of(get_format(NAME)):
        loads(seed, NAME)


def read(data: bytes) -> None:
    """Read an input; every exception that is not refcite's own ends the run."""
    with suppress(RefciteError):
        loads(data, NAME)


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
