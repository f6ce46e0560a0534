"""Every figure in a text is found, with its exact span, in both scripts and in English."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factscape.claims.texts.figures import Figure, Kind, find_figures

# Text, and what is found in it as "printed kind"; several figures stand in order.
CASES = [
    # percents
    ("以32%的份額", "32% percent"),
    ("占比１５％。", "１５％ percent"),
    ("增长12.5 %", "12.5 % percent"),
    ("a drop of -3.5% then", "-3.5% percent"),
    ("about 12 percent of", "12 percent percent"),
    ("占20%-30%", "20%-30% percent"),
    ("占20-30%的人", "20-30% percent"),
    ("占30%至40%", "30%至40% percent"),
    ("百分之三十的人", "百分之三十 percent"),
    ("百分之三點五", "百分之三點五 percent"),
    ("百分之50", "百分之50 percent"),
    ("千分之二", "千分之二 percent"),
    ("佔七成以上", "七成 percent"),
    ("佔三成半", "三成半 percent"),
    ("約七八成", "七八成 percent"),
    ("超6成用户", "6成 percent"),
    ("九成九", "九成九 percent"),
    ("打八折", "八折 percent"),
    ("打3.5折", "3.5折 percent"),
    ("5折扣", "5 number"),
    ("twenty-five percent", "twenty-five percent percent"),
    ("提高3个百分点", "3个百分点 points"),
    ("提高1.5個百分點", "1.5個百分點 points"),
    ("by 2.5 percentage points", "2.5 percentage points points"),
    ("rose 25bps", "25bps points"),
    # money
    ("243.8億元", "243.8億元 money"),
    ("达到 38 億美元。", "38 億美元 money"),
    ("融资12.5亿", "12.5亿 number"),
    ("1,159.46元", "1,159.46元 money"),
    ("$3.5bn", "$3.5bn money"),
    ("US$3.5 billion", "US$3.5 billion money"),
    ("HK$116.20", "HK$116.20 money"),
    ("RMB 2.466 billion", "RMB 2.466 billion money"),
    ("RMB2.466 billion", "RMB2.466 billion money"),
    ("€20m", "€20m money"),
    ("¥500", "¥500 money"),
    ("人民幣3億元", "人民幣3億元 money"),
    ("3億元人民幣", "3億元人民幣 money"),
    ("2.5 billion dollars", "2.5 billion dollars money"),
    ("7.5亿港元", "7.5亿港元 money"),
    ("12億3000萬元", "12億3000萬元 money"),
    ("30億至50億美元", "30億至50億美元 money"),
    ("7–9bn", "7–9bn number"),
    ("$7-9 billion", "$7-9 billion money"),
    ("$7bn-$9bn", "$7bn-$9bn money"),
    ("100多億元", "100多億元 money"),
    ("五千萬元", "五千萬元 money"),
    ("三亿美元", "三亿美元 money"),
    ("“數億人民幣”、“數億美元”", "數億人民幣 money; 數億美元 money"),
    ("上千萬元", "千萬元 money"),
    ("百萬美元級", "百萬美元 money"),
    ("輸入1元/百萬Token,", "1元/百萬Token money"),
    ("$3 per million tokens", "$3 per million tokens money"),
    ("$0.15/1M tokens", "$0.15/1M tokens money"),
    ("five million dollars", "five million dollars money"),
    ("(單位:億元)", ""),
    # numbers
    ("1,159.46", "1,159.46 number"),
    ("1,2345", "1 number; 2345 number"),
    ("達１，２３４．５", "１，２３４．５ number"),
    ("百度，300", "300 number"),
    ("6萬億的騰訊", "6萬億 number"),
    ("估值243 億-財聯社", "243 億 number"),
    ("1.2 million users", "1.2 million number"),
    ("3e26 FLOP", "3e26 FLOP number"),
    ("128K上下文", "128K number"),
    ("100GB显存", "100GB number"),
    ("05| 標題", "05 number"),
    ("動輒百億投資、千億估值", "百億 number; 千億 number"),
    ("参数千亿级", "千亿 number"),
    ("超過五百", "五百 number"),
    ("近三千萬", "三千萬 number"),
    ("数十亿用户", "数十亿 number"),
    ("一億", "一億 number"),
    ("1024×768", "1024×768 number"),
    ("跌了,−5 或 +3", "−5 number; +3 number"),
    # counts
    ("在八項基準測試中", "八項 count"),
    ("两大类业务", "两大类 count"),
    ("近50名銷售人員", "50名 count"),
    ("成立6年", "6年 count"),
    ("AI四小龍", "四小龍 count"),
    ("六小虎", "六小虎 count"),
    ("兩端", "兩端 count"),
    ("十多家公司", "十多家 count"),
    ("二十余个", "二十余个 count"),
    ("一百零五家", "一百零五家 count"),
    ("一百家", "一百家 count"),
    ("數十家", "數十家 count"),
    ("上百家企业", "百家 count"),
    ("3000余人", "3000余人 count"),
    ("5至10个", "5至10个 count"),
    ("三到五年", "三到五年 count"),
    ("七八個", "七八個 count"),
    ("5萬人次", "5萬人 count"),
    ("三個月", "三個月 count"),
    ("a 10-year bond", "10-year count"),
    ("eight benchmarks", "eight count"),
    ("twenty-one of them", "twenty-one count"),
    ("hundreds of millions of", "hundreds of millions count"),
    ("one hundred firms", "one hundred count"),
    # multiples and ratios
    ("超1000倍,", "1000倍 multiple"),
    ("5-10倍", "5-10倍 multiple"),
    ("兩倍", "兩倍 multiple"),
    ("一倍", "一倍 multiple"),
    ("數十倍", "數十倍 multiple"),
    ("十多倍", "十多倍 multiple"),
    ("1.5x faster", "1.5x multiple"),
    ("10-fold", "10-fold multiple"),
    ("5 times", "5 times multiple"),
    ("three times", "three times multiple"),
    ("業績翻番", "翻番 multiple"),
    ("翻了兩番", "翻了兩番 multiple"),
    ("revenue doubled", "doubled multiple"),
    ("約為7:1和8.4:1。", "7:1 ratio; 8.4:1 ratio"),
    ("1.04：1", "1.04：1 ratio"),
    ("3比1", "3比1 ratio"),
    ("三分之一", "三分之一 ratio"),
    ("過了一半", "一半 ratio"),
    ("2/3 of them", "2/3 ratio"),
    ("two-thirds", "two-thirds ratio"),
    ("half of them", "half ratio"),
    ("六四開", ""),
    # ranks and ordinals
    ("排名第4。", "第4 rank"),
    ("全球第一,", "第一 rank"),
    ("第十二名", "第十二名 rank"),
    ("前三名分別為", "前三名 rank"),
    ("其前5大客戶", "前5大 rank"),
    ("市場的前五家主要", "前五家 rank"),
    ("前十", "前十 rank"),
    ("Top 10", "Top 10 rank"),
    ("TOP3", "TOP3 rank"),
    ("top five", "top five rank"),
    ("ranked No. 1", "No. 1 rank"),
    ("the 4th largest", "4th rank"),
    ("number one", "number one rank"),
    ("#3", "#3 rank"),
    ("is the first company", "first rank"),
    ("the third largest", "third rank"),
    ("第三次", "第三次 ordinal"),
    ("第3代", "第3代 ordinal"),
    ("第二届", "第二届 ordinal"),
    # dates and periods
    ("1月6日最新", "1月6日 date"),
    ("在12月初也", "12月初 date"),
    ("9月底,", "9月底 date"),
    ("今年9月,", "今年9月 date"),
    ("2025年12月19日", "2025年12月19日 date"),
    ("2027年", "2027年 date"),
    ("in 2027.", "2027 date"),
    ("2025-12-19", "2025-12-19 date"),
    ("2025/1/6", "2025/1/6 date"),
    ("2025-09, then", "2025-09 date"),
    ("FY2022/23", "FY2022/23 period"),
    ("2022/23", "2022/23 period"),
    ("2025.1.6", "2025.1.6 date"),
    ("二〇二五年", "二〇二五年 date"),
    ("十二月三日", "十二月三日 date"),
    ("三月", "三月 date"),
    ("6 January 2026", "6 January 2026 date"),
    ("January 6, 2026", "January 6, 2026 date"),
    ("December 2025", "December 2025 date"),
    ("early December 2025", "early December 2025 period"),
    ("mid-2025", "mid-2025 period"),
    ("2024下半年", "2024下半年 period"),
    ("2025年上半年", "2025年上半年 period"),
    ("2025年第三季度", "2025年第三季度 period"),
    ("2025年三季度", "2025年三季度 period"),
    ("2022年至2024年", "2022年至2024年 period"),
    ("2022-2024年", "2022-2024年 period"),
    ("2022–24", "2022–24 period"),
    ("在2025年1-8月,", "2025年1-8月 period"),
    ("1-8月", "1-8月 period"),
    ("1月至8月", "1月至8月 period"),
    ("2022年12月至2023年3月", "2022年12月至2023年3月 period"),
    (",2024H2》", "2024H2 period"),
    ("Q3 2025", "Q3 2025 period"),
    ("H1 2025", "H1 2025 period"),
    ("1H25", "1H25 period"),
    ("FY2024", "FY2024 period"),
    ("Jan–Aug 2025", "Jan–Aug 2025 period"),
    ("the first half of 2025", "first half of 2025 period"),
    ("前三季度", "前三季度 period"),
    ("前8個月", "前8個月 period"),
    ("2030年目標提前三年。", "2030年 date; 三年 count"),
    ("21世紀經濟", "21世紀 period"),
    ("上世纪90年代", "90年代 period"),
    ("the 2020s", "2020s period"),
    ("10:30", "10:30 time"),
    ("9點30分", "9點30分 time"),
    # names and marks
    ("GLM-4.5/4.6,聚焦", "GLM-4.5/4.6 name"),
    ("DeepSeek-V2于5月", "DeepSeek-V2 name; 5月 date"),
    ("H20和B2B", "H20 name; B2B name"),
    ("Qwen2.5-72B模型", "Qwen2.5-72B name"),
    ("GPT-4o, o1", "GPT-4o name; o1 name"),
    ("5G与3D", "5G name; 3D name"),
    ("2513.HK", "2513.HK name"),
    ("版本1.2.3", "1.2.3 name"),
    ("https://a.example/2025/01 有3個", "https://a.example/2025/01 name; 3個 count"),
    ('"https://a.example/x","32%"', "https://a.example/x name; 32% percent"),
    ("GLM-4.6成為最强", "GLM-4.6 name"),
    ("OpenAI2025年營收", "2025年 date"),
    ("API15%", "15% percent"),
    ("Zhipu2025H1营收", "2025H1 period"),
    ("Claude Sonnet 4,", "4 number"),
    ("243.8億元[1]。", "243.8億元 money; [1] reference"),
    # no figures
    ("一種、一個、唯一、之一、一同、一定、一部分、一些", ""),
    ("一級市場與二級市場", ""),
    ("一年“吃喝不愁”", ""),
    ("新一代,統一個人", ""),
    ("第三方、成千上萬、千萬別、萬一", ""),
    ("百度、千問、阿里、零一萬物", ""),
    ("零件、零售", ""),
    ("幾個、數家、多筆", ""),
    ("一成不變", ""),
    ("今年上半年、去年、年初", ""),
    ("at first, a third-party", ""),
    ("no one is a second Anthropic", ""),
    ("Tencent, tense", ""),
    ("", ""),
]


def shown(figures: list[Figure]) -> str:
    return "; ".join(f"{figure.printed} {figure.kind}" for figure in figures)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_found(text: str, expected: str) -> None:
    assert shown(find_figures(text)) == expected


def test_the_table_is_long_and_knows_every_kind() -> None:
    assert len(CASES) >= 120
    assert {kind for kind in Kind if any(f" {kind}" in case[1] for case in CASES)} == set(Kind)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("超過40%以上", ("超過", "以上")),
        ("近50名", ("近", "")),
        ("分別約為7:1", ("約為", "")),
        ("nearly 50 people", ("nearly", "")),
        ("more than 1,000 times", ("more than", "")),
        ("七成左右", ("", "左右")),
        ("200+", ("", "+")),
        ("至少三家", ("至少", "")),
        ("正好三家", ("", "")),
    ],
)
def test_words_that_bound_a_figure_stand_beside_it(text: str, bounds: tuple[str, str]) -> None:
    [figure] = find_figures(text)
    assert (figure.before, figure.after) == bounds


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2022年至2024年", ["2022", "2024"]),
        ("1元/百萬Token", ["1"]),
        ("38 億美元", ["38"]),
        ("三成半", ["三"]),
        ("doubled", ["doubled"]),
        ("8.4:1", ["8.4", "1"]),
        ("-1,234.5%", ["1,234.5"]),
    ],
)
def test_cores_are_the_numbers_themselves(text: str, numbers: list[str]) -> None:
    [figure] = find_figures(text)
    assert [text[start:end] for start, end in figure.cores] == numbers


def test_lines_and_columns_count_code_points_and_newlines_only() -> None:
    figures = find_figures("甲1\r\n𠮷𠮷2\u20283\x0b4\n\n5")
    assert [(f.printed, f.line, f.column) for f in figures] == [
        ("1", 1, 2),
        ("2", 2, 3),
        ("3", 2, 5),
        ("4", 2, 7),
        ("5", 4, 1),
    ]


# Words that can stand around a figure without changing it.
AROUND = st.text(alphabet="的了在是和與与，。、；「」“”《》\n🙂", max_size=8)
WHOLE = st.integers(min_value=0, max_value=10**13)
DECIMAL = st.builds("{}.{}".format, st.integers(0, 10**6), st.integers(0, 999))
PLAIN = st.one_of(WHOLE.map(str), WHOLE.map("{:,}".format), DECIMAL)
STYLES = st.sampled_from(
    [
        "{}",
        "{}%",
        "{}倍",
        "{}億元",
        "{}亿",
        "{}万美元",
        "${}",
        "US${}bn",
        "RMB {}",
        "{}個百分點",
        "{}:1",
        "{}名",
    ]
)
SAID = st.one_of(
    st.builds(str.format, STYLES, PLAIN),
    st.builds(
        "{}年{}月{}日".format, st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 31)
    ),
    st.builds("第{}".format, st.integers(1, 999)),
    st.builds("{}成".format, st.sampled_from("二三四五六七八九")),
    st.builds("{}{}".format, st.sampled_from("兩三四五八十"), st.sampled_from("項家個款名")),
)


@given(st.lists(st.tuples(AROUND, SAID), max_size=5), AROUND)
def test_every_number_is_found_with_its_exact_span(
    pieces: list[tuple[str, str]], tail: str
) -> None:
    text, expected = "", []
    for around, said in pieces:
        text += around + "。"
        expected.append((len(text), len(text) + len(said)))
        text += said
    assert [(f.start, f.end) for f in find_figures(text + "。" + tail)] == expected


MIXED = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "0189０９,，.．:/%-–~ \n第前一二兩十百萬億數年月日倍成至$￥#[]aBHQnNoGLMx元"
        ),
    )
)


@given(MIXED)
def test_any_text_gives_spans_that_hold_what_is_printed(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.printed
        assert figure.cores
        assert all(figure.start <= a < b <= figure.end for a, b in figure.cores)
        assert text[: figure.start].count("\n") + 1 == figure.line
        end = figure.end


@given(MIXED)
def test_no_digit_is_missed(text: str) -> None:
    found = {i for figure in find_figures(text) for i in range(figure.start, figure.end)}
    assert [
        i for i, c in enumerate(text) if c in "0123456789０１２３４５６７８９" and i not in found
    ] == []


@pytest.mark.parametrize(
    ("piece", "count"),
    [
        ("1", 1),
        ("1,", 200_000 // 2),
        ("1,111,", 200_000 // 6),
        ("1-", 50_000),
        ("一", 0),
        ("十", 0),
        ("萬", 0),
        ("第", 0),
        ("前", 0),
        ("a", 0),
        ("a-", 0),
        ("a1", 1),
        ("[1", 100_000),
        ("2025年至", 16_667),
        ("$", 0),
        ("1 ", 100_000),
        ("數", 0),
        ("https://", 1),
    ],
)
def test_hostile_text_is_read_in_one_pass(piece: str, count: int) -> None:
    # Whatever would make an expression backtrack makes this test hang, not fail.
    figures = find_figures(piece * (200_000 // len(piece)))
    assert len(figures) == count
