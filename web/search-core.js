/* Full-text search: what the site and its offline copy find, and in which order. Pure functions: they
 * touch no page and load nothing, so Node tests them as they are. `search.js` brings them the index
 * that `handbook/outputs/search.py` writes.
 *
 * 1. `read` splits a query into units: terms of the handbook with everything that means the same, and
 *    other words. Stop words are none.
 * 2. `shards` names the parts of the word list that know these units, and `candidates` the few pages
 *    worth a closer look.
 * 3. `rank` reads the sections of these pages: a heading that says it comes before a text that mentions
 *    it, a phrase before its words, and a section need not have every word. */
(() => {
  // ---- words: the same as `keys` and `shard_of` of search.py ------------------------------------

  const HAN = "\\u2e80-\\u2fdf\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff"
  const WORD = new RegExp(`[${HAN}]+|(?:(?![${HAN}])[\\p{L}\\p{N}]|[%+])+`, "gu")
  const BESIDE_HAN = new RegExp(`(?<=[${HAN}]) (?=[^${HAN}])|(?<=[^${HAN}]) (?=[${HAN}])`, "g")
  const BEGINS_HAN = new RegExp(`^[${HAN}]`)
  const isHan = word => BEGINS_HAN.test(word)

  /** A text as words with single spaces, and none between Chinese and anything else. */
  const plain = text => text.toLowerCase().replace(/\ba\/b\b/g, "ab").replace(/[\u200b'’]/g, "")
    .replace(/[^\p{L}\p{N}%+]+/gu, " ").trim().replace(BESIDE_HAN, "")
  /** Under which keys the word list has a word: itself, or each pair of neighbours in Chinese. */
  const keys = word => isHan(word) && word.length > 1
    ? [...word.slice(1)].map((letter, i) => word[i] + letter) : [word]
  const shardOf = (key, count) =>
    (key.charCodeAt(0) * 31 + (isHan(key) || key.length < 2 ? 0 : key.charCodeAt(1))) % count

  const STOP = new Set(`
    a about all an and any are as at be been but by can could did do does for from get give go had has have how i if in
    into is it its just let make many me much my need no not of on one ones or our should so some such than that the their
    them then there these they this to up us use used using vs was we were what when where which while who why will with
    would you your difference different differ
    的 了 和 与 或 及 是 在 有 到 把 被 给 让 对 从 为 用 要 会 能 可以 应该 需要 怎么 怎样 怎么样 怎么办 如何 什么 为什么 为何 哪些 哪个
    哪种 多少 几个 吗 呢 吧 啊 我 你 他 它 我们 你们 这 那 这个 那个 一个 一些 一下 都 也 还 还是 就 才 再 又 很 太 最 时候
    之 其 以 而 且 并 但 若 如果 向 跟 等 等等 处理 进行 问题 区别 差别 定 做 算 讲 说 选 看 去 来 得 着 过 张 个 次`.trim().split(/\s+/))

  const ENDINGS = "ations|ation|ated|ating|ates|ate|ability|able|ions|ion|ings|ing|ers|er|ors|or|ies|ed|es|al|e|s|y"
  const ENDING = new RegExp(`(?:${ENDINGS})$`)
  /** What the forms of an English word have in common; a short one, or one with digits, is as it is. */
  const stem = word => {
    if (!/^[a-z]{5,}$/.test(word)) return word
    const short = word.replace(ENDING, "")
    return short.length >= 4 ? short : word.replace(/s$/, "")
  }
  const escape = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
  /** An expression for the forms of a word; of one that is still being typed, for all that begin with it. */
  const forms = (word, open) => {
    if (isHan(word)) return escape(word)
    const root = stem(word)
    const body = root === word ? `${escape(word)}s?` : `${escape(root)}(?:${ENDINGS})?`
    return open && word.length > 1 ? `(?:${body}|${escape(word)}[a-z0-9]*)` : body
  }
  const split = spelling => spelling.match(WORD) ?? []
  const alone = expression => `(?<![a-z0-9])${expression}(?![a-z0-9])`
  /** An expression for a spelling in a plain text. */
  const pattern = (spelling, open) => split(spelling)
    .map((word, i, all) => isHan(word) ? escape(word) : alone(forms(word, open && i === all.length - 1))).join(" ?")

  const segmenter = globalThis.Intl?.Segmenter && new Intl.Segmenter("zh", { granularity: "word" })
  /** A run of Chinese without its stop words, as the runs that are left. */
  const withoutStops = run => [...segmenter?.segment(run) ?? [{ segment: run }]]
    .map(({ segment }) => STOP.has(segment) ? " " : segment).join("").split(" ").filter(Boolean)

  /** What counts a little where a phrase, or a Chinese word, is not said as a whole. */
  const pieces = spelling => {
    const parts = split(spelling).flatMap(word => isHan(word) ? keys(word) : [word])
    return parts.length > 1 ? parts : []
  }

  // ---- the query --------------------------------------------------------------------------------

  const TERM = 1.5, PAIR = 0.7 // what a term, and two Chinese characters, say beside a word

  /** Every spelling of the handbook's terms with all that mean the same, itself first. */
  const dictionary = lists => {
    const meanings = new Map()
    for (const list of lists) {
      const spellings = list.map(plain).filter(Boolean)
      for (const spelling of spellings)
        meanings.set(spelling, [...new Set([spelling, ...(meanings.get(spelling) ?? []), ...spellings])])
    }
    return { meanings, longest: Math.max(0, ...[...meanings.keys()].map(spelling => spelling.length)) }
  }

  const isLetter = letter => letter !== undefined && /[\p{L}\p{N}%+]/u.test(letter) && !isHan(letter)
  /** The longest term that begins at a place of a text, as `[its length, the term]`. */
  const termAt = (text, at, { meanings, longest }) => {
    if (isLetter(text[at]) && isLetter(text[at - 1])) return null
    for (let end = Math.min(text.length, at + longest + 1); end > at; end--) {
      if (isLetter(text[end - 1]) && isLetter(text[end])) continue
      const said = text.slice(at, end)
      const term = [said, said.replace(/(?<=[a-z]{2})s$/, "")].find(spelling => meanings.has(spelling))
      if (term && !STOP.has(term)) return [end - at, term]
    }
    return null
  }

  /** A query as its plain text and its units: `{word, spellings, open}`, open if it may go on. */
  const read = (query, terms) => {
    const text = plain(query)
    const units = []
    const add = (word, spellings, weight) => {
      if (!units.some(unit => unit.word === word)) units.push({ word, spellings, weight, open: false })
    }
    // No list of words knows all of Chinese, so it is looked for by pairs of neighbours. A single
    // character says nothing, unless it is all that was typed so far or goes before a term.
    const addLoose = (piece, next = "") => {
      for (const word of split(piece)) {
        if (!isHan(word)) { if (!STOP.has(word)) add(word, [word], 1); continue }
        for (const run of withoutStops(word)) {
          const pairs = run.length > 1 || text.length === 1 ? keys(run)
            : isHan(next) && piece.endsWith(run) ? [run + next] : []
          for (const pair of pairs) add(pair, [pair], PAIR)
        }
      }
    }
    let from = 0
    for (let at = 0; at < text.length;) {
      const found = termAt(text, at, terms)
      if (!found) { at++; continue }
      addLoose(text.slice(from, at), text[at])
      add(found[1], terms.meanings.get(found[1]), terms.meanings.get(found[1]).length > 1 ? TERM : 1)
      from = at += found[0]
    }
    addLoose(text.slice(from))
    // What is made of stop words and single characters is looked for as it stands: 去重, 推还是拉.
    if (!units.length)
      for (const run of split(text).filter(word => isHan(word) && word.length > 1 && !STOP.has(word)))
        for (const pair of keys(run)) if (!STOP.has(pair)) add(pair, [pair], PAIR)
    const last = units.at(-1)
    if (last && text.endsWith(last.word) && !/\s$/.test(query)) last.open = true
    return { text, units }
  }

  // ---- the index --------------------------------------------------------------------------------

  const WEIGHT = { heading: 2.6, above: 0.9, title: 1.3, named: 0.8, text: 1.6 } // where a unit is said
  const PHRASE = { title: 7, heading: 3, inTitle: 0.8, inHeading: 1.2, inText: 0.7 } // where all is said at once
  const ASKED = 0.9 // what readers call a section
  const OTHER = 0.85 // a spelling that is not the reader's own
  const PIECES = 0.45 // the words of a phrase, apart from each other
  const TITLE_ONLY = 0.7 // a word that only the headings above a section have
  const ASIDE = 0.35 // a bibliography, or links to other pages
  const RECURRING = 0.85 // a question, or a section that many pages have: a summary, a check, pitfalls
  const QUESTION = 5
  const TYPICAL = 900 // characters of a section

  /**
   * What can be asked of the index of a language.
   *
   * @param index `{shards, meanings, pages: [{title, sections: [[anchor, heading, depth, aside], …]}, …]}`
   */
  const engine = index => {
    const terms = dictionary(index.meanings)
    const recurring = new Map()
    for (const { sections } of index.pages)
      for (const [anchor] of sections) recurring.set(anchor, (recurring.get(anchor) ?? 0) + 1)
    const expressions = new Map(), plains = new Map() // made once
    /** What a text says of a spelling. Most say nothing, which is seen sooner without an expression. */
    const found = (text, spelling, open) => {
      const key = `${spelling}\n${open}`
      if (!expressions.has(key)) {
        const root = stem(split(spelling)[0] ?? "")
        expressions.set(key, { root, expression: new RegExp(pattern(spelling, open), "g") })
      }
      const { root, expression } = expressions.get(key)
      return text.includes(root) && text.match(expression) || []
    }
    const plainOf = text => {
      if (!plains.has(text)) plains.set(text, plain(text))
      return plains.get(text)
    }
    const count = (text, spelling, open) => found(text, spelling, open).length

    /** The best that any spelling of a unit gets. */
    const bestOf = (unit, value) =>
      Math.max(0, ...unit.spellings.map((spelling, i) => value(spelling, i === 0) * (i ? OTHER : 1)))

    /** How well a heading says a unit: 1 if it says nothing else, less the more it says beside. */
    const inHeading = (heading, unit) => {
      const text = plainOf(heading)
      const share = (spelling, open) => {
        const [said] = found(text, spelling, open)
        return said ? (said.length / text.length) ** 0.35 : 0
      }
      return bestOf(unit, (spelling, own) => share(spelling, own && unit.open))
    }
    /** The same for a section that says the unit in its text: then its heading may say a part of it. */
    const partInHeading = (heading, { word }) => {
      const text = plainOf(heading), parts = pieces(word)
      return parts.length && PIECES * parts.filter(part => count(text, part, false)).length / parts.length
    }

    const inText = (text, unit) => {
      const weigh = times => times / (times + 0.7 + 0.3 * text.length / TYPICAL)
      return bestOf(unit, (spelling, own) => {
        const times = count(text, spelling, own && unit.open)
        if (times || !own) return weigh(times)
        const parts = pieces(spelling).map(piece => count(text, piece, false))
        const here = parts.filter(Boolean)
        return here.length * 2 > parts.length ? PIECES * weigh(Math.min(...here)) * here.length / parts.length : 0
      })
    }

    /** Whether any of the rows, or the title of its page, says a unit as a whole. */
    const isSaid = (unit, rows) => unit.spellings.some((spelling, i) => rows.some(row =>
      [row.text, ...[index.pages[row.page].title, row.heading, ...row.asked].map(plainOf)]
        .some(text => count(text, spelling, !i && unit.open))))
    /** The words of a term that no page says: each is looked for by itself. */
    const apart = unit => {
      const words = split(unit.word).filter(word => !STOP.has(word))
      return words.length > 1 ? words.map(word => ({ word, spellings: [word], weight: 1, open: false })) : [unit]
    }

    /** Pages that have a key or a form of it, and how often. */
    const pagesWith = (key, open, shard) => {
      const form = new RegExp(`^${forms(key, open)}${isHan(key) && key.length < 2 ? "" : "$"}`, "u")
      const times = new Map()
      for (const [known, list] of Object.entries(shard ?? {}))
        if (form.test(known))
          for (let i = 0; i < list.length; i += 2) times.set(list[i], (times.get(list[i]) ?? 0) + list[i + 1])
      return times
    }

    /** Numbers of the shards that a query needs. */
    const shards = ({ units }) => [...new Set(units.flatMap(unit => unit.spellings)
      .flatMap(split).flatMap(keys).map(key => shardOf(key, index.shards)))]

    /** Numbers of the pages worth reading for a query, at most `most`, best first; `loaded` has the shards by number. */
    const candidates = (query, loaded, most) => {
      const scores = index.pages.map(() => 0)
      for (const unit of query.units) {
        const said = new Map()
        const note = (page, times) => said.set(page, Math.max(said.get(page) ?? 0, times))
        for (const [i, spelling] of unit.spellings.entries()) {
          const lists = split(spelling).flatMap(keys)
            .map(key => pagesWith(key, !i && unit.open, loaded.get(shardOf(key, index.shards))))
          for (const list of lists)
            for (const [page, times] of list) {
              const whole = Math.min(...lists.map(other => other.get(page) ?? 0))
              note(page, whole || times / 5)
            }
        }
        const rarity = unit.weight * Math.log(1 + index.pages.length / (0.5 + said.size))
        for (const [page, times] of said) scores[page] += rarity * times / (times + 2)
        index.pages.forEach(({ title, sections }, page) => {
          scores[page] += 1.5 * Math.max(...[title, ...sections.flatMap(([, heading, , , asked = []]) => [heading, ...asked])]
            .map(heading => inHeading(heading, unit)))
        })
      }
      return scores.map((score, page) => ({ score, page })).filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || a.page - b.page).slice(0, most).map(({ page }) => page)
    }

    /** The sections of a page with the headings that they stand under. */
    const rowsOf = (page, texts) => {
      const above = []
      return index.pages[page].sections.map(([anchor, heading, depth, aside, asked = []], section) => {
        while (above.length && above.at(-1).depth >= depth) above.pop()
        const row = {
          page, section, heading, asked, above: above.map(one => one.heading), text: plainOf(texts[section]),
          named: texts[section].split("\t").filter((_, i) => i % 2),
          weight: aside ? ASIDE : depth === QUESTION || recurring.get(anchor) > 2 ? RECURRING : 1,
        }
        if (section) above.push({ heading, depth })
        return row
      })
    }

    /**
     * The pages that answer a query, best first, each with its sections, best first.
     *
     * @param texts The texts of the sections of each page that was worth reading, by the page's number.
     * @returns {{page: number, score: number, sections: {section: number, score: number}[]}[]}
     */
    const rank = ({ text, units: read }, texts) => {
      if (!read.length) return []
      const rows = [...texts].flatMap(([page, list]) => rowsOf(page, list))
      const units = read.flatMap(unit => isSaid(unit, rows) ? unit : apart(unit))
      for (const row of rows)
        row.units = units.map(unit => {
          const title = inHeading(index.pages[row.page].title, unit)
          const heading = Math.max(row.section ? inHeading(row.heading, unit) : title,
            ...row.asked.map(one => ASKED * inHeading(one, unit)))
          const above = Math.max(0, ...row.above.map(one => inHeading(one, unit)))
          const said = inText(row.text, unit)
          const part = said && !heading ? partInHeading(row.heading, unit) : 0
          const named = said && Math.max(0, ...row.named.map(one => inHeading(one, unit)))
          return {
            here: heading > 0 || said > 0, over: title > 0 || above > 0,
            score: WEIGHT.heading * (heading || part) + WEIGHT.above * above + WEIGHT.title * (row.section ? title : 0) + WEIGHT.named * named
              + WEIGHT.text * said,
          }
        })
      // A unit that is everywhere says little.
      const rarity = units.map((_, i) => {
        const times = rows.filter(row => row.units[i].here).length
        return times ? units[i].weight * Math.log(1 + rows.length / (1 + times)) : 0
      })
      const whole = rarity.reduce((sum, value) => sum + value, 0) || 1
      const mean = values => values.reduce((sum, value, i) => sum + value * rarity[i], 0) / whole
      // Whoever asks for one term means it by any of its names.
      const names = units.length === 1 ? units[0].spellings : []
      const phrases = [...new Set([text, plain(units.map(unit => unit.word).join(" "))])]
      const says = (said, all) => phrases.some(phrase => all ? said === phrase : count(said, phrase, true) > 0)

      const answers = new Map()
      for (const row of rows) {
        // A page's beginning stands for its title.
        if (!row.units.some(unit => unit.here || (!row.section && unit.over))) continue
        const share = mean(row.units.map(unit => unit.here ? 1 : unit.over ? TITLE_ONLY : 0))
        let score = mean(row.units.map(unit => unit.score)) * (0.1 + 0.9 * share ** 1.5)
        const heading = plainOf(row.section ? row.heading : index.pages[row.page].title)
        if (says(heading, true)) score += row.section ? PHRASE.heading : PHRASE.title
        else if (row.asked.some(one => says(plainOf(one), true) || names.includes(plainOf(one)))) score += PHRASE.heading
        else if (says(heading)) score += row.section ? PHRASE.inHeading : PHRASE.inTitle
        if (units.length > 1 && says(row.text)) score += PHRASE.inText
        score *= row.weight
        if (!answers.has(row.page)) answers.set(row.page, [])
        answers.get(row.page).push({ section: row.section, score })
      }
      return [...answers].map(([page, sections]) => {
        sections.sort((a, b) => b.score - a.score || a.section - b.section)
        const [first, second, third] = sections.map(({ score }) => score)
        return { page, score: first + 0.12 * (second ?? 0) + 0.06 * (third ?? 0), sections }
      }).sort((a, b) => b.score - a.score || a.page - b.page)
    }

    return { read: query => read(query, terms), shards, candidates, rank }
  }

  // ---- what is shown ----------------------------------------------------------------------------

  /** An expression for what a query marks in a text as it stands on the page. */
  const marks = ({ units }) => {
    const spellings = units.flatMap(({ spellings: all }) => [...all, ...pieces(all[0])])
    const written = spelling => split(spelling)
      .map(word => isHan(word) ? escape(word) : alone(word === "ab" ? "a/?b" : forms(word, false)))
      .join("[^\\p{L}\\p{N}]{0,3}")
    const all = [...new Set(spellings)].sort((a, b) => b.length - a.length).map(written)
    return all.length ? new RegExp(all.join("|"), "giu") : /(?!)/g
  }

  const AROUND = 180 // characters of an excerpt

  /**
   * What is shown of a section: the stretch that says most of a query.
   *
   * @returns `{excerpt: [{text, marked}, …], said: [word, …]}`; `said` is what the page itself is to mark.
   */
  const excerpt = (section, query) => {
    const text = section.replaceAll("\t", "")
    const found = [...text.matchAll(marks(query))].map(match => ({ from: match.index, to: match.index + match[0].length }))
    const said = ({ from, to }) => text.slice(from, to).toLowerCase()
    const within = from => found.filter(mark => mark.from >= from && mark.to <= from + AROUND)
    const most = found.map(({ from }) => ({ from, says: new Set(within(from).map(said)).size }))
      .reduce((best, one) => one.says > best.says ? one : best, { from: 0, says: 0 })
    // A little of what comes before, from the beginning of a word.
    const before = most.from < AROUND / 3 ? 0 : Math.max(text.lastIndexOf(" ", most.from - AROUND / 6) + 1, most.from - AROUND / 3)
    const end = Math.min(text.length, most.from + AROUND)
    const parts = []
    let at = before
    for (const { from, to } of found.filter(mark => mark.from >= before && mark.to <= end)) {
      parts.push({ text: text.slice(at, from), marked: false }, { text: text.slice(from, to), marked: true })
      at = to
    }
    parts.push({ text: text.slice(at, end), marked: false })
    if (before) parts.unshift({ text: "… ", marked: false })
    if (end < text.length) parts.push({ text: " …", marked: false })
    return { excerpt: parts.filter(part => part.text), said: [...new Set(found.map(said))].slice(0, 8) }
  }

  globalThis.handbookSearch = { engine, excerpt, plain, keys, shardOf }
})()
