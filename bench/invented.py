"""Notices of courts that do not exist, as text: any number, no two alike, the same ones on every run.

They share what real ones share: the rules of the courts above them, the bodies that they work with, the
kinds of things that go wrong. A lower court rests on rules that its province issues in notices of its own.
"""
from __future__ import annotations

from collections.abc import Iterator
from random import Random

SYLLABLES = "东南西北山河湖海云川青白江岭泉林"
ASPECTS = ("贯彻落实上级决策部署方面", "履行审判执行职能方面", "落实全面从严治党责任方面", "队伍建设和基层党组织建设方面", "落实以往整改要求方面")
MATTERS = ("案款发放", "卷宗移送", "类案检索", "审限管理", "信访化解", "诉前调解", "档案管理", "物资采购", "车辆使用", "书记员管理",
           "年轻干部培养", "支部组织生活", "廉政风险防控", "网络查控", "司法公开", "普法宣传", "失信惩戒", "破产审判", "少年审判", "司法救助")
FAULTS = ("不够规范", "监督不严", "推进缓慢", "制度缺失", "责任不清", "台账不全")
GENRES = ("办法", "实施细则", "工作规程", "工作方案", "规定（试行）", "通知", "责任清单")
DEPARTMENTS = ("立案庭", "执行局", "审判管理办公室", "政治部", "机关党委", "督察室", "财务处", "民事审判第一庭", "研究室")
PARTNERS = ("市公安局", "市财政局", "市司法局", "市人民检察院", "市市场监督管理局")
STATUSES = ("已完成整改", "已销号", "基本完成整改", "阶段性完成", "正在推进", "持续推进")
NUMERALS = "一二三四五六七八九十"
SMALL, LARGE = 8, 30  # issues of a notice
COURTS_OF_A_PROVINCE = 12  # the first of them is the high court


def invented_notices() -> Iterator[str]:
    """Give the text of one notice after the other, without end."""
    number = 0
    while True:
        yield _notice(number)
        number += 1


def _notice(number: int) -> str:
    """One notice; the first of each province is that of its high court, which the others rest on."""
    chance = Random(number)
    province, place = number // COURTS_OF_A_PROVINCE, number % COURTS_OF_A_PROVINCE
    region = f"{_name(province)}省"
    court = f"{region}高级人民法院" if place == 0 else f"{_name(1000 + number)}市中级人民法院"
    issues = chance.randint(SMALL, LARGE)
    year = 2019 + number % 6
    written = chance.randint(0, 9) and issues  # one in ten counts itself wrong
    done = issues * 3 // 4
    head = (
        f"中共{court}党组关于巡视整改进展情况的通报\n\n发布时间：{year}-07-{1 + number % 28:02}\n\n"
        f"根据省委巡视工作安排，{year - 1}年9月6日至11月{1 + number % 28}日，{region[:-1]}省委第{NUMERALS[number % 9]}巡视组对{court}党组开展了巡视，"
        f"{year}年1月{1 + number % 28}日反馈了意见。现将整改进展情况予以公布。\n\n一、党组履行整改主体责任情况\n\n"
        f"院党组印发《{court}党组巡视整改工作方案》，反馈的{len(ASPECTS)}个方面{written or issues + 3}个问题细化为{issues * 3}项整改措施。"
        f"截至{year}年6月30日，{written or issues + 3}个问题已完成整改{done}个，其余{issues - done}个持续推进。\n\n二、反馈问题整改落实情况\n\n")
    body, per_aspect = "", -(-issues // len(ASPECTS))
    for index in range(issues):
        if index % per_aspect == 0:
            body += f"（{NUMERALS[index // per_aspect]}）{ASPECTS[index // per_aspect]}\n\n"
        body += _issue(chance, index, region, place == 0, year)
    return f"{head}{body}三、下一步工作打算\n\n院党组将对已完成事项开展“回头看”。\n\n中共{court}党组\n{year}年7月{1 + number % 28}日\n"


def _name(number: int) -> str:
    """A name of a place, another for each number."""
    digits, base = "", len(SYLLABLES)
    for _ in range(3):
        number, digit = divmod(number, base)
        digits = SYLLABLES[digit] + digits
    return digits if number == 0 else f"{digits}{SYLLABLES[number % base]}"


def _issue(chance: Random, index: int, region: str, high: bool, year: int) -> str:
    title = f"{chance.choice(MATTERS)}{chance.choice(FAULTS)}"
    lines = [f"{index + 1}．关于{title}的问题"]
    lines += [f"{NUMERALS[m]}是{_measure(chance, region, high, year)}" for m in range(chance.randint(1, 5))]
    if chance.random() < 0.5:
        lines.append(f"责任部门：{chance.choice(DEPARTMENTS)}")
    if chance.random() < 0.5:
        lines.append(f"整改时限：{year}年{chance.randint(1, 12)}月底前")
    if chance.random() < 0.6:
        lines.append(f"整改状态：{chance.choice(STATUSES)}")
    return "\n".join(lines) + "\n\n"


def _measure(chance: Random, region: str, high: bool, year: int) -> str:
    """Sentences of one measure, three of ten kinds at most."""
    rule = f"{chance.choice(MATTERS)}{chance.choice(GENRES)}"
    other = f"{chance.choice(MATTERS)}{chance.choice(GENRES)}"
    above = "最高人民法院" if high else f"{region}高级人民法院"
    department, partner, count = chance.choice(DEPARTMENTS), chance.choice(PARTNERS), chance.randint(2, 400)
    months = f"{year}年{chance.randint(1, 5)}月至6月"
    sentences = (
        f"制定《{rule}》，开展检查{count}次。", f"修订《{rule}》，由{department}牵头落实。", f"根据{above}《{other}》，制定印发《{rule}》。",
        f"落实{above}《{other}》，对{count}件案件逐件核查。", f"{department}会同{partner}开展联合核查，清退款项{count}万元。",
        f"起草《{rule}》，正在征求各基层法院意见。", f"将《{rule}》编入《{chance.choice(MATTERS)}制度汇编》。",
        f"{months}，督促各中级法院、基层法院开展自查，发现问题{count}个。", f"根据{above}即将出台的《{other}》，研究修订《{rule}》。",
        f"报{above}审批后执行《{rule}》，长期坚持每月抽查。", f"严格执行《{rule}》，组织全省三级法院培训{count}人次。", "加强教育引导，压实主体责任。")
    return "".join(chance.sample(sentences, chance.randint(1, 3)))
