"""Trao đổi văn bản giữa các cơ quan: gửi, xin lấy lại, nhận, soạn và chuyển thông điệp, đối tác, tệp edXML."""
