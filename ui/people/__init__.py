"""Who asks: people with roles, and what each of them may see and do."""
