"""The words of one paragraph of a Word file: runs with what hangs on them, all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from layout.errors import Message
from layout.intake.copy_characters import cleaned
from layout.intake.model import CopyPlace, CopyRun, CopyUnder
from layout.intake.word_fields import WordField, equation_runs
from layout.intake.word_names import MC, WP, M, O, R, V, W, Xml, value
from layout.intake.word_record import Noticed, WordRecord
from layout.intake.word_signs import sign
from layout.intake.word_styles import TypeTraits, WordStyles, type_traits

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_OBJECTS: Mapping[str, Message] = {
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": Message("图表", "a chart"),
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": Message("SmartArt 图示", "a SmartArt drawing"),
    O + "OLEObject": Message("嵌入的对象", "an embedded object"),
    W + "control": Message("表单控件", "a form control"),
}  # fmt: skip
"""What a manuscript has no place for, by the element that says so."""


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture that a paragraph shows: the relation that leads to it, and what Word says is seen."""

    relation: str
    alt: str
    linked: bool = False


@dataclass(slots=True)
class WordText:
    """The words of one paragraph while it is walked through, and what stands in it besides."""

    place: CopyPlace
    runs: list[CopyRun] = field(default_factory=list)
    pictures: list[WordPicture] = field(default_factory=list)
    boxes: list[Xml] = field(default_factory=list)
    """The contents of text boxes (``w:txbxContent``)."""
    sizes: set[float | None] = field(default_factory=set)

    def add(self, run: CopyRun) -> None:
        """Adds *run*; one that is set like the last, without a reading or a note, goes on with it."""
        last = self.runs[-1] if self.runs else None
        if last and last.is_set_like(run):
            self.runs[-1] = replace(last, text=last.text + run.text)
        elif run.text or run.note:
            self.runs.append(run)

    @property
    def text(self) -> str:
        """Its characters so far."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class WordTextWalk:
    """Walks through paragraphs; what spans several of them, a field, is remembered from one to the next."""

    styles: WordStyles
    record: WordRecord
    note: Callable[[str, str], str]
    """Gives the label of a note, of its kind ("footnote") and its id; nothing for one that is not there."""
    fields: list[WordField] = field(default_factory=list)
    comments: Mapping[str, str] = field(default_factory=dict)
    """The words of the comments, by their ids."""
    _text: WordText = field(default_factory=lambda: WordText(CopyPlace("", 0)))
    _base: TypeTraits = field(default_factory=TypeTraits)
    _set_as: dict[tuple[TypeTraits, str | None, TypeTraits], TypeTraits] = field(default_factory=dict)
    """How words are set, by what they say, the name of their style, and how their paragraph's style sets them."""

    def paragraph(self, element: Xml, base: TypeTraits, place: CopyPlace) -> WordText:
        """The words of the ``w:p`` *element*, whose style sets them as *base*."""
        self._text, self._base = WordText(place), base
        self._children(element)
        # A code that is not ended with its paragraph is damaged: what follows is copy.
        self.fields = [each for each in self.fields if each.shown]
        return self._text

    def _children(self, element: Xml) -> None:
        for child in element:
            handler = _INLINE.get(child.tag)
            if handler is not None:
                handler(self, child)

    # --- what holds runs ---

    def _link(self, element: Xml) -> None:
        before = len(self._text.text)
        self._children(element)
        if element.get(R + "id") and (words := self._text.text[before:].strip()):
            self.record.links.append(Noticed(self._text.place, words))

    def _inserted(self, element: Xml) -> None:
        before = len(self._text.text)
        self._children(element)
        if words := self._text.text[before:]:
            self.record.inserted.append(Noticed(self._text.place, words, len(words)))

    def _deleted(self, element: Xml) -> None:
        words = "".join(each.text or "" for each in element.iter(W + "delText", W + "t"))
        if words:
            self.record.deleted.append(Noticed(self._text.place, words, len(words)))

    def _simple_field(self, element: Xml) -> None:
        self._told_field(element.get(W + "instr", ""))
        self._children(element)

    def _content(self, element: Xml) -> None:
        """A content control; what it shows while nothing has been typed is a prompt and no copy."""
        properties, content = element.find(W + "sdtPr"), element.find(W + "sdtContent")
        if content is None:
            return
        if properties is not None and properties.find(W + "showingPlcHdr") is not None:
            if words := "".join(each.text or "" for each in content.iter(W + "t")):
                self.record.prompts.append(Noticed(self._text.place, words))
            return
        self._children(content)

    def _alternate(self, element: Xml) -> None:
        """The first of several forms of one thing, which is the newest; the others are for older programs."""
        chosen = element.find(MC + "Choice")
        if chosen is None or not len(chosen):
            chosen = element.find(MC + "Fallback")
        if chosen is not None:
            self._run_children(chosen, self._base, hidden=False)
            self._children(chosen)

    def _formula(self, element: Xml) -> None:
        words = "".join(each.text or "" for each in element.iter(M + "t"))
        if words:
            self._text.add(CopyRun(cleaned(words)))
            self.record.formulas.append(Noticed(self._text.place, words))

    # --- runs ---

    def _run(self, element: Xml) -> None:
        properties = element.find(W + "rPr")
        traits = self._traits(properties)
        hidden = bool(traits.hidden)
        if hidden and (words := "".join(each.text or "" for each in element.iter(W + "t"))):
            self.record.hidden.append(Noticed(self._text.place, words, len(words)))
        self._run_children(element, traits, hidden=hidden)

    def _traits(self, properties: Xml | None) -> TypeTraits:
        if properties is None:
            return self._base
        key = (type_traits(properties), value(properties, "rStyle"), self._base)
        if key not in self._set_as:
            self._set_as[key] = key[0].over(self.styles.of_words(key[1])).over(self._base)
        return self._set_as[key]

    def _run_children(self, element: Xml, traits: TypeTraits, *, hidden: bool) -> None:
        for child in element:
            tag = child.tag
            if tag == W + "t" or tag in _TYPED:
                if not hidden:
                    self._typed(child.text or "" if tag == W + "t" else _TYPED[tag], traits)
            elif tag == W + "br":
                if child.get(W + "type", "textWrapping") == "textWrapping" and not hidden:
                    self._break(traits)
            elif tag == W + "cr":
                self._break(traits)
            elif tag == W + "fldChar":
                self._field(child, traits)
            elif tag == W + "instrText" and self.fields:
                self.fields[-1].code += child.text or ""
            elif (handler := _IN_RUN.get(tag)) and not hidden:
                handler(self, child, traits)

    def _typed(self, words: str, traits: TypeTraits) -> None:
        if any(not each.shown for each in self.fields):
            return
        clean = cleaned(words)
        if len(clean) < len(words):
            self.record.control.append(Noticed(self._text.place, _codes(words), len(words) - len(clean)))
        if words.strip():
            self._text.sizes.add(traits.size)
            if traits.struck:
                self.record.struck.append(Noticed(self._text.place, clean, len(clean)))
        self._text.add(self._as_run(clean, traits))

    def _as_run(self, words: str, traits: TypeTraits) -> CopyRun:
        under: tuple[CopyUnder, ...] = ("line",) if traits.under == "line" and words.strip() else ()
        dots: tuple[CopyUnder, ...] = ("dot",) if traits.dotted else ()
        return CopyRun(
            words,
            strong=bool(traits.bold or traits.black),
            emphasis=bool(traits.italic),
            under=(*under, *dots),
            level=traits.level or "",
        )

    def _break(self, traits: TypeTraits) -> None:
        if self._text.text.strip():
            self.record.breaks.append(Noticed(self._text.place))
        self._typed("\n", traits)

    def _sign(self, element: Xml, traits: TypeTraits) -> None:
        font, code = element.get(W + "font", ""), element.get(W + "char", "")
        found = sign(font, code)
        if found is None:
            self.record.signs.append(Noticed(self._text.place, f"{font} {code}"))
        else:
            self._typed(found, traits)

    def _note(self, element: Xml, traits: TypeTraits) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        label = self.note(kind, element.get(W + "id", ""))
        if label:
            self._text.add(replace(self._as_run("", traits), note=label, level="", under=()))

    def _comment(self, element: Xml, _: TypeTraits) -> None:
        words = self.comments.get(element.get(W + "id", ""))
        if words is not None:
            self.record.comments.append((Noticed(self._text.place, words), self._text.text[-24:]))

    def _ruby(self, element: Xml, traits: TypeTraits) -> None:
        base, reading = element.find(W + "rubyBase"), element.find(W + "rt")
        words = _words_of(base)
        if words:
            self._text.add(replace(self._as_run(words, traits), ruby=_words_of(reading).strip()))

    def _field(self, element: Xml, traits: TypeTraits) -> None:
        match element.get(W + "fldCharType"):
            case "begin":
                self.fields.append(WordField())
            case "separate" if self.fields:
                self.fields[-1].shown = True
            case "end" if self.fields:
                ended = self.fields.pop()
                if all(each.shown for each in self.fields):
                    self._ended(ended, traits)

    def _ended(self, ended: WordField, traits: TypeTraits) -> None:
        """A field that is complete. One for a reading or a sign in a circle has its words in its code."""
        if ended.name == "EQ":
            runs, known = equation_runs(ended.code)
            for run in runs:
                self._text.add(replace(self._as_run(run.text, traits), ruby=run.ruby))
            if not known:
                self.record.circled.append(Noticed(self._text.place, "".join(run.text for run in runs) or ended.code))
            return
        self._told_field(ended.code)

    def _told_field(self, code: str) -> None:
        name = code.split(maxsplit=1)[0].upper() if code.split() else ""
        if name == "HYPERLINK":
            self.record.links.append(Noticed(self._text.place))
        elif name:
            self.record.fields.append(Noticed(self._text.place, name))

    # --- drawings ---

    def _drawing(self, element: Xml, _: TypeTraits) -> None:
        """Pictures, text boxes and what cannot be taken, in a ``w:drawing``, ``w:pict`` or ``w:object``."""
        contents = list(_outermost(element, W + "txbxContent"))
        self._text.boxes += contents
        inside = {id(each) for box in contents for each in box.iter()}
        described = next(element.iter(WP + "docPr"), None)
        alt = "" if described is None else described.get("descr") or ""
        objects = [each for each in element.iter(*_OBJECTS) if id(each) not in inside]
        for words in word_art(element):
            what = Message(f"艺术字“{words}”", f"WordArt, “{words}”")
            self.record.objects.append((Noticed(self._text.place), what))
        for each in objects:
            self.record.objects.append((Noticed(self._text.place), _OBJECTS[each.tag]))
        for each in element.iter(_BLIP, V + "imagedata"):
            if id(each) in inside or objects:  # an object's picture shows what it was when Word last saw it
                continue
            own, link = each.get(R + "embed") or each.get(R + "id"), each.get(R + "link")
            if own or link:
                self._text.pictures.append(WordPicture(own or link, each.get(O + "title") or alt, linked=not own))


