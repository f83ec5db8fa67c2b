"""The door of files."""

from santai.kernel.files.messages import FileRef

__all__ = ["FileRef"]
