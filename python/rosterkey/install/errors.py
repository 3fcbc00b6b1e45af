"""What setup tells in a sentence or two and then stops, before anything is written."""


class SetupStopped(Exception):
    """Setup cannot go on; the text says why and what to do. Nothing was written."""
