"""Lời văn có sẵn của quyết định và thông báo, và giá trị các ô cho từng người. Giấy tờ chỉ có một thứ tiếng nên không qua bản dịch.

Thể thức theo HD 36-HD/VPTW và HD 05-HD/VPTW do ứng dụng văn bản dựng và kiểm tra; lời văn là của chúng tôi, cơ quan thay được
bằng mẫu của mình với đúng các ô này (``documents.selectors.templates.PERSON_FIELDS``).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tinhgon.engine.formats import format_date, format_number
from tinhgon.engine.paper import tables
from tinhgon.reorg.acts.facts import Case, Second
from tinhgon.reorg.models import ActOrder, Placement, Reorganisation

_KINDS = {"QĐ": "Quyết định", "NQ": "Nghị quyết", "KL": "Kết luận", "TB": "Thông báo", "KH": "Kế hoạch"}


@dataclass(frozen=True, slots=True)
class Text:
    """Ba phần chữ của một văn bản, còn nguyên các ô."""

    summary: str
    body: str
    receivers: str


_BASES = "{% for dong in can_cu %}- {{ dong }}{% if not loop.last %};{% else %},{% endif %}\n{% endfor %}{{ dung_ten|upper }}\nQUYẾT ĐỊNH"

DECISION = Text(
    summary="về việc {{ trich_yeu }}",
    body=_BASES + """
Điều 1. {{ noi_dung }}
Điều 2. Lương, phụ cấp và các chế độ khác của đồng chí {{ ho_ten }} thực hiện theo quy định hiện hành. Đồng chí {{ ho_ten }} bàn giao công việc, hồ sơ, tài liệu ở nơi đang công tác và nhận nhiệm vụ mới từ ngày {{ ngay_hieu_luc }}.
Điều 3. Thủ trưởng các cơ quan có liên quan, {{ don_vi_moi }} và đồng chí {{ ho_ten }} chịu trách nhiệm thi hành Quyết định này.""",
    receivers="- Như Điều 3,\n- Thường trực cấp ủy (để báo cáo),\n- Lưu hồ sơ cán bộ, {{ noi_luu }}.",
)

LIST = Text(
    summary="về việc bố trí công tác đối với cán bộ khi sắp xếp tổ chức bộ máy",
    body=_BASES + """
Điều 1. Điều động, bổ nhiệm, chỉ định, bố trí công tác đối với {{ so_nguoi }} cán bộ có tên trong danh sách kèm theo, nhận nhiệm vụ tại {{ don_vi_moi }} từ ngày {{ ngay_hieu_luc }}.
Điều 2. Lương, phụ cấp và các chế độ khác của cán bộ có tên trong danh sách thực hiện theo quy định hiện hành. Cán bộ bàn giao công việc, hồ sơ, tài liệu ở nơi đang công tác trước khi nhận nhiệm vụ mới.
Điều 3. Thủ trưởng các cơ quan có liên quan, {{ don_vi_moi }} và cán bộ có tên trong danh sách chịu trách nhiệm thi hành Quyết định này.
===
DANH SÁCH
{% for dong in danh_sach %}{{ dong }}
{% endfor %}Danh sách có {{ so_nguoi }} người.""",
    receivers=DECISION.receivers,
)

NOTICE = Text(
    summary="về việc {{ trich_yeu }}",
    body="""{{ mo_dau }} {{ dung_ten }} thông báo đến đồng chí {{ ho_ten }}, {{ chuc_vu_cu }}, {{ don_vi_cu }}, như sau:
