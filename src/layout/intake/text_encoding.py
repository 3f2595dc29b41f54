"""Decodes text files as newsrooms get them: UTF-8, GB18030, UTF-16 or Big5, found by trial and by common characters.

Each encoding is tried in full, and what it gives is judged by how many of its Chinese characters are everyday ones: of
Chinese prose three quarters, of the same bytes read otherwise hardly any. On short copy that is surer than a general
detector (docs/import.md has the figures).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from layout.errors import ManuscriptError, Message, Place

_MOST_LOST = 0.02
"""Share of the characters that may be lost before a file is no text: one bad byte in fifty is not a damaged file."""
_FEW_LOST = 8
"""Losses that are no reason to refuse a file, however short it is."""
_LONGEST = 4_000_000
"""Bytes of a text file: as many as the longest manuscript has, twice over; more is another kind of file."""
_MOST_LOSSES = 200
"""Losses beyond which a file is no text, however long it is."""
_SAMPLE = 60_000
"""Bytes at the beginning by which the encodings are compared: some 20,000 characters, of which a hundred would do."""

COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平"
    "形相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程"
    "展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做"
    "必战先回则任取据处队南给色光门即保治北造百规热领七海口东导压志世金增争济油思术交受联认六共权收证改清己美再转更单风切打白教"
    "速花带安场身车例真务具万每目至达走积示议声报完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律且究"
    "观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精"
    "值号率族维划选标写存候亲快效院查江眼王按格养置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏"
    "失死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树某镇乡村街记者新闻版"
    "日讯群众项目投资亿元服务保障惠农社区改造园治理环境"
    "這為個國時來們產種面後學經進著電裡兩體機當點業開還與關線數條沒結問無軍題黨員總質氣變應實動對會發過說長資邊級圖統較將組見計"
    "別論運農幾區強戰處隊給門規熱領東導壓爭濟術聯認權證轉單風車務萬達積議聲報類離華確張馬節話記況溫傳許廣觀織眾書復兒際商驗連"
    "斷難礦備辦習響約勞團曆歷構稱準號維劃選標寫親調滿縣參紅細聽該鐵價嚴鎮鄉"
    "，。、；：？！“”‘’（）《》「」　"
)
"""Everyday characters and marks in either script: the some 500 that make up three quarters of modern prose, from the
published counts of modern Chinese (現代漢語常用字, 1988) and what local papers add, and their traditional forms."""


@dataclass(frozen=True, slots=True)
class LostBytes:
    """Bytes that make no character; U+FFFD stands in their place."""

    place: Place
    data: bytes


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The characters of a file, lines ended by ``\\n``, and how they were found."""

    text: str
    encoding: str
    """As messages call it: ``UTF-8``, ``GB18030 (GBK)``, ``UTF-16 LE``."""
    lost: tuple[LostBytes, ...] = ()
    doubtful: str | None = None
    """Another encoding that fits nearly as well, where there is one."""


