// A rule about messages that do not fit what all others of their type had in common.

import { parsePayload } from '../../../../shared/comparison/payloadItems.ts'
import type { JsonKind, MessageType } from '../../../../shared/session/schema.ts'
import { shortPath } from '../../../../shared/text/jsonPath.ts'
import { formatCount } from '../../../../shared/text/units.ts'
import { createMessageTypes, mayHaveShape } from '../../schema/messageTypes.ts'
import type { Drift } from '../../schema/shape.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { ours } from '../shapes/sources.ts'
import { messageThresholds } from '../shapes/thresholds.ts'
import { plural, quoted } from '../shapes/words.ts'

const { steady, parsedBytes } = messageThresholds

const drift = rule({
  id: 'schema-drift',
  title: 'A message does not fit the others of its type.',
  speaks: `After ${steady} messages of a type, what all of them had is missing, or of another kind: a hint where it is missing or null, else a risk. New members are none, nor is a value where all were null, nor are answers with an error’s status and the chunks of a model’s answer.`,
  why: 'Programs rely on what every message has had so far, whether or not anybody promised it.',
  source: ours,
  advice:
    'See whether the server changed what it sends; the shapes in the statistics say what its messages had in common.',
  kinds: ['message', 'event', 'record', 'response'],
  wantedBytes: (frame) => (isRead(frame) ? frame.sizeBytes : 0),
  create() {
    const types = createMessageTypes(steady)
    const changed = createEvidence()
    const missing = createEvidence()
    let first: { readonly of: MessageType; readonly drift: Drift } | null = null
    return {
      add({ frame, seq, start, packets }) {
        if (frame.direction !== 'in' || !isRead(frame)) return
        if (start === null || start.length < frame.sizeBytes) return
        const value = parsePayload(start)
        const found = value === undefined ? null : types.add({ frame, seq, packets, value })
        if (!found?.drift) return
        const isChange = found.drift.is !== null && found.drift.is !== 'null'
        if (first === null || (isChange && changed.count === 0))
          first = { of: found.type, drift: found.drift }
        const evidence = isChange ? changed : missing
        evidence.add(seq)
      },
      finding({ answers }) {
        // Chunks of a model's answer have what is new since the one before: the last ones have nothing of it.
        if (first === null || answers.length > 0) return null
        const evidence = changed.count > 0 ? changed : missing
        const others = evidence.count - 1
        const more = others > 0 ? ` ${plural(others, 'other differs', 'others differ')}, too.` : ''
        return {
          severity: changed.count > 0 ? 'risk' : 'hint',
          sentence: driftWords(first.of, first.drift) + more,
          proof: evidence.proof(),
          figure: occurrences(evidence.count),
        }
      },
    }
  },
})

function isRead(frame: Parameters<typeof mayHaveShape>[0]): boolean {
  // The body of an error is another message.
  if (frame.kind === 'response' && frame.detail.status >= 400) return false
  return frame.sizeBytes <= parsedBytes && mayHaveShape(frame)
}

const kindWords: Readonly<Record<JsonKind, string>> = {
  null: 'null',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'an array',
  object: 'an object',
}

/** `In “trade”, “price” is a string; it was an integer in all 100 before.` */
function driftWords({ name, kind }: MessageType, { path, was, is, samples }: Drift): string {
  const place = path === '$' ? 'the whole' : quoted(shortPath(path))
  const where = name === null ? `In a ${kind}` : `In ${quoted(name)}`
  const before = `it was ${was.map((one) => kindWords[one]).join(' or ')} in all ${formatCount(samples)} before`
  return `${where}, ${place} ${is === null ? 'is missing' : `is ${kindWords[is]}`}; ${before}.`
}

export const driftRules: readonly Rule[] = [drift]
