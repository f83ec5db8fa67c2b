"""The door of investment projects: register, report progress, urge, read with permission, exchange with the higher platform."""

from santai.back.projects.actions.register_project import register_project
from santai.back.projects.actions.report_progress import report_progress, take_report
from santai.back.projects.actions.urge_report import urge_report
from santai.back.projects.actions.write_exchange import FORMATS, download_exchange, write_exchange
from santai.back.projects.errors import NothingOverdue, ProjectIncomplete, ProjectKnown, ProjectNotFound, ReportRefused
from santai.back.projects.models import ProgressReport, Project
from santai.back.projects.queries import VIEWS, ProjectFile, ProjectPage, access_project, overdue_count, projects
from santai.back.projects.rules import FIELDS, KEEPERS, KINDS, READERS, Entry

__all__ = [
    "FIELDS",
    "FORMATS",
    "KEEPERS",
    "KINDS",
    "READERS",
    "VIEWS",
    "Entry",
    "NothingOverdue",
    "ProgressReport",
    "Project",
    "ProjectFile",
    "ProjectIncomplete",
    "ProjectKnown",
    "ProjectNotFound",
    "ProjectPage",
    "ReportRefused",
    "access_project",
    "download_exchange",
    "overdue_count",
    "projects",
    "register_project",
    "report_progress",
    "take_report",
    "urge_report",
    "write_exchange",
]
