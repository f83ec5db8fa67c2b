"""The door of enquiries: online services that are no case."""

from santai.front.enquiries.actions.enquire import enquire
from santai.front.enquiries.actions.install_enquiries import check_enquiries, install_enquiries
from santai.front.enquiries.errors import AnswersWrong, UnknownEnquiry
from santai.front.enquiries.models import KINDS, Enquiry
from santai.front.enquiries.queries import figures, find_enquiries, get_enquiry

__all__ = [
    "KINDS",
    "AnswersWrong",
    "Enquiry",
    "UnknownEnquiry",
    "check_enquiries",
    "enquire",
    "figures",
    "find_enquiries",
    "get_enquiry",
    "install_enquiries",
]
