"""Thể thức của một văn bản theo quy tắc của ngày và cơ quan của nó: mọi chỗ sai, quy tắc và nguồn. Chỉ đọc."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from zipfile import BadZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError

from tinhgon.core.actor import Actor
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Document, DraftVersion
from tinhgon.documents.selectors.paper import ground_of, paper_of
from tinhgon.engine.form.check import check
from tinhgon.engine.form.model import Subject, Violation
from tinhgon.engine.form.rules import RuleSetAt
from tinhgon.engine.form.word_layout import check_layout, word_layout
from tinhgon.engine.paper import Paper
from tinhgon.files.services import open_file

FIELDS = {
    "summary": "summary", "authority": "authority", "position": "signer_position", "signer": "signer_name",
    "receivers": "receivers", "addressees": "addressees",
    "circulation": "circulation", "size": "paper_size",
}  # fmt: skip
"""Ô của tờ giấy -> ô của văn bản: chỉ những ô này và thân sửa được bằng một nút; tên cơ quan, số, ngày thì máy tự dựng."""


@dataclass(frozen=True, slots=True)
class FormCheck:
    """Kết quả kiểm tra. ``version``: bản dự thảo đã kiểm; ``is_word``: bản ấy là tệp Word nên thân phải sửa trong Word."""

    rules: RuleSetAt
    subject: Subject
    violations: tuple[Violation, ...]
    version: int
    is_word: bool

    @property
    def blocking(self) -> tuple[Violation, ...]:
        return tuple(one for one in self.violations if one.is_blocking)

    def can_mend(self, violation: Violation) -> bool:
        """Có nút "Sửa giúp": mọi ô phải đổi đều là ô của văn bản, hoặc thân soạn ngay ở đây."""
        fields = {name for name, _line, _value in violation.found.changes}
        return bool(fields) and all(name in FIELDS or (name == "body" and not self.is_word) for name in fields)

    def again(self, paper: Paper) -> "FormCheck":
        """Kiểm tra lại sau khi sửa; số đo của tệp Word thì không đổi theo chữ."""
        subject = self.subject.with_paper(paper)
        return replace(self, subject=subject, violations=check(subject, self.rules))

    @property
    def mendable(self) -> tuple[Violation, ...]:
        return tuple(one for one in self.violations if self.can_mend(one))


def form_of(actor: Actor, document_id: int, *, on: date) -> FormCheck | None:
    """Thể thức của một văn bản được thấy; ``None`` khi không có gì để kiểm tra: văn bản đến, văn bản mật, chưa có nội dung."""
    return checked(document_for(actor, document_id, on=on), on=on)


def checked(document: Document, *, on: date) -> FormCheck | None:
    """Như ``form_of``, khi nơi gọi đã có văn bản."""
    if document.direction == "incoming" or document.secrecy:
        return None
    version = DraftVersion.objects.filter(document=document).select_related("file").order_by("-number").first()
    if version is None:
        return None
    day = document.issued_on or on
    ground = ground_of(document, on=on)
    organ, rules = ground.organ, ground.rules
    subject = Subject(
        paper=paper_of(document, _paragraphs(version.body), on=on, ground=ground), on=day, type_code=document.type.code,
        level=organ.level if organ else "", kind=organ.kind if organ else "", is_draft=document.state in Document.NEVER_NUMBERED,
    )  # fmt: skip
    found = (*check(subject, rules), *_layout(version, rules, document.type.code))
    return FormCheck(rules, subject, found, version.number, version.file_id is not None)


def _paragraphs(body: str) -> list[str]:
    return [line.strip() for line in body.split("\n") if line.strip()]


def _layout(version: DraftVersion, rules: RuleSetAt, type_code: str) -> Iterable[Violation]:
    """Số đo của tệp Word; tệp hỏng thì thân cũng đã không đọc được, không nói thêm."""
    if version.file is None:
        return ()
    try:
        with open_file(version.file) as content:
            return check_layout(word_layout(BytesIO(content.read())), rules, type_code)
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):  # tệp .doc cũ: chỉ kiểm chữ
        return ()


def sentence(violation: Violation) -> str:
    """Một câu cho người đọc: quy tắc, đang viết gì, nên viết gì, nguồn."""
    said = {"rule": violation.wording, "found": violation.found.found, "right": violation.found.expected, "source": violation.source}
    if violation.found.found and violation.found.expected:
        return _("%(rule)s. Đang là “%(found)s”, nên là “%(right)s” (%(source)s).") % said
    if violation.found.found:
        return _("%(rule)s. Đang là “%(found)s” (%(source)s).") % said
    return _("%(rule)s (%(source)s).") % said
