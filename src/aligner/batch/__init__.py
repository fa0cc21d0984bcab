"""Batches of documents: tasks, engines, a journal, and one merged memory."""

from aligner.batch.folder import find_files, folder_tasks
from aligner.batch.local import LocalEngine
from aligner.batch.manifest import is_manifest, read_manifest
from aligner.batch.pairing import pair_files
from aligner.batch.run import BatchSummary, Engine, run_batch
from aligner.batch.tasks import Job, Result, Status, Task

__all__ = [
    "BatchSummary",
    "Engine",
    "Job",
    "LocalEngine",
    "Result",
    "Status",
    "Task",
    "find_files",
    "folder_tasks",
    "is_manifest",
    "pair_files",
    "read_manifest",
    "run_batch",
]
