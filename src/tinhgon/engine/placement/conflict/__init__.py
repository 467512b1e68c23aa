"""Luật trái nhau: tập nhỏ nhất các lời và luật không cùng giữ được, và vì sao."""
