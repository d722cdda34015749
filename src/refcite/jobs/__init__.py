"""The conversion of many files, on the cores of this machine or on a cluster."""

from refcite.jobs.conversion import Conversion, FileResult, convert_one
from refcite.jobs.mapping import FileResults, map_files

__all__ = ["Conversion", "FileResult", "FileResults", "convert_one", "map_files"]
