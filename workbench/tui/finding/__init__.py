"""The parts of the screen that finds words, similar passages and frequent words."""
