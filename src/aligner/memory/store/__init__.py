"""The memory database: one SQLite file, into which documents are imported and which is searched.

`vectors`, for searching by meaning, is not loaded with the rest.
"""

from aligner.memory.store.concordance import concordance
from aligner.memory.store.contents import (
    StoredDocument,
    import_units,
    remove_document,
    stored_documents,
    stored_units,
)
from aligner.memory.store.database import is_memory, open_memory
from aligner.memory.store.fuzzy import similar
from aligner.memory.store.history import MemoryChange, Replacement, replacements, stored_changes
from aligner.memory.store.hits import (
    Hit,
    Occurrence,
    Scope,
    require_language,
    stored_languages,
    stored_pairs,
)

__all__ = [
    "Hit",
    "MemoryChange",
    "Occurrence",
    "Replacement",
    "Scope",
    "StoredDocument",
    "concordance",
    "import_units",
    "is_memory",
    "open_memory",
    "remove_document",
    "replacements",
    "require_language",
    "similar",
    "stored_changes",
    "stored_documents",
    "stored_languages",
    "stored_pairs",
    "stored_units",
]
