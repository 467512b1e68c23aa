"""Trang văn bản: danh sách đến, đi, dự thảo; một văn bản; các động từ; sổ."""
