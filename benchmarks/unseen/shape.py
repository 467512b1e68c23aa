"""Các dòng hai cột của phần đầu và phần cuối, dùng chung cho mọi cách viết tệp."""

import random

from unseen.content import Paper


def wrap(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def left(paper: Paper, *, rule: str = "") -> list[str]:
    """Cơ quan, dòng kẻ, số; trích yếu công văn ở dưới số."""
    joint = [f"{name} -" for name in paper.organ.superior[:-1]] + list(paper.organ.superior[-1:]) if not paper.organ.lines else list(paper.organ.superior)
    subject = wrap(paper.summary, 34) if paper.subject and paper.summary else []
    return [*joint, *paper.organ.lines, *([rule] if rule else []), paper.number_line, *subject]


def head_right(paper: Paper, *, rule: str = "") -> list[str]:
    if paper.header:
        top = [paper.header]
    else:
        top = ["ĐẢNG CỘNG SẢN VIỆT NAM"] if paper.layout == "party" else ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
    return [*top, *([rule] if rule else []), *([paper.date_line] if paper.date_line else [])]


def title(paper: Paper) -> list[str]:
    return [paper.type_name.upper()] if paper.type_name else []


def receivers(paper: Paper, rng: random.Random, bullet: str = "- ") -> list[str]:
    if not paper.receivers:
        return []
    *most, last = paper.receivers
    ends = rng.choice((";", ";", ",", ""))
    word = rng.choice(("Nơi nhận:", "Nơi nhận:", "Nơi nhận", "Nơi nhận :", "NƠI NHẬN:"))
    return [word, *(f"{bullet}{text}{ends}" for text in most), f"{bullet}{last}."]


def signed(paper: Paper, rng: random.Random) -> list[str]:
    """Các khối ký nối nhau; giữa chức vụ và họ tên có thể có "(Đã ký)"."""
    said = rng.choice(("", "", "", "(Đã ký)", "(đã ký)", "(Ký, đóng dấu)", "[Đã ký]"))
    return [line for block in paper.blocks for line in (*block.lines, said, block.printed) if line]
