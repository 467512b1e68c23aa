"""Chữ cố định trên giấy. Giấy chỉ có một thứ tiếng, nên không qua bản dịch của giao diện."""

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
STAR = "*"
DASHES = "-----"
RECEIVERS = "Nơi nhận:"

PARTY_EM = 13.742
"""Bề rộng của tiêu đề, tính bằng cỡ chữ, chữ Times đậm: đường kẻ dài đúng bằng dòng chữ."""
MOTTO_EM = 12.224
COUNTRY_EM = 20.716
SHORT_RULE = 0.42
"""Đường kẻ dưới tên cơ quan và trích yếu của Nhà nước dài từ 1/3 đến 1/2 dòng chữ (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
POINT = 25.4 / 72
"""Một point bằng bao nhiêu mi-li-mét."""
