// Rules about what is lost or comes twice where a stream comes back.

import { headerValue, isEventStream } from '../../../../shared/frame/headerFields.ts'
import { formatCount } from '../../../../shared/text/units.ts'
import type { ConnectionTrace } from '../shapes/connectionTrace.ts'
import { createEvidence, occurrences } from '../shapes/evidence.ts'
import { type Rule, rule } from '../shapes/rule.ts'
import { html, ours } from '../shapes/sources.ts'
import { streamThresholds } from '../shapes/thresholds.ts'
import { plural, quoted } from '../shapes/words.ts'
import { createEventIds } from './eventIds.ts'

const noId = rule({
  id: 'sse-no-id',
  title: 'The stream came back without ids.',
  speaks:
    'A stream of events without any id was lost after data and opened again: a risk where it was cut, a hint where each answer had ended in order.',
  why: 'The client cannot say what it has, so what happened between the two connections is lost.',
  source: html('9.2.4'),
  advice:
    'Send an id with each event, and go on behind the Last-Event-ID that the client sends back.',
  kinds: ['event', 'response'],
  create() {
    const seen = createEvidence()
    let hasIds = false
    let wasCut = false
    let lost: { readonly seq: number; readonly isCut: boolean } | null = null
    return {
      add({ frame, seq }) {
        if (frame.kind === 'event') hasIds ||= frame.detail.lastEventId !== ''
        else if (
          frame.detail.purpose === 'stream' &&
          frame.detail.status === 200 &&
          lost !== null
        ) {
          wasCut ||= lost.isCut
          seen.add(lost.seq, seq)
          lost = null
        }
      },
      ended(connection) {
        const { response, data } = connection
        const isEvents =
          response !== null && (response.detail.stream === 'sse' || isEventStream(response.detail))
        if (!isEvents || data === 0 || connection.end.kind === 'stopped') return
        lost = { seq: connection.endSeq, isCut: connection.end.kind === 'error' }
      },
      finding() {
        if (hasIds || seen.count === 0) return null
        return {
          severity: wasCut ? 'risk' : 'hint',
          sentence: `The stream came back ${plural(seen.count, 'time', 'times')}, and none of its events had an id.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

const resumeIgnored = rule({
  id: 'sse-resume-ignored',
  title: 'The server does not heed Last-Event-ID.',
  speaks:
    'A request named the last event that had come, and the answer began with that one or an earlier one, by its number or because it was known: a risk. Nothing where ids come as often with other data on one connection.',
  why: 'Clients get events twice, and those that trust the order of ids go wrong.',
  source: html('9.2.4'),
  advice: 'Begin after the event whose id the header Last-Event-ID names.',
  kinds: ['event'],
  create() {
    const ids = createEventIds()
    const seen = createEvidence()
    let example = ''
    let reused = 0
    return {
      add(one) {
        const own = ids.read(one)
        if (own?.isReused) reused++
        if (!own?.isFirst) return
        const { request, response } = one.connection
        const asked = lastEventId(one.connection)
        if (!request || !response || !asked) return
        const isBehind =
          own.number !== null && /^\d{1,15}$/.test(asked) && own.number <= Number(asked)
        if (!isBehind && own.id !== asked && own.twin === null) return
        seen.add(request.seq, own.seq)
        example = `after ${quoted(asked)} the stream began with ${quoted(own.id)}`
      },
      finding() {
        // An id that many events have is no place in the stream.
        if (seen.count === 0 || reused >= seen.count) return null
        return {
          severity: 'risk',
          sentence: `${plural(seen.count, 'request', 'requests')} named the last event in vain: ${example}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

const duplicateId = rule({
  id: 'sse-duplicate-id',
  title: 'Events come twice.',
  speaks:
    'An event came again with the same id and the same data: a risk across connections, a hint on the same one. Nothing where ids come as often with other data on one connection.',
  why: 'A client that does not look at ids counts, books or draws them twice.',
  source: ours,
  advice: 'Go on behind the last id; let clients pass over ids that they know.',
  kinds: ['event'],
  create() {
    const ids = createEventIds()
    const across = createEvidence()
    const within = createEvidence()
    let reused = 0
    return {
      add(one) {
        const own = ids.read(one)
        if (own?.isReused) reused++
        if (!own?.twin) return
        const isAcross = own.twin.connection !== own.connection
        if (isAcross && beginsAnew(one.connection)) return
        ;(isAcross ? across : within).add(own.twin.seq, own.seq)
      },
      finding() {
        const isAcross = across.count > 0
        const seen = isAcross ? across : within
        // An id that many events have is no event's.
        if (seen.count === 0 || reused >= across.count + within.count) return null
        const where = isAcross ? 'after the stream had come back' : 'on the same connection'
        return {
          severity: isAcross ? 'risk' : 'hint',
          sentence: `${plural(seen.count, 'event', 'events')} came again with the same id and data, ${where}.`,
          proof: seen.proof(),
          figure: occurrences(seen.count),
        }
      },
    }
  },
})

const idGap = rule({
  id: 'sse-id-gap',
  title: 'Events are missing where the stream came back.',
  speaks: `IDs rose by the same step ${streamThresholds.steadyIds} times or more, and by a larger one across a reconnection: a fault where the request had named the last event, else a risk.`,
  why: 'What was published between the two connections was not sent again.',
  source: html('9.2.4'),
  advice: 'Keep events for a while, and send those behind Last-Event-ID before new ones.',
  kinds: ['event'],
  create() {
    const ids = createEventIds()
    const asked = createEvidence()
    const unasked = createEvidence()
    let [last, lastSeq, step, steady, missing] = [null as number | null, 0, 0, 0, 0]

    function gap(by: number, seq: number, wasAsked: boolean): void {
      missing += Math.round(by / step) - 1
      ;(wasAsked ? asked : unasked).add(lastSeq, seq)
    }

    return {
      add(one) {
        const own = ids.read(one)
        if (own === null) return
        if (own.number !== null && last !== null) {
          const by = own.number - last
          const isBack =
            own.isFirst && step > 0 && by > step && steady >= streamThresholds.steadyIds
          if (isBack) {
            const named = lastEventId(one.connection) !== null
            if (named || !beginsAnew(one.connection)) gap(by, own.seq, named)
          } else if (!own.isFirst) {
            steady = by === step ? steady + 1 : 1
            step = by
          }
        }
        last = own.number
        lastSeq = own.seq
      },
      finding() {
        const isFault = asked.count > 0
        const seen = isFault ? asked : unasked
        if (seen.count === 0) return null
        const named = isFault ? ', though the request named the last one' : ''
        return {
          severity: isFault ? 'fault' : 'risk',
          sentence: `By their ids, ${formatCount(missing)} ${missing === 1 ? 'event is' : 'events are'} missing over ${plural(asked.count + unasked.count, 'reconnection', 'reconnections')}${named}.`,
          proof: seen.proof(),
          figure: occurrences(missing),
        }
      },
    }
  },
})

function lastEventId({ request }: Pick<ConnectionTrace, 'request'>): string | null {
  return request && headerValue(request.detail.headers, 'last-event-id')
}

/** A program at a tap that names no event has no stream that came back; Lifeline's own sessions do. */
function beginsAnew(connection: Pick<ConnectionTrace, 'request'>): boolean {
  return connection.request?.detail.client !== undefined && lastEventId(connection) === null
}

export const resumingRules: readonly Rule[] = [noId, resumeIgnored, duplicateId, idGap]
