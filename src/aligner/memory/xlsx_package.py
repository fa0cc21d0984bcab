"""The package of a workbook, without the time at which it was written."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that ZIP can name, and it must name one
_PROPERTIES = "docProps/core.xml"
_TIMES = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def without_times(package: BytesIO) -> bytes:
    """The bytes of a package as openpyxl wrote it, the same for the same content."""
    made = BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _PROPERTIES:
                content = _TIMES.sub(b"", content)
            new.writestr(zipfile.ZipInfo(name, _NO_TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
