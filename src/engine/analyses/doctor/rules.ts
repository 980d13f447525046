// The registry of rules by family. A new one is a place in a file of its family, with a test that fires and one that does
// not; `npm run generate` writes its section of docs/doctor.md.

import type { Rule } from './shapes/rule.ts'
import { framingRules } from './stream/framing.ts'
import { silenceRules } from './stream/silence.ts'

/** By headings of the documentation. */
export const ruleFamilies: Readonly<Record<string, readonly Rule[]>> = {
  'Event streams': [...silenceRules, ...framingRules],
}

export const rules: readonly Rule[] = Object.values(ruleFamilies).flat()
