"""Trang quét được dựng thẳng, rồi phần đầu và phần cuối hai cột được gỡ thành một cột: máy quét đọc từng cột riêng thì không lẫn hai bên."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter
from scipy import ndimage

from tinhgon.engine.extract.model import Box

_Ink = npt.NDArray[np.bool_]
_SKEW_SIDE = 900
_MOST_SKEW = 3.0
_LEAST_SKEW = 0.1
_SMALL = 620
"""Bề ngang của ảnh thu nhỏ để tìm khoảng trắng giữa hai cột: chừng 75 dpi."""
_GUTTER = (0.28, 0.62)
_LEAST_GUTTER = 5
_LEAST_DEPTH = 0.06
_TALLEST, _SPECK, _EDGE = 30, 8, 8
_FIRST_ROWS = 3
_WORD_GAP = 9
_LINE = 22
"""Bề cao lớn nhất của một hàng chữ trên ảnh thu nhỏ."""
_WHITE = 255


def skew(image: Image.Image) -> float:
    """Trang lệch bao nhiêu độ (xoay ngược chiều kim đồng hồ chừng ấy thì thẳng): góc mà các hàng chữ và khoảng trắng tách nhau rõ nhất."""
    factor = _SKEW_SIDE / max(image.size)
    small = image.convert("L").resize((max(round(image.width * factor), 1), max(round(image.height * factor), 1)), Image.Resampling.BOX)
    tones = np.asarray(small, dtype=np.float32)
    ink = Image.fromarray(np.clip((np.median(tones) - 25 - tones) * 2, 0, _WHITE).astype(np.uint8))

    def contrast(angle: float) -> float:
        rows = np.asarray(ink.rotate(angle, resample=Image.Resampling.BILINEAR), dtype=np.float32).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.5), key=contrast)
    best = float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=contrast))
    return 0.0 if abs(best) < _LEAST_SKEW else round(best, 1)


def straight(image: Image.Image, angle: float) -> Image.Image:
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=_WHITE) if angle else image


@dataclass(frozen=True, slots=True)
class Strip:
    """Một mảnh của trang (theo điểm ảnh) và chỗ nó đứng trong trang đã gỡ cột."""

    left: int
    top: int
    right: int
    bottom: int
    at: int = 0


def strips(image: Image.Image, *, opens: bool = True) -> list[Strip]:
    """Các mảnh theo thứ tự đọc: đầu trái, đầu phải, giữa, cuối trái, cuối phải. Trang không có hai cột thì rỗng. ``opens``: trang đầu, nên có thể có phần đầu."""
    small = image.convert("L").resize((_SMALL, max(round(image.height * _SMALL / image.width), 1)), Image.Resampling.BOX).filter(ImageFilter.MedianFilter(3))
    tones = np.asarray(small, dtype=np.float32)
    ink = _letters(tones < np.median(tones) - 45)
    rows = np.flatnonzero(ink.any(axis=1))
    if not len(rows):
        return []
    first, last = int(rows[0]), int(rows[-1]) + 1
    head = _split(ink[first:last], _FIRST_ROWS) if opens else None
    foot = _split(ink[first:last][::-1], 0)
    scale = image.width / _SMALL
    found: list[tuple[float, float, float, float]] = []
    if head is None and foot is None:
        return []
    begin = first + head[1] if head else 0
    end = max(begin, last - foot[1] if foot else ink.shape[0])
    if head:
        found += [(0, 0, head[0], begin), (head[0], 0, _SMALL, begin)]
    found.append((0, begin, _SMALL, end))
    if foot:
        found += [(0, end, foot[0], ink.shape[0]), (foot[0], end, _SMALL, ink.shape[0])]
    out: list[Strip] = []
    at = 0
    for left, top, right, bottom in found:
        strip = Strip(round(left * scale), round(top * scale), min(round(right * scale), image.width), min(round(bottom * scale), image.height), at)
        if strip.bottom - strip.top > 8 and strip.right - strip.left > 8:
            out.append(strip)
            at += strip.bottom - strip.top + round(20 * scale)
    return out


def _letters(ink: _Ink) -> _Ink:
    """Chỉ giữ vết cỡ chữ: bỏ hạt bụi, bóng mép giấy, con dấu, chữ ký, đường kẻ bảng."""
    names, _ = ndimage.label(ink, structure=np.ones((3, 3), dtype=np.int8))
    keep = np.zeros(int(names.max()) + 1, dtype=np.bool_)
    for name, (rows, columns) in enumerate(ndimage.find_objects(names), start=1):
        inside = rows.start > _EDGE and columns.start > _EDGE and rows.stop < ink.shape[0] - _EDGE and columns.stop < ink.shape[1] - _EDGE
        keep[name] = inside and rows.stop - rows.start <= _TALLEST and (rows.stop - rows.start) * (columns.stop - columns.start) > _SPECK
    kept: _Ink = keep[names]
    return kept


def _split(ink: _Ink, wide_rows: int) -> tuple[int, int] | None:
    """(chỗ chia, sâu tới đâu) của hai cột bắt đầu từ mép trên; không có hai cột thì ``None``. ``wide_rows``: số dòng đầu được phép rộng gần hết cột."""
    low, high = (round(part * ink.shape[1]) for part in _GUTTER)
    first = np.where(ink.any(axis=0), ink.argmax(axis=0), ink.shape[0])
    window = np.lib.stride_tricks.sliding_window_view(first[low:high], _LEAST_GUTTER).min(axis=1)
    depth = int(window.max())
    if depth < _LEAST_DEPTH * ink.shape[0]:
        return None
    near = np.flatnonzero(window >= depth - 2)
    at = low + int(near[len(near) // 2]) + _LEAST_GUTTER // 2
    depth = _between_lines(ink, _before_one_column(ink[:depth], at, wide_rows))
    return (at, depth) if depth >= _LEAST_DEPTH * ink.shape[0] else None


def _before_one_column(ink: _Ink, at: int, wide_rows: int) -> int:
    """Dòng giữa trang mà khoảng cách hai từ rơi đúng chỗ chia vẫn là một dòng: hai cột dừng trên nó. Vài dòng đầu (quốc hiệu rộng hết cột) thì không xét."""
    filled = (ink.sum(axis=1) > 0).astype(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate((np.zeros(1, np.int8), filled, np.zeros(1, np.int8)))))
    for start, end in list(zip(edges[::2], edges[1::2], strict=True))[wide_rows:]:
        columns = ink[start:end].sum(axis=0)
        before, after = np.flatnonzero(columns[:at]), np.flatnonzero(columns[at:])
        if len(before) and len(after) and at + after[0] - before[-1] < _WORD_GAP:
            return int(start)
    return len(ink)


def _between_lines(ink: _Ink, depth: int) -> int:
    """Lùi về khoảng trắng ngay trên hàng chữ chắn ngang, để không cắt đôi hàng ấy."""
    blank = np.flatnonzero(ink[max(depth - _LINE, 0) : depth].sum(axis=1) <= 1)
    return max(depth - _LINE, 0) + int(blank[-1]) if len(blank) else depth


def unfolded(image: Image.Image, parts: list[Strip]) -> Image.Image:
    """Các mảnh xếp chồng thành một cột."""
    page = Image.new("L", (image.width, parts[-1].at + parts[-1].bottom - parts[-1].top), _WHITE)
    for part in parts:
        page.paste(image.crop((part.left, part.top, part.right, part.bottom)).convert("L"), (part.left, part.at))
    return page


def folded_back(box: Box, parts: list[Strip], size: tuple[int, int], height: int) -> Box:
    """Chỗ trong trang đã gỡ cột -> chỗ trên trang."""
    top, bottom = box.top * height, box.bottom * height
    middle = (top + bottom) / 2
    part = max((part for part in parts if part.at <= middle), key=lambda part: part.at, default=parts[0])
    shift = part.top - part.at
    return Box(box.left, (top + shift) / size[1], box.right, (bottom + shift) / size[1])
