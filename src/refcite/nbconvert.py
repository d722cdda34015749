"""A preprocessor for nbconvert, which formats the citations in the Markdown cells of a notebook.

It needs nbconvert, which is installed with Jupyter.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.preprocessors import Preprocessor

__all__ = ["RefcitePreprocessor"]

_LOG = logging.getLogger(__name__)


class RefcitePreprocessor(Preprocessor):  # type: ignore[misc,unused-ignore]  # ships no types
    """Formats the citations of a notebook, with its own settings, before nbconvert converts it.

    The file of the notebook is not changed. Problems, such as undefined keys, are warnings in
    nbconvert's log.

    Example, in a terminal:

        jupyter nbconvert paper.ipynb --to html \
            --Exporter.preprocessors=refcite.nbconvert.RefcitePreprocessor
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with formatted citations.

        Args:
            nb: The notebook.
            resources: The data of nbconvert, with the folder and the name of the notebook.

        Raises:
            RefciteError: The style or the language of the notebook is not known.
        """
        from refcite.documents import render

        found = resources.get("metadata", {})
        file = Path(found.get("path") or "", f"{found.get('name') or 'notebook'}.ipynb")
        text: str = nbformat.writes(nb)  # type: ignore[no-untyped-call]  # not typed
        rendered = render(text, syntax="notebook", file=file)
        for problem in rendered.problems:
            (self.log or _LOG).warning("%s", problem)
        made = nbformat.reads(rendered.text, as_version=4)  # type: ignore[no-untyped-call]
        return made, resources
