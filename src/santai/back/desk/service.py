"""The door of the desk: the queue, one case as one post sees it, and the acts the bar offers."""

from santai.back.approvals.service import DefectInput, end_mandate, entrust_chief
from santai.back.desk.actions.absence import be_absent, come_back, keep_stand_ins
from santai.back.desk.actions.answer_opinion import answer_opinion, opinions_for
from santai.back.desk.actions.check_claim import check_claim
from santai.back.desk.actions.export_queue import export_queue
from santai.back.desk.actions.perform import claim_several, perform
from santai.back.desk.errors import ActUnknown, ColleagueMissing, NothingChosen
from santai.back.desk.messages import Given
from santai.back.desk.queries.case_file import READER, CaseFile, binding, case_file, may_read_file, place_label
from santai.back.desk.queries.kinds import ShownElsewhere, register_kind
from santai.back.desk.queries.leading import absence_shown, mandates_shown
from santai.back.desk.queries.queue import COUNTED, PAGE, Page, Row, counts_of, open_count, page_of
from santai.back.desk.queries.reviewing import review_rows
from santai.back.desk.rules.acts import Act, Input
from santai.back.desk.rules.views import DUES, EMPTY, SORTS, STEPS, VIEWS, Wish, wish_from

__all__ = [
    "Act",
    "ActUnknown",
    "COUNTED",
    "CaseFile",
    "ColleagueMissing",
    "DUES",
    "DefectInput",
    "EMPTY",
    "Given",
    "Input",
    "NothingChosen",
    "PAGE",
    "Page",
    "READER",
    "Row",
    "SORTS",
    "STEPS",
    "ShownElsewhere",
    "VIEWS",
    "Wish",
    "absence_shown",
    "answer_opinion",
    "be_absent",
    "binding",
    "case_file",
    "check_claim",
    "claim_several",
    "come_back",
    "counts_of",
    "end_mandate",
    "entrust_chief",
    "export_queue",
    "keep_stand_ins",
    "mandates_shown",
    "may_read_file",
    "open_count",
    "opinions_for",
    "page_of",
    "perform",
    "place_label",
    "register_kind",
    "review_rows",
    "wish_from",
]
