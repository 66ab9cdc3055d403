/* What the search ranks, on an index of a few sections. */
import assert from "node:assert/strict"
import { test } from "node:test"
import "../../web/search-core.js"

const { engine, excerpt, keys, plain, shardOf } = globalThis.handbookSearch

/** An engine on pages `{title: {heading: text}}`, the page's beginning under "", and how to ask it. */
const search = (pages, meanings = [], asked = {}) => {
  const titles = Object.keys(pages)
  const texts = new Map(titles.map((title, page) => [page, Object.values(pages[title])]))
  const shard = {}
  titles.forEach((title, page) => {
    const all = plain([title, ...Object.entries(pages[title]).flat()].join(" | "))
    for (const key of all.match(/\p{sc=Han}+|[^\p{sc=Han}\s]+/gu).flatMap(keys)) {
      shard[key] ??= []
      if (shard[key].at(-2) === page) shard[key][shard[key].length - 1]++
      else shard[key].push(page, 1)
    }
  })
  const index = {
    shards: 1, meanings,
    pages: titles.map(title => ({
      title,
      sections: Object.keys(pages[title]).map(heading =>
        [heading, heading, heading ? 2 : 1, heading === "Sources" ? 1 : 0, asked[heading] ?? []]),
    })),
  }
  const core = engine(index)
  return text => {
    const query = core.read(text)
    const read = core.candidates(query, new Map([[0, shard]]), 12)
    return core.rank(query, new Map(read.map(page => [page, texts.get(page)]))).map(({ page, sections }) =>
      [titles[page], ...sections.map(({ section }) => Object.keys(pages[titles[page]])[section])])
  }
}
const units = (text, meanings = []) => engine({ shards: 1, meanings, pages: [] }).read(text).units.map(({ word }) => word)

test("words have single spaces, and none beside Chinese", () => {
  assert.equal(plain("p99 延迟，Near-real-time  A/B 测试"), "p99延迟near real time ab测试")
  assert.equal(plain("数据、标签"), "数据 标签")
  assert.equal(plain("the user's 5%"), "the users 5%")
})

test("the list of words has pairs of Chinese, and beginnings in one part", () => {
  assert.deepEqual(keys("金丝雀"), ["金丝", "丝雀"])
  assert.deepEqual(keys("canary"), ["canary"])
  assert.equal(shardOf("threshold", 29), shardOf("th", 29))
  assert.equal(shardOf("阈值", 29), shardOf("阈", 29))
})

test("stop words are no units", () => {
  assert.deepEqual(units("how to choose the threshold"), ["choose", "threshold"])
  assert.deepEqual(units("阈值的定法"), ["阈值", "定法"])
  assert.deepEqual(units("the"), [])
  assert.deepEqual(units("的"), [])
})

test("a term of the handbook is one unit, with all that means the same", () => {
  const terms = [["canary", "金丝雀", "灰度发布"], ["cold start", "冷启动"]]
  assert.deepEqual(units("金丝雀的时长", terms), ["金丝雀", "时长"])
  assert.deepEqual(units("冷启动", terms), ["冷启动"])
  assert.deepEqual(units("canaries", [["canary", "canaries"]]), ["canaries"])
  assert.deepEqual(engine({ shards: 1, meanings: terms, pages: [] }).read("灰度发布").units[0].spellings,
    ["灰度发布", "canary", "金丝雀"])
})

test("a single Chinese character counts alone, or before a term", () => {
  assert.deepEqual(units("阈"), ["阈"])
  assert.deepEqual(units("图特征", [["特征"]]), ["图特", "特征"])
  assert.deepEqual(units("阈 校准"), ["校准"])
})

test("a title comes before a heading, a heading before a mention", () => {
  const ask = search({
    Mentions: { "": "drift drift drift", Other: "nothing about it" },
    Sections: { "": "a page", Drift: "when it changes" },
    Drift: { "": "a page" },
  })
  assert.deepEqual(ask("drift").map(([page]) => page), ["Drift", "Sections", "Mentions"])
})

test("a phrase comes before its words apart", () => {
  const ask = search({
    Apart: { "": "a label, and much later in the text some other delay" },
    Phrase: { "": "the label delay of a chargeback" },
  })
  assert.deepEqual(ask("label delay").map(([page]) => page), ["Phrase", "Apart"])
})

