"""``tinhgon allocate|simulate``: từ tệp ra tệp theo lược đồ trong docs; tệp sai thì một câu, mã 2, không ghi gì."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tinhgon.cli.main import main

SCHEMAS = Path(__file__).parents[4] / "docs/schemas"
ALLOCATION = {
    "format": "tinhgon-allocation-1",
    "people": [{"id": "An", "hours": 10}, {"id": "Bình", "hours": [{"until": "2026-07-10", "hours": 8}, {"hours": 20}]}],
    "tasks": [
        {"id": "a", "deadline": "2026-07-10", "options": [{"person": "An", "hours": 6, "points": 3}, {"person": "Bình", "hours": 6, "points": 1}]},
        {"id": "b", "options": [{"person": "An", "hours": 6}, {"person": "Bình", "hours": 6}]},
    ],
}
TRANSITION = {
    "format": "tinhgon-transition-1", "start": "2026-07-01", "days": 60, "holidays": ["2026-09-02"], "working_weekends": [],
    "queues": [{"id": "văn bản", "unit": "Văn phòng", "function": "tổng hợp", "backlog": 10, "arrivals": 20}],
    "posts": [{"person": "An", "queue": "văn bản", "rate": 12}],
    "moves": [{"person": "Bình", "on": "2026-07-15", "target": "văn bản", "rate": 12}, {"person": "Chi", "on": "2026-07-15", "target": "văn bản", "rate": 3}],
    "variants": [{"name": "hai đợt", "waves": 2, "every": 10}],
}  # fmt: skip


@pytest.fixture
def call(tmp_path, capsys):
    def run(command, problem, *more):
        file = tmp_path / "problem.json"
        file.write_text(problem if isinstance(problem, str) else json.dumps(problem))
        code = main([command, str(file), "-o", str(tmp_path / "out.json"), *more])
        written = tmp_path / "out.json"
        return code, *capsys.readouterr(), json.loads(written.read_text()) if written.exists() else None

    return run


def fits(name, data):
    Draft202012Validator(json.loads((SCHEMAS / f"{name}.schema.json").read_text())).validate(data)


def test_tasks_are_given_out_and_the_file_follows_its_schema(call):
    code, out, _err, plan = call("allocate", ALLOCATION)
    assert (code, out) == (0, "2 việc, 2 người: 1 điểm, cận 1, đã chứng minh tốt nhất.\n")
    fits("allocation-problem", ALLOCATION)
    fits("allocation-plan", plan)
    assert plan["plans"][0]["choice"]["a"] == "Bình"


def test_an_or_library_file_is_read_and_its_aim_follows_the_flag(call):
    text = "1\n 2 2\n 1 5\n 4 2\n 3 3\n 3 3\n 3 3"
    assert call("allocate", text, "--format", "orlib", "--aim", "least")[3]["plans"][0]["points"] == 3
    assert call("allocate", text, "--format", "orlib", "--aim", "most")[3]["plans"][0]["points"] == 9


def changed(problem, *path, to):
    copy = json.loads(json.dumps(problem))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return copy


@pytest.mark.parametrize(
    ("problem", "part"),
    [
        ("{", "không phải JSON"), ('{"a": NaN}', "NaN"), ({"format": "tinhgon-allocation-1", "people": []}, "tasks"),
        (changed(ALLOCATION, "people", 0, "hours", to=-1), "people[0].hours"), (changed(ALLOCATION, "people", 0, "hours", to=1.5), "số nguyên"),
        (changed(ALLOCATION, "people", 1, "id", to="An"), "An"), (changed(ALLOCATION, "tasks", 1, "id", to="a"), "a"),
        (changed(ALLOCATION, "tasks", 0, "options", 0, "person", to="Lạ"), "Lạ"), (changed(ALLOCATION, "tasks", 0, "deadline", to="10/7"), "2026-07-01"),
        (changed(ALLOCATION, "people", 1, "hours", to=[{"until": "2026-07-10", "hours": 1}, {"hours": 5}]), "Không chia được"),
        (changed(ALLOCATION, "tasks", 1, "options", to=[]), "không ai nhận được việc b"),
    ],
)  # fmt: skip
def test_a_wrong_allocation_is_one_sentence_and_nothing_is_written(call, problem, part):
    code, out, err, plan = call("allocate", problem)
    assert (code, out, plan) == (2, "", None)
    assert err.count("\n") == 1
    assert part in err


def test_the_smallest_conflict_is_told_in_plain_words(call):
    tight = changed(changed(ALLOCATION, "people", 1, "hours", to=4), "tasks", 1, "options", to=[{"person": "An", "hours": 6}])
    code, _out, err, _plan = call("allocate", tight)
    assert code == 2
    assert err == "tinhgon: Không chia được: 2 việc (a, b) cần ít nhất 12 giờ, mà chỉ An nhận được, còn 10 giờ kịp hạn.\n"


def test_a_forecast_tells_each_variant_and_follows_its_schema(call):
    code, out, _err, result = call("simulate", TRANSITION)
    assert code == 0
    assert out.startswith("như đã định: tuần cao nhất tồn ")
    assert "\nhai đợt: " in out
    fits("transition-problem", TRANSITION)
    fits("transition-result", result)
    assert [one["name"] for one in result["variants"]] == ["như đã định", "hai đợt"]


@pytest.mark.parametrize(
    ("problem", "part"),
    [
        (changed(TRANSITION, "queues", to=[]), "không có hàng chờ"), (changed(TRANSITION, "queues", 0, "arrivals", to=-3), "queues[0].arrivals"),
        (changed(TRANSITION, "posts", 0, "queue", to="lạ"), "lạ"), (changed(TRANSITION, "moves", 0, "on", to="mai"), "moves[0].on"),
        (changed(TRANSITION, "moves", 1, "person", to="Bình"), "Bình"), (changed(TRANSITION, "days", to=0), "days"), ("[NaN]", "NaN"),
        (changed(TRANSITION, "queues", to=TRANSITION["queues"] * 2), "văn bản"),
    ],
)  # fmt: skip
def test_a_wrong_forecast_problem_is_one_sentence_and_nothing_is_written(call, problem, part):
    code, out, err, result = call("simulate", problem)
    assert (code, out, result) == (2, "", None)
    assert err.count("\n") == 1
    assert part in err
