"""Install one version of a form."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from santai.kernel.forms.errors import DefinitionChanged, DefinitionFaulty
from santai.kernel.forms.models import FormDefinition
from santai.kernel.forms.rules.definition import find_faults
from santai.kernel.jobs.service import forget_kept
from santai.kernel.ledger.service import Actor, record


@transaction.atomic
def install_form(*, definition: Mapping[str, Any], actor: Actor, at: datetime) -> FormDefinition:
    """Keep a definition for ever under its key and version. Installing the same content again changes nothing.

    DefinitionFaulty with every fault; DefinitionChanged when this version exists with other content.
    """
    plain = json.loads(json.dumps(definition, ensure_ascii=False, default=str))
    if faults := find_faults(plain):
        raise DefinitionFaulty("表单定义有错误，没有安装：" + "；".join(faults), problems=faults)
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
    made, created = FormDefinition.objects.select_for_update().get_or_create(
        key=plain["key"],
        version=plain["version"],
        defaults={
            "title": plain["title"],
            "definition": plain,
            "digest": digest,
            "installed_at": at,
            "installed_by": actor.name,
        },
    )
    if not created:
        if made.digest != digest:
            raise DefinitionChanged(f"表单“{made.title}”第 {made.version} 版已经安装，内容不能再改；请提高版本号后安装。")
        return made
    forget_kept()
    record(actor=actor, act="kernel.forms.install_form", on=f"form:{made.key}:{made.version}", at=at, details={"digest": digest})
    return made
