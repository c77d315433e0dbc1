"""How headings nest and what each of them is, on small notices in the forms that real ones have."""
from __future__ import annotations

import pytest

from kg.extract.notice import extract_notice
from kg.model import Notice
from kg.outline import number_value
from kg.reading import read_bytes
from kg.resolve import resolve

OPENING = ("中共青岚市档案馆党组关于巡察整改进展情况的通报\n\n根据市委统一部署，2023年3月1日至4月28日，市委第二巡察组对市档案馆党组开展了巡察。"
           "2023年6月5日反馈了巡察意见。现将整改进展情况予以公布。\n\n")
CLOSING = "\n\n中共青岚市档案馆党组\n2023年12月1日\n"


def read(body: str) -> Notice:
    return resolve(extract_notice(read_bytes((OPENING + body + CLOSING).encode(), "n.txt")))


def shape(notice: Notice) -> list[tuple[str, str, list[str]]]:
    return [(i.number, i.title, [m.marker for m in i.measures]) for i in notice.issues]


@pytest.mark.parametrize(("printed", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("⑫", 12), ("⑵", 2), ("⒊", 3), ("㈣", 4), ("3.14", 14)])
def test_printed_numbers(printed: str, value: int) -> None:
    assert number_value(printed) == value


def test_parts_aspects_issues_and_measures() -> None:
    notice = read("一、主体责任落实情况\n（一）提高站位。召开会议3次。\n二、巡察反馈问题整改情况\n（一）政治建设方面\n1．关于学习不够深入的问题。\n"
                  "一是制定计划。印发《学习计划》。\n二是组织学习。\n2．关于制度执行不严的问题。\n修订《考勤制度》。\n（二）组织建设方面\n3．关于支部活动不规范的问题。\n"
                  "一是开展检查。\n二是补选委员。\n三、下一步打算\n（一）持续学习。\n")
    assert shape(notice) == [("1", "学习不够深入", ["一是", "二是"]), ("2", "制度执行不严", [""]), ("3", "支部活动不规范", ["一是", "二是"])]
    assert [a.title for a in notice.aspects] == ["政治建设方面", "组织建设方面"]
    assert [i.aspect for i in notice.issues] == ["政治建设方面", "政治建设方面", "组织建设方面"]


def test_numbers_may_restart_under_each_aspect() -> None:
    notice = read("（一）政治建设方面\n1.关于学习不深入的问题。组织学习。\n2.关于研究不及时的问题。召开会议。\n（二）队伍建设方面\n1.关于培训不足的问题。举办培训班。\n")
    assert [(i.number, i.aspect) for i in notice.issues] == [("1", "政治建设方面"), ("2", "政治建设方面"), ("1", "队伍建设方面")]


def test_issues_and_measures_in_one_paragraph() -> None:
    notice = read("一、在政治建设方面\n（一）关于学习不深入的问题。一是制定计划。二是组织学习；三是开展测试。\n（二）关于研究不及时的问题。召开会议。\n")
    assert shape(notice) == [("一", "学习不深入", ["一是", "二是", "三是"]), ("二", "研究不及时", [""])]


def test_labels_around_each_issue() -> None:
    notice = read("1、关于库房管理不严的问题\n【整改措施】\n①修订《库房管理办法》。\n②清点藏品1200件。\n【责任单位】保管科、办公室\n【配合单位】财务科\n【整改时限】2023年8月底\n【整改状态】已完成\n"
                  "2、关于经费使用不规范的问题\n整改情况：清退费用2.3万元。\n责任领导：张某\n整改时限：长期坚持\n")
    first, second = notice.issues
    assert [m.marker for m in first.measures] == ["①", "②"]
    assert first.measures[1].text == "②清点藏品1200件。"
    assert (first.status, first.deadline) == ("已完成", "2023年8月底")
    assert [(o.canonical, o.role) for o in first.organizations] == [
        ("青岚市档案馆保管科", "responsible"), ("青岚市档案馆办公室", "responsible"), ("青岚市档案馆财务科", "cooperating")]
    assert (second.leader, second.deadline) == ("张某", "长期坚持")
    assert [m.text for m in second.measures] == ["清退费用2.3万元。"]


