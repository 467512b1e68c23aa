"""Một bản của dự thảo thành tờ giấy: xem như in, tải Word, tải PDF. Bản nộp bằng tệp Word thì chính tệp ấy là tờ giấy."""

from datetime import date

from django.utils.translation import override

from tinhgon.documents.models import Appraisal, Approval, Document
from tinhgon.documents.selectors.paper import ground_of, paper_of
from tinhgon.engine.paper import Measures, Paper, to_docx, to_pdf


def draft_pdf(document: Document, body: str, *, on: date) -> bytes:
    """PDF đúng thể thức của ngày ``on``."""
    return to_pdf(*_sheet(document, body, on))


def draft_docx(document: Document, body: str, *, on: date) -> bytes:
    """Word sửa được, đúng thể thức."""
    return to_docx(*_sheet(document, body, on))


def draft_round(document: Document) -> int:
    """Dự thảo lần mấy: thêm một lần sau mỗi vòng thẩm định phải sửa, mỗi lượt trình ký bị trả lại."""
    fixes = document.appraisals.filter(state=Appraisal.State.MUST_FIX).count()
    return 1 + fixes + document.approvals.filter(state=Approval.State.RETURNED).count()


def _sheet(document: Document, body: str, on: date) -> tuple[Paper, Measures]:
    ground = ground_of(document, on=on)
    with override("vi"):  # giấy của Đảng chỉ có một thứ tiếng
        word = ground.rules.word("mark.draft", "word", "Dự thảo lần")
        mark = f"{word} {draft_round(document)}" if document.state in Document.NEVER_NUMBERED else ""
        lines = [line for line in body.split("\n") if line.strip()]
        return paper_of(document, lines, on=on, draft=mark, ground=ground), ground.rules.measures_on(document.paper_size)
