"""Lời văn nhật ký của sắp xếp bộ máy, và phép tính lại băm của một đợt từ sổ cái."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tinhgon.audit import registry
from tinhgon.audit.models import Entry
from tinhgon.org.holdings import ledger_hash_sql
from tinhgon.reorg.gesture_words import WORDS

registry.words(
    WORDS
    | {
        "reorg.created": _("lập phương án “%(name)s” theo %(decree)s"),
        "reorg.copied": _("nhân bản từ “%(source)s”"),
        "reorg.taken_back": _("hoàn lại thao tác: %(what)s"),
        "reorg.back_to_draft": _("đưa phương án về soạn lại"),
        "reorg.plain_listed": _("ghi “%(description)s” vào danh mục bàn giao ngoài hệ thống"),
        "reorg.plain_changed": _("sửa “%(description)s” trong danh mục bàn giao ngoài hệ thống"),
        "reorg.plain_removed": _("bỏ “%(description)s” khỏi danh mục bàn giao ngoài hệ thống"),
        "reorg.inventoried": _("kiểm kê %(items)s mục"),
        "reorg.rule_decided": _("đặt quy tắc nơi nhận"),
        "reorg.items_decided": _("chọn nơi nhận cho từng mục"),
        "reorg.rule_withdrawn": _("bỏ một quy tắc nơi nhận"),
        "reorg.previewed": _("xem trước %(items)s mục, còn %(objections)s điều thiếu"),
        "reorg.decided": _("chốt phương án"),
        "reorg.scheduled": _("hẹn chuyển giao vào ngày %(on)s"),
        "reorg.schedule_refused": _("tới hẹn nhưng không bắt đầu được, đã bỏ hẹn: %(why)s"),
        "reorg.apply_started": _("bắt đầu chuyển giao"),
        "reorg.structure_changed": _("đổi cấu trúc tổ chức và phân công từ ngày %(on)s"),
        "reorg.batch_moved": _("đợt %(number)s: %(rows)s mục loại %(kind)s"),
        "reorg.proved": _("chứng minh đủ %(items)s mục, không mất mục nào"),
        "reorg.verified": _("chứng minh lại"),
        "reorg.undo_started": _("bắt đầu hoàn tác từ ngày %(on)s: %(reason)s"),
        "reorg.item_given_back": _("trả lại một mục: %(reason)s"),
        "reorg.closed": _("khép lại lần sắp xếp"),
        "placement.posts_listed": _("lập danh sách %(posts)s vị trí nhận người, %(seats)s ghế"),
        "placement.seats_set": _("sửa số ghế của vị trí nhận người"),
        "placement.started": _("mở phương án bố trí “%(name)s”"),
        "placement.tuned": _("kéo thanh và tính lại phương án bố trí"),
        "placement.kept_as": _("lưu thành phương án bố trí “%(name)s”"),
        "placement.weighed": _("đo công bằng và đường đánh đổi của “%(name)s”"),
        "placement.dropped": _("bỏ một phương án bố trí"),
        "placement.full_started": _("cho tính “%(name)s” với đủ luật"),
        "placement.full_stopped": _("dừng tính “%(name)s”"),
        "placement.checked": _("kiểm tra độc lập “%(name)s”"),
        "placement.paired": _("ghi lời về hai người: %(reason)s"),
        "placement.unpaired": _("bỏ lời về hai người"),
        "placement.pinned": _("ghim hoặc cấm một vị trí: %(reason)s"),
        "placement.unpinned": _("bỏ một lời ghim hoặc cấm"),
        "placement.consulted": _("đưa phương án bố trí ra lấy ý kiến %(people)s người"),
        "placement.called_back": _("thôi lấy ý kiến về phương án bố trí"),
        "placement.said": _("nêu ý kiến về đề xuất cho mình"),
        "placement.answered": _("trả lời ý kiến về đề xuất bố trí"),
        "placement.decided": _("quyết định phương án bố trí theo %(decree)s"),
        "acts.ordered": _("đặt soạn quyết định và thông báo cho từng người, người ký %(signer)s"),
        "acts.submitted": _("trình ký các văn bản cho từng người"),
        "acts.in_line": _("soạn %(made)s văn bản cho từng người, sửa %(changed)s, bỏ hoặc đánh dấu thu hồi %(dropped)s"),
        "placement.decision_withdrawn": _("rút quyết định bố trí: %(reason)s"),
        "work.proposed": _("lập đề xuất chia %(tasks)s việc, giao được %(given)s"),
        "work.proposed_all": _("lập đề xuất chia %(tasks)s việc cho %(units)s đơn vị nhận"),
        "work.hours_set": _("đặt số giờ mỗi tuần và chia việc lại"),
        "work.given": _("giao một việc cho người khác"),
        "work.confirmed": _("xác nhận chia việc: giao %(given)s việc, còn %(left)s việc chưa giao được"),
        "work.reopened": _("mở lại việc chia để sửa"),
    }
)


def _ledger_hash(entry: Entry) -> str:
    """Băm tính lại từ sổ cái hiện có của đợt mà dòng nhật ký chứng nhận."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ledger_hash_sql('l')} FROM org_ledger_row l WHERE handover_id = %s AND direction = %s AND batch = %s",
            [entry.after["handover"], entry.after["direction"], entry.after["number"]],
        )
        return str(cursor.fetchone()[0])


registry.batch_hasher("reorg.batch_moved", _ledger_hash)
registry.batch_hasher("reorg.item_given_back", _ledger_hash)
