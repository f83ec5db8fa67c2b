"""Pages of the design system."""

from santai.kernel.web.views.design import design
from santai.kernel.web.views.display import display

__all__ = ["design", "display"]
