"""What a question asks: made to stand alone, its parts, what each of them wants."""
