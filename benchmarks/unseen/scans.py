"""Bản quét: trang in ra ảnh, viết tay số và ngày, đóng dấu đỏ, ký xanh, rồi lệch, nhòe, nhiễu, nén. Có bản kèm lớp chữ của một máy quét khác (sai số)."""

import io
import math
import random

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from unseen import typeset
from unseen.content import Paper
from unseen.fonts import FONTS

_STROKES = {
    "0": [(5, 0, 1, 3, 1, 7, 5, 10, 9, 7, 9, 3, 5, 0)], "1": [(2, 3, 6, 0, 6, 10)], "2": [(1, 3, 4, 0, 8, 2, 7, 5, 1, 10, 9, 10)], "3": [(1, 1, 6, 0, 8, 2, 5, 5, 9, 7, 6, 10, 1, 9)],
    "4": [(6, 0, 1, 6, 9, 6), (7, 3, 6, 10)], "5": [(8, 0, 3, 0, 2, 4, 7, 4, 9, 7, 6, 10, 1, 9)], "6": [(7, 0, 2, 5, 2, 9, 6, 10, 8, 7, 5, 5, 2, 7)], "7": [(1, 0, 9, 0, 4, 10), (2, 5, 8, 5)],
    "8": [(5, 5, 1, 2, 5, 0, 8, 2, 5, 5, 1, 8, 5, 10, 9, 8, 5, 5)], "9": [(8, 3, 4, 5, 2, 2, 6, 0, 8, 3, 7, 10)], "a": [(7, 4, 3, 4, 2, 8, 5, 10, 7, 7, 7, 4, 8, 10)],
}  # fmt: skip


def _page(paper: Paper, rng: random.Random, dpi: int, *, blank: bool) -> tuple[list[Image.Image], list[tuple[str, float, float]]]:
    """Ảnh các trang và chỗ trống (theo phần của trang) phải viết tay: số, ngày, tháng."""
    document = pypdfium2.PdfDocument(typeset.printed(paper, rng, blank=blank))
    spots: list[tuple[str, float, float]] = []
    if blank:
        textpage = document[0].get_textpage()
        width, height = document[0].get_size()
        text = textpage.get_text_range()
        value = paper.truth["so_ky_hieu"]
        number = value[: len(value) - len(value.lstrip("0123456789a"))]
        day, month = paper.truth["ngay"][:2], paper.truth["ngay"][3:5]
        for word, value in (("Số:", number), ("ngày", day), ("tháng", month)):
            at = text.find(word)
            if at >= 0 and value:
                _left, bottom, right, _top = textpage.get_charbox(at + len(word) - 1)
                spots.append((value, (right + 3) / width, 1 - (bottom + 1) / height))
    return [document[i].render(scale=dpi / 72).to_pil().convert("RGB") for i in range(len(document))], spots


