"""Word files become plain documents: `read_word`."""
