// Finds in a row's words what filters look for.

import { parseFilter } from '../../shared/filter/parseFilter.ts'
import { soughtIn } from '../../shared/filter/soughtIn.ts'
import { compileRegex } from '../../shared/text/compileRegex.ts'

/** `to` exclusive. */
export interface Hit {
  readonly from: number
  readonly to: number
}

type Finder = (text: string, most: number) => readonly Hit[]

/** By the text of a filter, the one used last behind: all rows of a view look for the same. */
const known = new Map<string, readonly Finder[]>()
/** The filter's own, what is sought in its rows, and those of just before. */
const mostKnown = 4

/** `filters`: their texts. At most so many hits of their words and regular expressions, in order; none begins in another. */
export function findHits(text: string, filters: readonly string[], most: number): readonly Hit[] {
  const found = filters
    .flatMap((filter) => findersOf(filter))
    .flatMap((find) => find(text, most))
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
  const hits: Hit[] = []
  for (const hit of found) if (hit.from >= (hits.at(-1)?.to ?? 0)) hits.push(hit)
  return hits.slice(0, most)
}

function findersOf(filter: string): readonly Finder[] {
  const finders = known.get(filter) ?? readFinders(filter)
  known.delete(filter)
  known.set(filter, finders)
  for (const oldest of known.keys()) if (known.size > mostKnown) known.delete(oldest)
  return finders
}

function readFinders(filter: string): readonly Finder[] {
  const { texts, regexes } = soughtIn(parseFilter(filter).node)
  return [
    ...texts.filter((text) => text !== '').map(wordFinder),
    ...regexes.flatMap(({ source, flags }) => {
      const regex = compileRegex(source, flags)
      return typeof regex === 'string' ? [] : [regex.find]
    }),
  ]
}

function wordFinder(sought: string): Finder {
  const wanted = sought.toLowerCase()
  return (text, most) => {
    const lower = text.toLowerCase()
    const hits: Hit[] = []
    // Some letters are two in lower case: places would not be those of the text.
    if (lower.length !== text.length) return hits
    for (let at = lower.indexOf(wanted); at >= 0 && hits.length < most; ) {
      const to = at + wanted.length
      hits.push({ from: at, to })
      at = lower.indexOf(wanted, to)
    }
    return hits
  }
}
