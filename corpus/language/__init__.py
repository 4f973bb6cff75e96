"""Facts of the Chinese language that all floors need: characters, sentences, times, places, bodies, quantities."""
