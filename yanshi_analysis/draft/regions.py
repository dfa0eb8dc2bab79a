"""Which region a report is about, from its opening lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["region_of"]

_OPENING = 400


def region_of(text: str, regions: Sequence[tuple[str, str]]) -> str:
    """Return the code of the region that a report's opening names, or "" if none is known.

    Parameters
    ----------
    text : str
        The running text.
    regions : sequence of tuple
        ``(code, Chinese name)`` of the dictionary.

    Examples
    --------
    >>> known = [("000000", "全国"), ("410300", "洛阳市"), ("410307", "偃师区")]
    >>> region_of("——在洛阳市偃师区第二届人民代表大会第五次会议上", known)
    '410307'
    >>> region_of("现在，我代表国务院，向大会报告政府工作", known)
    '000000'
    """
    opening = text[:_OPENING]
    named = re.search(
        r"([一-龥]{2,24}?)(?:第[一二三四五六七八九十〇零]{1,4}届|人民政府|政府工作报告)", opening
    )
    body = re.split(r"各位代表", opening, maxsplit=1)[0] or opening
    if "国务院" in opening and not named:
        return next((code for code, name in regions if name == "全国"), "")
    found: list[tuple[int, int, str]] = []
    for code, name in regions:
        place = body.find(name)
        if place >= 0:
            finer = 3 - code.endswith("0000") - code.endswith("00") - (code == "000000")
            found.append((finer, -place, code))
    if not found:
        return (
            "000000" if "国务院" in opening and any(code == "000000" for code, _ in regions) else ""
        )
    code = max(found)[2]
    # 偃师区某镇 is not 偃师区: a smaller place that the dictionary does not know stands behind.
    name = next(name for known, name in regions if known == code)
    after = body[body.find(name) + len(name) :]
    if re.match(r"[一-龥]{1,6}?[市区县镇乡旗](?![第人民政府])", after) or re.match(
        r"[一-龥]{1,5}[镇乡](?:第|人民)", after
    ):
        return ""
    return code
