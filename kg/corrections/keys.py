"""The words of a corrections file, English and Chinese: sections, keys, and what a value can be."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RELATIONS = {"制发": "issues", "修订": "revises", "起草": "drafts", "落实": "implements", "学习": "studies", "编入": "includes",
             "刊载": "reported_in", "使用": "uses", "听取": "hears", "其他": "other"}
ROLES = {"负责": "responsible", "联合": "joint", "批准": "approves", "对象": "target", "配合": "cooperating", "其他": "other"}
KINDS = {"法院": "court", "法院群体": "court_group", "内设部门": "department", "党组织": "party", "行政机关": "government",
         "纪检监察": "discipline", "工作专班": "working_group", "研究机构": "research", "其他": "other"}
STATUSES = {"已完成": "done", "正在推进": "ongoing", "计划": "planned", "常态化": "recurring"}
FLAGS = ("add", "drop", "merge")  # keys whose value is true

KEYS = {
    "问题": "issue", "原文": "quote", "名称": "name", "全称": "full", "类别": "kind", "角色": "role", "标题": "title", "新标题": "new_title",
    "完整标题": "full_title", "关系": "relation", "制发机关": "issuer", "方面": "aspect", "状态": "status", "时限": "deadline",
    "拆分": "split", "并入上一条": "merge", "增加": "add", "删除": "drop", "原为": "was",
}


@dataclass(frozen=True, slots=True)
class Section:
    """What entries of one kind may say.

    `finds` are the keys of which one must be there, to find what is meant; `limits` narrow that down;
    `changes` say what is to be otherwise. `values` are those that a key can have, by their Chinese words.
    """

    name: str
    chinese: str
    finds: tuple[str, ...]
    limits: tuple[str, ...]
    changes: tuple[str, ...]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that an entry may hold."""
        return (*self.finds, *self.limits, *self.changes, "was")


SECTIONS = (
    Section("body", "机构", ("name",), ("issue", "quote"), ("full", "kind", "role", "add", "drop"), {"role": ROLES, "kind": KINDS}),
    Section("document", "文件", ("title",), ("issue", "quote"),
            ("relation", "issuer", "new_title", "full_title", "add", "drop"), {"relation": RELATIONS}),
    Section("measure", "措施", ("quote",), ("issue",), ("split", "merge", "status", "drop"), {"status": STATUSES}),
    Section("issue", "问题", ("issue",), (), ("new_title", "aspect", "status", "deadline", "drop")),
)


def chinese_of(key: str) -> str:
    """Return the Chinese word for a key."""
    return next(word for word, name in KEYS.items() if name == key)