def test_sub_issues_carry_their_parents_number() -> None:
    notice = read("（一）政治建设方面\n1.关于“学习抓得不紧”问题的整改\n（1）关于“计划不具体”的问题。修订《学习计划》。\n（2）关于“考勤不严格”的问题。印发《考勤通知》。\n"
                  "2.关于“调研不深入”问题的整改\n开展调研5次。\n")
    assert [(i.number, i.parent, i.title) for i in notice.issues] == [
        ("1", None, "学习抓得不紧"), ("1.1", "1", "计划不具体"), ("1.2", "1", "考勤不严格"), ("2", None, "调研不深入")]
    assert [d.title for m in notice.issues[2].measures for d in m.documents] == ["考勤通知"]


def test_marks_under_a_result_label_are_measures() -> None:
    notice = read("问题1：关于征集工作不主动的问题。\n整改情况：\n（1）走访单位20家。\n（2）制定《征集办法》。\n问题2：关于利用服务不便捷的问题。\n整改情况：\n（1）开通网上查档。\n（2）培训干部。\n")
    assert shape(notice) == [("1", "征集工作不主动", ["（1）", "（2）"]), ("2", "利用服务不便捷", ["（1）", "（2）"])]


def test_a_bracket_after_a_title_says_how_far_it_is_or_who_answers() -> None:
    notice = read("1．关于库房管理不严的问题（已完成）\n（1）清点藏品。\n（2）印发《库房守则》。\n整改成效：差错归零。\n2．借阅审批不规范。（牵头：保管科；配合：办公室、财务科）\n"
                  "整改进展：一是补签手续。二是约谈责任人。\n进度：基本到位。\n3．关于经费不足的问题（持续推进）\n争取资金。\n")
    assert shape(notice) == [("1", "库房管理不严", ["（1）", "（2）"]), ("2", "借阅审批不规范", ["一是", "二是"]), ("3", "经费不足", [""])]
    assert [i.status for i in notice.issues] == ["已完成", "基本到位", "持续推进"]
    assert [(o.mention, o.role) for o in notice.issues[1].organizations] == [("保管科", "responsible"), ("办公室", "cooperating"), ("财务科", "cooperating")]
    assert [m.text for m in notice.issues[2].measures] == ["争取资金。"]


def test_labels_may_stand_in_one_bracket() -> None:
    for opening, closing in ("（）", "[]", "【】"):
        notice = read(f"（一）关于库房管理不严的问题\n清点藏品。\n{opening}责任部门：保管科；完成时限：2023年8月底；整改状态：已完成{closing}\n（二）关于借阅不规范的问题\n补签手续。\n")
        first = notice.issues[0]
        assert ([o.mention for o in first.organizations], first.deadline, first.status) == (["保管科"], "2023年8月底", "已完成")
        assert [m.text for m in first.measures] == ["清点藏品。"]


def test_issues_may_be_items_and_measures_have_a_word_or_a_sign_for_a_number() -> None:
    notice = read("第1项　库房管理宽松软\n主办单位：保管科；完成期限：2023年8月底\n整改结果：\n⑴清点藏品。\n⑵印发《库房守则》。\n销号情况：已销号\n第2项　借阅审批走过场\n"
                  "举措一：补签手续。\n举措二：约谈责任人。\n第3项　经费使用不规范\n【整改落实】一是清退费用。二是完善制度。三是开展培训。\n")
    assert shape(notice) == [("1", "库房管理宽松软", ["⑴", "⑵"]), ("2", "借阅审批走过场", ["举措一", "举措二"]), ("3", "经费使用不规范", ["一是", "二是", "三是"])]
    assert (notice.issues[0].deadline, [o.canonical for o in notice.issues[0].organizations]) == ("2023年8月底", ["青岚市档案馆保管科"])


