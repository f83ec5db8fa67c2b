"""What a definition says, as a digest: two versions with the same digest are the same. Pure."""

import hashlib
import json

from santai.exchange.contracts.service import ItemDefinition, encode


def digest_of(definition: ItemDefinition) -> str:
    return hashlib.sha256(json.dumps(encode(definition), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
