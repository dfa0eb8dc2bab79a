"""The command ``yanshi``: refresh, check, draft, accept, audit."""

from __future__ import annotations

import typer

from yanshi_analysis.cli._check import check
from yanshi_analysis.cli._draft import accept, audit, draft
from yanshi_analysis.cli._refresh import refresh

__all__ = ["app"]

app = typer.Typer(
    name="yanshi",
    help="Analyse the government work report of Yanshi District. 偃师区政府工作报告数据分析。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command(
    help="Validate the data, run the notebooks, fill outputs/. 校验数据，运行笔记本，生成结果。",
    epilog="What has not changed is not run again. Exit codes: 1 data or outputs need attention, "
    "3 a notebook failed, 4 another refresh is running, 130 stopped with Ctrl-C. "
    "没有变化的内容不会重新运行。退出码：1 数据或结果需处理，3 笔记本出错，"
    "4 另一个刷新正在进行，130 已中断。",
)(refresh)
app.command(help="Validate the data and say what is in them. 只校验数据，并显示概况。")(check)
app.command(
    help="Read a report's statistics into a workbook to review. 从报告文本生成待核对的工作簿。"
)(draft)
app.command(
    help="Validate a reviewed draft and move it into data/. 校验已核对的草稿并移入 data/。"
)(accept)
app.command(
    help="Account for every number of a text, and every row of a workbook. 逐个核对数字与各行。"
)(audit)
