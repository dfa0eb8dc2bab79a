"""What can be wrong with a workbook, said so that the person who made it can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

# code -> (what is wrong, what to do), each "English | 中文".
_MESSAGES = {
    "no_folder": (
        "the data folder does not exist | 数据文件夹不存在",
        "name the folder that holds dictionary.xlsx, or set YANSHI_DATA to it | "
        "请指定 dictionary.xlsx 所在的文件夹，或将环境变量 YANSHI_DATA 设为该文件夹",
    ),
    "no_dictionary": (
        "dictionary.xlsx is missing | 缺少 dictionary.xlsx",
        "put it back: every id is explained there | 请放回该文件，所有代码的含义都在其中",
    ),
    "no_facts": (
        "no workbook here has a sheet named facts | 此文件夹中没有含 facts 工作表的工作簿",
        "add a workbook with a facts sheet | 请放入含 facts 工作表的工作簿",
    ),
    "not_workbook": (
        "this file is not an .xlsx workbook, is damaged, or has a password: {detail} | "
        "该文件不是 .xlsx 工作簿，或已损坏，或设有密码：{detail}",
        "open it in Excel or WPS and save it as .xlsx without a password | "
        "请用 Excel 或 WPS 打开，另存为不带密码的 .xlsx 文件",
    ),
    "too_large": (
        "refused unread: {detail} | 未读取，已拒绝：{detail}",
        "a workbook of facts is small; check where this file comes from | "
        "统计数据工作簿通常很小，请核对文件来源",
    ),
    "entities": (
        "refused: the part {detail} declares XML entities, which no spreadsheet program writes | "
        "已拒绝：{detail} 部分声明了 XML 实体，正常的表格软件不会写入此类内容",
        "check where this file comes from | 请核对文件来源",
    ),
    "missing_sheet": (
        "the sheet is missing | 缺少该工作表",
        "add it with its header row | 请补上该工作表及其表头",
    ),
    "empty_sheet": (
        "the sheet has no rows below its header | 该工作表除表头外没有任何数据行",
        "fill it, or delete the sheet | 请填写数据，或删除该工作表",
    ),
    "missing_column": (
        "the column {name} is missing{hint_en} | 缺少 {name} 列{hint_zh}",
        "write {name} in the header row | 请在表头中写明 {name}",
    ),
    "unknown_column": (
        "unknown column {name!r}{hint_en} | 无法识别的列 {name!r}{hint_zh}",
        "correct the header or delete the column | 请更正表头或删除该列",
    ),
    "duplicate_column": (
        "the column {name} stands here a second time | {name} 列重复出现",
        "keep one of them | 请只保留一列",
    ),
    "merged": (
        "merged cells {detail} | 存在合并单元格 {detail}",
        "unmerge them and fill every row | 请取消合并，并把每一行填写完整",
    ),
    "no_cached_value": (
        "a formula whose result is not stored in the file | 公式的计算结果未保存在文件中",
        "replace the formula by its value | 请将公式粘贴为数值",
    ),
    "not_number": (
        "{value!r} is not a number | {value!r} 不是数字",
        "type only the number here and its unit in the column unit | "
        "此处只填数字，单位请填在 unit 列",
    ),
    "not_whole": (
        "{value!r} is not a whole number | {value!r} 不是整数",
        "type a whole number | 请填写整数",
    ),
    "not_text": (
        "{value!r} is not text | {value!r} 不是文本",
        "type the value as text (Excel may have made a date of it) | "
        "请以文本形式填写（Excel 可能已将其转换为日期）",
    ),
    "empty_cell": (
        "{name} is empty | {name} 为空",
        "fill it in; the header's comment says how | 请填写，填写方法见表头批注",
    ),
    "unknown_word": (
        "{name} {value!r} is not one of: {known} | {name} 的取值 {value!r} 不在以下范围内：{known}",
        "pick one from the list | 请从下拉列表中选择",
    ),
    "unknown_id": (
        "unknown {name} {value!r}{hint_en} | {name} 的代码 {value!r} 未在字典中定义{hint_zh}",
        "correct it, or add it to dictionary.xlsx | 请更正，或将其补入 dictionary.xlsx",
    ),
    "unknown_unit": (
        "unknown unit {value!r} | 无法识别的计量单位 {value!r}",
        "write the unit as printed, such as 亿元 or 万人次 | 请按原文填写计量单位，如 亿元、万人次",
    ),
    "wrong_dimension": (
        "the unit {value!r} measures {found}, but {indicator} is measured in {expected} | "
        "计量单位 {value!r}（{found}）与指标 {indicator} 的计量单位（{expected}）不属同一量纲",
        "correct the unit, the measure or the indicator | 请更正单位、measure 或指标代码",
    ),
    "percent_scale": (
        "{value} with unit % looks like a share of one: it would be read as {value} per cent | "
        "{value} 的单位为 %，疑似以小数表示：将被理解为百分之 {value}",
        "type 5.8 for 5.8 %, or give the cell a percent format; if the figure is right, say so in "
        "as_printed | 5.8% 请填 5.8，或将单元格设为百分比格式；如数值无误，请在 as_printed 中照录原文",
    ),
    "not_as_printed": (
        "value {value} {unit} differs from as_printed {printed!r} | "
        "数值 {value}{unit} 与 as_printed 中的 {printed!r} 不一致",
        "look the figure up in the source and correct the one that is wrong | 请核对原文并更正",
    ),
    "range_end": (
        "value_high belongs to a range and must be above value | "
        "value_high 仅用于区间，且须大于 value",
        "set qualifier to range, or empty the cell | 请将 qualifier 设为 range，或清空该单元格",
    ),
    "out_of_range": (
        "{name} {value} is out of range | {name} 的取值 {value} 超出合理范围",
        "correct it | 请更正",
    ),
    "duplicate_key": (
        "the same {name} stands in row {other} | 与第 {other} 行的 {name} 重复",
        "keep one row, or tell them apart by another id | 请只保留一行，或用不同代码加以区分",
    ),
    "schema": (
        "{value!r} fails the check {detail} | {value!r} 未通过校验 {detail}",
        "correct it | 请更正",
    ),
}


class Problem(NamedTuple):
    """One thing that is wrong, where, and what to do; both texts are "English | 中文"."""

    workbook: str
    sheet: str
    cell: str
    problem: str
    remedy: str
    code: str


def problem(code: str, workbook: str, sheet: str = "", cell: str = "", **values: object) -> Problem:
    """Return the `Problem` of this code, its message filled with `values`."""
    what, remedy = _MESSAGES[code]
    return Problem(
        workbook, sheet, cell, what.format_map(values), remedy.format_map(values), code
    )


class DataError(Exception):
    """Everything that is wrong with the data, in one error.

    Attributes
    ----------
    problems : list of Problem
        Workbook, sheet, cell, problem, remedy and code of each, in reading order.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Return all problems as text, in English and Chinese."""
        count = len(self.problems)
        lines = [
            f"{count} problem{'s' if count != 1 else ''} in the data; nothing was written. | "
            f"数据中发现 {count} 处问题，未写入任何文件。"
        ]
        for found in self.problems:
            place = " › ".join(part for part in found[:3] if part)
            english, _, chinese = found.problem.rpartition(" | ")
            remedy, _, chinese_remedy = found.remedy.rpartition(" | ")
            lines.append(f"  {place}: {english}. To do: {remedy}.")
            lines.append(f"      {chinese}。处理办法：{chinese_remedy}。")
        return "\n".join(lines)


def hint(name: str, known: Iterable[str]) -> dict[str, str]:
    """Return "did you mean" in both languages, or empty texts when nothing is near."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    if not near:
        return {"hint_en": "", "hint_zh": ""}
    return {"hint_en": f"; did you mean {near[0]}?", "hint_zh": f"，是否应为 {near[0]}？"}
