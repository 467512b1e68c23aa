"""``tinhgon place|check|explain``: phương án ra tệp, kiểm tra lại được, giải thích được; tệp sai thì một câu, mã 2, không ghi gì."""

import json

import pytest

from tinhgon.cli.main import main

PROBLEM = {
    "format": "tinhgon-placement-1",
    "fields": [{"id": "th", "name": "Tổng hợp", "kind": "experience"}],
    "units": [{"id": "vp", "name": "Văn phòng"}],
    "posts": [{"id": "cv", "unit": "vp", "field": "th", "seats": 1, "name": "Chuyên viên tổng hợp"}],
    "people": [
        {"id": "an", "name": "Nguyễn Văn An", "unit": "vp", "grades": [4, 4, 4], "skills": [{"field": "th", "level": 3, "years": 9}]},
        {"id": "binh", "unit": "vp", "grades": [3, 3, 3], "skills": [{"field": "th", "level": 4, "years": 1}]},
    ],
}


@pytest.fixture
def files(tmp_path):
    problem = tmp_path / "p.json"
    problem.write_text(json.dumps(PROBLEM))
    return problem, tmp_path / "plan.json"


def run(capsys, *args):
    code = main([str(one) for one in args])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_plan_is_written_checked_and_explained(files, capsys):
    problem, plan = files
    code, out, _ = run(capsys, "place", problem, "-o", plan, "--weight", "wishes=50")
    assert (code, out) == (0, "1 người có chỗ, 1 người chưa có, cắt 0 ghế. Đã chứng minh tốt nhất.\n")
    code, out, _ = run(capsys, "check", problem, plan)
    assert (code, out) == (0, "Phương án đúng và tốt nhất: giá trị bằng cận dưới, (0, 10, 0, 1750).\n")
    code, out, _ = run(capsys, "explain", plan, "--person", "an")
    assert code == 0
    assert out.splitlines()[0] == "Nguyễn Văn An (an) vào Chuyên viên tổng hợp (cv) của Văn phòng (vp): Tổng hợp (th) mức 3 (thành thạo), 9 năm."
    assert len(out.splitlines()) <= 5
    code, out, _ = run(capsys, "explain", plan, "--person", "binh", "--post", "cv", "--json")
    assert (code, json.loads(out)["price"]) == (0, [0, 9, 0, 500])


def test_rules_over_a_whole_unit_are_sought_when_there_is_time_but_nobody_is_left_out_to_round_a_ratio(files, capsys):
    problem, plan = files
    posts = [{**PROBLEM["posts"][0], "seats": 2}]
    data = {**PROBLEM, "posts": posts, "rules": {"unit_veteran_percent": 60}}
    problem.write_text(json.dumps(data))
    told = "- Văn phòng (vp) có 1/2 người lâu năm, cần 60%."
    code, out, _ = run(capsys, "place", problem, "-o", plan)
    assert (code, out.splitlines()[0]) == (0, told)
    code, out, err = run(capsys, "place", problem, "-o", plan, "--full", "10")
    assert (code, out) == (0, f"{told}\n2 người có chỗ, 0 người chưa có, cắt 0 ghế. Khoảng cách tới cận dưới 0,0000 %.\n")
    assert "còn thiếu 1 người" in err.splitlines()[-1]


TWO_UNITS = {
    "format": "tinhgon-placement-1",
    "fields": [{"id": "th", "kind": "experience"}],
    "units": [{"id": "u"}, {"id": "v"}],
    "posts": [{"id": "pu", "unit": "u", "field": "th", "seats": 2}, {"id": "pv", "unit": "v", "field": "th", "seats": 2}],
    "people": [
        {"id": one, "unit": unit, "skills": [{"field": "th", "level": 3, "years": years}]}
        for one, unit, years in (("an", "u", 9), ("ba", "v", 0), ("cả", "u", 0), ("dư", "v", 0))
    ],
    "rules": {"together": [["an", "ba"]]},
}


