"""Điều người dùng gõ vào ô tìm: từ rời, cụm trong ngoặc kép, ký hiệu; có dấu hay không."""

import re
from dataclasses import dataclass, replace

from tinhgon.engine.vietnamese.fold import fold, has_marks, nfc, tone_norm, words

MOST_WORDS = 16
"""Quá chừng này từ thì phần sau bị bỏ: câu hỏi dài hơn không tìm được gì thêm."""

SHORTEST_PREFIX = 2
_PIECES = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]|([^\s"“”«»]+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Một từ, hoặc một cụm từ liền nhau. ``folded``, ``exact``: khóa của từng từ.

    ``only_exact``: cụm trong ngoặc kép gõ có dấu, phải đúng dấu. ``prefix``: từ cuối đang gõ dở.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    only_exact: bool = False
    prefix: bool = False

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Các cặp từ liền nhau, không dấu; trừ cặp có từ đang gõ dở."""
        whole = self.folded[:-1] if self.prefix else self.folded
        return tuple(zip(whole, whole[1:], strict=False))

    def tsquery(self, *, exact: bool) -> str:
        """Cú pháp ``to_tsquery`` của một điều kiện, ví dụ ``('15' <-> 'cv' <-> 'vp':*)``."""
        words = self.exact if exact else self.folded
        is_prefix = self.prefix and len(self.folded[-1]) >= SHORTEST_PREFIX
        together = " <-> ".join(f"'{word}'" for word in words)
        return f"({together}{':*' if is_prefix else ''})"


@dataclass(frozen=True, slots=True)
class Query:
    """Các điều kiện, cùng phải thỏa. ``marked``: gõ có dấu, nên cái đúng dấu đứng trước."""

    terms: tuple[Term, ...]
    marked: bool

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def only_exact(self) -> bool:
        """Mọi điều kiện đều phải đúng dấu."""
        return all(term.only_exact for term in self.terms)

    def folded(self) -> str:
        return " & ".join(term.tsquery(exact=False) for term in self.terms)

    def exact(self) -> str:
        return " & ".join(term.tsquery(exact=True) for term in self.terms)

    def must_be_exact(self) -> str:
        """Phần bắt buộc đúng dấu; rỗng khi không có."""
        return " & ".join(term.tsquery(exact=True) for term in self.terms if term.only_exact)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Các cặp từ phải liền nhau, không dấu; trừ cặp có từ đang gõ dở."""
        return tuple(pair for term in self.terms for pair in term.pairs)

    def without_pairs(self) -> "Query":
        """Chỉ những điều kiện không có cặp từ liền nhau nào."""
        return replace(self, terms=tuple(term for term in self.terms if not term.pairs))


def parse(text: str, *, prefix: bool = False) -> Query:
    """Đọc ô tìm. ``prefix``: từ cuối có thể đang gõ dở (gợi ý khi gõ), trừ khi đã đóng ngoặc hay cách ra.

    Chữ dính nhau bằng gạch hay chéo ("15-CV/VPTU") là một cụm liền nhau.
    """
    stored = nfc(text.replace("\0", " "))
    terms: list[Term] = []
    room = MOST_WORDS
    for quoted, plain in _PIECES.findall(stored):
        term = _term(quoted or plain, only_exact=bool(quoted) and has_marks(quoted), room=room)
        if term:
            terms.append(term)
            room -= len(term.folded)
    if prefix and terms and not re.search(r'[\s"“”«»]$', stored):
        last = terms[-1]
        terms[-1] = Term(last.folded, last.exact, last.only_exact, prefix=True)
    return Query(tuple(terms), marked=has_marks(stored))


def _term(text: str, *, only_exact: bool, room: int) -> Term | None:
    tokens = [token for token in words(text).split(" ") if any(map(str.isalnum, token))][:room]
    if not tokens:
        return None
    return Term(tuple(map(fold, tokens)), tuple(map(tone_norm, tokens)), only_exact)
