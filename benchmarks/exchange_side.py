"""Một bên của ``exchange.py``: chạy trong tiến trình riêng, với TINHGON_HOME của bên ấy. Mỗi bước in một dòng JSON."""

import io
import json
import sys
import time

import django

from exchange import digest


def main(step: str, *words: str) -> None:
    from tinhgon.config.home import data_folder  # noqa: PLC0415
    from tinhgon.config.postgres import Server  # noqa: PLC0415

    if step == "stop":
        Server(data_folder()).stop("immediate")
        print("{}")
        return
    Server(data_folder()).ensure()
    django.setup()
    print(json.dumps(STEPS[step](*words) or {}))


def prepare(code: str) -> dict:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from tinhgon.config.home import data_folder  # noqa: PLC0415
    from tinhgon.core import clock  # noqa: PLC0415
    from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
    from tinhgon.documents.models import DocumentType  # noqa: PLC0415
    from tinhgon.documents.services.exchange import identity, partners  # noqa: PLC0415
    from tinhgon.documents.type_data import load  # noqa: PLC0415
    from tinhgon.org.models import Kind, Level, UnitVersion  # noqa: PLC0415
    from tinhgon.org.services import structure  # noqa: PLC0415
    from tinhgon.org.services.structure import NewUnit  # noqa: PLC0415

    if not DocumentType.objects.exists():
        load(DocumentType)
    new = NewUnit(f"Tỉnh ủy {code}", code, Kind.COMMITTEE, Level.PROVINCE, None, term="Nhiệm kỳ")
    unit = structure.open_units([new], on=clock.today().replace(year=clock.today().year - 1), decree="đo")[0]
    UnitVersion.objects.filter(unit=unit).update(symbol="TU")
    partners.set_code(SYSTEM, on=clock.today(), unit_id=unit, code=code)
    (data_folder() / "files").mkdir(exist_ok=True)
    return {"certificate": identity.certificate_pem()}


def connect(other: str, address: str, certificate: str) -> None:
    from tinhgon.core import clock  # noqa: PLC0415
    from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
    from tinhgon.documents.services.exchange import partners  # noqa: PLC0415

    partners.keep(SYSTEM, on=clock.today(), name=other, address=address, certificate=json.loads(certificate), organs=[(other, f"Tỉnh ủy {other}")], is_active=True)


def write(documents: str) -> None:
    """Văn bản đã ban hành có tệp, gửi đi qua động từ thật."""
    from tinhgon.core import clock  # noqa: PLC0415
    from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
    from tinhgon.documents.models import Attachment, Document, DocumentType, NumberSeries, PartnerOrgan  # noqa: PLC0415
    from tinhgon.documents.services.exchange import sending  # noqa: PLC0415
    from tinhgon.files.services import store  # noqa: PLC0415
    from tinhgon.org.models import Term, UnitVersion  # noqa: PLC0415

    today, unit = clock.today(), UnitVersion.objects.get().unit_id
    kind, term, organ = DocumentType.objects.get(code="cong-van"), Term.objects.get(), PartnerOrgan.objects.get()
    series = NumberSeries.objects.create(organ_id=unit, keeper_id=unit, direction="outgoing", type=kind, term=term, opened_on=today, last_number=int(documents))
    for number in range(1, int(documents) + 1):
        document = Document.objects.create(
            direction="outgoing", state="registered", type=kind, holder_id=unit, issuer_id=unit, issuer_name="Tỉnh ủy", series=series, number=number,
            symbol=f"{number:02d}-CV/TU", issued_on=today, summary=f"Về việc đo đường truyền, văn bản số {number}", signer_name="Nguyễn Văn A", created_at=clock.now(),
        )  # fmt: skip
        stored = store(io.BytesIO(f"Nội dung văn bản {number} ".encode() * 200), "van-ban.txt")
        Attachment.objects.create(document=document, file=stored, name="van-ban.txt", added_at=clock.now())
        sending.send(SYSTEM, on=today, document_id=document.pk, organ_ids=[organ.pk])


def dispatch() -> None:
    """Việc nền của bên này, không dừng; bị giết bất cứ lúc nào."""
    from tinhgon.documents.services.exchange import dispatching  # noqa: PLC0415

    while True:
        if not dispatching.sweep():
            time.sleep(0.2)


def work() -> None:
    """Văn thư bên nhận: vào sổ mọi thứ tới khay, rồi khép lại."""
    from tinhgon.core import clock  # noqa: PLC0415
    from tinhgon.core.actor import SYSTEM  # noqa: PLC0415
    from tinhgon.documents.models import Arrival, DocumentType  # noqa: PLC0415
    from tinhgon.documents.services import complete_document  # noqa: PLC0415
    from tinhgon.documents.services.intake import registering  # noqa: PLC0415

    kind = DocumentType.objects.get(code="cong-van").pk
    while True:
        waiting = list(Arrival.objects.filter(state__in=Arrival.WAITING).order_by("pk")[:200])
        for arrival in waiting:
            fields = {
                "addressed_to_id": arrival.to_unit_id, "type_id": kind, "symbol": arrival.reading["fields"]["so_ky_hieu"]["value"],
                "summary": arrival.subject, "issued_on": clock.today(), "issuer_name": arrival.sender,
            }  # fmt: skip
            document = registering.register(SYSTEM, on=clock.today(), fields=fields, arrival_id=arrival.pk, despite="đo")
            complete_document(SYSTEM, on=clock.today(), document_id=document.pk)
        if not waiting:
            time.sleep(0.2)


def progress() -> None:
    """Mỗi dòng hỏi một dòng đáp."""
    from tinhgon.documents.models import Delivery, Outbox  # noqa: PLC0415

    for _asked in sys.stdin:
        now = {"done": Delivery.objects.filter(code="06").count(), "waiting": Outbox.objects.exclude(state="sent").count()}
        print(json.dumps(now), flush=True)


def state() -> dict:
    """Các văn bản theo mã của quy chuẩn, trạng thái và băm tệp: bên gửi và bên nhận phải ra cùng một chuỗi."""
    from django.db.models import Sum  # noqa: PLC0415

    from tinhgon.documents.models import Arrival, Delivery, Outbox, Receipt  # noqa: PLC0415
    from tinhgon.documents.services.exchange.sending import message_id  # noqa: PLC0415

    sent = Delivery.objects.select_related("document").prefetch_related("document__attachments__file")
    rows = [_row(message_id(one.document, one.from_code), one, one.document) for one in sent]
    got = Receipt.objects.select_related("arrival__document").prefetch_related("arrival__document__attachments__file")
    rows += [_row(one.message_id, one, one.arrival.document) for one in got]
    out = Outbox.objects.aggregate(attempts=Sum("attempts"))
    return {
        "hash": digest(rows), "rows": len(rows), "sent": Outbox.objects.filter(state="sent").count(), "attempts": out["attempts"] or 0,
        "arrivals": Arrival.objects.count(),
    }  # fmt: skip


def _row(identity: str, standing, document) -> str:
    files = ",".join(sorted(item.file.sha256 for item in document.attachments.all()))
    return f"{identity}|{standing.code}|{standing.is_asked}|{standing.is_withdrawn}|{document.summary}|{files}"


STEPS = {f.__name__: f for f in (prepare, connect, write, dispatch, work, progress, state)}

if __name__ == "__main__":
    main(*sys.argv[1:])