def _write(image: Image.Image, spots: list[tuple[str, float, float]], rng: random.Random, dpi: int) -> None:
    draw = ImageDraw.Draw(image)
    ink = rng.choice(((25, 25, 25), (30, 40, 140), (20, 20, 60)))
    for value, x, y in spots:
        size = dpi * rng.uniform(0.13, 0.17)
        left = x * image.width
        base = y * image.height
        for char in value:
            for stroke in _STROKES[char]:
                points = [(left + stroke[i] * size / 16 + (10 - stroke[i + 1]) * size / 70 + rng.uniform(-1, 1) * size / 40, base - size + stroke[i + 1] * size / 10 + rng.uniform(-1, 1) * size / 40) for i in range(0, len(stroke), 2)]
                draw.line(points, fill=ink, width=max(2, dpi // 90), joint="curve")
            left += size * 0.72


def _seal(image: Image.Image, rng: random.Random, dpi: int, top: float) -> None:
    """Dấu tròn đỏ và nét ký xanh ở cột phải, ngang khối ký."""
    layer = Image.new("RGBA", image.size, (255, 255, 255, 255))
    draw = ImageDraw.Draw(layer)
    x, y, r = image.width * rng.uniform(0.55, 0.63), top * image.height, dpi * 0.62
    red = (225, rng.randint(60, 120), rng.randint(70, 130), 255)
    for radius, width in ((r, dpi // 50), (r * 0.93, dpi // 100), (r * 0.55, dpi // 100)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=red, width=max(width, 1))
    font = ImageFont.truetype(f"{FONTS}/700Bold/Tinos_700Bold.ttf", int(dpi * 0.1))
    for i, char in enumerate("C.H.X.H.C.N VIET NAM * DAU BIA * "):
        angle = i * 2 * math.pi / 33
        draw.text((x + r * 0.74 * math.cos(angle), y + r * 0.74 * math.sin(angle)), char, font=font, fill=red, anchor="mm")
    line = [(x + r + i * dpi * 0.05, y + math.sin(i * 1.3 + rng.random()) * dpi * 0.22) for i in range(18)]
    draw.line(line, fill=(60, 70, 190, 255), width=max(2, dpi // 100), joint="curve")
    image.paste(ImageChops.multiply(image, layer.convert("RGB")))  # mực trong: chữ in dưới dấu vẫn đen


def _worn(image: Image.Image, rng: random.Random) -> Image.Image:
    """Lệch, nhòe, hạt, nền xám."""
    image = image.rotate(rng.uniform(-1.6, 1.6), expand=False, fillcolor=(252, 252, 250), resample=Image.Resampling.BICUBIC)
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.7)))
    grain = Image.effect_noise(image.size, rng.uniform(4, 22)).convert("RGB")
    return Image.blend(image, grain, rng.uniform(0.02, 0.09))


def _pdf(pages: list[Image.Image], dpi: int, quality: int) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=pages[1:], quality=quality)
    return out.getvalue()


def scanned(paper: Paper, rng: random.Random) -> tuple[str, bytes]:
    """(đuôi tệp, nội dung)."""
    dpi = rng.choice((150, 200, 200, 300, 300))
    blank = bool(paper.truth["so_ky_hieu"] and paper.truth["ngay"]) and rng.random() < 0.75
    pages, spots = _page(paper, rng, dpi, blank=blank)
    _write(pages[0], spots, rng, dpi)
    _seal(pages[-1 - bool(paper.annex)], rng, dpi, rng.uniform(0.35, 0.75))
    pages = [_worn(page, rng) for page in pages]
    if rng.random() < 0.15:
        pages = [page.convert("L") for page in pages]
    quality = rng.choice((55, 75, 90))
    kind = rng.choice(("pdf", "pdf", "jpg", "tiff", "turned"))
    if kind == "pdf" or (len(pages) > 1 and kind == "jpg"):
        return "pdf", _pdf(pages, dpi, quality)
    if kind == "turned":
        return "pdf", _pdf([page.rotate(rng.choice((90, 180, 270)), expand=True) for page in pages], dpi, quality)
    out = io.BytesIO()
    if kind == "jpg":
        pages[0].save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    else:
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(dpi, dpi))
    return kind, out.getvalue()


def with_hidden_text(paper: Paper, rng: random.Random) -> bytes:
    """Bản quét "tìm được": ảnh che cả trang, dưới ảnh là lớp chữ đúng chính tả nhưng sai số và ngày viết tay."""
    value, day = paper.truth["so_ky_hieu"], paper.truth["ngay"]
    wrong = Paper(**{name: getattr(paper, name) for name in Paper.__slots__})
    number = value[: len(value) - len(value.lstrip("0123456789"))]
    wrong.number_line = paper.number_line.replace(number, str(int(number or 1) + 600), 1)
    wrong.date_line = paper.date_line.replace(f"ngày {day[:2]}", f"ngày {int(day[:2]) % 28 + 1:02d}").replace(f"ngày {int(day[:2])} ", f"ngày {int(day[:2]) % 28 + 1:02d} ")
    seed = rng.random()
    pages, spots = _page(paper, random.Random(seed), 150, blank=True)
    _write(pages[0], spots, rng, 150)
    hidden = pikepdf.open(io.BytesIO(typeset.printed(wrong, random.Random(seed))))
    picture = pikepdf.open(io.BytesIO(_pdf(pages, 150, 70)))
    for page, image in zip(hidden.pages, picture.pages, strict=False):
        page.add_overlay(image)
    out = io.BytesIO()
    hidden.save(out)
    return out.getvalue()


def without_unicode(paper: Paper, rng: random.Random) -> bytes:
    """PDF sinh từ Word mà phông mất bảng ToUnicode: chữ nhìn thấy đúng, chữ chép ra là rác."""
    document = pikepdf.open(io.BytesIO(typeset.printed(paper, rng)))
    for thing in document.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font" and "/ToUnicode" in thing:
            del thing["/ToUnicode"]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pasted_in_word(paper: Paper, rng: random.Random) -> bytes:
    """Ảnh quét dán vào tệp Word."""
    import docx  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    pages, spots = _page(paper, rng, 200, blank=bool(paper.truth["so_ky_hieu"] and paper.truth["ngay"]))
    _write(pages[0], spots, rng, 200)
    document, out = docx.Document(), io.BytesIO()
    for page in pages:
        data = io.BytesIO()
        page.save(data, "JPEG", quality=80)
        document.add_picture(data, width=Mm(160))
    document.save(out)
    return out.getvalue()
