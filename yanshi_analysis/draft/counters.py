"""The units that a figure may be printed with, and the words that only look like units."""

from __future__ import annotations

import re

__all__ = ["MAGNITUDES", "PERSONS", "UNITS", "UNIT_PATTERN", "words_of"]


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text: a long list of short words is read best as one."""
    return tuple(text.split())


_MEASURES = words_of(
    """
    个百分点 百分点 % ‰ 亿美元 美元 港元 欧元 日元 英镑 澳元 元 吨标准煤 吨标煤 吨公里
    人公里 吨 公斤 千克 斤 毫克 微克 平方公里 平方千米 平方米 平米 平方 ㎡ m² 公顷 亩次
    亩 立方米 立方 升 方 公里 千米 海里 厘米 毫米 米 千瓦时 兆瓦时 千瓦 兆瓦 吉瓦 瓦 度
    千伏安 兆伏安 千伏 伏 kWh kW MW GW kV 个工作日 工作日 个季度 季度 个月 小时 分钟 秒
    周年 周岁 岁 年 天 日 倍 成 标准箱 标箱 TEU PB TB GB P MB Gbps Mbps 摄氏度 分贝
    """
)
_COUNTERS = words_of(
    """
    人次 人日 人 名 位 户次 户 家次 家 个 件次 件套 件 项次 项 台次 台套 台 套 张 座 条
    处 场次 场 次 所 批次 批 只 辆次 辆 栋 幢 间 部 艘次 艘 架次 架 支 份 本 册 枚 宗 起
    例 对 块 片 株 棵 头 羽 种 类 车次 班次 标段 街道 行政村 自然村 社区 乡镇 村 镇 乡 县
    市 校 班 门 口 眼 盏 根 面 款 单 笔 颗 列次 列 匹 尾 粒 团 组 队 篇 首 幅 句 孔 箱 床
    卷 道 层 轮 期 课时 学时 分 角 丛 垛 桩 泊位 席 餐 票 剂 针 丝 包 袋 瓶 桶 筐 朵 扇
    顶 杆 节 站 店 馆 院 厂 园 盘 桌 封 条次 趟 顷 旬 声 把
    """
)

#: Every unit the grammar knows, longest first. 万, 亿 … may stand before any of them.
UNITS = sorted({*_MEASURES, *_COUNTERS}, key=lambda word: (-len(word), word))
#: What may stand before a unit, longest first.
MAGNITUDES = ("万亿", "千亿", "百亿", "十亿", "千万", "百万", "十万", "亿", "万", "千", "百")

# A counter that is the first half of another word counts nothing: 3部门, 11方面, 2分公司.
_BARRED = """
    个 人(?!口)|性|体
    人 民|均|工|大|才|居|社|物|文|力|员|行
    家 庭|乡|园|电
    条 件|例|龙
    处 级|理|置|罚|长|于
    场 所|馆|景|地|面
    次 要|级
    所 有|在|需|得
    部 门|委|分|署|队|级|长
    台 湾|账|胞|风|企|阶
    面 积|临|向|对
    方 面|向|案|式|位|便|针
    度 假|过
    单 位|元|项|列
    口 径|岸|袋
    门 类|槛|诊|店|户
    分 钟|之|公司|局|行|校|院|期|级|类|布|别|步|批
    班 子|列|线
    市 场|民|区|级|直|政|属|委
    县 域|城|级|道|委|直|属
    村 级|民|委|干|居|道|集
    镇 域|区|级|村
    乡 村|道|级|土|贤
    校 园|长|区
    组 织|建|团|合
    队 伍|员
    节 点|能|约|水|日|目|俭
    院 校|长|士|所
    园 区|林
    道 路|德|口|教
    层 级|次|面|楼
    类 型|别
    期 间|末|货|限|待|刊|工程|项目|建设
    成 立|效|果|本|功|绩|员|都|长|就|为|品|熟|人|交|套|片|群|链|色|年
    项 目标
    位 于|列|居|置|数
    对 口|接|外|于|标|策|象
    首 次|个|批|要
    起 步|点|来|到|草|义
    包 括|容|装|保|联
    日 报|常|均|前|游
    天 然|津|津市|气|猫|宫|地|山|网
    米 级
    列 入|为|全|车
    团 队|伙|结|员
    箱 包|体
    店 铺
    针 对
    把 握|关|手
    席 位
    P [A-Za-z0-9]
    角 度|色
    盘 活
    根 据|本|治|植
    只 要|有|能
    支 持|付|部|出|柱|撑|线|行
    张 家
    份 额
    本 科|地|土|级|行|届|区|市|省
    头 部
    种 植|业|质|子|养
    批 复|准|发
    片 区
    块 链
    间 接|距|断
    例 如
    眼 科
    厂 房|区|家|网
    馆 藏
    桩 基
    顶 层|级
    篇 章
    幅 度
    卷 烟
    扇 区
    餐 饮|厅
    瓶 颈
    款 项
    尾 款
    户 外|籍|均|型|数
    名 录|列|单|称|优|师|校|企|牌|胜|城|人|镇|村|词|家|品
    元 旦|素
    座 谈
    套 合
    架 构|设
    宗 旨|教
"""
_NOT_BEFORE = dict(line.split() for line in _BARRED.strip().splitlines())
_PER = words_of(
    """
    平方米 立方米 标立方米 千瓦时 平方公里 公里 亩 吨 人 年 日 天 月 小时 户 万人 千人 百人 升 斤
    公斤 千克 度 次 头 只 台 件 时 秒 kWh
    """
)


def _unit_pattern(word: str) -> str:
    barred = _NOT_BEFORE.get(word, "")
    return re.escape(word) + (f"(?!{barred})" if barred else "")


#: One unit, with what it is per: 微克/立方米, 分/千瓦时.
UNIT_PATTERN = (
    f"(?:{'|'.join(_unit_pattern(word) for word in UNITS)})"
    f"(?:/(?:{'|'.join(sorted(_PER, key=len, reverse=True))}))?"
)

#: Words for people: 1.6亿学生 counts persons though no counter is printed.
PERSONS = re.compile(
    "人口|学生|群众|劳动力|居民|农民|职工|孩子|游客|毕业生|青年|儿童|老人|老年人|党员|干部|"
    "师生|考生|群体|"
    "教师|消费者|网民|旅客|贫困|患者|志愿者|从业人员|人员|劳动者|人才|学员|选手|军人|移民|"
    "残疾人|妇女|少年|"
    "观众|[乡城区县镇省市村]民"
)
