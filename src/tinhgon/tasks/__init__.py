"""Nhiệm vụ: một đơn vị chủ trì, các đơn vị phối hợp, người làm, hạn, sản phẩm, tiến độ. Có thể bắt nguồn từ văn bản."""
