"""Going through a transcript with its recording: what the review screen does."""
