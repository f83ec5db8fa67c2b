"""Tags and filters of the design system, available in every template (README.md lists them; /design/ shows them)."""

from santai.kernel.web.templatetags import _charts, _content, _fields, _filters, _page
from santai.kernel.web.templatetags._library import register

PARTS = (_charts, _content, _fields, _filters, _page)

__all__ = ["PARTS", "register"]
