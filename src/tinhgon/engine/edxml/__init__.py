"""edXML (QCVN 102:2016/BTTTT): đọc, viết, ký thông điệp trao đổi văn bản, và các bước trạng thái hợp lệ."""
