"""Câu cho người dùng: tiếng Việt chuẩn trong mã, một danh mục tiếng Anh trọn vẹn, không câu nào đóng băng."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from tinhgon.config import messages
from tinhgon.testing import sentences

PLACE = re.compile(r"%\((\w+)\)[sd]")
OLD_TONES = re.compile(r"\b(\w*)(oà|oá|oả|oã|oạ|uỷ|uỳ|uý|uỹ|uỵ|oè|oé|oẻ|oẽ|oẹ)\b", re.IGNORECASE)


def each() -> Iterator[tuple[Message, list[str]]]:
    for message in sentences.catalogue():
        if message.id:
            yield message, list(message.id) if isinstance(message.id, list | tuple) else [message.id]


def test_sentences_are_composed_unicode() -> None:
    assert [
        text for _m, texts in each() for text in texts if unicodedata.normalize("NFC", text) != text
    ] == []


def test_tone_marks_follow_the_new_style() -> None:
    """“ủy”, “hòa”; trừ chữ bắt đầu bằng “qu”, nơi dấu luôn nằm ở âm chính."""
    wrong = [
        match[0]
        for _m, texts in each()
        for text in texts
        for match in OLD_TONES.finditer(text)
        if not match[1].lower().endswith("q")
    ]
    assert wrong == []


def test_placeholders_have_names() -> None:
    loose = [t for _m, texts in each() for t in texts if re.search(r"(?<!%)%[sd]|\{\w*\}", t)]
    assert loose == []


def test_no_sentence_is_frozen_when_its_module_loads() -> None:
    assert [where for file in sentences.python_files() for where in sentences.eager_calls(file)] == []


def test_every_sentence_has_its_english() -> None:
    missing = sentences.untranslated()
    assert missing == [], (
        f"{len(missing)} câu: chạy python -m tinhgon.testing.sentences rồi dịch trong {sentences.ENGLISH.name}"
    )


def test_english_keeps_every_placeholder() -> None:
    lost = []
    for message in sentences.english():
        if not message.id:
            continue
        wanted = set(PLACE.findall(message.id if isinstance(message.id, str) else message.id[-1]))
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        lost += [text for text in strings if text and set(PLACE.findall(text)) - wanted]
        lost += [strings[-1]] if strings[-1] and wanted - set(PLACE.findall(strings[-1])) else []
    assert lost == []


def test_catalogues_compile_without_msgfmt(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Đóng"\nmsgstr "Close"\n'
    )
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    assert messages.compile_stale() == [folder / "django.mo"]
    assert messages.compile_stale() == [], "không đổi thì không biên dịch lại"
