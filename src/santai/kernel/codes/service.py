"""The door of codes: validated identifiers and numbers without races."""

from santai.kernel.codes.models import PublicIdField
from santai.kernel.codes.rules import new_id

__all__ = ["PublicIdField", "new_id"]
