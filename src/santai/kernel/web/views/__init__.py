"""Pages of the design system."""

from santai.kernel.web.views.design import design, design_sheet, design_workbench
from santai.kernel.web.views.display import display

__all__ = ["design", "design_sheet", "design_workbench", "display"]
