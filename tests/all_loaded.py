"""The whole program, and the libraries that it loads when needed: imported by processes that others are forked from."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil

import generator
from generator.bundle.evidence import sandbox

_OTHERS = (
    *("docx", "docxtpl", "fontTools.subset", "fontTools.ttLib", "jsonschema", "lxml.etree", "multiprocessing.pool"),
    *("openpyxl", "pikepdf", "PIL.Image", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "pypdf", "pypdfium2"),
    *("python_calamine", "rapidfuzz.fuzz", "rapidfuzz.process", "rdocx"),
)  # fmt: skip
"""Libraries that commands load when they need them."""

os.fsync = lambda _: None  # as in the tests' own process: nothing here outlives a cut of the power

sandbox.LOADED_MB = 110  # as that of the process that workers come from, for all the modules that are loaded here

for _module in pkgutil.walk_packages(generator.__path__, "generator."):
    if not _module.name.endswith("__main__"):
        importlib.import_module(_module.name)
for _name in _OTHERS:
    importlib.import_module(_name)
gc.collect()
gc.freeze()  # what is loaded is never looked through again, so forked processes go on sharing its memory
