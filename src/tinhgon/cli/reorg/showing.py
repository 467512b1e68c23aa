"""Xem: danh sách, bản chứng minh, biên bản."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, day, table_lines, write_file
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.cli.reorg.naming import predecessor, reorg_of, verb
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, Reason
from tinhgon.org import holdings
from tinhgon.org.selectors.units import units_at
from tinhgon.reorg import services
from tinhgon.reorg.minutes import minutes_pdf
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.selectors import listed

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def add_verbs(verbs: "Commands") -> None:
    everyone = verb(verbs, "list", _("các lần sắp xếp và trạng thái"), on_one=False)
    everyone.set_defaults(run=run_list)
    proof = verb(verbs, "verify", _("chứng minh lại: trước = sau + gộp + khóa; mã thoát 1 khi không khớp"))
    proof.set_defaults(run=run_verify)
    minutes = verb(verbs, "minutes", _("in biên bản bàn giao của một đơn vị, hoặc của mọi đơn vị"))
    minutes.add_argument("unit", metavar="UNIT", nargs="?", help=_("mã hoặc tên đơn vị giao; bỏ trống là mọi đơn vị"))
    minutes.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=_("tệp PDF, hoặc thư mục khi in mọi đơn vị"))
    minutes.add_argument("--on", type=day, metavar=_("ngày"), help=_("ngày ghi trên biên bản (mặc định hôm nay)"))
    minutes.set_defaults(run=run_minutes)


def run_list(args: argparse.Namespace) -> None:
    found: list[Any] = list(listed(actor_of(args), on=clock.today()))  # Any: listed thêm hai cột đếm
    rows = [
        (r.pk, r.name, r.decree_number, f"{r.effective_on:%d/%m/%Y}", r.get_state_display(), r.new_units, r.edges) for r in found
    ]
    head = (_("số"), _("tên"), _("quyết định"), _("hiệu lực"), _("trạng thái"), _("đơn vị mới"), _("dòng kế thừa"))
    data = [as_data(r) | {"new_units": r.new_units, "successions": r.edges} for r in found]
    report(args, {"reorganisations": data}, *(table_lines(head, rows) if rows else [_("Chưa có lần sắp xếp nào.")]))


def run_verify(args: argparse.Namespace) -> int:
    reorg = reorg_of(args)
    if reorg.applied_at is None:
        raise Invalid(Reason("reorg.not_applied", _("“%(name)s” chưa chuyển giao nên chưa có gì để chứng minh.") % {"name": reorg.name}))
    proof = services.verify(actor_of(args), reorg.pk)
    report(args, proof, *proof_lines(proof))
    return DONE if proof["whole"] else REFUSED


def proof_lines(proof: dict[str, Any]) -> list[str]:
    """Bảng chứng minh và một câu kết luận."""
    names = ("before", "after", "joined", "closed", "reopened", "lost", "changed", "left", "intruders")
    rows = [
        (str(holdings.holding(row["kind"]).label), *(row[name] for name in names), "=" if row["equal"] else "≠")
        for row in proof["rows"]
        if any(row[name] for name in names)
    ]
    head = (_("loại"), _("trước"), _("sau"), _("gộp"), _("khóa"), _("mở lại"), _("thiếu"), _("đổi"), _("sót"), _("lạ"), "")
    said = (
        _("Đủ %(items)d mục, không mục nào bị mất. Băm của bản chứng minh: %(hash)s")
        if proof["whole"]
        else _("KHÔNG KHỚP: xem các dòng có dấu ≠ (%(items)d mục; băm %(hash)s).")
    )
    return [*(table_lines(head, rows) if rows else []), said % {"items": proof["items"], "hash": proof["hash"]}]


def run_minutes(args: argparse.Namespace) -> None:
    reorg = reorg_of(args)
    on = args.on or clock.today()
    if args.unit:
        written = [_write(reorg, predecessor(reorg, args.unit), args.output, on)]
    else:
        written = _write_all(reorg, args.output, on)
    sentence = _("Đã in %(count)d biên bản vào %(place)s.") % {"count": len(written), "place": args.output}
    report(args, {"files": [str(path) for path in written]}, sentence)


def _write(reorg: Reorganisation, unit_id: int, path: Path, on) -> Path:
    write_file(path, minutes_pdf(reorg, unit_id, on=on))
    return path


def _write_all(reorg: Reorganisation, folder: Path, on) -> list[Path]:
    """Mỗi đơn vị giao một tệp, tên theo đơn vị."""
    if folder.exists() and not folder.is_dir():
        raise Invalid(Reason("not_a_folder", _("%(path)s không phải thư mục.") % {"path": folder}))
    folder.mkdir(parents=True, exist_ok=True)
    ids = sorted(set(reorg.successions.values_list("predecessor_id", flat=True)))
    units = units_at(ids, on=reorg.effective_on)
    return [_write(reorg, unit, folder / f"{unit}-{_file_name(units[unit].name)}.pdf", on) for unit in ids]


def _file_name(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name)[:60].strip("-")


def as_data(reorg: Reorganisation) -> dict[str, object]:
    """Một lần sắp xếp cho máy đọc."""
    return {
        "id": reorg.pk, "name": reorg.name, "decree": reorg.decree_number, "decree_date": reorg.decree_date,
        "effective_on": reorg.effective_on, "state": reorg.state, "preview_hash": reorg.preview_hash,
    }  # fmt: skip
