"""Sáu tiêu chí tinh, gọn, mạnh, hiệu năng, hiệu lực, hiệu quả: mỗi tiêu chí vài thước đo, mỗi thước đo một công thức công khai trên các con số có tên.

Công thức là của chúng tôi, không phải của một văn bản nào; giao diện nói rõ điều ấy. Không có tổng điểm và không có trọng số giấu:
một phương án hơn ở một tiêu chí khi không thước đo nào kém đi và ít nhất một thước đo khá lên. Con số thiếu thì không tính, nói lý do.
"""
