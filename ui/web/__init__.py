"""The chat page (Gradio) and the HTTP API."""
