raise ImportError("No module named 'numpy'")
