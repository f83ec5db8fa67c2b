"""The lawful grounds of acts on a licence, each with its article."""

from collections.abc import Mapping

ARTICLE_69 = "《中华人民共和国行政许可法》第六十九条第一款"
REVOKE: Mapping[str, tuple[str, str]] = {
    "abuse": ("行政机关工作人员滥用职权、玩忽职守作出准予许可决定", f"{ARTICLE_69}第一项"),
    "beyond_power": ("超越法定职权作出准予许可决定", f"{ARTICLE_69}第二项"),
    "procedure": ("违反法定程序作出准予许可决定", f"{ARTICLE_69}第三项"),
    "unqualified": ("对不具备申请资格或者不符合法定条件的申请人准予许可", f"{ARTICLE_69}第四项"),
    "other_law": ("依法可以撤销许可的其他情形", f"{ARTICLE_69}第五项"),
    "fraud": ("被许可人以欺骗、贿赂等不正当手段取得许可", "《中华人民共和国行政许可法》第六十九条第二款"),
    "unkept": ("在约定期限内未履行承诺", "本市关于告知承诺的规定"),
    "differs": ("实际情况与承诺不符", "本市关于告知承诺的规定"),
    "not_rectified": ("逾期拒不整改", "本市关于告知承诺的规定"),
    "still_failing": ("整改后仍不符合条件", "本市关于告知承诺的规定"),
}
OF_COMMITMENT = frozenset({"unkept", "differs", "not_rectified", "still_failing"})
RECALL: Mapping[str, str] = {
    "law_changed": "许可所依据的法律、法规、规章修改或者废止",
    "facts_changed": "准予许可所依据的客观情况发生重大变化",
}
CANCEL: Mapping[str, str] = {
    "expired": "有效期届满未延续",
    "died": "被许可公民死亡或者丧失行为能力",
    "dissolved": "被许可法人或者其他组织依法终止",
    "revoked": "许可依法被撤销、撤回，或者许可证件依法被吊销",
    "force_majeure": "因不可抗力导致许可事项无法实施",
    "other_law": "法律、法规规定的应当注销许可的其他情形",
}
REPLACE: Mapping[str, str] = {"lost": "证照遗失", "damaged": "证照损毁"}
STATES: Mapping[str, str] = {
    "valid": "有效",
    "revoked": "已撤销",
    "recalled": "已撤回",
    "cancelled": "已注销",
    "lapsed": "自行失效",
    "void": "已换新版",
}
# fields of serious bars after a permit got by fraud (行政许可法 79)
BARRED_AFTER_FRAUD = frozenset({"public_safety", "personal_health", "life_and_property", "life_and_health"})
