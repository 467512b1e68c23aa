"""Lời của thư viện chuẩn (argparse, lỗi hệ điều hành) bằng tiếng của người dùng.

Nhập trước khi Django sẵn sàng, nên mọi câu chỉ dịch lúc nói (``gettext_lazy``).
"""

import argparse
import errno
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

_ARGPARSE: Mapping[str, Promise] = {
    "usage: ": gettext_lazy("cách dùng: "),
    "positional arguments": gettext_lazy("phải có"),
    "options": gettext_lazy("tùy chọn"),
    "show this help message and exit": gettext_lazy("in hướng dẫn này rồi thôi"),
    "the following arguments are required: %s": gettext_lazy("thiếu %(names)s"),
    "unrecognized arguments: %s": gettext_lazy("không hiểu: %(names)s"),
    "argument %(argument_name)s: %(message)s": gettext_lazy("tham số %(argument_name)s: %(message)s"),
    "invalid choice: %(value)r (choose from %(choices)s)": gettext_lazy("không nhận “%(value)s”, chọn trong %(choices)s"),
    "invalid %(type)s value: %(value)r": gettext_lazy("“%(value)s” không phải %(type)s"),
    "expected one argument": gettext_lazy("cần một giá trị"),
    "expected at least one argument": gettext_lazy("cần ít nhất một giá trị"),
    "not allowed with argument %s": gettext_lazy("không dùng cùng %(names)s"),
    "one of the arguments %s is required": gettext_lazy("cần một trong %(names)s"),
    "ambiguous option: %(option)s could match %(matches)s": gettext_lazy("“%(option)s” có thể là %(matches)s"),
}
_ERRORS: Mapping[int, Promise] = {
    errno.ENOENT: gettext_lazy("không có tệp hay thư mục này"),
    errno.EISDIR: gettext_lazy("đây là thư mục"),
    errno.ENOTDIR: gettext_lazy("một phần của đường dẫn không phải thư mục"),
    errno.EACCES: gettext_lazy("không có quyền"),
    errno.EPERM: gettext_lazy("không có quyền"),
    errno.ENOSPC: gettext_lazy("hết chỗ trên đĩa"),
    errno.EROFS: gettext_lazy("ổ đĩa chỉ cho đọc"),
    errno.ENAMETOOLONG: gettext_lazy("tên tệp quá dài"),
}


def speak() -> None:
    """argparse dịch câu của nó bằng tên ``_`` trong mô-đun của nó (gettext); trao cho nó bản dịch của sản phẩm."""
    argparse._ = _said  # type: ignore[attr-defined]


def _said(sentence: str) -> str:
    known = _ARGPARSE.get(sentence)
    return str(known).replace("%(names)s", "%s") if known else sentence


def os_reason(error: OSError) -> str:
    """Vì sao hệ điều hành từ chối; lỗi lạ thì lời của nó."""
    known = _ERRORS.get(error.errno or 0)
    return str(known) if known else error.strerror or str(error)
