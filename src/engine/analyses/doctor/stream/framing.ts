// Rules about what a stream's bytes say: parts that clients discard, and bytes that are not UTF-8.

import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { html } from '../shapes/sources.ts'
import { plural } from '../shapes/words.ts'

/** [spec] HTML 9.2.6: what is pending is discarded where the stream ends within an event. */
const unfinished = rule({
  id: 'sse-unfinished',
  title: 'The stream ended inside an event.',
  speaks:
    'A stream ended before the empty line that ends an event: a fault where the answer ended in order, a risk where the connection was cut.',
  why: 'Clients discard what has no empty line behind it, so the last event is lost.',
  source: html('9.2.6'),
  advice: 'End each event, the last one too, with an empty line before the answer ends.',
  kinds: ['ignored'],
  create() {
    let last: { readonly connection: number; readonly seq: number } | null = null
    const written = createEvidence()
    const cut = createEvidence()
    return {
      add({ frame, seq }) {
        if (frame.detail.why === 'unfinished') last = { connection: frame.connection, seq }
      },
      ended({ number, end, endSeq }) {
        if (last?.connection !== number) return
        if (end.kind === 'over') written.add(last.seq)
        else if (end.kind === 'error') cut.add(last.seq, endSeq)
        last = null
      },
      finding() {
        const isWritten = written.count > 0
        const seen = isWritten ? written : cut
        if (seen.count === 0) return null
        const how = isWritten ? 'the answer ended in order' : 'the connection was cut'
        return {
          severity: isWritten ? 'fault' : 'risk',
          sentence: `${plural(seen.count, 'time', 'times')} ${how} within an event, which clients discard.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

/** [spec] HTML 9.2.6: fields of other names are ignored, as are a `retry` that is no number and an `id` with U+0000. */
const noise = rule({
  id: 'sse-noise',
  title: 'The stream has lines of which clients make nothing.',
  speaks:
    'A line of the stream is none of the fields that clients know: a risk where it holds content or spoils the id, else a hint.',
  why: 'Clients pass over such lines in silence, and what stands in them is lost.',
  source: html('9.2.6'),
  advice:
    'Begin each line of an event with data:, event:, id: or retry:, a comment with a colon, and put data: before each line of JSON.',
  kinds: ['ignored'],
  create() {
    const content = createEvidence()
    const fields = createEvidence()
    const retries = createEvidence()
    const ids = createEvidence()
    return {
      add({ frame, seq, start }) {
        const { why } = frame.detail
        if (why === 'unknown-field') (looksLikeContent(start) ? content : fields).add(seq)
        else if (why === 'invalid-retry') retries.add(seq)
        else if (why === 'nul-in-id') ids.add(seq)
      },
      finding() {
        const seen = (
          [
            [content, 'risk', 'of content without data:'],
            [ids, 'risk', 'with an id that holds NUL, so that nobody can resume from it'],
            [fields, 'hint', 'with a field that no client knows'],
            [retries, 'hint', 'with a retry that is no number'],
          ] as const
        ).filter(([{ count }]) => count > 0)
        if (!seen[0]) return null
        const [evidence, severity] = seen[0]
        const parts = seen.map(([{ count }, , what]) => `${plural(count, 'part', 'parts')} ${what}`)
        return {
          severity,
          sentence: `Clients ignore ${parts.join(', ')}.`,
          proof: evidence.proof(),
          figure: occurrences(evidence.count),
        }
      },
    }
  },
})

/** `{`, `[` or `<`: JSON or markup, not a field's name. */
function looksLikeContent(start: Uint8Array | null): boolean {
  const first = start?.[0]
  return first === 0x7b || first === 0x5b || first === 0x3c
}

/** [spec] HTML 9.2.5: event streams are always decoded as UTF-8. */
const charset = rule({
  id: 'sse-charset',
  title: 'The stream is not UTF-8.',
  speaks: 'Bytes of a stream are not valid UTF-8: a fault.',
  why: 'Event streams are always decoded as UTF-8, so the characters are lost.',
  source: html('9.2.5'),
  advice: 'Encode the stream as UTF-8; a charset in its Content-Type changes nothing.',
  kinds: ['ignored'],
  create() {
    const seen = createEvidence()
    return {
      add({ frame, seq }) {
        if (frame.detail.why === 'not-utf8') seen.add(seq)
      },
      finding() {
        if (seen.count === 0) return null
        const parts = plural(seen.count, 'part', 'parts')
        return {
          severity: 'fault',
          sentence: `${parts} of the stream held bytes that are not UTF-8; clients read U+FFFD in their place.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

export const framingRules: readonly Rule[] = [unfinished, noise, charset]
