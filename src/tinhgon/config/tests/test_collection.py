"""Phép thử viết ra thì phải được chạy: không tệp nào, hàm nào nằm ngoài tầm của pytest."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
SEARCHED = ("src", "e2e", "benchmarks", "requirements", "docs")


def python_files() -> Iterator[Path]:
    for folder in SEARCHED:
        yield from (ROOT / folder).rglob("*.py")
    yield from ROOT.glob("*.py")


def test_the_test_paths_are_the_ones_we_know() -> None:
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert options["testpaths"] == ["src", "e2e"]
    assert options["python_files"] == ["test_*.py"]


def test_every_test_file_lies_where_pytest_looks() -> None:
    outside = [
        str(file.relative_to(ROOT))
        for file in python_files()
        if (file.name.startswith("test_") or file.name.endswith("_test.py"))
        and not (file.name.startswith("test_") and is_searched(file))
    ]
    assert outside == []


def is_searched(file: Path) -> bool:
    parts = file.relative_to(ROOT).parts
    return parts[0] == "e2e" or (parts[0] == "src" and "tests" in parts)


def test_no_test_function_hides_in_a_file_that_is_never_collected() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}::{node.name}"
        for file in python_files()
        if not file.name.startswith("test_")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    assert hidden == []


def test_every_tests_folder_is_a_package_with_tests() -> None:
    """Thiếu ``__init__.py`` thì hai tệp cùng tên ở hai ứng dụng đè nhau."""
    folders = [folder for folder in (ROOT / "src").rglob("tests") if folder.is_dir()]
    assert [str(f.relative_to(ROOT)) for f in folders if not (f / "__init__.py").exists()] == []
    assert [str(f.relative_to(ROOT)) for f in folders if not list(f.rglob("test_*.py"))] == []


def test_every_test_function_is_at_a_level_pytest_sees() -> None:
    """Hàm ``test_`` lồng trong hàm khác, hay trong lớp không tên ``Test``, sẽ không bao giờ chạy."""
    lost = []
    for file in python_files():
        if not file.name.startswith("test_"):
            continue
        tree = ast.parse(file.read_text())
        seen = {id(node) for node in tree.body}
        machines = {
            c.name
            for c in tree.body
            if isinstance(c, ast.ClassDef) and (c.name.startswith("Test") or c.name.endswith("Machine"))
        }
        seen |= {
            id(node)
            for c in tree.body
            if isinstance(c, ast.ClassDef) and c.name in machines
            for node in c.body
        }
        lost += [
            f"{file.relative_to(ROOT)}::{node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and id(node) not in seen
        ]
    assert lost == []
