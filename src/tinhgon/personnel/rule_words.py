"""Lời của từng dòng, từng ô quy định về cán bộ; giá trị đọc như người viết: 20 %, 0,45, 01/07/2026."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tinhgon.engine.form.rules import Certainty
from tinhgon.engine.rulebook import Cell, Difference, Fault, Line, Shape
from tinhgon.personnel.models import Grade

TITLES: Mapping[str, Promise] = {
    "leave_set": _("Tên và ngày áp dụng"), "grading_set": _("Tên và ngày áp dụng"), "deputies_set": _("Tên và ngày áp dụng"),
    "early": _("Thời hạn hưởng mức cao, kể từ ngày quyết định sắp xếp"), "most": _("Số tháng được tính nhiều nhất"),
    "half_year": _("Tháng lẻ tính nửa năm"), "band": _("Nghỉ hưu trước tuổi, %(name)s"),
    "insurance": _("Trợ cấp theo thời gian đóng bảo hiểm, người nghỉ từ %(since)s"), "resignation": _("Thôi việc"),
    "base_wage": _("Mức lương cơ sở từ %(since)s"), "age_male": _("Tuổi nghỉ hưu của nam"), "age_female": _("Tuổi nghỉ hưu của nữ"),
    "points": _("Thang điểm"), "level_excellent": _("Hoàn thành xuất sắc nhiệm vụ"), "level_good": _("Hoàn thành tốt nhiệm vụ"),
    "level_done": _("Hoàn thành nhiệm vụ"), "level_failed": _("Không hoàn thành nhiệm vụ"), "cap": _("Tỉ lệ xuất sắc trong số từ mức tốt trở lên"),
    "higher": _("Tỉ lệ xuất sắc cao hơn mà một nguồn cho phép"), "title": _("Danh hiệu %(title)s"),
    "half": _("Số cấp phó so với biên chế được giao"), "inside": _("Đơn vị bên trong không nhiều cấp phó hơn đơn vị chứa nó"),
    "peers": _("Đơn vị không có phòng bên trong không nhiều cấp phó hơn nơi cùng cấp có phòng"), "way": _("Cơ quan hợp nhất được tạm vượt"),
}  # fmt: skip
CELLS: Mapping[str, Promise] = {
    "name": _("tên"), "since": _("từ ngày"), "until": _("đến hết ngày"), "afterwards": _("sau đó theo"),
    "early_months": _("số tháng"), "most_months": _("số tháng"), "half_year_months": _("từ 1 tháng đến hết số tháng"),
    "from": _("còn ít nhất (tháng)"), "to": _("còn nhiều nhất (tháng)"), "early": _("tháng lương cho mỗi tháng nghỉ sớm, trong thời hạn mức cao"),
    "late": _("tháng lương cho mỗi tháng nghỉ sớm, sau thời hạn ấy"), "fixed_months": _("tính cố định số tháng"),
    "per_year": _("tháng lương cho mỗi năm nghỉ sớm"), "insurance": _("có phần theo thời gian đóng bảo hiểm"),
    "insurance.years": _("số năm đầu"), "insurance.pay": _("tháng lương cho các năm đầu"), "insurance.per_year": _("tháng lương cho mỗi năm sau đó"),
    "resignation.least_months": _("còn ít nhất (tháng)"), "resignation.early": _("tháng lương cho mỗi tháng, trong thời hạn mức cao"),
    "resignation.late": _("tháng lương cho mỗi tháng, sau thời hạn ấy"), "resignation.per_year": _("tháng lương cho mỗi năm đóng bảo hiểm"),
    "job_search": _("tháng lương để tìm việc"), "amount": _("đồng mỗi tháng"), "before": _("trước năm bắt đầu tăng"),
    "first_year": _("năm bắt đầu tăng"), "first": _("tuổi của năm ấy"), "step": _("mỗi năm thêm (tháng)"), "last": _("tới khi được"),
    "periods": _("xếp theo"), "general": _("điểm tối đa của phần chung"), "result": _("điểm tối đa của phần kết quả"),
    "points": _("từ số điểm"), "on_time": _("việc đúng hạn ít nhất"), "exceeded": _("việc vượt yêu cầu ít nhất"), "late_tasks": _("việc chậm nhiều nhất"),
    "share": _("nhiều nhất"), "when": _("khi"), "title": _("tên danh hiệu"), "least": _("mức ít nhất"), "title.share": _("nhiều nhất, trong những người được danh hiệu trước"),
    "applies": _("đang kiểm tra"), "last_year": _("tới hết năm"),
    "document": _("văn bản"), "clause": _("điều khoản"), "certainty": _("chắc tới đâu"),
}  # fmt: skip
CERTAINTIES: Mapping[str, Promise] = {
    Certainty.SEEN: _("chắc chắn, đã đối chiếu văn bản"), Certainty.SECOND_HAND: _("nghe lại, chưa đối chiếu toàn văn"),
    Certainty.MEMORY: _("theo hiểu biết chung, cần đối chiếu"), Certainty.CONFLICT: _("các nguồn nói khác nhau"),
}  # fmt: skip
PERIODS: Mapping[str, Promise] = {"quarter": _("quý"), "year": _("năm")}
_FAULTS: Mapping[str, Promise] = {
    "value": _("%(line)s: ô “%(cell)s” chưa đúng hoặc còn trống."), "source": _("%(line)s: hãy ghi nguồn, văn bản nào hoặc điều khoản nào."),
    "certainty": _("%(line)s: mức chắc chắn này không có."), "dates": _("%(line)s: ngày cuối phải từ ngày đầu trở đi."),
    "overlap": _("%(line)s: chồng ngày với bộ kế tiếp; một ngày chỉ có một bộ, hãy ghi ngày thôi dùng."),
    "twice": _("%(line)s: đã có dòng khác cùng “%(cell)s”."), "bands": _("%(line)s: các khoảng tháng phải nối nhau, không hở, không chồng."),
    "levels": _("%(line)s: mức thấp hơn phải cần ít điểm hơn mức trên nó."), "higher": _("%(line)s: phải cao hơn tỉ lệ chung."),
    "ages": _("%(line)s: tuổi phải tăng dần, từ trước năm bắt đầu tới khi thôi tăng."), "insurance": _("Phải còn ít nhất một dòng trợ cấp theo thời gian đóng bảo hiểm."),
    "no_set": _("Phải còn ít nhất một bộ quy định."), "missing": _("Dữ liệu thiếu ô %(where)s."), "unreadable": _("Phép tính không đọc được ô %(where)s."),
}  # fmt: skip


def title_of(line: Line) -> str:
    """Dòng này nói về điều gì."""
    values = {name: day_said(value) if name == "since" else str(value or "…") for name, value in line.values.items()}
    return str(TITLES[line.provision.code]) % values


def is_in_title(line: Line, name: str) -> bool:
    """Ô đã nằm trong câu ``title_of``, hay là tên của cả bộ: không cần kể lại."""
    return name == "name" or f"%({name})s" in str(TITLES[line.provision.code])


def cell_label(line: Line, name: str) -> str:
    """Ô này là gì; vài ô cùng tên mà khác nghĩa theo dòng."""
    code = "level" if line.provision.code.startswith("level_") else line.provision.code
    if code == "level" and name == "late":
        return str(CELLS["late_tasks"])
    return str(CELLS.get(f"{code}.{name}") or CELLS.get(name) or name)


def cell_said(cell: Cell, value: Any) -> str:
    """Giá trị của một ô như người đọc; rỗng khi quy định không nêu."""
    if value is None or value == "":
        return ""
    if cell.shape in (Shape.TIMES, Shape.SHARE):
        return fraction_said(Fraction(value), as_percent=cell.shape == Shape.SHARE)
    if cell.shape == Shape.DAY:
        return day_said(value)
    if cell.shape == Shape.FLAG:
        return str(_("có") if value else _("không"))
    if cell.shape == Shape.GRADE:
        return str(Grade(value).label)
    if cell.shape == Shape.PERIODS:
        return ", ".join(str(PERIODS[each]) for each in value)
    if cell.shape == Shape.AGE:
        years, months = divmod(value, 12)
        return str(_("%(years)d tuổi %(months)d tháng") if months else _("%(years)d tuổi")) % {"years": years, "months": months}
    if cell.shape == Shape.WHOLE:
        return str(value) if cell.name.endswith("_year") else f"{value:,}".replace(",", ".")
    return str(value)


def fraction_said(number: Fraction, *, as_percent: bool = False) -> str:
    """``0,45``, ``20 %``; số không viết gọn được thì để phân số: ``1/3``."""
    shown = number * 100 if as_percent else number
    if (10_000 * shown).denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    text = f"{float(shown):.4f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{text} %" if as_percent else text


def day_said(value: Any) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except (TypeError, ValueError):
        return str(value or "…")


def said(line: Line, name: str, value: Any) -> str:
    """Giá trị của một ô hay một phần của nguồn."""
    if name == "certainty":
        return str(CERTAINTIES.get(value, value))
    if name in ("document", "clause"):
        return str(value)
    return cell_said(line.provision.cell(name), value)


def difference_label(found: Difference) -> str:
    """Dòng nào, của bộ nào, ô nào."""
    line = found.line
    label = title_of(line) if line.set_number is None else f"{title_of(line)} ({line.identity[0]})"
    return f"{label}, {cell_label(line, found.cell)}" if found.cell else label


def difference_values(found: Difference) -> tuple[str, str]:
    """(trước, sau); thêm hay bỏ cả dòng thì kể mọi ô của nó."""
    if found.cell:
        return said(found.line, found.cell, found.before), said(found.line, found.cell, found.after)
    cells = found.line.provision.cells
    parts = [f"{cell_label(found.line, cell.name)} {text}" for cell in cells if (text := cell_said(cell, found.line.values[cell.name]))]
    whole = ", ".join(parts)
    return ("", whole) if found.is_added else (whole, "")


def difference_said(found: Difference) -> str:
    before, after = difference_values(found)
    return f"{difference_label(found)}: {before or '–'} → {after or '–'}"


def fault_said(fault: Fault) -> str:
    """Một chỗ sai, thành câu nêu đúng ô."""
    if fault.line is None:
        return str(_FAULTS[fault.code]) % {"where": fault.where}
    name = str(fault.line.values["name"]) if fault.line.provision.code.endswith("_set") and fault.cell != "name" else title_of(fault.line)
    return str(_FAULTS[fault.code]) % {"line": name, "cell": cell_label(fault.line, fault.cell) if fault.cell else ""}


OURS: Mapping[str, tuple[tuple[Promise, Promise], ...]] = {
    "leave": (
        (_("Bộ nào được dùng"), _("Bộ có hiệu lực ở ngày đầu nghỉ. Bộ đã thôi nhận hồ sơ mà chưa có bộ kế tiếp thì vẫn tính theo nó, kèm lời nhắc.")),
        (_("Số tháng nghỉ sớm"), _("Đếm tháng tròn từ ngày đầu nghỉ tới ngày lẽ ra hưởng lương hưu; tháng lẻ bỏ.")),
        (_("Tiền lương theo hệ số"), _("Tổng hệ số nhân mức lương cơ sở của ngày cuối còn làm, tròn tới đồng.")),
        (_("Làm tròn"), _("Từng khoản tròn tới đồng, nửa đồng thì lên, rồi mới cộng.")),
    ),
    "grading": (
        (_("Bộ nào được dùng"), _("Bộ có hiệu lực ở ngày cuối kỳ. Đợt còn mở xét theo phiên bản mới nhất của bộ ấy; quyết định rồi thì giữ đúng phiên bản đã dùng.")),
        (_("Việc của kỳ"), _("Nhiệm vụ có hạn hoặc đã xong trong kỳ. Xong sau hạn, hay hết kỳ chưa xong, là chậm.")),
        (_("Tỉ lệ ra số người"), _("Lấy phần nguyên. Quá tỉ lệ chung mà còn một nguồn cho phép thì phải ghi lý do; quá mọi nguồn thì không quyết định được.")),
        (_("Máy không chấm thay"), _("Chỗ mức chưa khớp điểm hay bằng chứng chỉ là lời nhắc.")),
    ),
    "deputies": (
        (_("Biên chế và cấp phó"), _("Biên chế là số ghế của các vị trí, kể cả phòng bên trong. Cấp phó là người giữ vị trí thứ bậc 2.")),
        (_("Tỉ lệ ra số người"), _("Lấy phần nguyên: bảy biên chế thì nửa là ba cấp phó.")),
        (_("Lộ trình giảm"), _("Giảm đều mỗi năm tới năm cuối được tạm vượt, không năm nào tăng.")),
    ),
}  # fmt: skip
"""(điều gì, cách tính): công thức của chúng tôi, không văn bản nào nói, sửa cùng chương trình."""
