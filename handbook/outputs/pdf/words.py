"""The book's own words in both languages; everything else comes from the pages and the data."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "contents": {"en": "Contents", "zh": "目录"},
    "edition": {"en": "Edition", "zh": "版本"},
    "language": {"en": "English", "zh": "简体中文"},
    "imprint": {"en": "About this edition", "zh": "版本说明"},
    "online": {"en": "Online", "zh": "在线阅读"},
    "licence": {"en": "Licence", "zh": "许可"},
    "cite": {"en": "How to cite", "zh": "引用格式"},
    "made": {"en": "How it is made", "zh": "制作方式"},
    "made_text": {
        "en": "Printed from the same sources as the site. Derived numbers are computed by the "
        "build from stated inputs; sources are listed at the end of each chapter. The page "
        "number printed at the foot is the page number of the file.",
        "zh": "与网站使用同一份源文件。推导出的数字由构建程序按写明的输入计算；"
        "各章末尾列出所引出处。页脚页码与文件页码一致。",
    },
    "citation": {
        "en": "{title}. Edition {edition}. {address}",
        "zh": "{title}。版本 {edition}。{address}",
    },
    "part": {"en": "Part {n}", "zh": "第 {n} 部分"},
    "figure": {"en": "Diagram", "zh": "图"},
    "formula": {"en": "Formula", "zh": "公式"},
    "links": {"en": "Links in this chapter", "zh": "本章链接"},
    "designs": {"en": "The designs and their key numbers", "zh": "各设计的关键数字"},
    "diagrams": {"en": "Diagrams", "zh": "图目录"},
    "page": {"en": "page", "zh": "页码"},
    "terms": {"en": "Glossary and index", "zh": "术语与索引"},
    "terms_intro": {
        "en": "Each term with its Chinese equivalent where one is used, what it means here, and the "
        "pages that treat it; a page in bold has it in a heading.",
        "zh": "每个术语附英文说法（与中文不同时）、本书中的含义和讨论它的页码；加粗的页码表示该术语出现在标题中。",
    },
    "sheets": {"en": "Sheets to print", "zh": "可打印的单页"},
    "timeline": {"en": "Whiteboard timeline", "zh": "白板时间线"},
    "timeline_head": {
        "en": "Minute|Stage|On the board|Why|Done",
        "zh": "分钟|阶段|白板上画什么|理由|完成",
    },
    "timeline_note": {
        "en": "Stop at each of these minutes and compare your board with the line. The last {minutes} "
        "minutes are kept for questions.",
        "zh": "到点就停，拿白板和这一行对照。最后 {minutes} 分钟留给答疑。",
    },
    "done": {"en": "done", "zh": "完成"},
    "open": {"en": "open", "zh": "未完成"},
}


def word(key: str, language: str, **values: object) -> str:
    """Return a word of the book in one language."""
    return WORDS[key][language].format(**values)
