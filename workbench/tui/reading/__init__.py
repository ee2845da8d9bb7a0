"""What every screen with a transcript can do: read, search, listen."""
