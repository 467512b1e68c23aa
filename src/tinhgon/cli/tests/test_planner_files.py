"""Tệp hỏng kiểu gì thì ``place``, ``allocate``, ``simulate`` cũng nói một câu, không ghi gì; tệp nào được nhận thì đúng lược đồ đã công bố."""

import contextlib
import copy
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tinhgon.cli import common
from tinhgon.cli.main import main
from tinhgon.cli.tests.test_allocate_simulate import ALLOCATION, SCHEMAS, TRANSITION
from tinhgon.cli.tests.test_placement_commands import PROBLEM

PLACEMENT = {
    **PROBLEM,
    "people": [{**PROBLEM["people"][0], "wishes": ["cv"], "at": [10.7, 106.7], "born": 1980}, PROBLEM["people"][1]],
    "rules": {"cut": 0, "pins": [["an", "cv"]], "status_quo": True},
}
COMMANDS = {
    "place": (PLACEMENT, "placement-problem", "placement-plan"), "allocate": (ALLOCATION, "allocation-problem", "allocation-plan"),
    "simulate": (TRANSITION, "transition-problem", "transition-result"),
}  # fmt: skip
JUNK = (None, True, -1, 0, 1.5, 10**30, 1e308, "", " ", "lạ", "2026-02-30", [], {}, [[]], [None, None], "\ud800", float("nan"), float("inf"))


def run(folder: Path, command: str, content: bytes, *more: str) -> tuple[int, list[str], dict[str, Any] | None]:
    """(mã thoát, các dòng lỗi, tệp đã ghi); nơi ghi không được còn lại tệp dở."""
    problem, written = folder / "problem.json", folder / "out.json"
    problem.write_bytes(content)
    written.unlink(missing_ok=True)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([command, str(problem), "-o", str(written), *more])
    assert {one.name for one in folder.iterdir()} <= {"problem.json", "out.json"}
    return code, err.getvalue().splitlines(), json.loads(written.read_text()) if written.exists() else None


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, one in inner for each in places_in(one, (*path, key)))]


@st.composite
def broken(draw: st.DrawFn, problem: dict[str, Any]) -> bytes:
    """Thay, bỏ, thêm hay lặp một chỗ; hay cắt, đổi byte của tệp."""
    value = copy.deepcopy(problem)
    path = draw(st.sampled_from(places_in(value)[1:]))
    place = value
    for key in path[:-1]:
        place = place[key]
    how = draw(st.sampled_from(["replace", "drop", "key", "again", "cut", "byte"]))
    if how == "replace":
        place[path[-1]] = draw(st.sampled_from(JUNK))
    elif how == "drop":
        del place[path[-1]]
    elif how == "key" and isinstance(place, dict):
        place["khóa lạ"] = 1
    elif how == "again" and isinstance(place, list):
        place.append(copy.deepcopy(place[path[-1]]))
    content = json.dumps(value).encode()
    if how == "cut":
        return content[: draw(st.integers(0, len(content) - 1))]
    if how == "byte":
        at = draw(st.integers(0, len(content) - 1))
        return content[:at] + bytes([draw(st.integers(0, 255))]) + content[at + 1 :]
    return content