def test_a_plan_under_the_full_rules_carries_their_certificate_is_checked_by_it_and_priced(files, capsys):
    problem, plan = files
    problem.write_text(json.dumps(TWO_UNITS))
    run(capsys, "place", problem, "-o", plan, "--full", "10")
    code, out, _ = run(capsys, "check", problem, plan, "--json")
    told = json.loads(out)
    assert (code, told["sound"], told["unmet"]) == (0, True, [])
    assert told["full"]["bound"] <= told["full"]["told_bound"] <= told["full"]["value"]
    assert told["proven"] == (told["full"]["bound"] == told["full"]["value"])
    code, out, _ = run(capsys, "check", problem, plan)
    assert (code, out.startswith("Phương án đúng")) == (0, True)
    assert "tính lại từ chứng chỉ" in out
    assert ("HiGHS" in out) == (told["full"]["bound"] < told["full"]["told_bound"])
    at = json.loads(plan.read_text())["places"]["ba"]
    code, out, _ = run(capsys, "explain", plan, "--person", "ba", "--post", {"pu": "pv", "pv": "pu"}[at], "--json")
    said = json.loads(out)
    assert (code, said["price"], set(said["between"])) == (0, None, {"least", "most", "exact"})
    assert said["between"]["least"] <= said["between"]["most"]
    assert said["lines"][0].startswith(("Giá đúng:", "Cận, không phải giá đúng:"))


def test_a_certificate_of_the_full_rules_that_was_touched_is_seen(files, capsys):
    problem, plan = files
    problem.write_text(json.dumps(TWO_UNITS))
    run(capsys, "place", problem, "-o", plan, "--full", "10")
    data = json.loads(plan.read_text())
    for key, by in (("value", -1), ("bound", 10**9)):
        plan.write_text(json.dumps(data | {"full": data["full"] | {key: data["full"][key] + by}}))
        code, out, _ = run(capsys, "check", problem, plan)
        assert (code, "Chứng chỉ đủ luật ghi" in out) == (1, True)


def test_without_that_certificate_the_checker_and_the_price_say_what_they_did_not_count(files, capsys):
    problem, plan = files
    problem.write_text(json.dumps(TWO_UNITS))
    code, out, _ = run(capsys, "place", problem, "-o", plan)
    assert out.endswith("Đã chứng minh tốt nhất theo luật của dòng chảy.\n")
    code, out, _ = run(capsys, "check", problem, plan)
    assert (code, out.splitlines()[0]) == (0, "- an và ba chưa ở cùng một xã, phường.")
    assert "Không chứng minh được gì về 1 quy tắc ngoài dòng chảy còn thiếu" in out
    assert json.loads(run(capsys, "check", problem, plan, "--json")[1])["proven"] is False
    code, out, _ = run(capsys, "explain", plan, "--person", "ba", "--post", "pu")
    assert out.splitlines()[-1].startswith("Giá này chưa kể các quy tắc ngoài dòng chảy")
    assert len(out.splitlines()) <= 5


def test_a_plan_that_was_touched_is_seen_and_not_explained(files, capsys):
    problem, plan = files
    run(capsys, "place", problem, "-o", plan)
    data = json.loads(plan.read_text())
    data["places"], data["unplaced"] = {"binh": "cv"}, ["an"]
    plan.write_text(json.dumps(data))
    code, out, _ = run(capsys, "check", problem, plan, "--json")
    assert (code, json.loads(out)["sound"]) == (1, False)
    code, out, err = run(capsys, "explain", plan, "--person", "an")
    assert (code, out) == (2, "")
    assert err.startswith("tinhgon: Phương án không hợp lệ")


def test_rules_that_cannot_all_be_kept_are_named_and_nothing_is_written(files, capsys):
    problem, plan = files
    problem.write_text(json.dumps({**PROBLEM, "rules": {"pins": [["an", "cv"], ["binh", "cv"]]}}))
    code, out, err = run(capsys, "place", problem, "-o", plan)
    assert (code, out, plan.exists()) == (2, "", False)
    assert "ghim Nguyễn Văn An (an) vào Chuyên viên tổng hợp (cv); ghim binh vào Chuyên viên tổng hợp (cv)" in err


