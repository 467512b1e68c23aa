"""In biên bản bằng typst, theo thể thức văn bản của Đảng. Chữ Tinos (khổ chữ Times) đi cùng sản phẩm, không mượn của máy."""

import dataclasses
import json
from pathlib import Path

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from tinhgon.reorg.minutes.data import Minutes

TEMPLATE = Path(__file__).with_name("minutes.typ")
_TINOS = "@expo-google-fonts/tinos"


def printed(minutes: Minutes) -> bytes:
    """PDF của biên bản."""
    tinos = Path(settings.NODE_MODULES) / _TINOS
    carried = tinos.is_dir()  # cài không kèm tài nguyên npm thì đành dùng chữ của máy
    data = dataclasses.asdict(minutes) | {"words": _words()}
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(tinos)] if carried else [],
        ignore_system_fonts=carried,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _words() -> dict[str, str]:
    """Chữ cố định trên giấy."""
    return {
        "party": _("ĐẢNG CỘNG SẢN VIỆT NAM"),
        "title": _("BIÊN BẢN"),
        "number": _("Số"),
        "basis": _("Căn cứ %(decree)s"),
        "today": _("Hôm nay, tại trụ sở, hai bên tiến hành bàn giao như sau:"),
        "giver": _("BÊN GIAO"),
        "receiver": _("BÊN NHẬN"),
        "by": _("Bên nhận"),
        "head": _("Người đại diện"),
        "post": _("Chức vụ"),
        "none": _("Không có."),
        "summary": _("Tổng hợp"),
        "kind": _("Loại"),
        "moved": _("Chuyển"),
        "joined": _("Gộp"),
        "closed": _("Khóa"),
        "sum": _("Tổng số"),
        "order": _("TT"),
        "books": _("Sổ văn bản khóa ở số cuối"),
        "book": _("Sổ"),
        "people": _("Người và phân công"),
        "person": _("Họ và tên"),
        "old_post": _("Chức danh cũ"),
        "new_post": _("Chức danh mới"),
        "outside": _("Tài sản, con dấu, hồ sơ giấy và những thứ ngoài hệ thống"),
        "category": _("Nhóm"),
        "description": _("Tên, mô tả"),
        "quantity": _("Số lượng"),
        "note": _("Ghi chú"),
        "state": _("Tình trạng"),
        "promise": _("Cam kết"),
        "appendix": _("PHỤ LỤC"),
        "appendix_title": _("danh mục chi tiết công việc, hồ sơ, tài liệu bàn giao"),
        "appendix_of": _("kèm theo biên bản %(subject)s"),
        "mark": _("Số, ký hiệu"),
        "content": _("Trích yếu, nội dung"),
        "items": _("mục"),
        "clerk": _("NGƯỜI GHI BIÊN BẢN"),
        "witness": _("CHỨNG KIẾN"),
        "for_giver": _("ĐẠI DIỆN BÊN GIAO"),
        "for_receiver": _("ĐẠI DIỆN BÊN NHẬN"),
        "sign": _("(ký, ghi rõ họ tên)"),
        "effect": _("Việc bàn giao thực hiện theo “%(reorganisation)s”, có hiệu lực từ ngày %(effective)s."),
        "counted": _("Toàn bộ %(items)s mục trong hệ thống đã có nơi nhận, ghi trong sổ cái chuyển giao; danh mục chi tiết ở phụ lục."),
        "seal": _("Mã đối chiếu với sổ cái: %(seal)s"),
        "promises": _(
            "Bên giao cam đoan danh mục trên là đầy đủ, đúng thực tế. Bên nhận chịu trách nhiệm tiếp tục giải quyết công việc, "
            "quản lý hồ sơ, tài liệu từ ngày có hiệu lực. Văn bản đã ban hành giữ nguyên cơ quan ban hành, số và ký hiệu cũ."
        ),
        "copies": _("Biên bản được lập thành nhiều bản có giá trị như nhau, mỗi bên giữ một bản."),
    }
