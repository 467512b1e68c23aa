"""tinhgon exchange: xuất văn bản thành tệp edXML, nhận tệp edXML vào khay, gửi nốt hộp thư đi."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tinhgon.cli.common import actor_of, add_actor
from tinhgon.cli.main import DONE, FAILED, report
from tinhgon.cli.spoken import os_reason
from tinhgon.core import clock
from tinhgon.core.errors import Invalid, Reason, TinhGonError
from tinhgon.documents.access import document_for
from tinhgon.documents.models import Delivery
from tinhgon.documents.services.exchange import dispatching, filing
from tinhgon.engine.edxml.model import MOST_BYTES

if TYPE_CHECKING:
    from tinhgon.cli.main import Commands


def register(commands: "Commands") -> None:
    parser = commands.add_parser("exchange", help=_("trao đổi văn bản edXML (QCVN 102:2016)"))
    actions = parser.add_subparsers(metavar=_("việc"), required=True)
    export = actions.add_parser("export", help=_("xuất dòng gửi của một văn bản thành tệp"))
    export.add_argument("document", type=int, metavar=_("mã-văn-bản"))
    export.add_argument("-o", "--output", required=True, metavar=_("tệp.edxml"))
    export.add_argument("--to", default="", metavar=_("mã-định-danh"), help=_("nơi nhận, khi văn bản gửi nhiều nơi"))
    add_actor(export)
    export.set_defaults(run=run_export)
    taken = actions.add_parser("import", help=_("nhận các tệp edXML vào khay đến"))
    taken.add_argument("files", nargs="+", metavar=_("tệp"))
    add_actor(taken)
    taken.set_defaults(run=run_import)
    sweep = actions.add_parser("sweep", help=_("gửi mọi thông điệp đã tới hẹn trong hộp thư đi"))
    sweep.set_defaults(run=run_sweep)


def run_export(args: argparse.Namespace) -> int:
    actor, on = actor_of(args), clock.today()
    document = document_for(actor, args.document, on=on)
    rows = document.deliveries.filter(way__in=[Delivery.Way.FILE, Delivery.Way.NETWORK]).select_related("to_organ").order_by("pk")
    chosen = [row for row in rows if not args.to or (row.to_organ and row.to_organ.code == args.to.upper())]
    if len(chosen) != 1:
        names = ", ".join(f"{row.to_organ.code} {row.to_name}" for row in rows if row.to_organ)
        sentence = _("Văn bản chưa gửi tới nơi nào bằng edXML.") if not rows else _("Hãy chọn một nơi nhận bằng --to: %(names)s.") % {"names": names}
        raise Invalid(Reason("exchange.which_delivery", sentence))
    _name, content = filing.export(actor, on=on, delivery_id=chosen[0].pk)
    target = Path(args.output)
    if target.exists():
        raise Invalid(Reason("exchange.file_exists", _("Đã có tệp %(file)s: chọn tên khác.") % {"file": target}))
    target.write_bytes(content)
    report(args, {"file": str(target), "bytes": len(content)}, _("Đã ghi %(file)s, gửi %(unit)s.") % {"file": target, "unit": chosen[0].to_name})
    return DONE


def run_import(args: argparse.Namespace) -> int:
    """Từng tệp một; tệp hỏng không chặn tệp sau. Mã thoát khác 0 khi có tệp không nhận được."""
    actor, taken, problems = actor_of(args), [], []
    for name in args.files:
        try:
            done = filing.import_message(actor, on=clock.today(), data=_bytes(Path(name)))
            taken.append({"file": name, "kind": done.kind, "arrivals": list(done.arrivals), "signature": done.trust, "again": done.again})
        except TinhGonError as error:
            problems.append({"file": name, "code": error.code, "sentences": error.sentences})
    said = [_("%(file)s: đã nhận (chữ ký: %(signature)s)") % one if not one["again"] else _("%(file)s: đã nhận từ trước") % one for one in taken]
    said += [f"{one['file']}: {' '.join(one['sentences'])}" for one in problems]
    report(args, {"taken": taken, "problems": problems}, *said)
    return FAILED if problems else DONE


def run_sweep(args: argparse.Namespace) -> int:
    sent = dispatching.sweep()
    report(args, {"sent": sent}, _("Đã gửi %(sent)d thông điệp.") % {"sent": sent})
    return DONE


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Invalid(Reason("exchange.no_file", _("Không đọc được %(file)s: %(why)s.") % {"file": path, "why": os_reason(error)})) from error
