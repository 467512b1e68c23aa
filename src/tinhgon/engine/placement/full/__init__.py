"""Đủ mọi quy tắc, kể cả các quy tắc phá dòng chảy: tỉ lệ trên cả đơn vị, kỹ năng chồng nhau, người cùng xã. Việc nền có tiến độ."""
