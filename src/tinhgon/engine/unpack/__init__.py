"""Mở gói: tệp nén zip và thư eml ra từng tệp, từng khúc một, có trần cho mọi thứ. Không tin tên, không tin kích thước khai."""
