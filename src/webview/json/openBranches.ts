// The branches of a JSON tree that are open, and those that the user opened or folded, which are so in the next payload, too.

import { formatPath, type JsonPath } from '../../shared/text/jsonPath.ts'
import { initiallyOpen } from './jsonLines.ts'
import type { JsonNode } from './jsonNode.ts'
import { nodeAt, openAbove, pathsTo } from './jsonPlaces.ts'

/** More are not remembered. */
const maxChosen = 200

export interface OpenBranches {
  /** Paths of lines. */
  readonly paths: ReadonlySet<string>
  /** Another payload is drawn. */
  begin(root: JsonNode): void
  /** By hand. */
  fold(root: JsonNode, path: string, open: boolean): void
  /** Opens what the line of `path` is in. */
  reveal(root: JsonNode, path: string): void
}

export function createOpenBranches(): OpenBranches {
  let paths = new Set<string>()
  /** By their names. */
  const chosen = new Map<string, { readonly place: JsonPath; readonly open: boolean }>()

  function set(path: string, open: boolean): void {
    if (open) paths.add(path)
    else paths.delete(path)
  }

  return {
    get paths() {
      return paths
    },
    begin(root) {
      paths = new Set(initiallyOpen(root))
      const kept = [...chosen.values()]
      const lines = pathsTo(
        root,
        kept.map(({ place }) => place),
      )
      for (const [nth, { open }] of kept.entries()) {
        const path = lines[nth]
        if (path) set(path, open)
      }
    },
    fold(root, path, open) {
      set(path, open)
      const { path: place } = nodeAt(root, path)
      const name = formatPath(place)
      if (!path.includes('~') && (chosen.size < maxChosen || chosen.has(name))) {
        chosen.set(name, { place, open })
      }
    },
    reveal(root, path) {
      for (const above of openAbove(root, path)) paths.add(above)
    },
  }
}
