// The keys of a JSON tree: to the next line, into and out of branches, and to a name by its first letters.

import type { JsonLine } from './jsonLines.ts'

/** What a key does: to the line of a path, or a branch to be opened or folded. */
export type TreeMove =
  | { readonly to: string }
  | { readonly path: string; readonly open: boolean }
  | null

/** Letters that follow within this belong to one word. */
const wordMs = 700

export interface TreeKeys {
  /** `lines`: those that are drawn; `active`: the path of the one that has the focus. Undefined for a key of others. */
  move(event: KeyboardEvent, lines: readonly JsonLine[], active: string): TreeMove | undefined
}

export function createTreeKeys(): TreeKeys {
  let typed = ''
  let typedAt = 0

  return {
    move({ key, ctrlKey, metaKey, altKey, timeStamp }, all, active) {
      if (ctrlKey || metaKey || altKey) return undefined
      const lines = all.filter(({ kind }) => kind !== 'end')
      const at = lines.findIndex(({ path }) => path === active)
      const move = moves[key]
      if (move) return move(lines, at)
      if (key.length !== 1 || key === '/') return undefined
      typed = timeStamp - typedAt > wordMs ? key : typed + key
      typedAt = timeStamp
      return goTo(lineNamed(lines, at, typed))
    },
  }
}

type Move = (lines: readonly JsonLine[], at: number) => TreeMove

const moves: Readonly<Record<string, Move>> = {
  ArrowDown: (lines, at) => goTo(lines[at + 1]),
  ArrowUp: (lines, at) => goTo(lines[at - 1]),
  PageDown: (lines, at) => goTo(lines[Math.min(lines.length - 1, at + pageLines)]),
  PageUp: (lines, at) => goTo(lines[Math.max(0, at - pageLines)]),
  Home: (lines) => goTo(lines[0]),
  End: (lines) => goTo(lines.at(-1)),
  ArrowRight: (lines, at) =>
    lines[at]?.expanded === false ? folding(lines[at]) : goTo(lines[at + 1]),
  ArrowLeft: (lines, at) =>
    lines[at]?.expanded === true ? folding(lines[at]) : goTo(parentOf(lines, at)),
  Enter: (lines, at) => folding(lines[at]),
  ' ': (lines, at) => folding(lines[at]),
}

const pageLines = 20

function goTo(line: JsonLine | undefined): TreeMove {
  return line ? { to: line.path } : null
}

function folding(line: JsonLine | undefined): TreeMove {
  if (!line || line.expanded === null) return null
  return { path: line.path, open: !line.expanded }
}

function parentOf(lines: readonly JsonLine[], at: number): JsonLine | undefined {
  const depth = lines[at]?.depth ?? 0
  return lines.slice(0, Math.max(0, at)).findLast((line) => line.depth < depth)
}

/** From the next line on, round to this one; the same letter again leads on. */
function lineNamed(lines: readonly JsonLine[], at: number, typed: string): JsonLine | undefined {
  const word = typed.toLowerCase()
  const start = word.length === 1 ? at + 1 : at
  const round = [...lines.slice(start), ...lines.slice(0, start)]
  return round.find(({ key, text }) =>
    (key === '' ? text : key.replace(/^"/, '')).toLowerCase().startsWith(word),
  )
}
