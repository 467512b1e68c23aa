"""Điền mẫu văn bản: chữ có ô ``{{ co_quan }}`` hay tệp Word có cùng các ô ấy. Thuần Python, trong hộp cát hẹp của jinja."""

from tinhgon.engine.filling.sandbox import BadTemplate, fields_of, fill
from tinhgon.engine.filling.word import fill_word, word_fields

__all__ = ["BadTemplate", "fields_of", "fill", "fill_word", "word_fields"]
