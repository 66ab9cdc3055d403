"""Sources of every kind of diagram, with every kind of label, short, long and without a place to break."""

from __future__ import annotations

WORDS = {
    "en-short": "Load",
    "en-long": "Aggregated behaviour of users over many devices and channels",
    "en-unbroken": "feature_store_online",
    "zh-short": "负载",
    "zh-long": "用户在多个设备与多个渠道上的行为，合并成 p99 ≤ 100 ms 的在线特征，供排序模型使用",
    "zh-unbroken": "用户在多个设备与多个渠道上的行为合并成",
}

_FLOWCHART = """flowchart TD
  accTitle: Flowchart
  accDescr: Every shape, labels on edges, titles of groups.
  A["{w}"] -->|"{w}"| B("{w}")
  B -.->|"{w}"| C(["{w}"])
  C --> D[["{w}"]]
  D --> E[("{w}")]
  A ==>|"{w}"| F{{"{w}"}}
  F --> G(("{w}"))
  F --> H[/"{w}"/]
  H --> I>"{w}"]
  subgraph one ["{w}"]
    J["x"]
    subgraph two ["{w}"]
      K["{w}"]:::bad
    end
  end
  I -->|"{w}"| J
  J -->|"{w}"| K
"""

_SEQUENCE = """sequenceDiagram
  accTitle: Sequence
  accDescr: Messages, notes and blocks.
  autonumber
  actor U as {w}
  participant A as {w}
  participant B as B
  U->>+A: {w}
  A->>A: {w}
  Note over U: {w}
  Note over U,B: {w}
  Note right of B: {w}
  Note left of U: {w}
  loop {w}
    A->>B: {w}
    B-->>A: {w}
  end
  alt {w}
    A->>B: x
  else {w}
    B->>A: {w}
  end
  opt {w}
    A->>B: x
  end
  par {w}
    A->>B: x
  and {w}
    A->>B: x
  end
  critical {w}
    A->>B: x
  option {w}
    A->>B: x
  end
  break {w}
    A->>B: x
  end
  A-->>-U: {w}
"""

_STATE = """stateDiagram-v2
  accTitle: States
  accDescr: States, notes, transitions, a state within a state.
  state "{w}" as A
  state "{w}" as B
  state "{w}" as C {{
    [*] --> D
    D --> E: {w}
  }}
  state pick <<choice>>
  [*] --> A
  A --> B: {w}
  B --> A: {w}
  B --> pick
  pick --> C: {w}
  C --> [*]
  note right of A
    {w}
  end note
  note left of B : {w}
"""

_GANTT = """gantt
  accTitle: Gantt
  accDescr: Sections, tasks and milestones.
  title {w}
  dateFormat HH:mm
  axisFormat %-M
  tickInterval 5minute
  todayMarker off
  section {w}
  {w} :a, 00:00, 1m
  {w} :crit, b, 00:01, 20m
  section {w}
  {w} :active, c, after b, 20m
  {w} :done, d, after c, 3m
  {w} :milestone, e, 00:44, 0m
"""

_TIMELINE = """timeline
  accTitle: Timeline
  accDescr: Sections, periods and events.
  title {w}
  section {w}
    {w} : {w} : {w}
    2 : x : {w}
  section {w} 2
    3 : {w}
"""

_PIE = """pie showData title {w}
  accTitle: Pie
  accDescr: Slices and their names.
  "{w}" : 60
  "{w} 2" : 30
  "{w} 3" : 7
  "{w} 4" : 2
  "{w} 5" : 1
"""

_QUADRANT = """quadrantChart
  accTitle: Quadrants
  accDescr: Axes, quadrants and points.
  title {w}
  x-axis "{w}" --> "{w}"
  y-axis "{w}" --> "{w}"
  quadrant-1 "{w}"
  quadrant-2 "{w}"
  quadrant-3 "{w}"
  quadrant-4 "{w}"
  "{w}": [0.02, 0.1]
  "{w} 2": [0.98, 0.9]
  "{w} 3": [0.5, 0.3]
"""

_XYCHART = """xychart-beta
  accTitle: Chart
  accDescr: Axes, bars and a line.
  title "{w}"
  x-axis "{w}" ["{w} 1", "{w} 2", "{w} 3", "{w} 4"]
  y-axis "{w}" 0 --> 1000000
  bar [100000, 200000, 700000, 999999]
  line [5000, 20000, 70000, 900000]
"""

_MINDMAP = """mindmap
  %% accTitle: Mind map
  %% accDescr: Every shape.
  root(("{w}"))
    a["{w}"]
      {w}
      b("{w}")
    c)"{w}"(
    d))"{w}"((
    {w}
      {w}
"""

_ER = """erDiagram
  accTitle: Entities
  accDescr: Entities, attributes and relations.
  A ||--o{{ B : "{w}"
  B }}o..|| C : "{w}"
  A["{w}"] {{
    string name PK "{w}"
    int count "{w}"
  }}
"""

_CLASS = """classDiagram
  accTitle: Classes
  accDescr: Members, relations, notes.
  class A["{w}"] {{
    +int {u}
    +{u}(string) bool
  }}
  class B["{w}"] {{
    <<interface>>
  }}
  A "1" --> "many" B : {w}
  A <|-- C : {w}
  note for A "{w}"
"""

_TEMPLATES = {
    "flowchart": _FLOWCHART,
    "sequence": _SEQUENCE,
    "state": _STATE,
    "gantt": _GANTT,
    "timeline": _TIMELINE,
    "pie": _PIE,
    "quadrant": _QUADRANT,
    "xychart": _XYCHART,
    "mindmap": _MINDMAP,
    "er": _ER,
    "class": _CLASS,
}

#: Names like `gantt-zh-unbroken` and their sources.
SOURCES = {
    f"{kind}-{name}": template.format(w=words, u="".join(c for c in words if c.isalnum() or c == "_"))
    for kind, template in _TEMPLATES.items()
    for name, words in WORDS.items()
}