_TYPED: Mapping[str, str] = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-", W + "softHyphen": ""}
"""Elements that stand for a character. A soft hyphen shows only where Word broke a line."""

_INLINE: Mapping[str, Callable[[WordTextWalk, Xml], None]] = {
    W + "r": WordTextWalk._run,
    W + "hyperlink": WordTextWalk._link,
    W + "ins": WordTextWalk._inserted,
    W + "moveTo": WordTextWalk._inserted,
    W + "del": WordTextWalk._deleted,
    W + "moveFrom": WordTextWalk._deleted,
    W + "fldSimple": WordTextWalk._simple_field,
    W + "sdt": WordTextWalk._content,
    W + "smartTag": WordTextWalk._children,
    W + "customXml": WordTextWalk._children,
    W + "bdo": WordTextWalk._children,
    W + "dir": WordTextWalk._children,
    MC + "AlternateContent": WordTextWalk._alternate,
    M + "oMath": WordTextWalk._formula,
    M + "oMathPara": WordTextWalk._formula,
}
_IN_RUN: Mapping[str, Callable[[WordTextWalk, Xml, TypeTraits], None]] = {
    W + "sym": WordTextWalk._sign,
    W + "footnoteReference": WordTextWalk._note,
    W + "endnoteReference": WordTextWalk._note,
    W + "commentReference": WordTextWalk._comment,
    W + "ruby": WordTextWalk._ruby,
    W + "drawing": WordTextWalk._drawing,
    W + "pict": WordTextWalk._drawing,
    W + "object": WordTextWalk._drawing,
    MC + "AlternateContent": lambda walk, element, _: walk._alternate(element),
}


def word_art(element: Xml) -> list[str]:
    """The words of the WordArt of old programs below *element*: watermarks, headlines in waves."""
    return [words for each in element.iter(V + "textpath") if (words := cleaned(each.get("string", "")).strip())]


def _outermost(element: Xml, tag: str) -> list[Xml]:
    """The elements *tag* below *element* that stand in no other of them; of two forms of one thing the first."""
    found: list[Xml] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag == MC + "AlternateContent":
            chosen = child.find(MC + "Choice")
            found += _outermost(chosen if chosen is not None else child, tag)
        elif isinstance(child.tag, str):
            found += _outermost(child, tag)
    return found


def _words_of(element: Xml | None) -> str:
    return "" if element is None else cleaned("".join(each.text or "" for each in element.iter(W + "t")))


def _codes(words: str) -> str:
    return "、".join(sorted({f"U+{ord(char):04X}" for char in words if not cleaned(char)}))
