"""The hostile texts: each with a name for reports and with what it attacks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

# A picture in a colour that the program paints nowhere.
PICTURE = Path(__file__).with_name("magenta.png").as_posix()
LONG = 10_000


@dataclass(frozen=True, slots=True)
class Text:
    """One text, and which trust it abuses."""

    name: str
    text: str
    attacks: str


def _group(attacks: str, **texts: str) -> tuple[Text, ...]:
    return tuple(
        Text(name.replace("_", "-"), text, attacks) for name, text in texts.items()
    )


ORDINARY = Text("ordinary", "Berta Maß", "nothing; all others are measured beside it")

MARKUP = _group(
    "Qt guesses whether a text is HTML",
    picture=f'<img src="{PICTURE}">',
    picture_in_words=f'Ann <img src="{PICTURE}" width="300" height="200"> Lee',
    picture_by_url=f'<img src="file://{PICTURE}">',
    picture_of_a_share='<img src="//evil.example/share/a.png">',
    picture_from_the_net='<img src="http://127.0.0.1:9/a.png">',
    link='<a href="file:///etc/passwd">Ann</a>',
    table="<table border=9 width=900><tr><td>Ann</td></tr></table>",
    whole_page="<!DOCTYPE html><html><body bgcolor=magenta><h1>Ann</h1></body></html>",
    qt_page="<qt>Ann<br>Lee<hr></qt>",
    css='<p style="background:magenta;font-size:99px">Ann</p>',
    style_sheet="} * { background: magenta; } QLabel {",
    script="<script>alert(1)</script>",
    comment="<!-- Ann --><b>Lee</b>",
    half_a_tag='Ann <img src="',
    comparison="a<b and c>d",
    entity="&lt;b&gt;Ann&lt;/b&gt; &amp; &#65;&#x1F600; &nbsp;",
    markdown=f"![Ann]({PICTURE}) **Lee** [x](file:///etc/passwd)",
    nested_tags="<b>" * 50_000 + "Ann",
    nested_tags_that_fit="<b>" * 66,
    nested_lists="<ul><li>" * 1_000,
)

CONTROLS = _group(
    "control characters: terminals, databases, layout",
    nul="Ann\0Lee",
    every_c0="".join(map(chr, range(1, 32))),
    every_c1="".join(map(chr, range(127, 160))),
    bell_and_backspace="Ann\a\b\b\bLee",
    escape_sequence="\x1b[31mAnn\x1b[0m\x1b]0;title\a",
    clear_screen="\x1b[2J\x1b[1;1HAnn",
    header_injection="Ann\r\nBcc: x@y.example",
    line_feed="Ann\nLee",
    carriage_return="Ann\rLee",
    form_feed="Ann\v\fLee",
    tabs="\tAnn\tLee\t",
    next_line="Ann\x85Lee",
    line_separator="Ann\u2028Lee",
    paragraph_separator="Ann\u2029Lee",
    no_character="Ann\uffff\ufffe\U0001ffffLee",
    object_character="Ann\ufffc\ufffdLee",
)

INVISIBLE = _group(
    "what cannot be seen, or turns round what can",
    bidi_override="Ann \u202eeeL\u202c",
    bidi_isolates="\u2067Ann\u2069 \u2066Lee\u2069",
    bidi_unclosed="\u202e\u2067\u2066\u202dAnn",
    only_zero_width="\u200b\u200c\u200d\u2060",
    only_no_break_space="\u00a0\u00a0\u3000",
    only_spaces="   ",
    only_blank_letters="\u3164\u2800\uffa0",
    nothing="",
    byte_order_mark="\ufeffAnn",
    soft_hyphens="A\u00adn\u00adn",
    tag_letters="Ann" + "".join(map(chr, range(0xE0020, 0xE007F))),
    variation_selectors="A" + "\ufe0f" * 150,
    high_surrogate="Ann\ud800",
    low_surrogate="\udfffAnn",
    surrogates_apart="\udc00\ud800",
)

SCRIPTS = _group(
    "letters that twin, stack, join or run the other way",
    composed="\u00c5sa Br\u00e5ten",
    decomposed="A\u030asa Bra\u030aten",
    zalgo="Z" + "\u0300\u0301\u0327\u0330" * 49,
    marks_alone="\u0300\u0301" * 60,
    family_emoji="👩\u200d👩\u200d👧\u200d👦 Kim 🏳\ufe0f\u200d🌈 👩🏽\u200d⚕\ufe0f",
    many_emoji="👩\u200d👩\u200d👧\u200d👦" * 28,
    flags="🇩🇪" * 90,
    hebrew="שלום עולם (1) Ann",
    arabic="محمد بن سلمان ﷺ﷽",
    persian="می\u200cخواهم",
    devanagari="क्षत्रिय श्री नेपाल",
    thai="น้ำกำลังปั่นอยู่",
    han="山田 太郎 𠮷野家",
    astral_letters="𝔄𝔫𝔫 𝕷𝖊𝖊 𝕏" * 15,
    look_alike="Аnnа Мüllеr",
    wide_signs="𒐫𒈙꧅﷽" * 40,
    expanding="\ufdfa" * 200,
    sharp_s="ß" * 200,
)

SIZES = _group(
    "more than anybody types",
    long_word="x" * LONG,
    long_words="word " * (LONG // 5),
    long_emoji="👩\u200d🚀" * (LONG // 3),
    long_arabic="محمد" * (LONG // 4),
    as_long_as_a_name_may_be="W" * 200,
    many_lines="line\n" * LONG,
    only_lines="\n" * LONG,
    megabyte="Lorem ipsum " * 87_382,
    very_long_word="y" * 100_000,
    very_many_digits="7" * 100_000,
)

LANGUAGES = _group(
    "what another program takes for an instruction",
    sql="'; DROP TABLE client; --",
    sql_comment="Ann/*--*/\\'; SELECT pg_sleep(9); --",
    sql_dollars="$$; $1 :name %(name)s ?",
    like="%_\\%",
    percent="100% %s %d %n %(name)s %1 %2 %L1 %%",
    braces="{} {0} {name} {{}} {0.__class__.__mro__}",
    template="${HOME} $(id) `id` #{7*7} {{7*7}}",
    backslashes="C:\\temp\\new\\u0041 \\0 \\x00 \\",
    path_traversal="../../../etc/passwd",
    windows_path="\\\\evil.example\\share\\CON.txt",
    quotes="\"'`´‘’“”«»",
    formula='=HYPERLINK("http://evil.example","Ann")',
    formula_command="=cmd|' /C calc'!A0",
    formula_plus="+49 30 1+1",
    formula_minus="-1+1",
    formula_at="@SUM(1+1)",
    formula_behind_tab="\t=1+1",
    formula_behind_return="\r=1+1",
    formula_full_width="＝1+1",
    json='"}],"role":"MANAGER"}',
    json_escape='\\u0000 \\ud800 "\\',
    yaml="- !!python/object/apply:os.system ['id']",
    toml='"""\n[database]\npassword = "x"',
    ini="[practice]\nhidden=1\n;",
    mnemonic="&Book && &Cancel &",
    numbers_of_a_shortcut="&1 Alt+F4 Ctrl+Q",
    regular_expression="(a+)+$" + "a" * 60 + "!",
    vcard="Ann\r\nEND:VCARD\r\nBEGIN:VCARD",
)

