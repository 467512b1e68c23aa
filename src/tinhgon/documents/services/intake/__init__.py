"""Khay đến: nhận, đọc, vào sổ, từ chối; lấy từ thư mục và hộp thư; nhập sổ cũ."""
