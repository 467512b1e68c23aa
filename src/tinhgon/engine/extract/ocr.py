"""Ảnh quét thành chữ bằng tesseract, tiếng Việt: mỗi dòng kèm chỗ đứng và độ tin cậy."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageChops, ImageOps, ImageSequence, UnidentifiedImageError

from tinhgon.engine.extract.limits import MOST_OCR_PAGES, MOST_PIXELS, SECONDS_PER_PAGE
from tinhgon.engine.extract.model import Box, Extracted, Line, Source, Unreadable
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import share_valid, words_of

Progress = Callable[[int, int], None]

DPI = 300
MOST_RENDERED = 300 * 300 * 200
"""Số điểm lớn nhất của một trang đưa cho máy quét: chừng A3 ở 300 dpi."""

_LEAST_SIDE = 40
_COLUMN_GAP = 2.5
_LANGUAGE = "vie"
_POOR = 0.6
"""Dưới mức này thì gần như chắc trang nằm ngang hay lộn ngược: trang quét xấu nhất vẫn hơn thế."""


@lru_cache(maxsize=1)
def ocr_available() -> bool:
    """Máy có tesseract và bộ chữ tiếng Việt không."""
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return _LANGUAGE in listed.stdout.split()


def read_picture(path: Path | BinaryIO, *, use_ocr: bool, progress: Progress | None = None) -> Extracted:
    """Tệp ảnh (JPEG, PNG, TIFF nhiều trang): mỗi khung một trang."""
    try:
        with Image.open(path) as picture:
            frames = getattr(picture, "n_frames", 1)
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("bomb", f"{picture.width}x{picture.height}")
            if not use_ocr:
                return Extracted(Source.OCR, (), frames, warnings=("needs_ocr",))
            if not ocr_available():
                raise Unreadable("no_ocr")
            return _frames(picture, frames, progress)
    except Image.DecompressionBombError as error:
        raise Unreadable("bomb", str(error)) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable("corrupt", str(error)) from error


def _frames(picture: Image.Image, frames: int, progress: Progress | None) -> Extracted:
    lines: list[Line] = []
    most = min(frames, MOST_OCR_PAGES)
    for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
        if number > most:
            break
        if frame.width * frame.height > MOST_PIXELS:
            raise Unreadable("bomb", f"{frame.width}x{frame.height}")
        image = without_ink(ImageOps.exif_transpose(frame))
        scale = min(max(2_000 / max(image.width, 1), 1.0), 3.0)  # ảnh chụp nhỏ: phóng lên cho chữ đủ nét
        if min(image.size) >= _LEAST_SIDE and scale > 1.2:
            image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
        lines += read_image(image, page=number, points_per_pixel=595 / max(image.width, 1))
        if progress is not None:
            progress(number, most)
    return Extracted(Source.OCR, tuple(lines), frames, warnings=("ocr_pages",) if frames > most else ())


def without_ink(image: Image.Image) -> Image.Image:
    """Bỏ mực màu: lấy kênh sáng nhất của từng điểm, thì dấu đỏ và chữ ký xanh nhạt đi, chữ in đen còn nguyên."""
    if image.mode == "L":
        return image
    red, green, blue = image.convert("RGB").split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def read_image(image: Image.Image, *, page: int, points_per_pixel: float, layout: int = 3) -> list[Line]:
    """Một trang. ``layout``: cách chia khối của tesseract (3 tự chia, 6 một khối). Trang đặt nằm hay ngược thì xoay lại rồi đọc."""
    if min(image.size) < _LEAST_SIDE:
        return []
    lines = _read(image, page, points_per_pixel, layout)
    if _quality(lines) >= _POOR and not _is_sideways(lines, image):
        return lines
    sideways = _is_sideways(lines, image)
    best, turned = (-1.0 if sideways else _quality(lines)), lines
    for turn in _turns(image, sideways=sideways):
        upright = [replace(line, turn=turn) for line in _read(image.rotate(-turn, expand=True), page, points_per_pixel, layout)]
        if _quality(upright) > best:
            best, turned = _quality(upright), upright
        if best >= _POOR:
            break
    return turned


def _turns(image: Image.Image, *, sideways: bool) -> list[int]:
    """Các góc xoay đáng thử: góc máy nhận ra trước; chắc chắn nằm ngang thì thử cả hai chiều."""
    found = _turn(image)
    return list(dict.fromkeys([turn for turn in (found, *((90, 270) if sideways else ())) if turn]))


def _read(image: Image.Image, page: int, points_per_pixel: float, layout: int) -> list[Line]:
    table = _tesseract(image, "-l", _LANGUAGE, "--psm", str(layout), "--dpi", str(DPI), "tsv")
    return [line for line in _lines(table, image.size, page, points_per_pixel) if line.text]


def _quality(lines: list[Line]) -> float:
    """Phần các chữ là âm tiết đúng; không có chữ nào thì 0."""
    text = "\n".join(line.text for line in lines)
    return share_valid(text) if words_of(text) else 0.0


def _is_sideways(lines: list[Line], image: Image.Image) -> bool:
    """Máy quét có khi đọc được cả dòng chữ dựng đứng, nhưng chỗ đứng của nó thì vô nghĩa: hai cột lẫn vào nhau."""
    long = [line.box for line in lines if line.box is not None and len(line.text) > 12]
    tall = sum((box.bottom - box.top) * image.height > (box.right - box.left) * image.width for box in long)
    return tall * 2 > len(long) > 0


def _turn(image: Image.Image) -> int:
    """Phải xoay theo chiều kim đồng hồ bao nhiêu độ thì chữ đứng thẳng; 0 khi không biết (máy không có bộ nhận chiều ``osd``)."""
    found = re.search(r"^Rotate:\s*(\d+)", _tesseract(image, "-l", "osd", "--psm", "0", "--dpi", str(DPI)), re.M)
    return int(found[1]) if found and found[1] in ("90", "180", "270") else 0


def _tesseract(image: Image.Image, *options: str) -> str:
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=1)
    command = ["tesseract", "stdin", "stdout", *options]
    try:
        done = subprocess.run(
            command, input=data.getvalue(), capture_output=True, timeout=SECONDS_PER_PAGE, check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # nhiều luồng cho một trang chậm hơn, và giành máy của việc khác
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, size: tuple[int, int], page: int, points_per_pixel: float) -> Iterator[Line]:
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]
    for _, group in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        for part in _columns(list(group)):
            yield _line(part, size, page, points_per_pixel)


def _columns(words: list[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Dòng mà máy quét nối qua hai cột được chia ở khoảng trống rộng."""
    part = [words[0]]
    height = sorted(int(word["height"]) for word in words)[len(words) // 2]
    for word in words[1:]:
        if int(word["left"]) - int(part[-1]["left"]) - int(part[-1]["width"]) > height * _COLUMN_GAP:
            yield part
            part = []
        part.append(word)
    yield part


def _line(words: list[dict[str, str]], size: tuple[int, int], page: int, points_per_pixel: float) -> Line:
    left = min(int(word["left"]) for word in words)
    top = min(int(word["top"]) for word in words)
    right = max(int(word["left"]) + int(word["width"]) for word in words)
    bottom = max(int(word["top"]) + int(word["height"]) for word in words)
    sure = sum(max(float(word["conf"]), 0) for word in words) / len(words) / 100
    box = Box(left / size[0], top / size[1], right / size[0], bottom / size[1])
    text = nfc(" ".join(word["text"] for word in words)).strip()
    return Line(text, page, box, round((bottom - top) * points_per_pixel, 1), confidence=round(sure, 3))