def test_pins_against_two_who_may_not_share_a_unit_are_refused_with_the_smallest_set(files, capsys):
    problem, plan = files
    problem.write_text(json.dumps(TWO_UNITS | {"rules": {"pins": [["an", "pu"], ["cả", "pu"], ["dư", "pv"]], "apart": [["an", "cả"], ["ba", "dư"]]}}))
    code, out, err = run(capsys, "place", problem, "-o", plan, "--full", "10")
    assert (code, out, plan.exists()) == (2, "", False)
    assert "Không phương án nào giữ được cùng lúc: ghim an vào pu; ghim cả vào pu; an và cả không cùng một đơn vị. pu thuộc u." in err


@pytest.mark.parametrize("full", [(), ("--full", "10")])
def test_a_couple_pinned_into_two_communes_gets_a_plan_and_the_words_that_make_the_wish_impossible(files, capsys, full):
    problem, plan = files
    problem.write_text(json.dumps(TWO_UNITS | {"rules": {"pins": [["an", "pu"], ["ba", "pv"]], "together": [["an", "ba"]]}}))
    told = "Không phương án nào giữ được cùng lúc: ghim an vào pu; ghim ba vào pv; an và ba cùng một xã, phường."
    code, out, _ = run(capsys, "place", problem, "-o", plan, *full, "--json")
    assert (code, plan.exists(), [one.startswith(told) for one in json.loads(out)["conflicts"]]) == (0, True, [True])
    assert told in run(capsys, "place", problem, "-o", plan, *full)[1]


@pytest.mark.parametrize(
    "args",
    [
        ("place", "{missing}", "-o", "{plan}"),
        ("place", "{bad}", "-o", "{plan}"),
        ("place", "{problem}", "-o", "{plan}", "--weight", "giàu=1"),
        ("place", "{problem}", "-o", "{plan}", "--weight", "wishes=101"),
        ("place", "{problem}", "-o", "{plan}", "--format", "orlib"),
        ("check", "{problem}", "{problem}"),
        ("explain", "{problem}", "--person", "an"),
    ],
)
def test_bad_input_is_one_sentence_and_code_two(files, capsys, args, tmp_path):
    problem, plan = files
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(PROBLEM).replace('"seats": 1', '"seats": NaN'))
    names = {"{problem}": problem, "{plan}": plan, "{missing}": tmp_path / "none.json", "{bad}": bad}
    code, out, err = run(capsys, *(names.get(one, one) for one in args))
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert not plan.exists()


def test_an_unknown_person_is_named(files, capsys):
    problem, plan = files
    run(capsys, "place", problem, "-o", plan)
    assert run(capsys, "explain", plan, "--person", "chi")[::2] == (2, "tinhgon: Không có người nào mã “chi”, nhắc tới ở “--person”.\n")


def test_what_the_machine_says_in_english_is_said_in_vietnamese(files, capsys):
    problem, plan = files
    assert run(capsys, "place", plan, "-o", plan)[2] == f"tinhgon: Không đọc được {plan}: không có tệp hay thư mục này.\n"
    assert run(capsys, "place", problem.parent, "-o", plan)[2] == f"tinhgon: Không đọc được {problem.parent}: đây là thư mục.\n"
    for wrong, sentence in (
        (["place"], "tinhgon place: thiếu PROBLEM.json, -o/--output. Xem tinhgon place --help.\n"),
        (["place", str(problem), "-o", str(plan), "--format", "x"], "tham số --format: không nhận “x”, chọn trong 'json', 'orlib'"),
        (["place", str(problem), "-o"], "tham số -o/--output: cần một giá trị"),
        (["place", str(problem), "-o", str(plan), "--full", "x"], "tham số --full: “x” không phải float"),
        (["check", str(problem), str(plan), "la"], "không hiểu: la"),
    ):
        with pytest.raises(SystemExit):
            main(wrong)
        assert sentence in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["place", "--help"])
    told = capsys.readouterr().out
    assert "cách dùng: tinhgon place" in told
    assert "in hướng dẫn này rồi thôi" in told
