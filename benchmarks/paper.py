"""Tờ giấy mỗi giây: Word, PDF, và kiểm tra thể thức, trên cùng các tờ; bên cạnh là typst và python-docx không làm gì.

    python benchmarks/paper.py [số tờ]
"""

import dataclasses
import io
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import typst
from docx import Document

from tinhgon.engine.form.check import check, mend_all
from tinhgon.engine.form.model import Subject
from tinhgon.engine.form.tests.shipped import PARTY as RULES
from tinhgon.engine.paper import Paper, to_docx, to_pdf
from tinhgon.engine.paper.tests.samples import FONTS, LETTER, PARTY, PLAN

ROUNDS = 40


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    line = Path(tempfile.mkdtemp()) / "line.typ"
    line.write_text("Xin chào", encoding="utf-8")
    bare = typst.Compiler(str(line), font_paths=[FONTS], ignore_system_fonts=True)
    one = Subject(paper=PLAN, on=date(2026, 6, 1), type_code="ke-hoach", is_draft=False)
    wrong = one.with_paper(dataclasses.replace(PLAN, symbol_line="Số: 9-KH/ĐU", authority="KT. BÍ THƯ", signer="TS. Nguyễn Văn Mẫu"))
    rows: list[tuple[str, Callable[[int], object]]] = [
        ("typst: một dòng chữ, không hơn", lambda _n: bare.compile(format="pdf")),
        ("PDF: công văn một trang", lambda n: to_pdf(_numbered(LETTER, n), PARTY)),
        ("PDF: kế hoạch ba trang", lambda n: to_pdf(_numbered(PLAN, n), PARTY)),
        ("python-docx: tệp trống, không hơn", lambda _n: Document().save(io.BytesIO())),
        ("Word: công văn một trang", lambda n: to_docx(_numbered(LETTER, n), PARTY)),
        ("Word: kế hoạch ba trang", lambda n: to_docx(_numbered(PLAN, n), PARTY)),
        ("Kiểm tra thể thức: kế hoạch ba trang", lambda _n: check(one, RULES)),
        ("Sửa giúp mọi chỗ: kế hoạch ba trang", lambda _n: mend_all(wrong, RULES)),
    ]
    print(f"{'':40}{'mỗi tờ, ms':>12}{'tờ/giây':>10}")
    for label, make in rows:
        make(0)
        begun = time.perf_counter()
        for number in range(rounds):
            make(number + 10)
        each = (time.perf_counter() - begun) / rounds
        print(f"{label:40}{each * 1000:>12.1f}{1 / each:>10.0f}")


def _numbered(paper: Paper, number: int) -> Paper:
    """Mỗi tờ một số khác, để không phép giữ lại nào giúp."""
    return dataclasses.replace(paper, symbol_line=f"Số {number}-KH/ĐU")


if __name__ == "__main__":
    main()
