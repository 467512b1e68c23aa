"""Câu chữ của thế giới mẫu: văn phạm sinh trích yếu, nhiệm vụ, bút phê, báo tiến độ như ở một văn phòng cấp ủy."""
