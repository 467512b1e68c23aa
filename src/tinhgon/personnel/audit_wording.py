"""Nhật ký của hồ sơ cán bộ đọc thành câu. Ngày sinh, giới tính không bao giờ chép vào nhật ký."""

from django.utils.translation import gettext_lazy as _

from tinhgon.audit.registry import words

words(
    {
        "personnel.skill_recognised": _("Công nhận %(person)s: %(field)s mức %(level)s. Căn cứ: %(basis)s"),
        "personnel.training_added": _("%(person)s học xong “%(title)s” ngày %(finished)s"),
        "personnel.rotation_planned": _("%(person)s: %(kind)s từ %(since)s, tới hạn %(due)s. Căn cứ: %(basis)s"),
        "personnel.private_set": _("Sửa dữ liệu riêng của %(person)s"),
        "personnel.field_tagged": _("Lĩnh vực %(field)s: %(label)s. Căn cứ: %(basis)s"),
        "personnel.round_opened": _("Mở đợt xếp loại %(period)s của %(unit)s: %(people)s người, theo %(rules)s"),
        "personnel.self_graded": _("%(person)s tự xếp loại: %(level)s"),
        "personnel.grade_proposed": _("Tập thể xếp loại %(person)s: %(level)s. %(note)s"),
        "personnel.round_decided": _("Quyết định xếp loại %(period)s, %(people)s người: %(decree)s"),
        "personnel.appealed": _("%(person)s khiếu nại kết quả xếp loại: %(text)s"),
        "personnel.appeal_answered": _("Trả lời khiếu nại của %(person)s (mức: %(level)s): %(answer)s"),
        "personnel.wishes_opened": _("Mở đợt nguyện vọng “%(title)s”, tới hết ngày %(closes)s"),
        "personnel.wishes_saved": _("%(person)s ghi phiếu nguyện vọng"),
        "personnel.pulse_opened": _("Mở đợt khảo sát “%(title)s”, tới hết ngày %(closes)s; điều đã khóa: %(fingerprint)s"),
        "personnel.rules_changed": _("Sửa quy định “%(book)s”, phiên bản %(version)s (%(count)s chỗ). %(changes)s. Lý do: %(reason)s"),
        "personnel.rules_shipped": _("Quyển “%(book)s” đi kèm sản phẩm có đợt %(revision)s: %(taken)s dòng theo đợt mới, %(contested)s dòng cơ quan đã sửa chờ quyết định"),
        "personnel.shipped_line_declined": _("Giữ bản của cơ quan ở quyển “%(book)s”: %(line)s. Lý do: %(reason)s"),
        "personnel.past_work_added": _("%(person)s: ghi quá trình công tác %(title)s, %(place)s, từ %(since)s tới hết %(until)s. Căn cứ: %(basis)s"),
        "personnel.entry_withdrawn": _("%(person)s: bỏ mục ghi nhầm %(entry)s. Lý do: %(reason)s"),
        "personnel.imported": _("Nhập hồ sơ %(people)s người từ tệp: %(entries)s mục"),
        "personnel.file_imported": _("Nhập hồ sơ của %(person)s từ tệp: %(changes)s"),
    }
)
