"""From files to documents and chunks: read, check, cut."""