_CODECS = (
    ("utf-8", "UTF-8"),
    ("gb18030", "GB18030 (GBK)"),
    ("cp950", "BIG5"),
    ("big5hkscs", "BIG5-HKSCS"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
)
"""In the order in which they are preferred where they fit alike."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 LE"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE"),
)
"""Byte order marks; that of UTF-32 LE begins like that of UTF-16."""
_UTF_8 = "UTF-8"
"""Bytes that are UTF-8 by chance are few: what is it is text, if not prose."""
_LEAST = 0.1
"""A score below which bytes in another encoding are no copy; prose has 0.7 and more, a list of rare names 0.3."""
_TELLING = 8
"""Characters beyond ASCII from which the score tells that."""
_ALIKE = 0.12
"""A difference of scores below which the choice is said to be doubtful."""


@dataclass(frozen=True, slots=True)
class _Trial:
    name: str
    text: str
    lost: tuple[tuple[int, bytes], ...]
    """Where in *text* each U+FFFD stands, and for which bytes."""
    score: float


def decode_text(data: bytes, file: str) -> DecodedText:
    """The text of *data*, whose encoding is found; *file* is its name in messages.

    Raises ``ManuscriptError`` where the bytes are no text in any of these encodings.
    """
    if len(data) > _LONGEST:
        raise ManuscriptError(
            Message(f"文件有 {len(data)} 字节，不像一篇稿件。", f"The file has {len(data)} bytes: that is no story."),
            place=Place(file),
            hint=Message("查一查是不是给错了文件。", "Check whether it is the right file."),
        )
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decoded(_tried(data.removeprefix(mark), codec, name), None, file)
    sample = data[:_SAMPLE]
    trials = [trial for codec, name in _CODECS if (trial := _tried(sample, codec, name)).score > float("-inf")]
    if not trials:
        raise _no_text(file)
    best = max(trials, key=lambda trial: trial.score)  # the first of those that fit alike
    if best.score < _LEAST and best.name != _UTF_8 and sum(char > "\x7f" for char in best.text) >= _TELLING:
        raise _no_text(file)
    others = [trial for trial in trials if trial.text != best.text and trial.score > best.score - _ALIKE]
    doubtful = others[0].name if others and best.name != _UTF_8 else None
    if len(sample) < len(data):
        best = _tried(data, next(codec for codec, name in _CODECS if name == best.name), best.name)
    return _decoded(best, doubtful, file)


def _decoded(trial: _Trial, doubtful: str | None, file: str) -> DecodedText:
    if trial.score == float("-inf"):
        raise _no_text(file)
    text = trial.text.replace("\r\n", "\n").replace("\r", "\n")
    lost = tuple(LostBytes(_place(trial.text, position, file), data) for position, data in trial.lost)
    return DecodedText(text, trial.name, lost, doubtful)


def _no_text(file: str) -> ManuscriptError:
    return ManuscriptError(
        Message("文件不是文字：UTF-8、GB18030、UTF-16、BIG5 都读不通。",
                "The file is no text: it cannot be read as UTF-8, GB18030, UTF-16 or Big5."),
        place=Place(file),
        hint=Message("用原来的软件打开，另存成 UTF-8 的纯文本；Word 文件照原样给 .docx。",
                     "Open it where it was made and save it as plain text in UTF-8; give a Word file as .docx."),
    )  # fmt: skip


def _place(text: str, position: int, file: str) -> Place:
    before = text[:position].replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _tried(data: bytes, codec: str, name: str) -> _Trial:
    pieces: list[str] = []
    lost: list[tuple[int, bytes]] = []
    length = 0
    most = min(max(_FEW_LOST, int(len(data) * _MOST_LOST / 2)), _MOST_LOSSES)
    for piece, broken in _pieces(data, codec):
        pieces.append(piece)
        length += len(piece)
        if broken:
            lost.append((length, broken))
            pieces.append("\ufffd")
            length += 1
        if len(lost) > most:
            return _Trial(name, "", (), float("-inf"))
    text = "".join(pieces)
    return _Trial(name, text, tuple(lost), _score(text))


def _pieces(data: bytes, codec: str) -> Iterator[tuple[str, bytes]]:
    """What *data* says, cut where bytes make no character: each piece with the broken bytes behind it."""
    while data:
        try:
            yield data.decode(codec), b""
            return
        except UnicodeDecodeError as error:
            yield data[: error.start].decode(codec), data[error.start : error.end]
            data = data[error.end :]


def _score(text: str) -> float:
    """How like prose *text* is, 1 at most: everyday characters among those beyond ASCII, less what cannot be copy.

    A text of ASCII alone has 1. Control characters and code points that are nobody's make it impossible.
    """
    foreign = [char for char in text if char > "\x7f"]
    if any(char < " " and char not in "\t\n\r\f\v\x1a" for char in text):
        return float("-inf")
    if not foreign:
        return 1.0
    common = sum(char in COMMON for char in foreign)
    strange = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in foreign)
    return (common - strange) / len(foreign)
