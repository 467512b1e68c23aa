"""Bộ chữ tiếng Việt thứ hai cho lần đọc sau: mạng lớn hơn bộ "nhanh" mà hệ điều hành cài, nên sai ở chỗ khác. Đi theo gói npm; không có thì dùng bộ đã cài."""

import atexit
import gzip
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

PACKED = Path(__file__).resolve().parents[4] / "node_modules/@tesseract.js-data/vie/4.0.0_best_int/vie.traineddata.gz"


@lru_cache(maxsize=1)
def finer_model() -> tuple[str, ...]:
    """Lời gọi tesseract dùng bộ chữ ấy, giải nén vào một thư mục tạm của tiến trình này; rỗng khi không có gói."""
    if not PACKED.is_file():
        return ()
    folder = Path(tempfile.mkdtemp(prefix="tinhgon-tessdata-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "vie.traineddata").write_bytes(gzip.decompress(PACKED.read_bytes()))
    return ("--tessdata-dir", str(folder))
