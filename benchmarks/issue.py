"""Ban hành trọn vẹn (số, dàn trang PDF và Word, ký số PAdES, kiểm lại, cất, nhật ký) mỗi phút, một tiến trình: ký nhiều văn bản một lượt
(khóa mở một lần mỗi lượt), và từng văn bản một (mỗi văn bản một mật khẩu); bên cạnh pyHanko trần, khóa mở sẵn, chỉ ký đúng các PDF ấy
trong cùng lần chạy; rồi 64 người cùng rút số ở nhiều sổ.

``python benchmarks/issue.py [N]``; mặc định 60. In một bảng; JSON ở dòng cuối. Khóa RSA 2.048 như chứng thư thật.
"""

import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from throwaway import house

ISSUERS = 64
BODY = "\n".join([
    "Thực hiện Chương trình công tác năm, Văn phòng đề nghị các cơ quan, đơn vị rà soát hồ sơ và báo cáo kết quả.",
    "1. Các đơn vị phân công một đồng chí lãnh đạo trực tiếp chỉ đạo, một đầu mối thực hiện.",
    "2. Báo cáo gửi trước 16 giờ ngày thứ Sáu hằng tuần.", "Đề nghị các đơn vị nghiêm túc thực hiện.",
] * 3)  # fmt: skip


def main(count: int) -> None:
    with house():
        from tinhgon.documents.models import Attachment, DraftVersion  # noqa: PLC0415
        from tinhgon.documents.services import issuing, keys  # noqa: PLC0415
        from tinhgon.documents.services.sealing import Unlock  # noqa: PLC0415
        from tinhgon.documents.tests import signing  # noqa: PLC0415
        from tinhgon.documents.tests.factories import TODAY, Office  # noqa: PLC0415
        from tinhgon.engine.signing import authority  # noqa: PLC0415
        from tinhgon.org.access import remembering_scopes  # noqa: PLC0415

        def batched(found: list[int]) -> list[list[int]]:
            most = issuing.MOST_AT_ONCE
            return [found[at : at + most] for at in range(0, len(found), most)]

        office = Office()
        signing.trusted()
        real = authority.issue(signing.ca(), "Lê Văn Chánh", "Văn phòng", since=signing.SINCE, lasts=timedelta(days=7000), rsa=True)
        p12 = real.p12(signing.PASSPHRASE)
        key = keys.enrol_file(office.head, on=TODAY, data=p12, passphrase=signing.PASSPHRASE)
        drafts = [office.sent() for _n in range(2 * count + 1)]
        DraftVersion.objects.bulk_create(DraftVersion(document=d, number=1, body=BODY, saved_at=d.created_at) for d in drafts)
        unlock = Unlock(key.pk, signing.PASSPHRASE)
        issuing.sign_and_issue(office.head, on=TODAY, document_id=drafts[0].pk, unlock=unlock)  # nóng máy: chữ, mẫu, kết nối
        start = time.perf_counter()
        for draft in drafts[1 : count + 1]:
            with remembering_scopes():  # như cửa: một yêu cầu mỗi văn bản
                issuing.sign_and_issue(office.head, on=TODAY, document_id=draft.pk, unlock=unlock)
        single = count / (time.perf_counter() - start) * 60
        start = time.perf_counter()
        for pile in batched([draft.pk for draft in drafts[count + 1 :]]):
            with remembering_scopes():
                done = issuing.sign_and_issue_many(office.head, on=TODAY, document_ids=pile, unlock=unlock)
            assert all(one.document for one in done)
        ours = count / (time.perf_counter() - start) * 60
        made = list(Attachment.objects.filter(is_final=True).select_related("file").order_by("pk")[count + 1 :])
        assert len(made) == count
        bare = _bare(made, p12, signing.PASSPHRASE)
        drawn = _together(office)
        rows = [
            ("ký và ban hành nhiều văn bản một lượt", ours), ("ký và ban hành từng văn bản", single),
            ("pyHanko trần, khóa mở sẵn, chỉ ký", bare), (f"{ISSUERS} người cùng rút số, nhiều sổ", drawn),
        ]  # fmt: skip
        print(f"{'việc':<45}{'văn bản/phút':>14}{'so với pyHanko trần':>22}")
        for name, rate in rows:
            print(f"{name:<45}{rate:>14,.0f}{rate / bare:>21.2f}x")
        print(f"mục tiêu 200 văn bản/phút, một lượt: {'đạt' if ours >= 200 else 'CHƯA ĐẠT'}; từng văn bản: {'đạt' if single >= 200 else 'CHƯA ĐẠT'}")
        print(json.dumps({"issued_per_minute": ours, "issued_one_by_one_per_minute": single, "bare_pyhanko_per_minute": bare, "drawn_per_minute": drawn, "count": count}))


def _bare(made: list, p12: bytes, passphrase: str) -> float:
    from io import BytesIO  # noqa: PLC0415

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415

    from tinhgon.files.services import open_file  # noqa: PLC0415

    signer = signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=passphrase.encode())
    meta = signers.PdfSignatureMetadata(field_name="Them", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256")
    papers = []
    for attachment in made:
        with open_file(attachment.file) as content:
            papers.append(content.read())
    start = time.perf_counter()
    for pdf in papers:
        signers.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), meta, signer=signer)
    return len(papers) / (time.perf_counter() - start) * 60


def _together(office) -> float:
    from django.db import connection  # noqa: PLC0415

    from tinhgon.documents import services  # noqa: PLC0415
    from tinhgon.documents.models import NumberSeries  # noqa: PLC0415
    from tinhgon.documents.services import numbers  # noqa: PLC0415
    from tinhgon.documents.tests.factories import TODAY, document_type  # noqa: PLC0415

    types = [document_type(code).pk for code in ("bao-cao", "ke-hoach", "thong-bao", "to-trinh")]
    ready = [office.sent(type_id=types[n % 4]).pk for n in range(ISSUERS * 2)]
    start = threading.Barrier(ISSUERS)

    def draw(n: int) -> None:
        try:
            start.wait(timeout=120)
            for document_id in ready[n * 2 : n * 2 + 2]:
                services.issue(office.clerk, on=TODAY, document_id=document_id)
        finally:
            connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(ISSUERS) as pool:
        list(pool.map(draw, range(ISSUERS)))
    took = time.perf_counter() - began
    for series in NumberSeries.objects.all():
        assert numbers.unexplained(series) == []
        drawn = list(series.documents.values_list("number", flat=True))
        assert len(drawn) == len(set(drawn))
    return len(ready) / took * 60


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
