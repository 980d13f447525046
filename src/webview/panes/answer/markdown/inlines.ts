// The runs of words in a block's text: code, emphasis, links, escaped marks. Flat, so that nothing nests without end.

import { looks, type Run, type Runs } from './block.ts'
import type { Content } from './content.ts'
import { type Delimiter, delimiterAt, type Emphasis, pairDelimiters } from './emphasis.ts'

/** `growing`: the text may go on where it ends. */
export function parseInlines(content: Content, growing = false): Runs {
  if (!marks.test(content.text)) return plainRuns(content)
  const seen = scan(content.text, growing)
  const end = growing ? content.text.length : null
  return runsOf(content, seen, pairDelimiters(seen.delimiters, end))
}

/** Most texts have none. */
const marks = /[\\`*_~[<&]/

function plainRuns({ text, starts }: Content): Runs {
  return starts.flatMap(({ at, from }, index) => {
    const said = text.slice(at, starts[index + 1]?.at)
    return said === '' ? [] : [{ text: said, at: from, look: 0 }]
  })
}

/** A part of the text in which marks are no marks. */
interface Found {
  readonly from: number
  readonly to: number
}

interface Seen {
  readonly delimiters: readonly Delimiter[]
  readonly code: readonly Found[]
  readonly links: readonly (Found & { readonly address: string })[]
  /** Marks that are no text. */
  readonly cuts: readonly Found[]
  /** [commonmark] 2.5: what stands for one character, by its place. */
  readonly entities: ReadonlyMap<number, { readonly to: number; readonly character: string }>
}

// [commonmark] 2.4
const escapable = /[!-/:-@[-`{-~]/
const address =
  /\((?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))(?:[ \t]+"[^"\n]*")?[ \t]*\)/y
const autolink = /<(https?:\/\/[^\s<>]*|mailto:[^\s<>]*)>/y
const entity = /&(?:amp|lt|gt|quot|nbsp|#39);/y
const entityCharacters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': '\u00a0',
  '&#39;': "'",
}

function scan(text: string, growing: boolean): Seen {
  const delimiters: Delimiter[] = []
  const code: Found[] = []
  const links: (Found & { address: string })[] = []
  const cuts: Found[] = []
  const entities = new Map<number, { to: number; character: string }>()
  const ticks = tickRuns(text)
  /** Where brackets opened that nothing has closed. */
  let brackets: number[] = []
  for (let at = 0; at < text.length; ) {
    const letter = text.charAt(at)
    const tick = ticks.get(at)
    let next = at + 1
    if (letter === '\\' && escapable.test(text.charAt(next))) {
      cuts.push({ from: at, to: next })
      next++
    } else if (tick) {
      next = at + tick.size
      const to = tick.closedAt ?? (growing && tick.isLast ? text.length : null)
      if (to !== null) {
        code.push({ from: next, to })
        cuts.push({ from: at, to: next }, { from: to, to: to + tick.size })
        next = to + tick.size
      }
    } else if (letter === '*' || letter === '_' || letter === '~') {
      while (text.charAt(next) === letter) next++
      delimiters.push(delimiterAt(text, at, next))
    } else if (letter === '[') {
      brackets.push(at)
    } else if (letter === ']') {
      const open = brackets.pop()
      const found = open === undefined ? null : match(address, text, next)
      if (open !== undefined && found) {
        links.push({ from: open + 1, to: at, address: found[1] ?? found[2] ?? '' })
        next += found[0].length
        const isPicture = text.charAt(open - 1) === '!'
        cuts.push({ from: isPicture ? open - 1 : open, to: open + 1 }, { from: at, to: next })
        // [commonmark] 6.3: links hold no other links.
        brackets = []
      }
    } else if (letter === '<') {
      const found = match(autolink, text, at)
      if (found) {
        next = at + found[0].length
        links.push({ from: at + 1, to: next - 1, address: found[1] ?? '' })
        cuts.push({ from: at, to: at + 1 }, { from: next - 1, to: next })
      }
    } else if (letter === '&') {
      const found = match(entity, text, at)?.[0]
      if (found) {
        next = at + found.length
        entities.set(at, { to: next, character: entityCharacters[found] ?? found })
      }
    }
    at = next
  }
  return { delimiters, code, links, cuts, entities }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

interface TickRun {
  readonly size: number
  /** Where the run begins that closes it; null where none does. */
  readonly closedAt: number | null
  readonly isLast: boolean
}

/** Runs of backticks by their place. [commonmark] 6.1: code ends at the next one of the same size. */
function tickRuns(text: string): ReadonlyMap<number, TickRun> {
  const found = Array.from(text.matchAll(/`+/g), ({ 0: run, index }) => ({
    at: index,
    size: run.length,
  }))
  const next = new Map<number, number>()
  const runs = new Map<number, TickRun>()
  for (const { at, size } of found.toReversed()) {
    runs.set(at, { size, closedAt: next.get(size) ?? null, isLast: next.size === 0 })
    next.set(size, at)
  }
  return runs
}

function runsOf({ text, starts }: Content, seen: Seen, emphases: readonly Emphasis[]): Runs {
  const set = setLooks(text.length, seen, emphases)
  const links = seen.links.toSorted((one, other) => one.from - other.from)
  const runs: Run[] = []
  let link = 0
  let start = 0
  for (let at = 0; at < text.length; ) {
    while (links[link] && (links[link]?.to ?? 0) <= at) link++
    while ((starts[start + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) start++
    const leads =
      (links[link]?.from ?? Number.POSITIVE_INFINITY) <= at ? links[link]?.address : undefined
    const entity = seen.entities.get(at)
    const look = set.look[at] ?? 0
    let to = entity?.to ?? at + 1
    const stop = Math.min(
      starts[start + 1]?.at ?? text.length,
      leads === undefined ? (links[link]?.from ?? text.length) : (links[link]?.to ?? text.length),
    )
    while (!entity && to < stop && set.look[to] === look && !set.cut[to] && !seen.entities.has(to))
      to++
    if (!set.cut[at]) {
      const { at: pieceAt, from } = starts[start] ?? { at: 0, from: 0 }
      runs.push({
        text: entity?.character ?? text.slice(at, to),
        at: from + at - pieceAt,
        look,
        ...(leads !== undefined && { address: leads }),
      })
    } else if (!entity) to = at + 1
    at = to
  }
  return runs
}

/** The look of each character, and whether it is a mark that is no text. */
function setLooks(length: number, seen: Seen, emphases: readonly Emphasis[]) {
  const changes = [looks.strong, looks.emphasis, looks.struck].map((bit) => ({
    bit,
    steps: new Int32Array(length + 1),
  }))
  const cut = new Uint8Array(length + 1)
  for (const { from, to, marks, look } of emphases) {
    const steps = changes.find(({ bit }) => bit === look)?.steps
    if (steps) {
      steps[from] = (steps[from] ?? 0) + 1
      steps[to] = (steps[to] ?? 0) - 1
    }
    cut.fill(1, from - marks, from)
    cut.fill(1, to, to + marks)
  }
  for (const { from, to } of seen.cuts) cut.fill(1, from, to)
  const look = new Uint8Array(length)
  const depths = changes.map(() => 0)
  for (let at = 0; at < length; at++)
    changes.forEach(({ bit, steps }, index) => {
      const depth = (depths[index] ?? 0) + (steps[at] ?? 0)
      depths[index] = depth
      if (depth > 0) look[at] = (look[at] ?? 0) | bit
    })
  for (const { from, to } of seen.code)
    for (let at = from; at < to; at++) look[at] = (look[at] ?? 0) | looks.code
  return { look, cut }
}
