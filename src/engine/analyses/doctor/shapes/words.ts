// Words for sentences of findings.

import { findingLimits } from '../../../../shared/limits.ts'
import { formatCount } from '../../../../shared/text/units.ts'
import { visibleLine } from '../../../../shared/text/visibleText.ts'

const KiB = 1024
const MiB = 1024 * KiB

/** `1 part`, `12,300 parts`. */
export function plural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}

/** What a peer wrote, as one short line. */
export function quoted(text: string): string {
  return `“${visibleLine(text, findingLimits.wordChars)}”`
}

/** `83 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

/** A threshold as it is set: `5 ms`, `20 s`. */
export function spanWords(ms: number): string {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`
}

/** The same of bytes: `64 B`, `32 KiB`, `1 MiB`. */
export function sizeWords(bytes: number): string {
  if (bytes < KiB) return `${bytes} B`
  return bytes < MiB ? `${bytes / KiB} KiB` : `${bytes / MiB} MiB`
}
