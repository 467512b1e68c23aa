"""Việc và người sau sắp xếp: ai về đâu, việc về đâu, đo từ chính số liệu của cơ quan, chia việc, dự báo việc tồn."""
