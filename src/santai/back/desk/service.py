"""The door of the desk: the queue, one case as one post sees it, and the acts the bar offers."""

from santai.back.approvals.service import DefectInput
from santai.back.desk.actions.check_claim import check_claim
from santai.back.desk.actions.export_queue import export_queue
from santai.back.desk.actions.perform import claim_several, perform
from santai.back.desk.errors import ActUnknown, ColleagueMissing, NothingChosen
from santai.back.desk.messages import Given
from santai.back.desk.queries.case_file import READER, CaseFile, binding, case_file, may_read_file, place_label
from santai.back.desk.queries.kinds import ShownElsewhere, register_kind
from santai.back.desk.queries.queue import COUNTED, PAGE, Page, Row, counts_of, open_count, page_of
from santai.back.desk.queries.reviewing import review_rows
from santai.back.desk.rules.acts import Act, Input
from santai.back.desk.rules.views import DUES, EMPTY, SORTS, STEPS, VIEWS, Wish, wish_from

__all__ = [
    "COUNTED",
    "DUES",
    "EMPTY",
    "PAGE",
    "READER",
    "SORTS",
    "STEPS",
    "VIEWS",
    "Act",
    "ActUnknown",
    "CaseFile",
    "DefectInput",
    "ColleagueMissing",
    "Given",
    "Input",
    "NothingChosen",
    "Page",
    "Row",
    "ShownElsewhere",
    "Wish",
    "binding",
    "case_file",
    "check_claim",
    "claim_several",
    "counts_of",
    "export_queue",
    "may_read_file",
    "open_count",
    "page_of",
    "perform",
    "place_label",
    "register_kind",
    "review_rows",
    "wish_from",
]
