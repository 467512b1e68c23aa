"""Đọc một thứ trong khay: chữ của từng tệp, rồi các ô của thể thức. Chỉ là đề nghị; văn thư xác nhận rồi mới vào sổ.

Chạy trong việc nền, không giữ giao dịch nào trong lúc đọc; gọi lại bao nhiêu lần cũng được.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Broken
from tinhgon.documents.access_tray import arrival_for
from tinhgon.documents.models import Arrival, ArrivalFile
from tinhgon.documents.services import contents
from tinhgon.documents.services import reading_queue as queue
from tinhgon.documents.services.intake import wording
from tinhgon.engine import reading as engine
from tinhgon.engine.extract.before import as_it_was
from tinhgon.engine.extract.model import Extracted, Source, Unreadable
from tinhgon.engine.reading.model import Field, Reading
from tinhgon.engine.vietnamese import tone_norm

log = logging.getLogger(__name__)
State = Arrival.State
_READABLE = (State.RECEIVED, State.FAILED, State.READY)  # tới qua trao đổi thì đã sẵn sàng, vẫn đọc lấy chữ và dấu chỉ độ mật
_SECRET_MARKS = {"mật", "tối mật", "tuyệt mật", "độ mật: mật", "độ mật: tối mật", "độ mật: tuyệt mật"}
_MARK_WITHIN = 25  # dấu chỉ độ mật đóng ở đầu trang đầu
_SAMPLE_LINES = 12
_NUMBERS = re.compile(r"\d{1,4}")


@dataclass(slots=True)
class _Read:
    file: ArrivalFile
    extracted: Extracted | None = None
    reading: Reading | None = None
    problem: str = ""

    @property
    def score(self) -> int:
        """Tệp nào là văn bản chính: tệp đọc được nhiều ô chắc nhất."""
        fields = self.reading.fields.values() if self.reading else ()
        return sum(bool(field.value) + field.is_sure for field in fields)


def read(arrival_id: int) -> None:
    """Đọc mọi tệp; xong thì chờ vào sổ, hoặc nằm lại khay là không đọc được, kèm lý do."""
    arrival = Arrival.objects.filter(pk=arrival_id, state__in=_READABLE).first()
    if arrival is None:
        return
    found = [_read_file(file) for file in arrival.files.select_related("file")]
    _keep(arrival_id, found)
    if arrival.batch:
        queue.report(arrival.batch)


@transaction.atomic
def read_again(actor: Actor, *, on: date, arrival_id: int) -> Arrival:
    """Đọc lại một thứ không đọc được (vừa cài thêm công cụ, lần trước gặp trục trặc)."""
    arrival = arrival_for(actor, arrival_id, on=on, to="handle", lock=True)
    arrival.state, arrival.problem = State.RECEIVED, ""
    arrival.save(update_fields=["state", "problem"])
    record(actor, "documents.arrival_read_again", ("arrival", arrival.pk))
    queue.read_later(arrival.pk)
    return arrival


def _read_file(file: ArrivalFile) -> _Read:
    found = _Read(file)
    try:
        found.extracted = contents.read_stored(file.file, file.name)
        found.reading = engine.read(found.extracted)
    except Unreadable as error:
        found.problem = wording.unreadable(error)
    except Broken as error:
        found.problem = str(error)
    except Exception:  # (một tệp lạ không được làm treo cả đợt: nói ra, giữ tệp, ghi dấu vết)
        log.exception("Đọc tệp %s của khay hỏng", file.pk)
        found.problem = wording.unexpected()
    return found


@transaction.atomic
def _keep(arrival_id: int, found: list[_Read]) -> None:
    arrival = Arrival.objects.select_for_update().filter(pk=arrival_id, state__in=_READABLE).first()
    if arrival is None:
        return
    if any(_is_secret(one.extracted) for one in found):
        _keep_secret(arrival)
        return
    for one in found:
        _keep_text(one)
    best = max(found, key=lambda one: one.score, default=None)
    readable = best is not None and best.extracted is not None and best.extracted.text.strip()
    sent = arrival.reading.get("sent", {})
    arrival.state = State.READY if readable or sent else State.FAILED
    arrival.problem = "" if readable or sent else _problem(found)
    arrival.reading = to_json(best.reading, best.file.pk, best.extracted) if readable and best and best.reading else {}
    if sent:  # nơi gửi ghi rõ các ô thì tin nơi gửi, không tin máy đọc
        arrival.reading = {**arrival.reading, "sent": sent, "fields": {**arrival.reading.get("fields", {}), **sent}}
    arrival.save(update_fields=["state", "problem", "reading"])


def _problem(found: list[_Read]) -> str:
    said = [one.problem or wording.unreadable(Unreadable("empty")) for one in found]
    return " ".join(dict.fromkeys(said))[:500] or _("Không có tệp nào để đọc.")


def _keep_text(one: _Read) -> None:
    if one.extracted is None:
        return
    file = one.file
    file.text, file.page_count = contents.capped(one.extracted.text), one.extracted.page_count
    file.source, file.legacy = str(one.extracted.source), one.extracted.legacy[:20]
    if file.legacy:
        file.legacy_sample = as_it_was("\n".join(file.text.splitlines()[:_SAMPLE_LINES]), file.legacy)
    file.save(update_fields=["text", "page_count", "source", "legacy", "legacy_sample"])


def _is_secret(extracted: Extracted | None) -> bool:
    lines = extracted.lines[:_MARK_WITHIN] if extracted else ()
    return any(line.page == 1 and tone_norm(line.text.strip(" .:[]()")) in _SECRET_MARKS for line in lines)


def _keep_secret(arrival: Arrival) -> None:
    """Có dấu chỉ độ mật: không giữ chữ nào, chờ văn thư từ chối và xóa hẳn tệp."""
    arrival.files.update(text="", legacy_sample="")
    arrival.state, arrival.reading = State.FAILED, {"secret": True}
    arrival.problem = _(
        "Trang đầu có dấu chỉ độ mật: văn bản mật chỉ ghi dòng sổ, nội dung không được lưu ở đây. Hãy từ chối để xóa tệp, rồi vào sổ bằng tay."
    )
    arrival.save(update_fields=["state", "problem", "reading"])


def to_json(reading: Reading, file_id: int, extracted: Extracted | None = None) -> dict[str, Any]:
    """Kết quả đọc để cất trong ``Arrival.reading``."""
    return {
        "file": file_id,
        "layout": reading.layout,
        "scanned": bool(extracted and extracted.source == Source.OCR),
        "fields": {name: _field(name, field, extracted) for name, field in reading.fields.items() if field.value},
        "proposals": [
            {"kind": one.kind, "sentence": one.sentence, "due": one.due, "unit": one.unit} for one in reading.proposals
        ],
    }


def _field(name: str, field: Field, extracted: Extracted | None) -> dict[str, Any]:
    box = field.box
    return {
        "value": field.value,
        "confidence": round(field.confidence, 3),
        "page": field.page,
        "box": [round(side, 4) for side in (box.left, box.top, box.right, box.bottom)] if box else None,
        "must_confirm": field.must_confirm,
        "quote": "" if box else _quote(name, field.value, extracted),
    }


def _quote(name: str, value: str, extracted: Extracted | None) -> str:
    """Dòng chữ mà ô lấy ra, khi tệp không có trang để tô. Đúng cả chữ hoa, chữ thường trước: tên nơi còn nằm trong tên cơ quan."""
    wanted = value.split("\n", 1)[0][:40]
    lines = [line.text[:300] for line in extracted.lines] if extracted and wanted else []
    if name == "ngay":
        numbers = [int(part) for part in wanted.split("/")]
        return next((line for line in lines if [int(one) for one in _NUMBERS.findall(line)][-3:] == numbers), "")
    exact = next((line for line in lines if wanted in line), "")
    return exact or next((line for line in lines if tone_norm(wanted) in tone_norm(line)), "")
