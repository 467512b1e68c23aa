"""Câu cho mỗi lý do không mở được gói, không đọc được tệp (``engine`` không biết ngôn ngữ)."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhgon.engine.extract.model import Unreadable
from tinhgon.engine.unpack.model import Unpackable

_UNREADABLE: Mapping[str, Promise] = {
    "encrypted": gettext_lazy("Tệp có mật khẩu: máy giữ nguyên tệp, không đọc được chữ. Hãy vào sổ bằng tay, hoặc gỡ mật khẩu rồi tải lên lại."),
    "corrupt": gettext_lazy("Tệp hỏng hoặc không đúng như phần đuôi của tên: máy giữ nguyên tệp, không đọc được chữ."),
    "macro": gettext_lazy("Tệp có macro (chương trình nhúng): máy không mở để giữ an toàn. Đề nghị nơi gửi gửi lại bản không có macro."),
    "executable": gettext_lazy("Tệp là chương trình chạy được, không phải văn bản: đừng mở, hãy từ chối."),
    "too_big": gettext_lazy("Tệp quá lớn để đọc chữ: máy giữ nguyên tệp, hãy vào sổ bằng tay."),
    "bomb": gettext_lazy("Tệp nở ra quá lớn khi mở (ảnh hay nội dung nén bất thường): máy không mở để giữ an toàn."),
    "no_ocr": gettext_lazy("Bản quét: máy chủ chưa cài công cụ nhận dạng chữ (tesseract tiếng Việt). Hãy vào sổ bằng tay, hoặc báo quản trị cài rồi đọc lại."),
    "no_doc_tool": gettext_lazy("Máy chủ chưa cài công cụ đọc tệp .doc cũ (antiword, catdoc hay LibreOffice): hãy vào sổ bằng tay, hoặc báo quản trị cài rồi đọc lại."),
    "empty": gettext_lazy("Tệp không có chữ nào đọc được."),
    "unsupported": gettext_lazy("Loại tệp này máy không đọc chữ được: hãy mở tệp xem và vào sổ bằng tay."),
    "timeout": gettext_lazy("Đọc tệp này lâu quá mức cho phép nên máy dừng lại: hãy vào sổ bằng tay, hoặc đọc lại sau."),
}  # fmt: skip
_UNPACKABLE: Mapping[str, Promise] = {
    "corrupt": gettext_lazy("Gói nén hoặc thư bị hỏng, không mở được."),
    "encrypted": gettext_lazy("Gói nén có mật khẩu: hãy giải nén trên máy của mình rồi thả các tệp vào đây."),
    "bomb": gettext_lazy("Gói nén nở ra bất thường (%(detail)s): không mở để giữ an toàn."),
    "traversal": gettext_lazy("Gói nén có đường dẫn trỏ ra ngoài gói (%(detail)s): không mở để giữ an toàn."),
    "too_many": gettext_lazy("Có hơn %(detail)s tệp trong một gói: hãy chia thành nhiều gói."),
    "too_big": gettext_lazy("Gói hoặc thư quá lớn khi mở ra (hơn %(detail)s): hãy chia nhỏ."),
    "empty": gettext_lazy("Gói nén không có tệp nào."),
}


def unreadable(error: Unreadable) -> str:
    """Vì sao máy không đọc được chữ của tệp, và phải làm gì."""
    return str(_UNREADABLE.get(error.code, _UNREADABLE["corrupt"]))


def unpackable(error: Unpackable) -> str:
    return str(_UNPACKABLE[error.code]) % {"detail": error.detail}


def unexpected() -> str:
    return _("Máy gặp trục trặc khi đọc tệp này; tệp vẫn được giữ nguyên. Hãy vào sổ bằng tay, hoặc đọc lại sau.")
