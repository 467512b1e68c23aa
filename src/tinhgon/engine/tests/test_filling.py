"""Điền mẫu: ô được điền, mẫu sai nói rõ sai gì, mẫu độc không chạy được gì."""

import io

import pytest
from docx import Document as Word

from tinhgon.engine.filling import BadTemplate, fields_of, fill, fill_word, word_fields

FIELDS = {"co_quan": "VĂN PHÒNG THÀNH ỦY", "noi_nhan": ["Như trên", "Lưu VPTU"], "trich_yeu": "<b>& họp"}


def word(*paragraphs: str) -> bytes:
    document = Word()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Word(io.BytesIO(data)).paragraphs]


def test_fields_conditions_and_lists_are_filled():
    body = "{{ co_quan }}{% if noi_nhan %}\n{% for noi in noi_nhan %}- {{ noi }}{% if not loop.last %};\n{% endif %}{% endfor %}.{% endif %}"
    assert fill(body, FIELDS) == "VĂN PHÒNG THÀNH ỦY\n- Như trên;\n- Lưu VPTU."
    assert fields_of(body) == {"co_quan", "noi_nhan"}


def test_a_word_template_keeps_its_looks_and_escapes_what_is_filled():
    data = word("{{ co_quan }} đề nghị", "{{ trich_yeu }}")
    assert word_fields(data) == {"co_quan", "trich_yeu"}
    assert texts(fill_word(data, FIELDS)) == ["VĂN PHÒNG THÀNH ỦY đề nghị", "<b>& họp"]


@pytest.mark.parametrize(("body", "code", "detail"), [
    ("{{ co_quan", "syntax", None),
    ("{{ ten_la }}", "unknown_field", "ten_la"),
    ("{{ co_quan.__class__ }}", "forbidden", "__class__"),
    ("{{ co_quan.upper() }}", "forbidden", "Call"),
    ("{{ 'a' * 1000000000 }}", "forbidden", "Mul"),
    ("{% for a in range(1000000000) %}x{% endfor %}", "forbidden", "Call"),
    ("{% set a = 1 %}", "forbidden", "Assign"),
    ("{% include 'x' %}", "forbidden", "Include"),
    ("{{ co_quan | pprint }}", "forbidden", "pprint"),
    ("{% for a in noi_nhan %}{% for b in noi_nhan %}x{% endfor %}{% endfor %}", "forbidden", "for"),
    ("x" * 500_000, "too_long", ""),
])  # fmt: skip
def test_a_bad_template_says_what_is_wrong_and_runs_nothing(body, code, detail):
    with pytest.raises(BadTemplate) as refusal:
        fill(body, FIELDS)
    assert refusal.value.code == code
    assert detail is None or refusal.value.detail == detail


def test_a_word_file_passes_the_same_gate():
    for body, code in (("{{ co_quan.__class__ }}", "forbidden"), ("{{ ten_la }}", "unknown_field"), ("{% if %}", "syntax")):
        with pytest.raises(BadTemplate) as refusal:
            fill_word(word(body), FIELDS)
        assert refusal.value.code == code
    for data in (b"khong phai word", b"PK\x03\x04 hong"):
        with pytest.raises(BadTemplate) as refusal:
            fill_word(data, FIELDS)
        assert refusal.value.code == "not_word"
