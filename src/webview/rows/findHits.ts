// Finds in a row's words what a filter looks for.

import { parseFilter } from '../../shared/filter/parseFilter.ts'
import { soughtIn } from '../../shared/filter/soughtIn.ts'
import { compileRegex } from '../../shared/text/compileRegex.ts'

/** `to` exclusive. */
export interface Hit {
  readonly from: number
  readonly to: number
}

type Finder = (text: string, most: number) => readonly Hit[]

/** All rows of a view look for the same. */
let known: { readonly filter: string; readonly finders: readonly Finder[] } = {
  filter: '',
  finders: [],
}

/** At most so many hits of the filter's words and regular expressions, in order; none begins in another. */
export function findHits(text: string, filter: string, most: number): readonly Hit[] {
  if (known.filter !== filter) known = { filter, finders: findersOf(filter) }
  const found = known.finders
    .flatMap((find) => find(text, most))
    .toSorted((a, b) => a.from - b.from || b.to - a.to)
  const hits: Hit[] = []
  for (const hit of found) if (hit.from >= (hits.at(-1)?.to ?? 0)) hits.push(hit)
  return hits.slice(0, most)
}

function findersOf(filter: string): readonly Finder[] {
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
