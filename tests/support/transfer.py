"""A transfer of a home, as its buyer fills it in: the item with a fee."""

from typing import Any

TRANSFER: dict[str, Any] = {
    "certificate_no": "东（2021）滨江不动产权第 0012345 号",
    "unit_no": "189901001001GB12345F00034500",
    "location": "望江街道锦绣路 1 号 2 幢 301 室",
    "use": "home",
    "area": 89,
    "cause": "sale",
    "contract_no": "BJ202612345",
    "price": 320,
    "tax_no": "2026189912345",
    "mortgaged": False,
    "holding": "sole",
    "parties": [
        {"side": "seller", "name": "刘梦瑶", "id_kind": "resident-id", "id_number": "189901199305010983", "mobile": "19981000009"},
        {"side": "buyer", "name": "黄雅文", "id_kind": "resident-id", "id_number": "189901198608221046", "mobile": "19981000012"},
    ],
    "all_present": True,
    "pledge": True,
}
