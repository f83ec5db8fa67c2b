"""One verb a file; ``project.py`` holds what every verb shares: the lock, the projection, the recorded act."""
