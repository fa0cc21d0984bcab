"""Markdown beyond CommonMark: notes, boxes, shortcodes, and emphasis in Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.scripts import ends_with_stop
from aligner.spacing import has_wide, is_wide

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

_NOTE = re.compile(r"\[\^([^\]\s]{1,100})\]:[ \t]*")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,100})\]")
_DEFINITION = re.compile(r":[ \t]{1,3}(?=\S)")
# !!! note "Title" of MkDocs, with its text indented below it.
_BOX = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*[ \t]*([\"(（][^\n]*)?$", re.M)
# ::: tip Title of VuePress and Docusaurus, ::: {.note} of pandoc, and the line that ends it.
_FENCE = re.compile(r":{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]*)[ \t]*(\[?[^\n]*?\]?)[ \t]*:*$", re.M)
_IMPORT = re.compile(r"(?:import|export)\s[^\n]*(?:\sfrom\s+|=\s*|import\s+)[\"'{(][^\n]*$", re.M)
_HIGHLIGHT = re.compile(r"\{%-?[ \t]*(highlight|raw)\b[^\n%]*%\}")
_SHORTCODE = re.compile(r"\{\{<.{0,1000}?>\}\}|\{\{%.{0,1000}?%\}\}|\{%.{0,1000}?%\}", re.S)
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*+\{(?::|[#.][\w-])[^{}\n]*\}[ \t]*(?=\n|$)")
_TASK = re.compile(r"\A\[[ xX]\]\s+")
_ALERT = re.compile(r"\A\[!\w+\][+-]?[ \t]*\n?")
_INDENT = 4
_MOST_NESTED = 100


def add_rules(parser: MarkdownIt) -> MarkdownIt:
    """A parser that knows all these too."""
    ends: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    block, inline = parser.block.ruler, parser.inline.ruler
    parser.options["maxNesting"] = _MOST_NESTED
    block.before("table", "depth", _depth, {})
    block.before("reference", "note", _note, ends)
    block.before("reference", "definition", _definition, ends)
    block.before("reference", "box", _box, ends)
    block.before("reference", "fence_line", _fence_line, ends)
    block.before("reference", "import", _import, {})
    block.before("reference", "highlight", _highlight, {})
    inline.before("link", "note_mark", _note_mark)
    inline.before("link", "shortcode", _shortcode)
    inline.at("emphasis", _emphasis)
    parser.core.ruler.before("inline", "marks", _marks)
    parser.core.ruler.after("inline", "lines", _lines)
    return parser


def _depth(state: StateBlock, _line: int, _last: int, _silent: bool) -> bool:
    """Raise RecursionError for blocks so deep that the parser would drop them silently."""
    if state.level + 2 >= _MOST_NESTED:
        raise RecursionError
    return False


def _rest(state: StateBlock, line: int) -> tuple[int, int]:
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def _contents(state: StateBlock, line: int, last: int, start: int) -> None:
    """Read what begins at `start` of a line and goes on in the indented ones below it."""
    kept = state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType
    state.bMarks[line], state.tShift[line] = start, 0
    state.blkIndent += _INDENT
    state.sCount[line] = state.blkIndent
    state.parentType = "list"
    state.md.block.tokenize(state, line, last)
    state.blkIndent -= _INDENT
    state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType = kept


def _note(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    begin, end = _rest(state, line)
    match = _NOTE.match(state.src, begin, end)
    if match is None or state.is_code_block(line):
        return False
    if not silent:
        state.env.setdefault("notes", set()).add(match[1])
        state.push("note_open", "div", 1).attrs = {"class": "footnote"}
        _contents(state, line, last, match.end())
        state.push("note_close", "div", -1)
    return True


def _definition(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    begin, end = _rest(state, line)
    match = _DEFINITION.match(state.src, begin, end)
    if match is None or state.is_code_block(line):
        return False
    if not silent:
        state.push("definition_open", "dd", 1)
        _contents(state, line, last, match.end())
        state.push("definition_close", "dd", -1)
    return True


def _box(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    begin, end = _rest(state, line)
    match = _BOX.fullmatch(state.src, begin, end)
    if match is None or state.is_code_block(line):
        return False
    if not silent:
        _title(state, line, (match[1] or "").strip('"()（） '))
        state.blkIndent += _INDENT
        state.level += 1
        state.line, kept = line + 1, state.lineMax
        state.lineMax = _indented(state, line + 1, last)
        state.md.block.tokenize(state, line + 1, state.lineMax)
        state.lineMax = kept
        state.level -= 1
        state.blkIndent -= _INDENT
    return True


def _indented(state: StateBlock, line: int, last: int) -> int:
    """The first line from some line on that is not indented as far as a box's text."""
    while line < last and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    return line


