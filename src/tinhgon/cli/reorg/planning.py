"""Soạn: nhập danh sách kế thừa, kiểm kê, đặt quy tắc nơi nhận, xem trước, chốt."""

import argparse
import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, day, read_table, table_lines, unit_named
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.cli.reorg.naming import heir, predecessor, reorg_of, verb
from tinhgon.cli.reorg.showing import as_data
from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.tables import Table
from tinhgon.org import holdings
from tinhgon.org.models import Function
from tinhgon.reorg import services
from tinhgon.reorg.checks import unit_names
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.selectors import by_kind, split_units, transfers
from tinhgon.reorg.services import table
from tinhgon.reorg.services.importing import COLUMNS, import_successions

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

_SHOWN = 20
RULE_COLUMNS = ("don_vi_cu", "don_vi_moi", "loai", "chuc_nang", "khong_chuc_nang")


def add_verbs(verbs: "Commands") -> None:
    _add_import(verbs)
    copying = verb(verbs, "copy", _("nhân bản một phương án để sửa riêng"))
    copying.add_argument("--name", required=True, help=_("tên của bản mới"))
    copying.set_defaults(run=run_copy)
    inventory = verb(verbs, "inventory", _("kiểm kê mọi thứ các đơn vị đang giữ"))
    inventory.set_defaults(run=run_inventory)
    rules = verb(verbs, "rules", _("đặt quy tắc nơi nhận từ bảng: %(columns)s") % {"columns": ", ".join(RULE_COLUMNS)})
    rules.add_argument("file", type=Path, metavar="FILE")
    rules.set_defaults(run=run_rules)
    preview = verb(verbs, "preview", _("ai nhận gì, còn thiếu gì; mã thoát 1 khi còn thiếu"))
    preview.set_defaults(run=run_preview)
    decide = verb(verbs, "decide", _("chốt phương án đúng như bản xem trước"))
    decide.add_argument("--hash", dest="preview_hash", help=_("băm của bản xem trước (mặc định bản mới nhất)"))
    decide.set_defaults(run=run_decide)


def _add_import(verbs: "Commands") -> None:
    parser = verb(verbs, "import", _("nhập danh sách kế thừa hay bảng phương án từ CSV, Excel vào phương án mới hoặc đang soạn"), on_one=False)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--into", dest="reorg", metavar="REORG", help=_("phương án đang soạn; bỏ trống thì lập mới"))
    parser.add_argument("--name", help=_("tên phương án mới"))
    parser.add_argument("--decree", help=_("số quyết định"))
    parser.add_argument("--decree-date", type=day, metavar=_("ngày"))
    parser.add_argument("--effective", type=day, metavar=_("ngày"), help=_("ngày hiệu lực"))
    parser.add_argument("--parent", metavar="UNIT", help=_("cấp trên của các đơn vị mới (danh sách kế thừa): mã hoặc tên"))
    parser.add_argument("--only", action="append", default=[], metavar=_("cột=giá-trị"), help=_("chỉ lấy các dòng như thế"))
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ nêu chỗ sai và số lượng, không ghi"))
    parser.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    known = [*(name for names in COLUMNS.values() for name in names), *table.COLUMNS]
    tables = [(path, read_table(path, known=known)) for path in args.files]
    with transaction.atomic():
        reorg = reorg_of(args) if args.reorg else _created(args)
        plans = [(path, _imported(args, reorg, read)) for path, read in tables]
        if args.dry_run:
            transaction.set_rollback(True)
    problems = [dataclasses.asdict(problem) | {"file": str(path)} for path, plan in plans for problem in plan.problems]
    counted = {"units": sum(p.units for _f, p in plans), "successions": sum(p.successions for _f, p in plans)}
    sentence = (
        _("Nếu nhập: %(units)d đơn vị mới, %(successions)d dòng kế thừa.") if args.dry_run
        else _("Đã nhập %(units)d đơn vị mới, %(successions)d dòng kế thừa vào phương án số %(id)d.")
    )  # fmt: skip
    said = [
        _("%(file)s dòng %(row)d, cột %(column)s: %(sentence)s") % problem for problem in problems[:_SHOWN]
    ] + _more(len(problems))
    report(args, as_data(reorg) | counted | {"dry_run": args.dry_run, "problems": problems}, *said, sentence % (counted | {"id": reorg.pk}))
    return REFUSED if problems else DONE


