"""Which investment project an application belongs to (企业投资项目核准和备案管理条例 4: every office uses the one code)."""

from collections.abc import Mapping
from typing import Any

from santai.kernel.codes.service import InvalidIdentifier, check_identifier


def project_code_in(content: Mapping[str, Any]) -> str:
    """The code the form carries, at its top or in one of its parts (一表制); empty when there is none. As written, unchecked."""
    parts = [content, *(part for part in content.values() if isinstance(part, Mapping))]
    return next((str(part["project_code"]).strip() for part in parts if part.get("project_code")), "")


def valid_project_code(text: str) -> str:
    """Its normal form; empty when it is no project code."""
    try:
        return check_identifier("project-code", text)
    except InvalidIdentifier:
        return ""


def facts_of_project(content: Mapping[str, Any]) -> dict[str, str]:
    """What the case keeps so that all approvals of a project are found: the code in normal form, nothing without a valid one."""
    code = valid_project_code(project_code_in(content))
    return {"project_code": code} if code else {}