def is_valid(name: str, content: bytes) -> bool:
    schemas = {file.name: json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}
    known = Registry().with_resources((one, Resource.from_contents(schema)) for one, schema in schemas.items())
    return Draft202012Validator(schemas[f"{name}.schema.json"], registry=known).is_valid(json.loads(content))


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_broken_file_is_one_sentence_and_nothing_is_written(command, tmp_path, data):
    problem, schema, result = COMMANDS[command]
    content = data.draw(broken(problem))
    code, lines, written = run(tmp_path, command, content)
    if code == 0:
        assert written is not None
        assert is_valid(schema, content)
        assert is_valid(result, json.dumps(written).encode())
        return
    assert (code, written, len(lines)) == (2, None, 1)
    assert "Lỗi chưa lường trước" not in lines[0]
    assert "“”" not in lines[0]
    assert len(lines[0]) < 400


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "dòng 1, cột 1"), (b'{"a":\n 1,}', "dòng 2"), (b'{"a": "\xff"}', "UTF-8"), (b"[" * 100_000, "lồng quá sâu"), (b'{"a": 1' + b"0" * 5000 + b"}", "quá dài"),
        (b'{"a": "\\ud800"}', "nửa ký tự"), (b"[]", "gốc của tệp phải là đối tượng"), (b"{}", "Thiếu khóa"), (b'{"a": 1, "a": 2}', "“a” viết hai lần"),
        (b'{"' + b"x" * 9000 + b'": 1}', "…"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_told_with_its_place(command, content, part, tmp_path):
    code, lines, written = run(tmp_path, command, content)
    assert (code, written, len(lines)) == (2, None, 1)
    assert part in lines[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_does_not_fit_into_memory_is_not_read_in(command, tmp_path, monkeypatch):
    monkeypatch.setattr(common, "MOST_PROBLEM", 2 << 20)
    code, lines, written = run(tmp_path, command, b" " * (3 << 20))
    assert (code, written) == (2, None)
    assert "dài hơn 2 MB" in lines[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_that_cannot_be_written_leaves_nothing_behind(command, tmp_path, capsys):
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(COMMANDS[command][0]))
    assert main([command, str(problem), "-o", str(tmp_path / "không có" / "out.json")]) == 2
    assert "Không ghi được" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["problem.json"]


ASSIGNMENT = "3\n 5 1 9\n 2 8 7\n 6 4 3\n"
GAP = "2\n 2 2\n 1 5\n 4 2\n 3 3\n 3 3\n 3 3\n 1 2\n 7 8\n 1 1\n 2\n"


@pytest.mark.parametrize("shape", [lambda s: s, lambda s: s.replace("\n", "\r\n"), lambda s: "\ufeff" + s.replace(" ", "\t\t "), lambda s: "\n\n" + s + "\n \n\x0c\n"])
def test_or_library_files_are_read_with_any_blank_space_and_any_line_ends(shape, tmp_path):
    code, _, plan = run(tmp_path, "place", shape(ASSIGNMENT).encode(), "--format", "orlib")
    assert (code, plan["points"]) == (0, {"cost": 6})
    code, _, plans = run(tmp_path, "allocate", shape(GAP).encode(), "--format", "orlib", "--aim", "least")
    assert (code, [one["points"] for one in plans["plans"]]) == (0, [3, 15])


@pytest.mark.parametrize("text", ["", "x", "2\n1 2", "2\n1 2 3 4 5", "-1", "1e9", "99999999999", "3\n1 9 5", "2\n5 2 3"])
def test_a_wrong_or_library_file_is_one_sentence(text, tmp_path):
    for command in ("place", "allocate"):
        code, lines, written = run(tmp_path, command, text.encode(), "--format", "orlib")
        assert (code, written, len(lines)) == (2, None, 1)
        assert "OR-Library" in lines[0]


@pytest.mark.parametrize("command", ["place", "check", "explain", "allocate", "simulate"])
def test_every_command_tells_how_it_is_called(command, capsys):
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"tinhgon {command}" in capsys.readouterr().out
    with pytest.raises(SystemExit) as left:
        main([command])
    assert left.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_plan_of_work_is_checked_by_the_same_command(tmp_path, capsys):
    problem, plan = tmp_path / "gapa.txt", tmp_path / "plan.json"
    problem.write_text(GAP)
    assert main(["allocate", str(problem), "-o", str(plan), "--format", "orlib"]) == 0
    capsys.readouterr()
    assert main(["check", str(problem), str(plan), "--format", "orlib"]) == 0
    assert "Phương án đúng" in capsys.readouterr().out
    touched = json.loads(plan.read_text())
    touched["plans"][1]["points"] -= 1
    plan.write_text(json.dumps(touched))
    assert main(["check", str(problem), str(plan), "--format", "orlib"]) == 1
    assert "Phương án ghi 14 điểm, tính lại là 15." in capsys.readouterr().out
    plan.write_text(json.dumps({**touched, "plans": touched["plans"][:1]}))
    assert main(["check", str(problem), str(plan), "--format", "orlib"]) == 2
    assert "có 1 phương án, tệp bài toán có 2 bài" in capsys.readouterr().err
