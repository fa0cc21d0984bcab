"""The package as users get it: built, installed with the core dependencies alone, at work."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from aligner.errors import DISTRIBUTION
from notes import NOTES, ROOT

NAME = "aligner"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def core_distributions() -> dict[str, Distribution]:
    """The distributions that the core of the package needs, and those that these need."""
    found: dict[str, Distribution] = {}
    wanted = list(PROJECT["dependencies"])
    while wanted:
        requirement = Requirement(wanted.pop())
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found or (requirement.marker and not requirement.marker.evaluate()):
            continue
        found[name] = distribution(name)
        wanted += found[name].requires or ()
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist, built from what git would hand on."""
    place = tmp_path_factory.mktemp("built")
    source = place / "source"
    ignored = shutil.ignore_patterns(".*", "out", "build", "dist", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, source, ignore=ignored)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(place), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,), (sdist,) = place.glob("*.whl"), place.glob("*.tar.gz")
    return wheel, sdist


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel and the core dependencies, and no more.

    They are linked from this environment, where they have been installed already.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    (site,) = folder.glob("lib/python*/site-packages")
    for needed in core_distributions().values():
        for file in needed.files or ():
            first = Path(str(file)).parts[0]
            target = Path(str(needed.locate_file(first)))
            if first not in ("..", "__pycache__") and not (site / first).exists():
                (site / first).symlink_to(target)
    shutil.unpack_archive(built[0], site, "zip")
    return folder / "bin" / "python"


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd)}
    return subprocess.run(
        [str(python), *arguments], capture_output=True, text=True, cwd=cwd, env=environment
    )


def test_both_archives_hold_what_is_needed(built: tuple[Path, Path]) -> None:
    wheel, sdist = built
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    sources = ROOT / "src"
    for path in (sources / NAME).rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            assert str(path.relative_to(sources)) in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith(("tests", "benchmarks")) for name in names)
    with tarfile.open(sdist) as archive:
        members = {name.split("/", 1)[-1] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", f"src/{NAME}/__init__.py"} <= members


def test_the_core_works_by_itself(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "-m", NAME, "align", str(NOTES[0]), "-o", "x.tmx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "<tu " in (tmp_path / "x.tmx").read_text("utf-8")
    done = run(installed, "-m", NAME, "evaluate", str(ROOT / "data/gold"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1.000" in done.stdout
    done = run(installed, "-m", NAME, "tm", "import", "m.db", "x.tmx", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = run(installed, "-m", NAME, "batch", str(NOTES[0].parent), "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["align", "x.pdf"], "formats"),
        (["align", "x.doc"], "formats"),
        (["align", "note.txt", "-o", "x.xlsx"], "xlsx"),
        (["align", "note.txt", "-o", "x.parquet"], "batch"),
        (["review", "note.txt"], "review"),
        (["batch", "notes", "-o", "out", "--engine", "ray"], "ray"),
        (["batch", "list.parquet", "-o", "out"], "batch"),
    ],
)
def test_what_is_missing_is_named(
    installed: Path, tmp_path: Path, arguments: list[str], extra: str
) -> None:
    shutil.copy(NOTES[0], tmp_path / "note.txt")
    (tmp_path / "notes").mkdir()
    shutil.copy(NOTES[0], tmp_path / "notes/note.txt")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4\n")
    (tmp_path / "list.parquet").write_bytes(b"PAR1")
    shutil.copy(ROOT / "tests/samples/formats/word.doc", tmp_path / "x.doc")
    done = run(installed, "-m", NAME, *arguments, cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert f"'aligner-tm[{extra}]'" in done.stderr


def licences() -> Iterator[tuple[str, str]]:
    """Rows of the table of licences."""
    text = (ROOT / "docs/licences.md").read_text("utf-8")
    for row in re.findall(r"^\| ([^|]+) \| ([^|]+) \|", text, re.M):
        yield row[0].strip(), row[1].strip()


def test_licences_of_all_that_is_pulled_in_are_listed() -> None:
    listed = dict(licences())
    missing = set(core_distributions()) - set(listed)
    assert not missing
    assert all(listed[name] for name in core_distributions())


def test_the_distribution_has_a_name_of_its_own(built: tuple[Path, Path]) -> None:
    wheel, sdist = built
    assert PROJECT["name"] == DISTRIBUTION != NAME
    for archive in (wheel, sdist):
        assert archive.name.startswith(DISTRIBUTION.replace("-", "_"))
    assert PROJECT["scripts"] == {NAME: f"{NAME}.cli:main"}


def test_extras_name_this_distribution_and_all_has_what_users_want() -> None:
    extras = PROJECT["optional-dependencies"]
    (whole,) = map(Requirement, extras["all"])
    assert whole.name == DISTRIBUTION
    assert whole.extras == extras.keys() - {"all", "bench", "dev"}
    assert f"{DISTRIBUTION}[all]" in extras["dev"]


def test_nobody_is_told_to_install_the_package_of_another() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "*.py", "*.md", "*.toml", "*.js", "*.html", "*.yml"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    for name in listed:
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"pip install [^\n`]*\baligner(?!-tm)\\?\[", text), name
        # At run time nothing may depend on the name under which the package is installed.
        assert not (name.startswith("src/") and "importlib.metadata" in text), name
