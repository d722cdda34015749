"""Make an empty environment with the pinned pip and build tools, where there may be no ensurepip.

    python -m tests.environment FOLDER

It runs before anything is installed: it needs the standard library and a pip, this one or the
environment's own.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def _main(folder: str) -> None:
    program = str(Path(folder, "bin", "python"))
    pip = [program, "-m", "pip"]
    try:
        venv.create(folder, clear=True, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError):
        # Debian's python3 has no ensurepip, but may have a pip that fills other environments.
        venv.create(folder, clear=True, with_pip=False, symlinks=True)
        pip = [sys.executable, "-m", "pip", "--python", program]
    lock = str(ROOT / "requirements" / "build.txt")
    install = ["install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, *install, "--only-binary", ":all:", "-r", lock], check=True)


if __name__ == "__main__":
    _main(sys.argv[1])
