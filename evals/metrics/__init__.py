"""What is measured: a file a family, `measures.py` says what each number means and where it comes from."""
