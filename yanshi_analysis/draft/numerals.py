"""Full-width characters and Chinese numerals."""

from __future__ import annotations

import re

__all__ = ["CHINESE_DIGITS", "chinese_number", "plain"]

# Characters that have a plain twin. Each is one character for one, so that a place in the plain
# text is the same place in the text as printed. The Chinese comma and brackets stay: they divide.
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}  # digits
_PLAIN |= {code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_PLAIN |= {
    ord(one): ord(other)
    for one, other in zip("％﹪．＋－﹣−＆／～＜＞", "%%.+---&/~<>", strict=True)
}
_PLAIN |= {ord("―"): ord("—"), ord("–"): ord("—"), ord("─"): ord("—"), ord("〜"): ord("~")}
_PLAIN |= {ord("“"): ord('"'), ord("”"): ord('"'), ord("「"): ord('"'), ord("」"): ord('"')}
_PLAIN |= {ord(one): ord(other) for one, other in zip("∶:;!?()", "：：；！？（）", strict=True)}
# A comma that does not group digits divides clauses, as its Chinese twin does.
# 4．1338 at the head of a paragraph is item four, not a decimal.
_LIST = re.compile(r"(?m)^([0-9０-９]{1,2})．")
_COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))")


def plain(text: str) -> str:
    """Return `text` with full-width digits, letters and signs made plain, of the same length.

    Examples
    --------
    >>> plain("增长１２．８％，其中")
    '增长12.8%，其中'
    """
    return _COMMA.sub("，", _LIST.sub(r"\1、", text).translate(_PLAIN))


CHINESE_DIGITS = {
    "零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
    "七": 7, "八": 8, "九": 9, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7,
    "捌": 8, "玖": 9,
}  # fmt: skip
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_LONGEST = 24
_NUMERAL = re.compile(
    f"[{''.join(CHINESE_DIGITS)}{''.join(_SMALL)}{''.join(_LARGE)}点]{{1,{_LONGEST}}}"
)


def chinese_number(text: str) -> float | None:
    """Return the number that Chinese numerals write, or None if they write none.

    Examples
    --------
    >>> chinese_number("十二点八"), chinese_number("三千亿"), chinese_number("一百零五")
    (12.8, 300000000000.0, 105.0)
    >>> chinese_number("二〇二五"), chinese_number("一万二"), chinese_number("百")
    (2025.0, 12000.0, None)
    >>> chinese_number("点五") is None
    True
    """
    if not _NUMERAL.fullmatch(text):
        return None
    whole, point, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or not point:
        return value
    if not fraction or any(character not in CHINESE_DIGITS for character in fraction):
        return None
    digits = "".join(str(CHINESE_DIGITS[character]) for character in fraction)
    return float(f"{value:.0f}.{digits}")


def _whole(text: str) -> float | None:
    if not text:
        return None
    if all(character in CHINESE_DIGITS for character in text):  # 二〇二五
        return float("".join(str(CHINESE_DIGITS[character]) for character in text))
    if text[0] not in CHINESE_DIGITS and text[0] not in "十拾":  # 百, 千 and 万 alone are words
        return None
    total, section, digit, step = 0.0, 0.0, -1.0, 1.0
    for character in text:
        if character in CHINESE_DIGITS:
            number = CHINESE_DIGITS[character]
            if digit > 0 and number:
                return None
            digit = float(number)
        elif character in _SMALL:
            step = float(_SMALL[character])
            section += (1.0 if digit < 0 else digit) * step
            digit = -1.0
        else:
            step = float(_LARGE[character])
            section += max(digit, 0.0)
            if character == "亿":
                total, section = (total + section) * step, 0.0
            else:
                total, section = total + section * step, 0.0
            digit = -1.0
    if digit > 0:
        # 一万二 is 12 000 and 一百五 is 150, but 一百零五 is 105.
        spoken = step > 10 and text[-2] in "百千万亿佰仟"
        section += digit * (step / 10 if spoken else 1.0)
    return total + section
