// A list of paths into JSON as people write it: `symbol price maker.venue`.

import { profilesLimits } from '../limits.ts'
import { formatShortPath, parsePath, pathMistake, readPath } from './jsonPath.ts'

/** Of the text, in UTF-16 units; `to` is the offset after it. */
export interface PathMistake {
  readonly from: number
  readonly to: number
  readonly message: string
}

export interface PathList {
  /** Each once, in its shortest form. */
  readonly paths: readonly string[]
  readonly mistakes: readonly PathMistake[]
}

/** More columns than this no row has room for. */
export const maxShownPaths = 20

const separators = /[\s,]*/y
const rest = /[^\s,]*/y

/** Between the paths are spaces or commas. */
export function parsePathList(text: string): PathList {
  const paths = new Set<string>()
  const mistakes: PathMistake[] = []
  for (let at = endOf(separators, text, 0); at < text.length; ) {
    const place = readPath(text, at)
    const end = endOf(rest, text, place?.end ?? at)
    const message =
      place === null || end > place.end
        ? pathMistake(text, place?.end ?? at)
        : tooMuch(end - at, paths.size)
    if (message !== null) mistakes.push({ from: at, to: end, message })
    else if (place) paths.add(formatShortPath(place.path))
    at = endOf(separators, text, end)
  }
  return { paths: [...paths], mistakes }
}

/** Those of a list from elsewhere that are paths, as many as rows show. */
export function soundPaths(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => parsePath(path) !== null).slice(0, maxShownPaths)
}

export function formatPathList(paths: readonly string[]): string {
  return paths.join(' ')
}

function tooMuch(chars: number, before: number): string | null {
  if (chars > profilesLimits.pathChars) return 'Shorten this path.'
  return before >= maxShownPaths ? `Leave this out: rows show ${maxShownPaths} fields.` : null
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  pattern.test(text)
  return pattern.lastIndex
}