def test_a_status_after_the_last_sub_issue_alone_is_of_the_issue_above() -> None:
    notice = read("（一）政治建设方面\n1.关于“学习抓得不紧”问题的整改\n整改进展：\n（1）关于“计划不具体”的问题。修订《学习计划》。\n（2）关于“考勤不严格”的问题。印发《考勤通知》。\n完成情况：基本完成\n"
                  "2.关于“调研不深入”问题的整改\n开展调研5次。\n完成情况：已完成\n")
    assert [(i.number, i.status) for i in notice.issues] == [("1", "基本完成"), ("1.1", None), ("1.2", None), ("2", "已完成")]


def test_a_title_in_quotes_may_hold_stops_and_titles() -> None:
    notice = read("1.关于“学习不深。对《档案法》一知半解”的问题。组织学习《档案法》。\n2.关于“检查不多”的问题。开展检查。\n")
    assert [i.title for i in notice.issues] == ["学习不深。对《档案法》一知半解", "检查不多"]
    assert [d.relation for d in notice.issues[0].measures[0].documents] == ["studies"]


@pytest.mark.parametrize(("printed", "title"), [
    ("关于 “检查不多” 的问题", "检查不多"),
    ("关于“支部“三会一课”质量不高，存在“走过场”现象”的问题", "支部“三会一课”质量不高，存在“走过场”现象"),
    ("关于“学”与“用”脱节的问题", "“学”与“用”脱节"),
    ("存在问题：检查不多", "检查不多"),
])
def test_the_words_of_a_title(printed: str, title: str) -> None:
    notice = read(f"1.{printed}。\n整改情况：开展检查。\n2.关于作风不实的问题。\n整改情况：开展谈话。\n")
    assert notice.issues[0].title == title


def test_a_lost_first_heading_does_not_move_the_issue_part() -> None:
    notice = read("（一）馆党组履行主体责任情况\n1.提高认识。召开会议。\n2.强化督办。\n二、巡察反馈问题整改情况\n（一）政治建设方面\n1.关于学习不深入的问题。组织学习。\n2.关于作风不实的问题。开展谈话。\n")
    assert [i.title for i in notice.issues] == ["学习不深入", "作风不实"]


def test_no_issue_list_is_a_warning_and_no_crash() -> None:
    notice = read("馆党组高度重视，召开会议5次。截至2023年11月30日，12个问题已完成整改10个，正在推进2个。\n")
    assert notice.issues == ()
    assert [w.code for w in notice.warnings] == ["no_issues"]
    assert {(c.what, c.value) for c in notice.claims} >= {("issues_done", 10.0), ("issues_ongoing", 2.0)}


def test_text_that_no_rule_understood_is_reported() -> None:
    notice = read("（一）政治建设方面\n本方面问题由机关党委统筹。\n1.关于学习不深入的问题。组织学习。\n2.关于作风不实的问题。开展谈话。\n")
    assert [(w.code, notice.text[w.span.start:w.span.end]) for w in notice.warnings] == [("unclaimed", "本方面问题由机关党委统筹。")]


@pytest.mark.parametrize(("printed", "value"), [("1-3", 3), ("2-1-4", 4), ("首先", 1), ("再次", 3), ("07", 7), ("c", 3)])
def test_numbers_in_other_forms(printed: str, value: int) -> None:
    assert number_value(printed) == value


def test_numbers_with_dashes() -> None:
    notice = read("第一方面：服务保障不够有力\n1-1 库房管理不严\n1-1-1 修订《库房管理办法》。\n1-1-2 清点藏品。\n1-2 经费使用不规范\n1-2-1 清退费用。\n"
                  "第二方面：队伍建设不够扎实\n2-1 培训不足\n2-1-1 举办培训班。\n")
    assert shape(notice) == [("1-1", "库房管理不严", ["1-1-1", "1-1-2"]), ("1-2", "经费使用不规范", ["1-2-1"]), ("2-1", "培训不足", ["2-1-1"])]
    assert [a.title for a in notice.aspects] == ["服务保障不够有力", "队伍建设不够扎实"]


