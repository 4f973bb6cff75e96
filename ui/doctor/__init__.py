"""What `assistant doctor` looks at, a file a place: nothing of it changes anything."""