VALUES = _group(
    "a date, a number, a zone or an address that is none",
    infinity="infinity",
    minus_infinity="-infinity",
    now="now",
    tomorrow="tomorrow",
    year_10000="10000-01-01",
    before_christ="0044-03-15 BC",
    day_that_is_none="2027-02-30",
    zone_turned_round="UTC+3",
    zone_as_path="../../etc/passwd",
    not_a_number="NaN",
    huge_number="9" * 400,
    exponent="1e400000",
    digits_of_elsewhere="٠١٢٣٤٥٦٧٨٩",
    two_addresses="a@x.example, b@y.example",
    named_address='"a@x, b" <c@y.example>',
    address_with_header="a@x.example\r\nBcc: b@y.example",
    address_of_elsewhere="böse@пример.example",
    address_in_punycode="a@xn--e1afmkfd.example",
    long_address="a" * 64 + "@" + "b" * 63 + ".example",
    phone_with_words="+49 30 CALL-ME",
    phone_too_short="12",
    phone_with_extension="+49 30 23125000;ext=1;phone-context=evil.example",
    phone_of_elsewhere="＋４９ ３０ ２３１２５ ０００",
    phone_as_address="tel:+493023125000",
)

TEXTS = (
    *MARKUP,
    *CONTROLS,
    *INVISIBLE,
    *SCRIPTS,
    *SIZES,
    *LANGUAGES,
    *VALUES,
)