def _fence_line(state: StateBlock, line: int, _last: int, silent: bool) -> bool:
    begin, end = _rest(state, line)
    match = _FENCE.fullmatch(state.src, begin, end)
    if match is None or state.is_code_block(line):
        return False
    if not silent:
        _title(state, line, match[1].strip("[]"))
        state.line = line + 1
    return True


def _title(state: StateBlock, line: int, text: str) -> None:
    """The title of a box, if it has one, as a paragraph of its own."""
    if text.strip():
        state.push("paragraph_open", "p", 1)
        token = state.push("inline", "", 0)
        token.content, token.map, token.children = text.strip(), [line, line + 1], []
        state.push("paragraph_close", "p", -1)


def _import(state: StateBlock, line: int, _last: int, silent: bool) -> bool:
    begin, end = _rest(state, line)
    if _IMPORT.fullmatch(state.src, begin, end) is None or state.is_code_block(line):
        return False
    if not silent:
        _code(state, state.src[begin:end])
        state.line = line + 1
    return True


def _highlight(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    begin, _ = _rest(state, line)
    match = _HIGHLIGHT.match(state.src, begin)
    unclosed = state.env.setdefault("unclosed", set())  # lest each is sought to the end
    if match is None or match[1] in unclosed or state.is_code_block(line):
        return False
    closing = re.compile(rf"\{{%-?[ \t]*end{match[1]}[ \t]*-?%\}}[ \t]*$", re.M)
    end = closing.search(state.src, match.end(), state.eMarks[last - 1])
    if end is None:
        unclosed.add(match[1])
        return False
    if not silent:
        _code(state, state.src[match.end() : end.start()])
        state.line = line + state.src.count("\n", begin, end.end()) + 1
    return True


def _code(state: StateBlock, text: str) -> None:
    state.push("code_block", "code", 0).content = text


def _note_mark(state: StateInline, _silent: bool) -> bool:
    match = _NOTE_MARK.match(state.src, state.pos, state.posMax)
    if match is None or match[1] not in state.env.get("notes", ()):
        return False
    state.pos = match.end()
    return True


def _shortcode(state: StateInline, _silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = _SHORTCODE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Emphasis beside Chinese: **标题：**内容, where CommonMark wants a space after the mark."""
    from markdown_it.rules_inline.emphasis import tokenize

    start, known = state.pos, len(state.delimiters)
    if not tokenize(state, silent):
        return False
    before, after = state.src[:start][-1:], state.src[state.pos : state.posMax][:1]
    if has_wide(before + after) and state.src[start] == "*":
        for delimiter in state.delimiters[known:]:
            delimiter.open = bool(after.strip())
            delimiter.close = bool(before.strip())
    return True


def _marks(state: StateCore) -> None:
    """Take off the box of a task, the kind of an alert, and the attributes of a heading."""
    for place, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        within = [each.type for each in state.tokens[max(0, place - 2) : place]]
        if within == ["list_item_open", "paragraph_open"]:
            token.content = _TASK.sub("", token.content, count=1)
        elif within == ["blockquote_open", "paragraph_open"]:
            token.content = _ALERT.sub("", token.content, count=1)
        token.content = _ATTRIBUTES.sub("", token.content)


def _lines(state: StateCore) -> None:
    """Keep the break after a sentence, between lines of which one alone has any Chinese."""
    for token in state.tokens:
        breaks = [child for child in token.children or () if child.type == "softbreak"]
        lines = token.content.split("\n") if breaks else []
        if len(lines) != len(breaks) + 1:
            continue
        wide = [sum(map(is_wide, line)) for line in lines]
        for place, softbreak in enumerate(breaks):
            least, most = sorted((place, place + 1), key=wide.__getitem__)
            one_alone = wide[least] == 0 and 2 * wide[most] > len(lines[most])
            if one_alone and ends_with_stop(lines[place]):
                softbreak.type, softbreak.tag = "hardbreak", "br"
