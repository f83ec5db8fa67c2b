"""Pages of the design system."""

from santai.kernel.web.views.design import design, design_sheet, design_workbench
from santai.kernel.web.views.display import display
from santai.kernel.web.views.workbench import workbench

__all__ = ["design", "design_sheet", "design_workbench", "display", "workbench"]
