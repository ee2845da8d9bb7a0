"""What is done with codes wherever the codebook is shown: beside a transcript and on a screen of its own."""
