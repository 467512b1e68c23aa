"""Làm: chuyển giao, hẹn, chạy tiếp, hoàn tác cả lần hay từng mục."""

import argparse
import sys
import threading
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, day
from tinhgon.cli.main import DONE, REFUSED, report
from tinhgon.cli.reorg.naming import heir, predecessor, reorg_of, verb
from tinhgon.cli.reorg.showing import as_data, proof_lines
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, Reason
from tinhgon.core.models import Progress
from tinhgon.reorg import services
from tinhgon.reorg.models import Reorganisation
from tinhgon.reorg.services import running

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands

State = Reorganisation.State
_LOOK_SECONDS = 0.5


def add_verbs(verbs: "Commands") -> None:
    apply = verb(verbs, "apply", _("chuyển giao; đang dở thì chạy tiếp"))
    apply.add_argument("--hash", dest="preview_hash", help=_("băm của bản xem trước: chốt luôn nếu chưa chốt"))
    apply.add_argument("--schedule", action="store_true", help=_("hẹn: việc nền tự làm vào ngày hiệu lực"))
    _add_wait(apply)
    apply.set_defaults(run=run_apply)
    undo = verb(verbs, "undo", _("hoàn tác theo sổ cái, cả lần sắp xếp hay một mục"))
    undo.add_argument("--reason", default="", help=_("lý do"))
    undo.add_argument("--on", type=day, metavar=_("ngày"), help=_("hoàn tác từ ngày (mặc định hôm nay)"))
    undo.add_argument("--preview", action="store_true", help=_("chỉ xem sẽ trả lại gì, còn thiếu gì"))
    undo.add_argument("--item", metavar=_("loại:mã"), help=_("chỉ một mục, ví dụ tasks.lead:15"))
    undo.add_argument("--to", metavar="UNIT", help=_("nơi nhận của mục ấy (mặc định đơn vị cũ)"))
    _add_wait(undo)
    undo.set_defaults(run=run_undo)


def _add_wait(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--wait", action="store_true", help=_("làm ngay tại đây tới khi xong, không cần việc nền"))


def run_apply(args: argparse.Namespace) -> int:
    reorg, actor = reorg_of(args), actor_of(args)
    if args.schedule:
        services.schedule(actor, reorg.pk, preview_hash=args.preview_hash or reorg.preview_hash)
        report(args, as_data(reorg), _("Đã hẹn chuyển giao ngày %(day)s.") % {"day": f"{reorg.effective_on:%d/%m/%Y}"})
        return DONE
    if reorg.state != State.APPLYING or not args.wait:  # đang dở thì --wait chỉ chạy tiếp
        if args.preview_hash and reorg.state == State.INVENTORY:
            services.decide(actor, reorg.pk, preview_hash=args.preview_hash)
        services.apply(actor, reorg.pk, preview_hash=args.preview_hash or reorg.preview_hash)
    return _carried(args, reorg, State.APPLIED)


def run_undo(args: argparse.Namespace) -> int:
    reorg, actor = reorg_of(args), actor_of(args)
    if args.preview:
        return _undo_preview(args, reorg)
    if args.item:
        return _undo_item(args, reorg)
    if reorg.state != State.UNDOING or not args.wait:
        services.undo(actor, reorg.pk, on=args.on or clock.today(), reason=args.reason)
    return _carried(args, reorg, State.UNDONE)


def _undo_preview(args: argparse.Namespace, reorg: Reorganisation) -> int:
    found = services.preview_undo(actor_of(args), reorg.pk)
    told = {"items": found.items, "new": found.new_work, "count": len(found.objections)}
    data = as_data(reorg) | {
        "items": found.items, "new_work": found.new_work,
        "objections": [{"code": reason.code, "sentence": str(reason), **reason.data} for reason in found.objections],
    }  # fmt: skip
    sentence = _("Sẽ trả lại %(items)d mục; %(new)d việc mới phát sinh cần nơi nhận riêng; còn thiếu %(count)d điều.")
    report(args, data, *(str(reason) for reason in found.objections), sentence % told)
    return REFUSED if found.objections else DONE


def _undo_item(args: argparse.Namespace, reorg: Reorganisation) -> int:
    kind, _colon, item = args.item.partition(":")
    if not item.isdigit():
        raise Invalid(Reason("reorg.item", _("--item cần dạng loại:mã, ví dụ tasks.lead:15."), "item"))
    target = _target(reorg, args.to) if args.to else None
    services.give_back(actor_of(args), reorg.pk, kind=kind, item_id=int(item), to_unit_id=target, reason=args.reason)
    report(args, as_data(reorg) | {"item": args.item}, _("Đã trả lại mục %(item)s.") % {"item": args.item})
    return DONE


def _target(reorg: Reorganisation, text: str) -> int:
    try:
        return heir(reorg, text)
    except Invalid:  # không phải nơi kế thừa thì là đơn vị cũ; không phải cả hai thì câu của lần sau nói rõ
        return predecessor(reorg, text)


def _carried(args: argparse.Namespace, reorg: Reorganisation, wanted: str) -> int:
    """Chờ xong khi có ``--wait``; nếu không thì nói việc nền đang làm."""
    reorg.refresh_from_db()
    if not args.wait:
        report(args, as_data(reorg), _("Đã giao cho việc nền; xem tiến độ ở trang, hoặc chạy lại lệnh này với --wait."))
        return DONE
    _run_here(reorg)
    reorg.refresh_from_db()
    proof = reorg.proof or {}
    said = proof_lines(proof) if proof else []
    if reorg.state != wanted:
        said.append(_("“%(name)s” %(state)s.") % {"name": reorg.name, "state": reorg.get_state_display()})
    report(args, as_data(reorg) | {"proof": proof}, *said)
    return DONE if reorg.state == wanted and proof.get("whole") else REFUSED


def _run_here(reorg: Reorganisation) -> None:
    """Chạy các đợt ngay tại đây; nếu việc nền đã giành trước thì chờ nó, và chạy tiếp khi nó dừng."""
    over = threading.Event()
    watcher = threading.Thread(target=_say_progress, args=(reorg.progress_id, over), daemon=True)
    watcher.start()
    try:
        while not running.run(reorg.pk):
            reorg.refresh_from_db()
            if reorg.state not in (State.APPLYING, State.UNDOING):
                return
            over.wait(_LOOK_SECONDS)
    finally:
        over.set()
        watcher.join(timeout=5)


def _say_progress(progress_id: UUID, over: threading.Event) -> None:
    """In câu tiến độ mỗi khi đổi, ra luồng lỗi."""
    last = ""
    try:
        while not over.wait(_LOOK_SECONDS):
            said = Progress.objects.filter(pk=progress_id).values_list("sentence", flat=True).first() or ""
            if said != last:
                print(f"  {said}", file=sys.stderr, flush=True)
                last = said
    finally:
        connections.close_all()
