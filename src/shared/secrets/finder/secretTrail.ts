// Remembers how far a form of a secret was followed through a text, so that a value that repeats itself is not
// followed again from each place of a text that repeats the same.

import type { SecretForm } from './secretForms.ts'

/** How far a walk has come. */
export interface WalkPoint {
  /** So many characters of the form stand there. */
  readonly matched: number
  /** Where they end. */
  readonly end: number
}

/** Follows the walks of one form through one text. Each is from a later place than the one before. */
export interface Trail {
  /** A walk begins; answers how far it comes by what others have found, or null. */
  begin(at: number): WalkPoint | null
  /** The same for its next characters, which end one after the other up to `end`; or one, which ends at `several`. */
  reach(end: number, count: number): WalkPoint | null
}

export const several = -1

/** Shorter common parts are compared again. */
const leastCommon = 32

/** Null where the form is so short that no walk is long. */
export function createTrail(form: SecretForm): Trail | null {
  if (form.length <= leastCommon) return null
  /** Of the longest walk lately: `ends[first + i]` is where i characters of the form had ended. */
  let ends: number[] = []
  let first = 0
  /** The first of them that is not before the walk that goes on, and where that one may join. */
  let begun = 0
  let joint = 0
  /** The same of the walk that goes on, as long as it is short and has not joined; nearly always it is over then. */
  const own = new Int32Array(leastCommon + 1)
  let owned = 0
  /** Once it has: `ends[base + i]` is where i of its characters end, of which there are `matched`. */
  let base = 0
  let matched = 0
  let overlaps: Int32Array | null = null

  /** Null where it is at no place at which the other walk was, too, or where both do not go on the same way. */
  function join(end: number): WalkPoint | null {
    while (joint < ends.length && (ends[joint] ?? 0) < end) joint++
    const shift = joint - owned + 1 - first
    if (ends.length - joint <= leastCommon || ends[joint] !== end || shift <= 0) return null
    overlaps ??= overlapsOf(form)
    let common = Math.min(ends.length - 1 - first - shift, overlaps[shift] ?? 0)
    while (ends[first + shift + common] === several) common--
    if (common < owned) return null
    owned = 0
    base = first + shift
    matched = common
    return { matched, end: ends[base + matched] ?? end }
  }

  function add(end: number): WalkPoint | null {
    if (owned === 0) {
      // From here on the two walks differ.
      first = base
      matched++
      ends.length = first + matched
      ends.push(end)
      return null
    }
    own[owned++] = end
    const joined = end === several ? null : join(end)
    if (joined !== null || owned <= leastCommon) return joined
    ends = [...own]
    matched = leastCommon
    owned = first = base = begun = 0
    return null
  }

  return {
    begin(at) {
      while (begun < ends.length && (ends[begun] ?? 0) < at) begun++
      joint = begun
      own[0] = at
      owned = 1
      return join(at)
    },
    reach(end, count) {
      for (let left = count - 1; left >= 0; left--) {
        const joined = add(end === several ? several : end - left)
        if (joined !== null) return joined
      }
      return null
    },
  }
}

/** Of each place of the form: how many characters from there on are those that the form begins with. */
function overlapsOf(form: SecretForm): Int32Array {
  const characters = Array.from({ length: form.length }, (_, i) => form.written(i)[0])
  const overlaps = new Int32Array(form.length)
  let start = 0
  let end = 0
  for (let i = 1; i < form.length; i++) {
    let count = i < end ? Math.min(end - i, overlaps[i - start] ?? 0) : 0
    while (i + count < form.length && characters[count] === characters[i + count]) count++
    overlaps[i] = count
    if (i + count > end) {
      start = i
      end = i + count
    }
  }
  return overlaps
}
