"""Mã lỗi của edXML thành câu cho người. Mỗi mã đúng một câu."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.core.errors import Invalid, Reason
from tinhgon.engine.edxml.model import BadMessage

_SENTENCES = {
    "not_xml": gettext_lazy("Không phải tệp XML đúng cú pháp."),
    "encoding": gettext_lazy("Thông điệp không dùng bảng mã UTF-8."),
    "doctype": gettext_lazy("Thông điệp có khai báo DOCTYPE hoặc thực thể: bị từ chối để giữ an toàn."),
    "too_big": gettext_lazy("Thông điệp lớn quá 48 MB."),
    "too_many_parts": gettext_lazy("Thông điệp có quá nhiều thẻ."),
    "not_edxml": gettext_lazy("Tệp XML này không phải thông điệp edXML theo QCVN 102:2016."),
    "missing": gettext_lazy("Thông điệp thiếu thẻ %(detail)s."),
    "organ_id": gettext_lazy("Mã định danh cơ quan “%(detail)s” không đúng dạng."),
    "date": gettext_lazy("Ngày giờ “%(detail)s” không đúng dạng năm/tháng/ngày."),
    "number": gettext_lazy("Ô số “%(detail)s” không phải là số."),
    "unknown_status": gettext_lazy("Mã trạng thái “%(detail)s” không có trong quy chuẩn."),
    "unknown_business": gettext_lazy("Loại nghiệp vụ “%(detail)s” không có trong quy chuẩn."),
    "content_id": gettext_lazy("Bản kê và tệp kèm theo không khớp nhau: %(detail)s."),
    "base64": gettext_lazy("Tệp “%(detail)s” không giải mã được (base64)."),
    "zip": gettext_lazy("Tệp “%(detail)s” không mở được: phải là một gói zip chứa đúng một tệp."),
    "zip_bomb": gettext_lazy("Tệp “%(detail)s” nở ra quá lớn: bị từ chối để giữ an toàn."),
    "too_many_files": gettext_lazy("Thông điệp có %(detail)s tệp: nhiều nhất là 50."),
    "unsigned": gettext_lazy("Thông điệp không có chữ ký."),
    "legacy_signature": gettext_lazy("Chữ ký dùng SHA-1, kiểu cũ không còn an toàn: không nhận qua đường truyền."),
    "wrong_signature": gettext_lazy("Chữ ký không đúng với chứng thư đã đăng ký của nơi gửi, hoặc nội dung đã bị sửa."),
}


def refusal(bad: BadMessage) -> Invalid:
    """Lỗi để ném lên cửa; mã "exchange.<mã>"."""
    sentence = _SENTENCES[bad.code] % {"detail": bad.detail}
    return Invalid(Reason(f"exchange.{bad.code}", str(sentence), "file", {"detail": bad.detail}))


STATUS_SAID = {
    "01": gettext_lazy("Đã đến: hệ thống đã nhận, văn thư chưa xử lý"),
    "02": gettext_lazy("Từ chối tiếp nhận"),
    "03": gettext_lazy("Đã tiếp nhận, vào sổ văn bản đến"),
    "04": gettext_lazy("Lãnh đạo đã phân công xử lý"),
    "05": gettext_lazy("Đang xử lý"),
    "06": gettext_lazy("Hoàn thành xử lý"),
    "13": gettext_lazy("Xin lấy lại văn bản"),
    "15": gettext_lazy("Đồng ý"),
    "16": gettext_lazy("Từ chối"),
}


def said_of(code: str) -> str:
    return str(STATUS_SAID.get(code, _("Trạng thái %(code)s") % {"code": code}))
