"""Tệp bài toán: đọc lại đúng cái đã ghi, đúng lược đồ đã công bố; sai chỗ nào thì một câu về chỗ ấy."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tinhgon.engine.placement.model import Field, Person, Post, Problem, Skill, Unit
from tinhgon.engine.placement.options import options_of
from tinhgon.engine.placement.orlib import read_assignment
from tinhgon.engine.placement.reading import read_problem
from tinhgon.engine.placement.sentences import Speaker
from tinhgon.engine.placement.solving import solve
from tinhgon.engine.placement.tests.worlds import problems
from tinhgon.engine.placement.writing import PlanFile, plan_json, problem_json, read_plan
from tinhgon.engine.refusal import Refused

SCHEMAS = Path(__file__).parents[5] / "docs/schemas"
GOOD = {
    "format": "tinhgon-placement-1",
    "fields": [{"id": "th", "kind": "experience"}],
    "units": [{"id": "u"}],
    "posts": [{"id": "v", "unit": "u", "field": "th", "seats": 1}],
    "people": [{"id": "an", "unit": "u", "skills": [{"field": "th", "level": 3, "years": 6}]}, {"id": "bình", "unit": "u"}],
}
BAD = [
    (("people", 0, "unit"), "x", "Không có đơn vị nào mã “x”, nhắc tới ở “an”."),
    (("people", 0, "skills", 0, "field"), "x", "Không có lĩnh vực nào mã “x”, nhắc tới ở “an”."),
    (("people", 0, "wishes"), ["x"], "Không có vị trí hay đơn vị nào mã “x”, nhắc tới ở “an”."),
    (("posts", 0, "seats"), -1, "posts[0].seats là -1, phải từ 0 đến 100000."),
    (("posts", 0, "seats"), 1.5, "posts[0].seats phải là số nguyên."),
    (("posts", 0, "seats"), True, "posts[0].seats phải là số nguyên."),
    (("posts", 0, "floor"), 2, "Vị trí v có 1 ghế: sàn, số ghế cắt và kiêm nhiệm không được nhiều hơn."),
    (("posts", 0, "kind"), "x", "posts[0].kind phải là một trong: experience, renewal, plain."),
    (("posts", 0, "ghế"), 1, "Khóa lạ “ghế” ở “posts[0]”: định dạng này không có khóa ấy."),
    (("people", 1, "id"), "an", "Mã “an” có hai lần trong people."),
    (("people", 1, "id"), " ", "people[1].id không được để trống."),
    (("people", 0, "at"), [100, 0], "people[0].at phải là [vĩ độ, kinh độ]."),
    (("people", 0, "grades"), [5], "people[0].grades[0] là 5, phải từ 1 đến 4."),
    (("people",), {}, "people phải là danh sách."),
    (("rules",), {"pins": [["an"]]}, "rules.pins[0] phải là một cặp hai mã."),
    (("rules",), {"pins": [["an", "v"]], "forbidden": [["an", "v"]]}, "an vừa được ghim vào vừa bị cấm ở vị trí v."),
    (("rules",), {"pins": [["chi", "v"]]}, "Không có người nào mã “chi”, nhắc tới ở “rules.pins”."),
    (("rules",), {"together": [["an", "an"]]}, "an không thể thành cặp với chính mình."),
    (("rules",), {"apart": [["an", "x"]]}, "Không có người nào mã “x”, nhắc tới ở “rules.apart”."),
    (("people", 0, "ranked"), [1], "Bậc nguyện vọng của an phải đủ từng nguyện vọng và không giảm."),
    (("costs",), [["an", "v"]], "costs[0] phải là [người, vị trí, giá]."),
    (("costs",), [["an", "v", 1], ["an", "v", 2]], "Mã “an, v” có hai lần trong costs."),
]


def sentence_of(text: str) -> str:
    with pytest.raises(Refused) as refused:
        read_problem(text)
    return Speaker().refusal(refused.value)


@pytest.mark.parametrize(("path", "value", "sentence"), BAD, ids=lambda x: str(x)[:40])
def test_a_bad_file_is_refused_with_one_sentence_about_the_place(path: tuple, value: object, sentence: str) -> None:
    data = copy.deepcopy(GOOD)
    spot = data
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    assert sentence_of(json.dumps(data)) == sentence


def test_what_json_allows_and_a_plan_does_not() -> None:
    text = json.dumps(GOOD)
    assert sentence_of(text.replace('"seats": 1', '"seats": NaN')) == "Tệp có giá trị NaN: chỉ nhận số hữu hạn."
    assert sentence_of(text.replace('"seats": 1', '"seats": 1, "seats": 2')) == "Khóa “seats” viết hai lần trong cùng một đối tượng."
    assert sentence_of(text[:-1]) == f"Tệp không phải JSON: sai từ dòng 1, cột {len(text)}."
    assert sentence_of(text.replace('"format": "tinhgon-placement-1", ', "")) == "Thiếu khóa “format” ở “gốc của tệp”."


def test_a_wrong_file_is_named_as_such_before_its_keys_are() -> None:
    plan = {"format": "tinhgon-placement-plan-1", "places": {}}
    assert sentence_of(json.dumps(plan)) == "format phải là một trong: tinhgon-placement-1."
    assert sentence_of("[]") == "gốc của tệp phải là đối tượng JSON."


def test_a_million_arcs_too_many_is_said_before_anything_is_built() -> None:
    problem = Problem(
        fields=(Field(id="th"),), units=(Unit(id="u"),), posts=tuple(Post(id=f"v{k}", unit="u", field="th", seats=1) for k in range(2_500)),
        people=tuple(Person(id=f"p{k}", unit="u", skills=(Skill("th", 3),)) for k in range(2_000)),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        options_of(problem)
    assert "Có 5000000 cặp người và vị trí, nhiều nhất 4000000" in Speaker().refusal(refused.value)


def test_a_person_without_any_eligible_post_stays_unplaced_and_nothing_breaks() -> None:
    plan = solve(read_problem(json.dumps(GOOD)))
    assert (plan.places, plan.unplaced) == ({"an": "v"}, ("bình",))


@settings(max_examples=20, deadline=None)
@given(problems())
def test_problem_and_plan_read_back_as_written_and_keep_to_the_schemas(problem: Problem) -> None:
    text = problem_json(problem)
    assert read_problem(text) == problem
    plan = solve(problem)
    written = plan_json(plan, problem)
    assert read_plan(written) == PlanFile(plan, problem)
    schemas = {name: json.loads((SCHEMAS / name).read_text()) for name in ("placement-problem.schema.json", "placement-plan.schema.json")}
    registry = Registry().with_resources([(name, Resource.from_contents(schema)) for name, schema in schemas.items()])
    Draft202012Validator(schemas["placement-problem.schema.json"], registry=registry).validate(json.loads(text))
    Draft202012Validator(schemas["placement-plan.schema.json"], registry=registry).validate(json.loads(written))


def test_the_optima_of_the_or_library_are_reproduced_and_proven(real_data: Path) -> None:
    folder = real_data / "orlib/lap"
    for name, optimum in (("assign100", 305), ("assign200", 475), ("assignp800", 2239)):
        plan = solve(read_assignment((folder / f"{name}.txt").read_text()))
        assert (plan.unplaced, plan.points["cost"], plan.certificate.is_proven) == ((), optimum, True)


@pytest.mark.parametrize("text", ["", "x", "2 1 2", "2 1 1 5 3 1 2", "0"])
def test_a_broken_or_library_file_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_assignment(text)
    assert "OR-Library" in Speaker().refusal(refused.value)
