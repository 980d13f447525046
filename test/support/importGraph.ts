// Reads every import below src: who imports what.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

export interface Import {
  /** Path of the importing file below src, with forward slashes: `host/window/log.ts`. */
  readonly from: string
  /** Path below src, or the name of a package or Node module as it is written (`node:fs`, `ws`). */
  readonly to: string
  readonly internal: boolean
}

// Static and dynamic imports, exports from, and require.
const pattern =
  /(?:^|[\n;])\s*(?:import|export)\s+(?:type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g

/** Imports of one file's text; `path` is absolute. */
export function parseImports(text: string, path: string, sourceFolder: string): Import[] {
  const slashes = (name: string) => relative(sourceFolder, name).split(sep).join('/')
  return [...text.matchAll(pattern)].map(([, plain, dynamic]) => {
    const name = plain ?? dynamic ?? ''
    const internal = name.startsWith('.')
    return {
      from: slashes(path),
      to: internal ? slashes(resolve(dirname(path), name)) : name,
      internal,
    }
  })
}

/** Imports of all TypeScript files below the folder, which is absolute. */
export function readImports(sourceFolder: string): Import[] {
  return readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const path = join(sourceFolder, name)
      return parseImports(readFileSync(path, 'utf8'), path, sourceFolder)
    })
}

/**
 * The arrows between what lies side by side in a folder: its folders, each with all that is in it, and `itself` for the
 * files right in it. As `folder: from → to`, sorted.
 */
export function siblingArrows(imports: readonly Import[]): readonly string[] {
  const arrows = imports
    .filter(({ internal }) => internal)
    .map(({ from, to }) => {
      const [ours, theirs] = [from.split('/').slice(0, -1), to.split('/').slice(0, -1)]
      const parted = ours.findIndex((name, depth) => name !== theirs[depth])
      const depth = parted === -1 ? ours.length : parted
      const folder = ours.slice(0, depth).join('/')
      return `${folder}: ${ours[depth] ?? 'itself'} → ${theirs[depth] ?? 'itself'}`
    })
    .filter((arrow) => !arrow.endsWith(': itself → itself'))
  return [...new Set(arrows)].sort()
}

/** The first cycle that is found, as files in order, the first one again at the end; null without one. */
export function findCycle(imports: readonly Import[]): readonly string[] | null {
  const next = new Map<string, string[]>()
  for (const { from, to, internal } of imports) {
    if (internal) next.set(from, [...(next.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): readonly string[] | null => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return null
    for (const target of next.get(file) ?? []) {
      const cycle = visit(target, [...path, file])
      if (cycle) return cycle
    }
    done.add(file)
    return null
  }
  for (const file of next.keys()) {
    const cycle = visit(file, [])
    if (cycle) return cycle
  }
  return null
}
