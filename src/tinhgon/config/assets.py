"""Tài nguyên giao diện lấy từ npm: chỉ phục vụ đúng những tệp trang cần, tên có băm để trình duyệt giữ lâu.

Thêm một tệp: thêm mẫu tên vào ``SERVED``. Đường dẫn trong trang là ``<tiền tố>/<tên trong gói>``.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# tiền tố -> (thư mục trong node_modules, các mẫu tên tệp)
SERVED: dict[str, tuple[str, tuple[str, ...]]] = {
    "tabler": ("@tabler/core/dist", ("css/tabler.min.css", "css/tabler-vendors.min.css", "js/tabler.min.js")),
    "htmx": ("htmx.org/dist", ("htmx.min.js",)),
    "font": ("@fontsource/be-vietnam-pro", ("files/be-vietnam-pro-*-[4567]00-normal.woff2",)),
    "echarts": ("echarts/dist", ("echarts.min.js",)),
    "sortable": ("sortablejs", ("Sortable.min.js",)),
    "tom-select": ("tom-select/dist", ("js/tom-select.complete.min.js", "css/tom-select.bootstrap5.min.css")),
}


class AppFinder(AppDirectoriesFinder):
    """Chỉ các ứng dụng thật sự có tài nguyên cho trang; htmx lấy từ npm chứ không từ django_htmx."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(["tinhgon.web", "allauth.account", "allauth.mfa"], *args, **kwargs)


class NpmFinder(BaseFinder):
    """Tìm tệp của ``SERVED`` trong node_modules."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        prefix, _slash, inside = path.partition("/")
        folder, patterns = SERVED.get(prefix, ("", ()))
        file = Path(settings.NODE_MODULES) / folder / inside
        served = any(Path(inside).match(pattern) for pattern in patterns) and ".." not in Path(inside).parts
        if served and file.is_file():
            return [str(file)] if find_all else str(file)
        return []

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for prefix, (folder, patterns) in SERVED.items():
            root = Path(settings.NODE_MODULES) / folder
            storage = FileSystemStorage(location=root)
            setattr(storage, "prefix", prefix)  # noqa: B010  (collectstatic đọc thuộc tính này; FileSystemStorage không khai)
            for pattern in patterns:
                for file in sorted(root.glob(pattern)):
                    yield file.relative_to(root).as_posix(), storage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """Tên tệp mang băm nội dung, cả trong ``import`` của mô-đun ES; không đòi tệp .map của gói npm."""

    support_js_module_import_aggregation = True
    patterns = (
        (
            "*.css",
            (
                r"""(?P<matched>url\(['"]{0,1}\s*(?P<url>.*?)["']{0,1}\))""",
                (r"""(?P<matched>@import\s*["']\s*(?P<url>.*?)["'])""", """@import url("%(url)s")"""),
            ),
        ),
    )