def test_measures_told_in_turn() -> None:
    notice = read("问题1：库房管理不严\n整改情况：首先，修订《库房管理办法》。其次，清点藏品。最后，公布结果。\n问题2：经费使用不规范\n整改情况：清退费用。\n")
    assert shape(notice) == [("1", "库房管理不严", ["首先", "其次", "最后"]), ("2", "经费使用不规范", [""])]


def test_numbers_with_nothing_but_space_after_them() -> None:
    notice = read("【板块一：服务保障存在的问题】\n01　库房管理不严\na）修订《库房管理办法》。\nb）清点藏品。\n02　经费使用不规范\na）清退费用。\n【板块二：队伍建设方面】\n03　培训不足\n举办培训班。\n")
    assert shape(notice) == [("01", "库房管理不严", ["a）", "b）"]), ("02", "经费使用不规范", ["a）"]), ("03", "培训不足", [""])]
    assert [a.title for a in notice.aspects] == ["服务保障", "队伍建设方面"]


def test_an_amount_at_the_start_of_a_line_is_no_number() -> None:
    notice = read("1.关于库房管理不严的问题\n一是清点藏品，涉及\n12 处库房、\n3 家单位。\n2.关于培训不足的问题\n举办培训班。\n")
    assert [i.number for i in notice.issues] == ["1", "2"]


def test_how_far_an_issue_is_before_its_number_and_at_the_head_of_its_report() -> None:
    notice = read("1 服务保障方面\n[完成整改]1.1 库房管理不严\na)修订《库房管理办法》。\n[正在整改]1.2 经费使用不规范\na)清退费用。\n2 队伍建设方面\n[完成整改]2.1 培训不足\n举办培训班。\n")
    assert [(i.number, i.status) for i in notice.issues] == [("1.1", "完成整改"), ("1.2", "正在整改"), ("2.1", "完成整改")]
    notice = read("1.关于库房管理不严的问题\n整改措施：修订《库房管理办法》。\n整改成效：已完成。差错率下降三成。\n2.关于培训不足的问题\n整改措施：举办培训班。\n整改成效：持续推进。参加60人。\n")
    assert [i.status for i in notice.issues] == ["已完成", "持续推进"]


def test_an_audit_report_counts_bodies_behind_its_marks_and_says_how_far_each_issue_is() -> None:
    notice = read("一、总体情况\n（一）责任更加夯实。市政府召开会议3次。\n二、审计工作报告反映问题的整改情况\n（一）关于部门预算执行审计查出问题的整改情况\n"
                  "1.9家单位结余资金未上缴。该问题已完成整改。一是上缴1,230.5万元。二是印发《结余资金管理办法》。\n2.部分项目绩效目标不合理。\n市财政局修订《绩效目标管理办法》，目前，该问题正在整改。\n"
                  "（二）关于国有资产审计查出问题的整改情况\n1.资产闲置。盘活房产12处。\n")
    assert [(i.number, i.title, i.aspect, i.status) for i in notice.issues] == [
        ("1", "9家单位结余资金未上缴", "部门预算执行审计查出问题", "已完成整改"), ("2", "部分项目绩效目标不合理", "部门预算执行审计查出问题", "正在整改"),
        ("1", "资产闲置", "国有资产审计查出问题", None)]


def test_a_notice_of_one_issue_whose_headings_are_labels() -> None:
    notice = read("一、反馈问题\n青浦县管网建设滞后，每天直排0.8万吨。\n二、整改目标\n新建管网24公里。\n三、整改时限\n2023年12月\n四、责任单位\n牵头单位：青浦县人民政府；配合单位：市生态环境局\n"
                  "五、整改措施及完成情况\n（一）加快建设。新建管网26公里。\n（二）强化监管。印发《管网管护办法》。\n六、验收情况\n同意销号。\n")
    issue, = notice.issues
    assert (issue.number, issue.title, issue.deadline, [m.marker for m in issue.measures]) == ("1", "青浦县管网建设滞后，每天直排0.8万吨", "2023年12月", ["（一）", "（二）"])
    assert [(o.mention, o.role) for o in issue.organizations] == [("青浦县人民政府", "responsible"), ("市生态环境局", "cooperating")]
    assert issue.measures[1].text == "（二）强化监管。印发《管网管护办法》。"
    notice = read("一、整改任务\n砖厂扬尘突出。\n二、整改时限：2023年6月底\n三、责任单位：青浦县政府\n四、整改措施\n完善设施。\n五、完成情况\n建成料棚2座。\n")
    assert [(i.title, i.deadline, [m.text for m in i.measures]) for i in notice.issues] == [("砖厂扬尘突出", "2023年6月底", ["完善设施。", "建成料棚2座。"])]
    notice = read("一、关于管网滞后的问题\n整改措施：新建管网。\n二、关于扬尘突出的问题\n整改措施：建成料棚。\n三、关于监管不严的问题\n整改措施：开展检查。\n")
    assert [i.number for i in notice.issues] == ["一", "二", "三"]


