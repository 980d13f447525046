// The rule about events of OpenAI's Responses API that are missing or out of order.

import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { readStart } from '../shapes/readStart.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { manual } from '../shapes/sources.ts'
import { plural } from '../shapes/words.ts'

const sequence = rule({
  id: 'llm-sequence',
  title: 'Events of the answer are missing or out of order.',
  speaks:
    'The sequence_number of a response’s event is not that of the one before and one more: a fault.',
  why: 'A piece of the answer is lost, or stands in the wrong place.',
  source: manual(
    'OpenAI, Responses streaming events',
    'https://platform.openai.com/docs/api-reference/responses-streaming',
  ),
  advice: 'Look at what passes the events on: they have to go out once each and in their order.',
  kinds: ['event', 'message'],
  create() {
    const seen = createEvidence()
    let before = { connection: 0, number: 0, seq: 0 }
    return {
      add({ frame, seq, start }) {
        if (frame.direction !== 'in' || start === null) return
        if (frame.kind === 'event' && !frame.detail.type.startsWith('response.')) return
        const number = numberIn(readStart(start))
        if (number === null) return
        const { connection } = frame
        // Each response begins anew.
        const follows =
          connection !== before.connection || number <= 1 || number === before.number + 1
        if (!follows) seen.add(before.seq, seq)
        before = { connection, number, seq }
      },
      finding() {
        if (seen.count === 0) return null
        return {
          severity: 'fault',
          sentence: `${plural(seen.count, 'time', 'times')} a sequence_number was not the next one.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

/** Its number; null of what is no such event. */
function numberIn(text: string): number | null {
  if (!/^\s*\{\s*"type"\s*:\s*"response\./.test(text)) return null
  // Several responses may share a WebSocket, each with numbers of its own.
  if (text.includes('"stream_id"')) return null
  const found = /"sequence_number"\s*:\s*(\d{1,15})\b/.exec(text)
  return found ? Number(found[1]) : null
}

export const sequenceRules: readonly Rule[] = [sequence]
