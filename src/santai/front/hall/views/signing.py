"""Signatures: who must sign, who is missing; the page of the one who was invited."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from santai.front.hall import service
from santai.front.hall.rules.signers import signers_in
from santai.front.hall.views.attachments import file_links
from santai.front.hall.views.drafts import applicant_of, opened
from santai.front.hall.views.shared import friendly, refused, said, who
from santai.kernel.clocks.service import now
from santai.kernel.forms.service import answers_context
from santai.kernel.identity.service import signed_in
from santai.kernel.ledger.service import ActRefused


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def signatures(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Invite everyone the form names, see who is missing, remind."""
    draft = opened(request, draft_id)
    actor, _party, _account = who(request)
    item = service.definition_of(draft.item_code, draft.item_version)
    if request.method == "POST":
        try:
            if "remind" in request.POST:
                service.remind_signer(invitation_id=_id(request.POST["remind"]), actor=actor, at=now())
                messages.success(request, _("已再次提醒。"))
            else:
                invited = service.invite_signers(draft_id=draft.id, actor=actor, at=now())
                messages.success(request, _("邀请已发出，共 %(count)s 人。") % {"count": len(invited)})
        except service.NotFound:
            raise
        except ActRefused as refusal:
            refused(request, refusal)
        return redirect(request.path)
    known = {one.code: one for one in service.invitations_of(draft)}
    people = []
    for signer in signers_in(item.signers, draft.data):
        invitation = known.get(signer["code"])
        state = "未邀请"
        if invitation:
            state = "已签名" if invitation.signed_at else "拒绝签名" if invitation.declined_at else "待签名"
        people.append(
            {
                "name": signer["name"],
                "role": signer["role"],
                "state": state,
                "id": invitation.id if invitation else "",
                "signed_at": invitation.signed_at if invitation else None,
                "why": invitation.declined_why if invitation else "",
                "mine": signer["code"] == actor.person_code,
                "tone": {"未邀请": "off", "拒绝签名": "wrong"}.get(state, ""),
                "may_remind": bool(invitation) and state != "已签名" and signer["code"] != actor.person_code,
            }
        )
    context = {
        "draft": draft,
        "people": people,
        "to_invite": [one for one in people if one["state"] == "未邀请"],
        "signed": sum(one["state"] == "已签名" for one in people),
        "all_signed": bool(people) and all(one["state"] == "已签名" for one in people),
        "draft_url": reverse("front_hall:draft", args=[draft.id]),
        "check_url": reverse("front_hall:check", args=[draft.id]),
    }
    return render(request, "front_hall/signatures.html", context)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise service.NotFound() from None


@require_http_methods(["GET", "POST"])
@friendly
@signed_in
def sign(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """The invited person reads the whole form and signs exactly that, or declines."""
    actor, _party, _account = who(request)
    try:
        invitation = service.access_invitation(invitation_id=invitation_id, actor=actor)
    except service.NotFound:
        return render(request, "front_hall/not_yours.html", {"why": said(service.NotTheSigner())}, status=403)
    draft = invitation.draft
    why, errors = "", {}
    if request.method == "POST":
        try:
            if request.POST.get("act") == "decline":
                if not request.POST.get("why", "").strip():
                    errors = {"why": _("请写明为什么不签，申请人会看到。")}
                else:
                    service.decline_signature(invitation_id=invitation_id, why=request.POST["why"], actor=actor, at=now())
                    return redirect(request.path)
            elif request.POST.get("read") != "yes":
                errors = {"read": _("请先确认您已经看过全部内容。")}
            else:
                service.sign_draft(invitation_id=invitation_id, digest=request.POST.get("digest", ""), actor=actor, at=now())
                return redirect(request.path)
        except service.SignedOtherContent as refusal:
            why = said(refusal)
            draft.refresh_from_db()
        except service.NotFound:
            return redirect(request.path)
    form = service.form_of_draft(draft)
    context = answers_context(form, draft.data, file_url=file_links(actor))
    context |= {
        "invitation": invitation,
        "draft": draft,
        "applicant": applicant_of(draft),
        "digest": service.content_digest(draft),
        "open": draft.state == service.Draft.State.OPEN,
        "why": why,
        "errors": errors,
        "mine": draft.account == actor.account,
        "signatures_url": reverse("front_hall:signatures", args=[draft.id]),
        "refusing": request.POST.get("why", ""),
    }
    return render(request, "front_hall/sign.html", context, status=422 if errors else 409 if why else 200)
