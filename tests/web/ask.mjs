/* What the search finds, without a browser: `node ask.mjs <language's folder>` reads a JSON list of
 * queries and prints, for each, its pages with their sections: `[["framework/data/", "numbers", …], …]`. */
import { readFileSync } from "node:fs"
import "../../web/search-core.js"

const folder = `${process.argv[2]}/search`
const PAGES = 10, SECTIONS = 3, READ = 12

let part
globalThis.handbookIndex = (_, data) => { part = data }
const parts = new Map()
const load = name => {
  if (!parts.has(name)) {
    (0, eval)(readFileSync(`${folder}/${name}.js`, "utf8"))
    parts.set(name, part)
  }
  return parts.get(name)
}

const index = load("index")
const engine = globalThis.handbookSearch.engine(index)
const answers = JSON.parse(readFileSync(0, "utf8")).map(text => {
  const query = engine.read(text)
  const loaded = new Map(engine.shards(query).map(shard => [shard, load(`${index.edition}/words-${shard}`)]))
  const pages = engine.candidates(query, loaded, READ)
  const texts = new Map(pages.map(page => [page, load(`${index.edition}/page-${page}`)]))
  return engine.rank(query, texts).slice(0, PAGES).map(({ page, sections }) => {
    const { place, sections: known } = index.pages[page]
    return [place, ...sections.slice(0, SECTIONS).map(({ section }) => known[section][0]).filter(Boolean)]
  })
})
process.stdout.write(JSON.stringify(answers))