def test_issues_quoted_from_the_inspectors_with_their_status_first() -> None:
    notice = read("（一）负责制落实不够到位\n1.反馈问题“议事不规范，界限不清。”\n已整改到位。修订《议事规则》。\n2.反馈问题“选任程序缺失。”\n正在整改。重新履行程序。\n（二）师德师风建设有差距\n3.反馈问题“有偿补课屡禁不止。”\n已完成人员招聘。签订承诺书。\n")
    assert [(i.number, i.title, i.aspect, i.status) for i in notice.issues] == [
        ("1", "议事不规范，界限不清。", "负责制落实不够到位", "已整改到位"), ("2", "选任程序缺失。", "负责制落实不够到位", "正在整改"),
        ("3", "有偿补课屡禁不止。", "师德师风建设有差距", None)]


def test_titles_in_quotes_behind_a_label_and_a_deadline_that_is_a_status() -> None:
    notice = read("1.“关于分析研判不够及时”问题的整改情况\n整改情况：印发《研判办法》。\n整改时限：已完成\n2.“农家书屋管护不到位”问题的整改情况\n整改情况：更新图书。\n整改时限：长期坚持\n")
    assert [(i.title, i.status, i.deadline) for i in notice.issues] == [("分析研判不够及时", "已完成", None), ("农家书屋管护不到位", None, "长期坚持")]
    notice = read("（一）【反馈问题】水质责任压得不实\n【整改举措】\n1.增设监测点。\n2.印发《应急预案》。\n（二）【反馈问题】改造迟缓\n【整改举措】\n1.完成改造。\n2.退出分包商。\n")
    assert [(i.title, [m.marker for m in i.measures]) for i in notice.issues] == [("水质责任压得不实", ["1", "2"]), ("改造迟缓", ["1", "2"])]


def test_boxes_that_are_checked_and_a_status_as_the_last_sentence() -> None:
    notice = read("第一类：履行职责有偏差\n问题1-1 管护不严\n整改情况：出台《管护办法》。\n整改状态：☑完成 □推进中\n问题1-2 整治有短板\n整改情况：整改厕所236座。\n整改状态：□完成 ☑推进中\n")
    assert [(i.number, i.title, i.status) for i in notice.issues] == [("1-1", "管护不严", "完成"), ("1-2", "整治有短板", "推进中")]
    notice = read("1、占道经营反弹。取缔摊点34处。已整改。\n2、路灯不亮。更换灯具126盏，正在整改线路。\n3、雨污混流。申报项目1个。正在整改。\n")
    assert [i.status for i in notice.issues] == ["已整改", None, "正在整改"]


