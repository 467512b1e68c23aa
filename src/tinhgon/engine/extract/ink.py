"""Mực trên bản quét: dấu đỏ, nét ký xanh đè lên chữ in đen; quét không màu thì chúng thành xám."""

from PIL import Image, ImageChops

_COLOURED = 40
_LEAST_SHARE = 0.0005
_DARK, _GREY = 75, 135
"""Chữ in ở dưới mức thứ nhất; con dấu quét không màu nằm quanh mức thứ hai."""


def without_ink(image: Image.Image) -> Image.Image:
    """Bỏ mực màu: chỗ nào có màu thì càng đậm màu càng trắng ra, nên dấu đỏ và chữ ký xanh mất đi, chữ in đen còn nguyên."""
    if image.mode in ("1", "L"):
        return image.convert("L")
    bright, tint = _bright_and_tint(image)
    return ImageChops.add(bright, tint)


def has_colour(image: Image.Image) -> bool:
    """Trang có mực màu không: con dấu bé nhất cũng vài phần nghìn trang."""
    if image.mode in ("1", "L"):
        return False
    small = image.resize((300, max(300 * image.height // image.width, 1)))
    _, tint = _bright_and_tint(small)
    return sum(tint.histogram()[_COLOURED:]) > _LEAST_SHARE * small.width * small.height


def dark_only(image: Image.Image) -> Image.Image:
    """Chỉ giữ nét đậm: trên trang không màu, con dấu và chữ ký xám đi thì chữ in dưới chúng hiện ra."""
    return image.point([v if v <= _DARK else min(255, v + (255 - v) * (v - _DARK) // (_GREY - _DARK)) if v < _GREY else 255 for v in range(256)])


def _bright_and_tint(image: Image.Image) -> tuple[Image.Image, Image.Image]:
    red, green, blue = image.convert("RGB").split()
    bright = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    dark = ImageChops.darker(ImageChops.darker(red, green), blue)
    del red, green, blue  # trang lớn: mỗi kênh vài chục MB
    return bright, ImageChops.subtract(bright, dark)
