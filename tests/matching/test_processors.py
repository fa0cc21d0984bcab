"""The same alignment on every processor: its kernels of matrix products round differently."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

# Those of OpenBLAS for x86, and one for Arm; one that a machine can't run becomes another.
KERNELS = ["Nehalem", "Sandybridge", "Haswell", "Zen", "SkylakeX", "Prescott", "ARMV8"]
SCRIPT = Path(__file__).parent / "shapes.py"


def aligned(threads: int = 1, **environment: str) -> dict[str, Any]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS")}
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(threads)],
        env=kept | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def usual() -> dict[str, Any]:
    return aligned()


@pytest.fixture(scope="module")
def seen(usual: dict[str, Any]) -> set[str]:
    """The kernels that have been compared."""
    return {usual["kernel"]}


def differences(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    found = []
    for name, beads in one["beads"].items():
        rivals = other["beads"][name]
        if [bead[:2] for bead in beads] != [bead[:2] for bead in rivals]:
            found.append(f"{name}: other beads")
        elif any(abs(a[2] - b[2]) >= 5e-4 for a, b in zip(beads, rivals, strict=True)):
            found.append(f"{name}: other confidences")
    return found


@pytest.mark.parametrize("kernel", KERNELS)
def test_kernels_of_matrix_products(kernel: str, usual: dict[str, Any], seen: set[str]) -> None:
    found = aligned(OPENBLAS_CORETYPE=kernel)
    if found["kernel"] in seen:
        pytest.skip(f"this machine takes {found['kernel']} for {kernel}")
    seen.add(found["kernel"])
    assert differences(found, usual) == []


def test_two_threads(usual: dict[str, Any]) -> None:
    assert aligned(threads=2)["beads"] == usual["beads"]


def test_without_wide_registers(usual: dict[str, Any]) -> None:
    """numpy's own functions, such as exp, round differently with and without AVX-512."""
    import numpy as np

    features = np._core._multiarray_umath.__cpu_features__  # type: ignore[attr-defined]
    wide = [n for n in features if n.startswith("AVX512") and features[n]]
    if not wide:
        pytest.skip("this processor has none")
    assert differences(aligned(NPY_DISABLE_CPU_FEATURES=" ".join(wide)), usual) == []
