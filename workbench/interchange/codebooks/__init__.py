"""One module for each format a codebook can be read from or written to, found by discovery."""
