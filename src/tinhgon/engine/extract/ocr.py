"""Ảnh quét thành chữ bằng tesseract, tiếng Việt: mỗi dòng kèm chỗ đứng và độ tin cậy."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image, ImageOps, ImageSequence, UnidentifiedImageError

from tinhgon.engine.extract.columns import folded_back, skew, straight, strips, unfolded
from tinhgon.engine.extract.ink import dark_only, has_colour, without_ink
from tinhgon.engine.extract.limits import MOST_DECODED, MOST_OCR_PAGES, MOST_PIXELS, SECONDS_PER_PAGE
from tinhgon.engine.extract.model import Box, Extracted, Line, Source, Unreadable
from tinhgon.engine.extract.models import finer_model
from tinhgon.engine.vietnamese import nfc
from tinhgon.engine.vietnamese.syllables import share_valid, words_of

Progress = Callable[[int, int], None]

DPI = 300
MOST_RENDERED = 300 * 300 * 200
"""Số điểm lớn nhất của một trang, một ảnh đưa cho máy quét: chừng A3 ở 300 dpi."""

FITTED = 9_000_000
"""Ảnh lớn hơn thế nhỏ còn chừng này: A4 ở 300 dpi."""

_LEAST_SIDE = 40
_BAND = 64
_COLUMN_GAP = 2.5
_LANGUAGE = "vie"
_WHOLE_PAGE, _ONE_COLUMN = 3, 4
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
            if picture.format == "JPEG" and _is_too_big(picture):
                picture.draft(picture.mode, (picture.width // 2, picture.height // 2))
            if _is_too_big(picture):
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
    again: list[Line] = []
    most = min(frames, MOST_OCR_PAGES)
    for number, frame in zip(range(1, most + 1), ImageSequence.Iterator(picture), strict=False):
        if _is_too_big(frame):
            raise Unreadable("bomb", f"{frame.width}x{frame.height}")
        image = fitted(frame)
        if image is not frame and frames == 1:
            picture.close()  # ảnh gốc có khi lớn gấp ba: không giữ trong lúc đọc
        image = ImageOps.exif_transpose(image)
        scale = min(max(2_000 / max(image.width, 1), 1.0), 3.0)  # ảnh chụp nhỏ: phóng lên cho chữ đủ nét
        if min(image.size) >= _LEAST_SIDE and scale > 1.2:
            image = image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)
        first, second = read_image(image, page=number, points_per_pixel=595 / max(image.width, 1))
        lines += first
        again += second or first
        if progress is not None:
            progress(number, most)
    return Extracted(Source.OCR, tuple(lines), frames, warnings=("ocr_pages",) if frames > most else (), again=tuple(again))


def _is_too_big(image: Image.Image) -> bool:
    points = image.width * image.height
    return points > MOST_PIXELS or points * (1 if image.mode in ("1", "L", "P") else 4) > MOST_DECODED


def fitted(frame: Image.Image) -> Image.Image:
    """Ảnh quá ``MOST_RENDERED`` điểm thì nhỏ còn ``FITTED``, vẫn nhớ chiều ghi trong tệp: quét 600 dpi không đọc rõ hơn, chỉ tốn bộ nhớ và thời gian."""
    frame.load()  # TIFF tự đứng thẳng lúc giải mã
    points = frame.width * frame.height
    if points <= MOST_RENDERED:
        return frame
    orientation = frame.getexif().get(ExifTags.Base.Orientation, 1)
    small = _smaller(frame, (points / FITTED) ** 0.5)
    small.getexif()[ExifTags.Base.Orientation] = orientation
    return small


def _smaller(image: Image.Image, times: float) -> Image.Image:
    """Nhỏ đi ``times`` lần, từng dải ngang: thu cả ảnh một lượt thì thư viện giữ thêm một bản cao bằng ảnh gốc."""
    mode = {"1": "L", "P": "RGB"}.get(image.mode, image.mode)  # hai mức hay bảng màu thì thu nhỏ mất nét
    width, height = int(image.width / times), int(image.height / times)
    small, down = Image.new(mode, (width, height)), image.height / height
    for top in range(0, height, _BAND):
        bottom = min(top + _BAND, height)
        first, last = int(top * down), min(ceil(bottom * down), image.height)
        band = image.crop((0, first, image.width, last)).convert(mode)
        box = (0, top * down - first, image.width, min(bottom * down, last) - first)
        small.paste(band.resize((width, bottom - top), Image.Resampling.BOX, box=box), (0, top))
    return small


def read_image(image: Image.Image, *, page: int, points_per_pixel: float) -> tuple[list[Line], list[Line]]:
    """Một trang, đọc hai lần: cả trang như máy quét tự chia khối; rồi từng cột của phần đầu và phần cuối (rỗng khi trang không có hai cột).

    Trang lệch thì dựng thẳng, đặt nằm hay ngược thì xoay lại, rồi mới đọc.
    """
    if min(image.size) < _LEAST_SIDE:
        return [], []
    printed = without_ink(image)
    trial = _Trial(printed, 0, page, points_per_pixel)
    sideways = _is_sideways(trial.lines, trial.image)
    if sideways or trial.quality < _POOR:
        best = -1.0 if sideways else trial.quality
        for turn in _turns(printed, sideways=sideways):
            other = _Trial(printed, turn, page, points_per_pixel)
            if other.quality > best:
                best, trial = other.quality, other
            if best >= _POOR:
                break
    return trial.lines, trial.by_columns(page, points_per_pixel, grey=not has_colour(image))


class _Trial:
    """Trang xoay chừng ấy độ theo chiều kim đồng hồ, dựng thẳng và đọc."""

    def __init__(self, image: Image.Image, turn: int, page: int, points_per_pixel: float) -> None:
        turned = image.rotate(-turn, expand=True) if turn else image
        self.turn, self.lean = turn, skew(turned)
        self.image = straight(turned, self.lean)
        self.lines = self._placed(_read(self.image, page, points_per_pixel))
        self.quality = _quality(self.lines)

    def by_columns(self, page: int, points_per_pixel: float, *, grey: bool) -> list[Line]:
        parts = strips(self.image, opens=page == 1)
        if not parts:
            return []
        column = unfolded(self.image, parts)
        lines = _read(dark_only(column) if grey else column, page, points_per_pixel, layout=_ONE_COLUMN, model=finer_model())
        return self._placed(replace(line, box=folded_back(line.box, parts, self.image.size, column.height) if line.box else None) for line in lines)

    def _placed(self, lines: Iterable[Line]) -> list[Line]:
        return [replace(line, turn=self.turn, lean=self.lean) for line in lines]


def _turns(image: Image.Image, *, sideways: bool) -> list[int]:
    """Các góc xoay đáng thử: góc máy nhận ra trước; chắc chắn nằm ngang thì thử cả hai chiều."""
    found = _turn(image)
    return list(dict.fromkeys([turn for turn in (found, *((90, 270) if sideways else ())) if turn]))


def _read(image: Image.Image, page: int, points_per_pixel: float, layout: int = _WHOLE_PAGE, model: tuple[str, ...] = ()) -> list[Line]:
    """``layout``: cách chia khối của tesseract."""
    table = _tesseract(image, *model, "-l", _LANGUAGE, "--psm", str(layout), "--dpi", str(DPI), "-c", "tessedit_create_tsv=1")
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