test("a section need not have every word", () => {
  const ask = search({ A: { "": "x", Canary: "one hour" }, B: { "": "unrelated" } })
  assert.deepEqual(ask("canary duration zebra"), [["A", "Canary"]])
})

test("words of other forms are found, words inside others are not", () => {
  const ask = search({ A: { "": "models are calibrated" }, B: { "": "storage" } })
  assert.deepEqual(ask("calibration"), [["A", ""]])
  assert.deepEqual(ask("rag"), [])
})

test("a word is found while it is being typed", () => {
  const ask = search({ A: { "": "the threshold" } })
  assert.deepEqual(ask("thresh"), [["A", ""]])
  assert.deepEqual(ask("thresh "), [])
})

test("any stretch of Chinese text is found, a stray character is not", () => {
  const ask = search({ 甲: { "": "这是一段简单的测试文本" }, 乙: { "": "段落很长，简要说明" } })
  assert.deepEqual(ask("段简"), [["甲", ""]])
  assert.deepEqual(ask("简图"), [])
})

test("a term is not found by its parts in other words", () => {
  const ask = search({ 甲: { "": "金丝做的雀" }, 乙: { "": "冷缓存与启动" }, 丙: { "": "冷启动" } },
    [["金丝雀"], ["冷启动"]])
  assert.deepEqual(ask("冷启动").map(([page]) => page)[0], "丙")
  assert.deepEqual(ask("金丝雀"), [])
})

test("a term that no page says is looked for by its words", () => {
  const ask = search({ A: { "": "the power of a test" }, B: { "": "nothing" } }, [["statistical power", "功效"]])
  assert.deepEqual(ask("statistical power"), [["A", ""]])
})

test("only the reader's own spelling is completed while it is typed", () => {
  const ask = search({ A: { "": "about absolutes" }, B: { "": "an A/B test" } }, [["ab实验", "ab"]])
  assert.deepEqual(ask("ab实验"), [["B", ""]])
})

test("the other language's word, and a word that the handbook does not use, find the page", () => {
  const ask = search({ 发布: { "": "先上金丝雀" } }, [["金丝雀", "canary", "灰度发布"]])
  assert.deepEqual(ask("canary"), [["发布", ""]])
  assert.deepEqual(ask("灰度发布"), [["发布", ""]])
})

test("what readers call a section leads to it", () => {
  const ask = search({ A: { "": "running", Behind: "cut the model" }, B: { "": "time is running" } }, [],
    { Behind: ["running out of time"] })
  assert.deepEqual(ask("running out of time")[0], ["A", "Behind", ""])
})

test("a term that readers call a section finds it by any of its names", () => {
  const ask = search({ A: { "": "x", "A gradual rollout": "gradual rollout" }, B: { "": "x", Steps: "one by one" } },
    [["canary", "gradual rollout"]], { Steps: ["canary"] })
  assert.deepEqual(ask("gradual rollout")[0].slice(0, 2), ["B", "Steps"])
})

test("a bibliography comes last", () => {
  const ask = search({ A: { "": "x", Sources: "calibration, calibration" }, B: { "": "on calibration" } })
  assert.deepEqual(ask("calibration").map(([page]) => page), ["B", "A"])
})

test("an excerpt shows where most is said, and marks it as it is written", () => {
  const query = engine({ shards: 1, meanings: [], pages: [] }).read("the A/B test")
  const text = `${"word ".repeat(80)}the A/B tests of \tmodels\t ${"word ".repeat(80)}`
  const { excerpt: parts, said } = excerpt(text, query)
  assert.deepEqual(parts.filter(part => part.marked).map(part => part.text), ["A/B", "tests"])
  assert.deepEqual(said, ["a/b", "tests"])
  assert.match(parts.map(part => part.text).join(""), /^… (word )+the A\/B tests of models (word )+ …$/)
})

test("an excerpt of what says nothing is the beginning", () => {
  const query = engine({ shards: 1, meanings: [], pages: [] }).read("zebra")
  assert.deepEqual(excerpt("Short.", query), { excerpt: [{ text: "Short.", marked: false }], said: [] })
})
