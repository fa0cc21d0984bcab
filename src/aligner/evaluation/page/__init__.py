"""An evaluation as a page that needs no other file."""

from aligner.evaluation.page.render import report_page

__all__ = ["report_page"]
