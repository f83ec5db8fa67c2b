"""The door of packs: a folder of data becomes a working application, or nothing at all (house.md rule 7).

A room makes its part known in ``apps.ready()`` with ``register_part``; everyone else checks and installs.
"""

from santai.kernel.packs.actions.install_pack import install_pack, install_packs
from santai.kernel.packs.errors import PackRefused
from santai.kernel.packs.messages import Installation, Pack, PackFile, Problem
from santai.kernel.packs.queries import check_pack, installed_packs, packs_in
from santai.kernel.packs.rules import register_part

__all__ = [
    "Installation",
    "Pack",
    "PackFile",
    "PackRefused",
    "Problem",
    "check_pack",
    "install_pack",
    "install_packs",
    "installed_packs",
    "packs_in",
    "register_part",
]
