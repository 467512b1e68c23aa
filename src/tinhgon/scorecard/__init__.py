"""Sáu tiêu chí: công thức có phiên bản, và phép đo một cơ cấu vào một ngày. Cơ cấu và ngày là đối số; con số của ai nằm ở ứng dụng ấy."""
