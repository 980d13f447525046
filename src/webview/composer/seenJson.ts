// The names and words of JSON that messages of this session had, by their place: what a completion offers.

import { pathOf, readLeaves } from '../../shared/text/jsonLeaves.ts'

export interface SeenKey {
  readonly name: string
  /** What it held where it was seen first. */
  readonly holds: string
  /** Only in messages that came. */
  readonly onlyCame: boolean
}

export interface SeenJson {
  /** Notes a message, or the beginning of one. What is noted first is offered first. */
  add(text: string, sent: boolean): void
  /** Names in the object at this path. */
  keysAt(path: readonly (string | null)[]): readonly SeenKey[]
  /** Strings at this path, as they are written in JSON; none where they are of many kinds. */
  wordsAt(path: readonly (string | null)[]): readonly string[]
}

/** More different strings are no choice. */
const mostWords = 20
const mostWordChars = 60
/** More would not be looked through. */
const mostPlaces = 2000

export function createSeenJson(): SeenJson {
  const keys = new Map<string, Map<string, SeenKey>>()
  /** Null where there are too many. */
  const words = new Map<string, Set<string> | null>()

  return {
    add(text, sent) {
      for (const { place, kind, source, cut } of readLeaves(text, false)?.leaves.values() ?? []) {
        const path = pathOf(place).map((step) => (typeof step === 'string' ? step : null))
        for (const [depth, step] of path.entries()) {
          const holds =
            depth === path.length - 1 ? kind : path[depth + 1] === null ? 'list' : 'object'
          if (step !== null) noteKey(path.slice(0, depth), { name: step, holds, onlyCame: !sent })
        }
        if (kind === 'string' && !cut) noteWord(idOf(path), source)
      }
    },
    keysAt: (path) => [...(keys.get(idOf(path))?.values() ?? [])],
    wordsAt: (path) => [...(words.get(idOf(path)) ?? [])],
  }

  function noteKey(path: readonly (string | null)[], key: SeenKey): void {
    const id = idOf(path)
    const names = keys.get(id) ?? new Map<string, SeenKey>()
    if (!keys.has(id) && keys.size < mostPlaces) keys.set(id, names)
    if (!names.has(key.name)) names.set(key.name, key)
  }

  function noteWord(id: string, source: string): void {
    const known = words.get(id)
    if (known === null || (known === undefined && words.size >= mostPlaces)) return
    const all = known ?? new Set<string>()
    words.set(id, all)
    // What is long or holds a reference is no word.
    if (source.length > mostWordChars || source.includes('${')) words.set(id, null)
    else all.add(source)
    if (all.size > mostWords) words.set(id, null)
  }
}

function idOf(path: readonly (string | null)[]): string {
  return JSON.stringify(path)
}
