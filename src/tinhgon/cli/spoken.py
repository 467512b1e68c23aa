"""Lời của thư viện chuẩn (argparse, lỗi hệ điều hành) bằng tiếng của người dùng."""

import argparse
import errno
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_ARGPARSE: Mapping[str, str] = {
    "usage: ": gettext_noop("cách dùng: "),
    "positional arguments": gettext_noop("phải có"),
    "options": gettext_noop("tùy chọn"),
    "show this help message and exit": gettext_noop("in hướng dẫn này rồi thôi"),
    "the following arguments are required: %s": gettext_noop("thiếu %(names)s"),
    "unrecognized arguments: %s": gettext_noop("không hiểu: %(names)s"),
    "argument %(argument_name)s: %(message)s": gettext_noop("tham số %(argument_name)s: %(message)s"),
    "invalid choice: %(value)r (choose from %(choices)s)": gettext_noop("không nhận “%(value)s”, chọn trong %(choices)s"),
    "invalid %(type)s value: %(value)r": gettext_noop("“%(value)s” không phải %(type)s"),
    "expected one argument": gettext_noop("cần một giá trị"),
    "expected at least one argument": gettext_noop("cần ít nhất một giá trị"),
    "not allowed with argument %s": gettext_noop("không dùng cùng %(names)s"),
    "one of the arguments %s is required": gettext_noop("cần một trong %(names)s"),
    "ambiguous option: %(option)s could match %(matches)s": gettext_noop("“%(option)s” có thể là %(matches)s"),
}
_ERRORS: Mapping[int, str] = {
    errno.ENOENT: gettext_noop("không có tệp hay thư mục này"),
    errno.EISDIR: gettext_noop("đây là thư mục"),
    errno.ENOTDIR: gettext_noop("một phần của đường dẫn không phải thư mục"),
    errno.EACCES: gettext_noop("không có quyền"),
    errno.EPERM: gettext_noop("không có quyền"),
    errno.ENOSPC: gettext_noop("hết chỗ trên đĩa"),
    errno.EROFS: gettext_noop("ổ đĩa chỉ cho đọc"),
    errno.ENAMETOOLONG: gettext_noop("tên tệp quá dài"),
}


def speak() -> None:
    """argparse dịch câu của nó bằng tên ``_`` trong mô-đun của nó (gettext); trao cho nó bản dịch của sản phẩm."""
    argparse._ = _said  # type: ignore[attr-defined]


def _said(sentence: str) -> str:
    known = _ARGPARSE.get(sentence)
    return _(known).replace("%(names)s", "%s") if known else sentence


def os_reason(error: OSError) -> str:
    """Vì sao hệ điều hành từ chối; lỗi lạ thì lời của nó."""
    known = _ERRORS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)
