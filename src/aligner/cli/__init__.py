"""The command line: one file a command, thin wrappers over public functions."""

from aligner.cli.app import main

__all__ = ["main"]