1. Nội dung
{{ noi_dung }}
2. Lý do
{% for dong in ly_do %}- {{ dong }}
{% endfor %}3. Quyền nêu ý kiến
Nếu chưa đồng ý, đồng chí nêu ý kiến bằng văn bản, gửi {{ noi_y_kien }} đến hết ngày {{ han_y_kien }}. Ý kiến được xem xét và trả lời bằng văn bản; đồng chí có quyền khiếu nại theo quy định.""",
    receivers="- Đồng chí {{ ho_ten }},\n- {{ don_vi_cu }},\n- Lưu {{ noi_luu }}.",
)

TITLES = ("TT", "Họ và tên", "Vị trí, đơn vị đang công tác", "Vị trí, đơn vị mới", "Hình thức")


@dataclass(frozen=True, slots=True)
class Names:
    """Tên dùng chung cho mọi văn bản của một lần đặt: ai quyết định, nơi soạn (nơi nhận ý kiến, nơi lưu)."""

    deciding: str
    drafting: str


def common(order: ActOrder, placement: Placement, names: Names) -> dict[str, Any]:
    """Ô giống nhau ở mọi văn bản."""
    reorg = placement.reorganisation
    return {
        "can_cu": bases(order, placement, names), "dung_ten": names.deciding, "ngay_hieu_luc": day(reorg.effective_on),
        "han_y_kien": day(order.object_by), "noi_y_kien": names.drafting, "noi_luu": names.drafting,
        "mo_dau": f"Thực hiện {cited(reorg.decree_number, reorg.decree_date)} về {lowered(reorg.name)} và {cited(placement.decree)} về phương án bố trí cán bộ,",
    }  # fmt: skip


def bases(order: ActOrder, placement: Placement, names: Names) -> list[str]:
    """Quyết định sắp xếp, quyết định phương án bố trí, các căn cứ người soạn ghi thêm, đề nghị của nơi soạn."""
    reorg = placement.reorganisation
    more = [line.strip().lstrip("-–").strip().rstrip(";,.") for line in order.bases.splitlines() if line.strip()]
    return [
        f"Căn cứ {cited(reorg.decree_number, reorg.decree_date)} về {lowered(reorg.name)}",
        f"Căn cứ {cited(placement.decree)} về phương án bố trí cán bộ",
        *(line if line.startswith(("Căn cứ", "Theo", "Xét")) else f"Căn cứ {line}" for line in more),
        f"Xét đề nghị của {names.drafting}",
    ]


def of_decision(case: Case) -> dict[str, Any]:
    """Ô của quyết định về một người."""
    deed, sentence = _deed(case)
    return _of_person(case) | {"trich_yeu": f"{deed} đồng chí {case.name}", "noi_dung": sentence}


def of_notice(case: Case, reasons: Sequence[str], reorg: Reorganisation) -> dict[str, Any]:
    """Ô của thông báo: chưa có vị trí, hay đổi nhiệm vụ."""
    since = day(reorg.effective_on)
    if case.post is None:
        about = f"chưa bố trí được vị trí công tác đối với đồng chí {case.name}"
        told = (
            f"Phương án bố trí cán bộ chưa có vị trí cho đồng chí. Từ ngày {since}, đồng chí chờ bố trí công tác tại {case.unit}; "
            "chế độ trong thời gian chờ thực hiện theo quy định hiện hành."
        )  # fmt: skip
    else:
        about = f"thay đổi nhiệm vụ của đồng chí {case.name}"
        told = f"Từ ngày {since}, đồng chí thôi giữ vị trí {lowered(case.old_title)} và nhận vị trí {lowered(case.post.title)}, {case.unit}{_concurrently(case)}."
    return _of_person(case) | {"trich_yeu": f"{about} khi sắp xếp tổ chức bộ máy", "noi_dung": told, "ly_do": list(reasons)}


def of_list(people: Sequence[Case]) -> dict[str, Any]:
    """Ô của quyết định kèm danh sách những người về một nơi."""
    lines = [tables.row(TITLES)]
    for place, case in enumerate(people, start=1):
        deed = _deed(case)[0].removesuffix(" đối với")
        told = (place, case.name, f"{case.old_title}, {case.old_unit}", f"{case.post.title if case.post else ''}, {case.unit}{_concurrently(case)}", deed[:1].upper() + deed[1:])
        lines.append(tables.row(told))
    return {"trich_yeu": "", "so_nguoi": format_number(len(people)), "danh_sach": lines, "don_vi_moi": people[0].committee}


def _of_person(case: Case) -> dict[str, Any]:
    return {
        "ho_ten": case.name, "chuc_vu_cu": lowered(case.old_title), "don_vi_cu": case.old_unit,
        "chuc_vu_moi": lowered(case.post.title) if case.post else "", "don_vi_moi": case.unit, "ly_do": [],
    } | ({"kiem_nhiem": "; ".join(map(_second, case.seconds))} if case.seconds else {})  # fmt: skip


def _deed(case: Case) -> tuple[str, str]:
    """(việc, câu của Điều 1): giữ vị trí chính, và kiêm nhiệm nếu có; chỉ nhận thêm vị trí kiêm nhiệm thì vị trí chính giữ nguyên."""
    if not case.seconds:
        return _main_deed(case)
    elected = all(second.is_elected for second in case.seconds)
    if case.keeps_post:
        who = f"đồng chí {case.name}, {lowered(case.old_title)}, {case.old_unit}"
        deed, verb = ("chỉ định kiêm nhiệm đối với", "Chỉ định") if elected else ("phân công kiêm nhiệm đối với", "Phân công")
        return deed, f"{verb} {who}{_concurrently(case)}; vị trí đang giữ không thay đổi."
    deed, sentence = _main_deed(case)
    more = "kiêm nhiệm" if elected and case.is_elected else "chỉ định kiêm nhiệm" if elected else "phân công kiêm nhiệm"
    return f"{deed.removesuffix(' đối với')}, {more} đối với", f"{sentence.removesuffix('.')}{_concurrently(case)}."


def _concurrently(case: Case) -> str:
    """"; kiêm nhiệm Phó Bí thư Đảng ủy Y": rỗng khi không kiêm nhiệm."""
    return f"; kiêm nhiệm {' và '.join(map(_second, case.seconds))}" if case.seconds else ""


def _second(one: Second) -> str:
    return f"{one.title} {one.unit}" if one.is_elected else f"{lowered(one.title)}, {one.unit}"


def _main_deed(case: Case) -> tuple[str, str]:
    """Chỉ định chức danh cấp ủy, bổ nhiệm cấp trưởng và cấp phó, điều động sang nơi khác, hay bố trí theo đơn vị."""
    assert case.post is not None
    who = f"đồng chí {case.name}, {lowered(case.old_title)}, {case.old_unit}"
    title = lowered(case.post.title) if not case.is_elected else case.post.title
    if case.is_elected:
        return "chỉ định", f"Chỉ định {who}, giữ chức {title} {case.unit}."
    if case.follows_unit:
        return ("bổ nhiệm", f"Bổ nhiệm {who}, giữ chức {title}, {case.unit}.") if case.is_leading else ("bố trí công tác đối với", f"Bố trí {who}, nhận vị trí {title}, {case.unit}.")
    moved = f"Điều động {who}, đến nhận công tác tại {case.unit}"
    if case.is_leading:
        return "điều động, bổ nhiệm", f"{moved}; bổ nhiệm giữ chức {title}."
    return "điều động", f"{moved}, vị trí {title}."


def cited(number: str, dated: date | None = None) -> str:
    """"Quyết định số 12-QĐ/TU, ngày 28/6/2025": tên loại đọc từ ký hiệu; người dùng đã ghi ngày thì giữ."""
    text = re.sub(r",?\s+(?=ngày\b)", ", ", number.strip())
    named = next((name for mark, name in _KINDS.items() if re.search(rf"[-/]{mark}\b", text)), "văn bản")
    return f"{named} số {text}" + (f", ngày {day(dated)}" if dated and "ngày" not in text else "")


def day(on: date) -> str:
    """28/6/2025, 05/02/2025: tháng 1 và 2 mới thêm số 0 (thể thức của Đảng)."""
    return format_date(on) if on.month < 3 else f"{on.day:02d}/{on.month}/{on.year}"


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