def _imported(args: argparse.Namespace, reorg: Reorganisation, read: Table) -> table.Drawn:
    """Bảng phương án nhận ra theo cột Việc; còn lại là danh sách kế thừa, cần --parent."""
    rows = _kept(read.rows, args.only)
    if table.is_drawing(read.columns):
        return table.read_drawing(actor_of(args), reorg.pk, rows=rows, dry_run=args.dry_run)
    if not args.parent:
        raise Invalid(Reason("reorg.options", _("Danh sách kế thừa cần --parent: cấp trên của các đơn vị mới.")))
    parent = unit_named(args.parent, on=reorg.effective_on)
    plan = import_successions(actor_of(args), reorg.pk, rows=rows, parent_id=parent, dry_run=args.dry_run)
    return table.Drawn(len(plan.units), len(plan.successions), plan.problems)


def run_copy(args: argparse.Namespace) -> None:
    made = services.copy(actor_of(args), reorg_of(args).pk, name=args.name)
    report(args, as_data(made), _("Đã nhân bản thành phương án số %(id)d: %(name)s") % {"id": made.pk, "name": made.name})


def _created(args: argparse.Namespace) -> Reorganisation:
    named = {"name": args.name, "decree": args.decree, "decree-date": args.decree_date, "effective": args.effective}
    missing = [f"--{name}" for name, value in named.items() if value is None]
    if missing:
        sentence = _("Lập phương án mới cần thêm %(options)s (hoặc --into phương án đang soạn).")
        raise Invalid(Reason("reorg.options", sentence % {"options": ", ".join(missing)}))
    return services.create(
        actor_of(args), name=args.name, decree_number=args.decree, decree_date=args.decree_date, effective_on=args.effective
    )


def _kept(rows: tuple[tuple[int, dict[str, str]], ...], only: list[str]) -> list[tuple[int, Mapping[str, str]]]:
    """Các dòng thỏa mọi điều kiện ``cột=giá trị``."""
    wanted = [condition.partition("=") for condition in only]
    for column, sign, _value in wanted:
        if not sign or (rows and column not in rows[0][1]):
            raise Invalid(Reason("reorg.only", _("--only %(column)s: bảng không có cột này, hoặc thiếu dấu =.") % {"column": column}))
    return [(number, row) for number, row in rows if all(row[column] == value for column, _sign, value in wanted)]


def run_inventory(args: argparse.Namespace) -> None:
    reorg = reorg_of(args)
    items = services.take_inventory(actor_of(args), reorg.pk)
    cells, splits = by_kind(reorg), split_units(reorg)
    rows = [(cell.label, cell.total, cell.undecided, cell.joined) for cell in cells]
    heirs = _heirs(reorg, [unit.unit_id for unit in splits])
    waiting = [(unit.name, unit.total, unit.undecided) for unit in splits if unit.undecided]
    said = table_lines((_("loại"), _("số mục"), _("chưa có nơi nhận"), _("gộp")), rows) if rows else []
    if waiting:
        said += ["", *table_lines((_("đơn vị chia tách"), _("số mục"), _("chưa có nơi nhận")), waiting[:_SHOWN]), *_more(len(waiting))]
    counted = {"items": items, "undecided": sum(cell.undecided for cell in cells)}
    data = as_data(reorg) | counted | {
        "kinds": [dataclasses.asdict(cell) for cell in cells],
        "splits": [
            {"unit": u.unit_id, "name": u.name, "items": u.total, "undecided": u.undecided, "heirs": heirs[u.unit_id]} for u in splits
        ],
    }  # fmt: skip
    report(args, data, *said, _("Kiểm kê %(items)d mục, còn %(undecided)d mục chưa có nơi nhận.") % counted)


