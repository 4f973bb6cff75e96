"""What is checked of an answer before it is shown: its quotes, its support, its citations."""
