"""Khung dòng lệnh: mã thoát 0/1/2, lỗi một dòng không dấu vết, ``--json`` ở mọi lệnh."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tinhgon.cli import main as frame
from tinhgon.core.errors import Broken, Forbidden, Invalid, NotFound, Reason, Refused, TinhGonError


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Chạy ``tinhgon probe ...`` với thân lệnh cho trước; trả về mã thoát, luồng chính, luồng lỗi."""

    def run(body: Callable[[argparse.Namespace], int | None], *arguments: str) -> tuple[int, str, str]:
        def register(commands: "frame.Commands") -> None:
            parser = commands.add_parser("probe")
            parser.add_argument("--count", type=int)
            parser.set_defaults(run=body, database=False)

        module = argparse.Namespace(register=register)
        monkeypatch.setattr(frame, "_modules", lambda: iter([module]))
        code = frame.main(["probe", *arguments])
        return code, *capsys.readouterr()

    return run


def raising(error: Exception) -> Callable[[argparse.Namespace], int | None]:
    def body(args: argparse.Namespace) -> int | None:
        raise error

    return body


def test_done_is_0_and_a_finding_is_1(command) -> None:
    assert command(lambda args: None)[0] == 0
    assert command(lambda args: 1)[0] == 1


@pytest.mark.parametrize(
    ("kind", "code"),
    [(Refused, 1), (Forbidden, 1), (Invalid, 2), (NotFound, 2), (Broken, 2), (TinhGonError, 2)],
)
def test_an_error_is_one_line_with_every_reason(command, kind: type[TinhGonError], code: int) -> None:
    error = kind(Reason("mot", "Lý do\nthứ nhất."), Reason("hai", "Lý do thứ hai."))
    assert command(raising(error)) == (code, "", "tinhgon: Lý do thứ nhất. Lý do thứ hai.\n")


def test_an_error_as_json_carries_code_sentences_and_data(command) -> None:
    code, out, err = command(raising(Refused(Reason("mot", "Câu.", data={"n": 3}))), "--json")
    assert (code, err) == (1, "")
    assert json.loads(out) == {"error": {"code": "mot", "sentences": ["Câu."], "data": [{"n": 3}]}}


def test_an_unforeseen_error_is_one_line_and_its_trace_goes_to_the_log(command, settings, tmp_path) -> None:
    settings.HOME = tmp_path
    code, out, err = command(raising(ZeroDivisionError("chia cho không")))
    assert code == 2
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert "Traceback" in (tmp_path / "log" / "cli.log").read_text()


@pytest.mark.parametrize("arguments", [["--khong-co"], ["--count", "ba"], ["thừa"]])
def test_a_wrong_call_is_2_with_one_line(
    command, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        command(lambda args: None, *arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_result_is_sentences_or_one_json_line(command) -> None:
    def body(args: argparse.Namespace) -> None:
        frame.report(args, {"tên": "Tổ công tác"}, "Một câu.", "Hai câu.")

    assert command(body)[1] == "Một câu.\nHai câu.\n"
    assert command(body, "--json")[1] == '{"tên": "Tổ công tác"}\n'


def test_every_command_file_registers_something() -> None:
    parser = frame._parser()
    known = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction)).choices
    assert {"up", "stop", "reset"} <= set(known)
    assert [
        name for name, each in known.items() if each.get_default("run") is None and not each._subparsers
    ] == []


def test_the_command_starts_in_a_process_of_its_own(tmp_path):
    """Khung lệnh nhập trước khi Django có cấu hình: câu nào dịch ngay lúc nhập là cả lệnh hỏng."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    told = subprocess.run(
        [sys.executable, "-m", "tinhgon.cli.main", "--help"], env=clean | {"TINHGON_HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert (told.returncode, told.stderr) == (0, "")
    assert "cách dùng: tinhgon" in told.stdout