def _heirs(reorg: Reorganisation, unit_ids: list[int]) -> dict[int, list[dict[str, object]]]:
    """Đơn vị chia tách -> các nơi kế thừa, để viết bảng quy tắc (``#danh-tính`` dùng được trong bảng)."""
    edges = list(reorg.successions.filter(predecessor__in=unit_ids).order_by("pk").values_list("predecessor_id", "successor_id"))
    names = unit_names([successor for _unit, successor in edges], reorg)
    found: dict[int, list[dict[str, object]]] = {unit: [] for unit in unit_ids}
    for unit, successor in edges:
        found[unit].append({"unit": successor, "name": names[successor]})
    return found


def run_rules(args: argparse.Namespace) -> None:
    """Cả bảng hoặc không dòng nào; mọi dòng sai nêu cùng lúc."""
    reorg, actor = reorg_of(args), actor_of(args)
    rows = read_table(args.file, known=RULE_COLUMNS).rows
    functions = dict(Function.objects.values_list("code", "pk"))
    wrong: list[Reason] = []
    with transaction.atomic():
        for number, row in rows:
            try:
                with transaction.atomic():
                    services.decide_by_rule(actor, reorg.pk, **_rule(reorg, row, functions))
            except Invalid as error:
                told = {"row": number, "why": str(error)}
                wrong.append(Reason("reorg.rule_row", _("Dòng %(row)d: %(why)s") % told, data={"row": number}))
        if wrong:
            raise Invalid(*wrong)
    report(args, as_data(reorg) | {"rules": len(rows)}, _("Đã đặt %(count)d quy tắc.") % {"count": len(rows)})


def _rule(reorg: Reorganisation, row: Mapping[str, str], functions: Mapping[str, int]) -> dict[str, Any]:
    kind, function = row.get("loai", ""), row.get("chuc_nang", "")
    if kind and kind not in {known.kind for known in holdings.all_holdings()}:
        raise Invalid(Reason("reorg.kind", _("không có loại mục “%(kind)s”.") % {"kind": kind}))
    if function and function not in functions:
        raise Invalid(Reason("reorg.function", _("không có chức năng mã “%(code)s”.") % {"code": function}))
    return {
        "unit_ids": [predecessor(reorg, row.get("don_vi_cu", ""))], "heir_id": heir(reorg, row.get("don_vi_moi", "")),
        "kind": kind, "function_id": functions.get(function), "no_function": row.get("khong_chuc_nang", "") in ("1", "x", "có"),
    }  # fmt: skip


def run_preview(args: argparse.Namespace) -> int:
    reorg = reorg_of(args)
    found = services.preview(actor_of(args), reorg.pk)
    pairs = transfers(reorg)
    rows = [(pair.from_unit, pair.to_unit, pair.items, pair.joined, pair.secret) for pair in pairs]
    said = table_lines((_("đơn vị giao"), _("đơn vị nhận"), _("số mục"), _("gộp"), _("mật")), rows[:_SHOWN]) if rows else []
    said += [*_more(len(rows)), *(str(reason) for reason in found.objections[:_SHOWN]), *_more(len(found.objections))]
    data = as_data(reorg) | {
        "preview_hash": found.hash, "items": found.items, "transfers": [dataclasses.asdict(pair) for pair in pairs],
        "objections": [{"code": reason.code, "sentence": str(reason), **reason.data} for reason in found.objections],
    }  # fmt: skip
    told = {"items": found.items, "hash": found.hash, "count": len(found.objections)}
    last = _("%(items)d mục, còn thiếu %(count)d điều.") if found.objections else _("%(items)d mục, đủ nơi nhận. Băm: %(hash)s")
    report(args, data, *said, last % told)
    return REFUSED if found.objections else DONE


def run_decide(args: argparse.Namespace) -> None:
    reorg = reorg_of(args)
    services.decide(actor_of(args), reorg.pk, preview_hash=args.preview_hash or reorg.preview_hash)
    reorg.refresh_from_db()
    report(args, as_data(reorg), _("Đã chốt “%(name)s”. Chuyển giao: tinhgon reorg apply %(id)d") % {"name": reorg.name, "id": reorg.pk})


def _more(count: int) -> list[str]:
    return [_("… và %(count)d dòng nữa (xem --json).") % {"count": count - _SHOWN}] if count > _SHOWN else []

