"""Mã của động cơ ký thành câu."""

from django.utils.translation import gettext as _

from tinhgon.core.errors import Reason


def problem(code: str) -> Reason:
    """Vì sao không ký được, mỗi mã một câu nói rõ phải làm gì."""
    sentence, field = {
        "wrong_passphrase": (_("Sai mật khẩu của khóa ký."), "passphrase"),
        "bad_key_file": (_("Tệp này không phải tệp khóa PKCS#12 (.p12, .pfx)."), "file"),
        "no_private_key": (_("Tệp này không có khóa riêng đi cùng chứng thư."), "file"),
        "expired": (_("Chứng thư đã hết hạn: hãy xin cấp lại rồi đưa khóa mới vào."), ""),
        "not_yet_valid": (_("Chứng thư chưa tới ngày có hiệu lực."), ""),
        "no_token": (_("Không thấy thiết bị mang nhãn này: hãy cắm thiết bị vào máy chủ."), "token"),
        "no_module": (_("Máy chủ chưa cài mô-đun của thiết bị ký: hãy báo quản trị."), "token"),
        "no_key_on_token": (_("Thiết bị không có khóa mang nhãn này."), "token_key"),
        "bad_pdf": (_("Tệp PDF hỏng hoặc có mật khẩu nên không ký được."), "file"),
        "no_timestamp": (_("Không lấy được dấu thời gian: hãy thử lại, hoặc báo quản trị."), ""),
        "foreign_clock": (_("Máy chủ dấu thời gian không do nhà cấp nào được tin ở đây cấp: hãy báo quản trị tin nhà cấp của nó."), ""),
        "key_revoked": (_("Khóa này đã ngừng dùng."), "key"),
        "foreign": (_("Chứng thư này không do nhà cấp nào được tin ở đây cấp: hãy báo quản trị."), "key"),
        "revoked": (_("Nhà cấp đã thu hồi chứng thư này: không ký được nữa."), "key"),
        "organ_closed": (_("Cơ quan của con dấu này đã kết thúc hoạt động."), "key"),
        "not_signed": (_("Chữ ký vừa đặt không kiểm lại được nên không dùng: hãy thử lại, hoặc báo quản trị."), ""),
    }[code]
    return Reason(f"documents.sign_{code}", sentence, field)
