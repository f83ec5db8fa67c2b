"""Refusals of the item catalogue."""

from santai.kernel.ledger.service import ActRefused


class VersionIsFixed(ActRefused):
    code = "exchange.items.version_is_fixed"
    message = "已发布的版本不能再改。请提高版本号后重新发布。"


class UnknownItem(ActRefused):
    code = "exchange.items.unknown_item"
    message = "没有找到这个事项。"


class NotInForce(ActRefused):
    code = "exchange.items.not_in_force"
    message = "这个事项当前没有发布的版本，不能撤下。"


class ReasonMissing(ActRefused):
    code = "exchange.items.reason_missing"
    message = "请写明撤下的原因。"


class LintFindings(ActRefused):
    code = "exchange.items.lint_findings"
    message = "还有没有改正的问题，不能继续。请按所列的栏目改正。"


class MustClaim(ActRefused):
    code = "exchange.items.must_claim"
    message = "区级及以下不能自行编制行政权力事项，请从基本目录认领；公共服务和情形可以自行编制。"


class UniformField(ActRefused):
    code = "exchange.items.uniform_field"
    message = "名称、编码、类型和依据由基本目录统一规定，认领以后不能修改。"


class NotInCatalogue(ActRefused):
    code = "exchange.items.not_in_catalogue"
    message = "基本目录里没有这个事项，或者它已经取消。"


class WrongLevel(ActRefused):
    code = "exchange.items.wrong_level"
    message = "基本目录规定这个事项不由本级行使。"


class UnknownDraft(ActRefused):
    code = "exchange.items.unknown_draft"
    message = "没有找到这份草稿。"


class DraftExists(ActRefused):
    code = "exchange.items.draft_exists"
    message = "这个事项已有一份草稿在办，请在那份草稿里修改。"


class CodeTaken(ActRefused):
    code = "exchange.items.code_taken"
    message = "这个编码已经有事项在用。"


class NotAtThisStep(ActRefused):
    code = "exchange.items.not_at_this_step"
    message = "草稿不在这个环节，可能刚刚由别人办过。请刷新后再看。"


class SomebodySaved(ActRefused):
    code = "exchange.items.somebody_saved"
    message = "您打开以后，别人保存过这份草稿。您填的内容都还在页面上，请核对后再保存。"


class EntriesWrong(ActRefused):
    code = "exchange.items.entries_wrong"
    message = "有些内容填得不对，没有保存。请更正后再保存。"


class BookRefused(ActRefused):
    code = "exchange.items.book_refused"
    message = "表格里有问题，没有导入任何内容。请按所列的单元格改正后重新上传。"


class NobodyPublishes(ActRefused):
    code = "exchange.items.nobody_publishes"
    message = "还没有设置事项发布岗位，请联系系统管理员在岗位里增加“事项发布”。"


class NotOnApplication(ActRefused):
    code = "exchange.items.not_on_application"
    message = "处罚、强制、征收、检查不是依申请办理的事项，不能作为办事事项，请列入权责清单。"


class DutiesMissing(ActRefused):
    code = "exchange.items.duties_missing"
    message = "权责清单必须写明责任事项。"


class AccountabilityMissing(ActRefused):
    code = "exchange.items.accountability_missing"
    message = "权责清单必须写明追责情形。"
