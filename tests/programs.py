"""Which of the programs that some tests want are on this machine."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache


@cache
def has_tesseract() -> bool:
    """Whether tesseract is there, with its data for Chinese and English."""
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    return {"chi_sim", "eng"} <= set(listed.stdout.split())


@cache
def has_chinese_font() -> bool:
    """Whether PDFium can draw Chinese that a PDF file names a font for but doesn't hold."""
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True)
    return bool(listed.stdout.strip())
