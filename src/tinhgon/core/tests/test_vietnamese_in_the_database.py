"""Hàm SQL và hàm Python cho cùng một khóa: một nguồn, hai nơi chạy."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.engine import vietnamese as vi

FUNCTIONS = {
    "vi_fold": vi.fold,
    "vi_tone_norm": vi.tone_norm,
    "vi_words": vi.words,
    "vi_sort_key": vi.sort_key,
    "vi_given_name_key": vi.given_name_key,
}
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"], exclude_characters="\0"), max_size=40)
VIETNAMESE = st.text(
    st.sampled_from("aăâeêioôơuưyđbcghklmnpqrstvxAĂĐƯZ019 -/.,\u0300\u0301\u0303\u0309\u0323\u0302\u031b"),
    max_size=40,
)

pytestmark = pytest.mark.django_db


def _in_sql(texts: list[str]) -> list[tuple[str, ...]]:
    calls = ", ".join(f"{name}(t)" for name in FUNCTIONS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls} FROM unnest(%s::text[]) WITH ORDINALITY u(t, n) ORDER BY n", [texts])
        return cursor.fetchall()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ANY_TEXT | VIETNAMESE, min_size=1, max_size=20))
def test_python_and_sql_give_the_same_keys(texts: list[str]) -> None:
    assert _in_sql(texts) == [tuple(function(text) for function in FUNCTIONS.values()) for text in texts]


def test_every_letter_of_the_table_has_the_same_keys_in_both() -> None:
    letters = [
        char
        for number in range(1, 0x3000)
        if unicodedata.category(char := chr(number)) not in ("Cs", "Cn", "Co")
    ]
    assert _in_sql(letters) == [tuple(function(char) for function in FUNCTIONS.values()) for char in letters]


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("Đảng ủy phường Sài Gòn", "dang & uy"),
        ("ĐẢNG UỶ", "dang & uy"),
        (unicodedata.normalize("NFD", "Chuyển đổi số"), "chuyen & doi"),
        ("Số 09-CV/VPTU", "9 <-> cv <-> vptu"),
        ("“Khẩn”… chuyỂn", "khan & chuyen"),
    ],
)
def test_the_folded_vector_is_found_without_marks(stored: str, asked: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT vi_folded_vector(%s) @@ %s::tsquery", [stored, asked])
        assert cursor.fetchone() == (True,)


@pytest.mark.parametrize(("asked", "found"), [("hoà", True), ("hòa", True), ("hoa", False), ("hoá", False)])
def test_the_exact_vector_keeps_marks_whatever_the_tone_style(asked: str, found: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vi_exact_vector('Hòa Bình') @@ to_tsquery('vi_exact', vi_tone_norm(%s))", [asked]
        )
        assert cursor.fetchone() == (found,)