def test_numbers_before_labels_number_no_measures() -> None:
    notice = read("1、关于“重收益”的问题\n①整改措施：调整绩效方案。\n②整改结果：医务部修订《分配方案》。\n③责任人：李某某\n④责任科室：绩效办、医务部\n⑤完成时限：2025年1月底\n"
                  "2、关于“大检查”的问题\n①整改措施：加强点评。\n②责任人：王某某\n③责任科室：药学部\n④完成时限：长期坚持\n")
    assert [(i.leader, i.deadline, [(m.marker, m.text) for m in i.measures], [o.mention for o in i.organizations]) for i in notice.issues] == [
        ("李某某", "2025年1月底", [("", "调整绩效方案。"), ("", "医务部修订《分配方案》。")], ["绩效办", "医务部"]),
        ("王某某", "长期坚持", [("", "加强点评。")], ["药学部"])]
    notice = read("（一）反馈问题：课程建设滞后\n1．整改措施\n（1）修订《课程方案》。\n（2）举办宣讲26场。\n2．完成情况：已完成\n（二）反馈问题：基建管理不严\n1．整改措施\n（1）开展检查。\n2．完成情况：正在推进\n")
    assert [(i.title, i.status, [m.marker for m in i.measures]) for i in notice.issues] == [
        ("课程建设滞后", "已完成", ["（1）", "（2）"]), ("基建管理不严", "正在推进", ["（1）"])]


def test_a_title_ends_where_it_begins_to_tell_what_was_done() -> None:
    notice = read("1.针对科技创新支撑不足问题，强化创新主体地位。制定《攻关措施》。\n2.针对选人用人把关不严的问题，规范动议程序。修订《选任规定》。\n")
    assert [(i.title, [m.text for m in i.measures]) for i in notice.issues] == [
        ("科技创新支撑不足", ["制定《攻关措施》。"]), ("选人用人把关不严", ["修订《选任规定》。"])]


def test_issues_under_dashes_are_counted() -> None:
    notice = read("一、财政管理方面\n——关于预算编制不完整的问题。印发《预算编制办法》。\n——关于资金闲置的问题。收回资金3万元。\n二、部门预算方面\n——关于经费管理不严的问题。清退费用。\n")
    assert [(i.number, i.title) for i in notice.issues] == [("1", "预算编制不完整"), ("2", "资金闲置"), ("3", "经费管理不严")]


def test_labels_in_other_brackets_and_between_strokes() -> None:
    notice = read("〔问题１〕库房管理不严\n〔责任分工〕主责：保管科；协同：办公室\n〔整改举措〕\n◇修订《库房管理办法》。\n◇清点藏品。\n〔整改进度〕整改完毕\n"
                  "〔问题２〕经费使用不规范\n〔责任分工〕主责：财务科（以下简称“财务”）\n〔整改举措〕清退费用。\n〔整改进度〕正在推进\n")
    assert [(i.number, i.title, i.status, len(i.measures)) for i in notice.issues] == [
        ("1", "库房管理不严", "整改完毕", 2), ("2", "经费使用不规范", "正在推进", 1)]
    assert [(o.mention, o.role) for o in notice.issues[0].organizations] == [("保管科", "responsible"), ("办公室", "cooperating")]
    assert [o.mention for o in notice.issues[1].organizations] == ["财务科"]
    notice = read("清单1：库房管理不严\n责任：保管科牵头，办公室参与//时限：2023.8.31//进度：已销号\n整改情况：修订《库房管理办法》。\n"
                  "清单2：经费使用不规范\n责任科室：财务科（主）、办公室（协）／完成节点：2023年9月／销号状态：未销号\n整改情况：清退费用。\n")
    assert [(i.title, i.deadline, i.status) for i in notice.issues] == [("库房管理不严", "2023.8.31", "已销号"), ("经费使用不规范", "2023年9月", "未销号")]
    assert [[(o.mention, o.role) for o in i.organizations] for i in notice.issues] == [
        [("保管科", "responsible"), ("办公室", "cooperating")], [("财务科", "responsible"), ("办公室", "cooperating")]]


def test_who_does_what_in_an_issue_is_no_foot_of_the_page() -> None:
    body = "1.关于库房管理不严的问题\n主办单位：保管科\n整改情况：修订《库房管理办法》。\n2.关于培训不足的问题\n承办单位：人事科\n整改情况：举办培训班。\n"
    notice = resolve(extract_notice(read_bytes((OPENING + body + "主办单位：青岚市档案馆\n").encode(), "n.txt")))
    assert [(i.title, [o.mention for o in i.organizations]) for i in notice.issues] == [("库房管理不严", ["保管科"]), ("培训不足", ["人事科"])]
    assert notice.issues[1].measures[0].text == "举办培训班。"
