"""Văn bản đến, đi, nội bộ; sổ và dãy số; tệp đính kèm; dòng luân chuyển. Không biết nhiệm vụ nào."""
