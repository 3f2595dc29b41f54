"""Type of another size, as advice tries it: the size of running text changes, that of headings stays."""

from __future__ import annotations

from dataclasses import replace

from layout.page.frames import FrameType, RoleType


def scaled(type_: FrameType, factor: float) -> FrameType:
    """*type_* with the sizes of its running text changed; headings in it keep theirs."""
    own = type_.size

    def role(each: RoleType) -> RoleType:
        return replace(each, size=each.size * factor) if abs(each.size - own) < 0.01 else each

    kinds = {
        kind: replace(each, roles={name: role(one) for name, one in each.roles.items()}, indent=each.indent * factor)
        if abs(each.size - own) < 0.01
        else each
        for kind, each in type_.kinds.items()
    }
    roles = {name: role(each) for name, each in type_.roles.items()}
    return replace(type_, roles=roles, kinds=kinds, indent=type_.indent * factor)
