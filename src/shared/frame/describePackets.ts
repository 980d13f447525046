// The words for a frame's packets, in the protocol's own terms: a part of the line that stands for the frame.

import { formatCount, formatDelay, formatSpan } from '../text/units.ts'
import type { Frame } from './frame.ts'
import { isModelApi } from './modelApis.ts'
import { isCancelled, isFailure, isRest, type Packet } from './packet.ts'

/** Of more packets in one frame the others are counted. */
const toldPackets = 3

/** Types that say only that something is asked or told: a name says more. */
const plainTypes: ReadonlySet<string> = new Set([
  ...['request', 'notification', 'event', 'EVENT', 'Invocation', 'publication', 'message'],
])

/**
 * `▸ tools/call #42 {name: "add"}`, `▸ PUBLISH rooms/1 #2 hello`, `◂ result tools/call #42 · 12 ms`,
 * `◂ error -32601 Method not found · tools/call #42 · 12 ms`; null where there is none.
 */
export function packetWords(packets: readonly Packet[]): string | null {
  if (packets.length === 0) return null
  const told = packets.slice(0, toldPackets).map(wordsOf).join(', ')
  return join(' and ', told, otherPackets(packets, toldPackets))
}

/** What comes after so many packets, `1,180 more` or `197 more, 50 not decoded`; empty where nothing does. */
export function otherPackets(packets: readonly Packet[], told: number): string {
  const others = packets.slice(told)
  const more = others.filter((packet) => !isRest(packet)).length
  return join(', ', more > 0 ? `${formatCount(more)} more` : '', others.find(isRest)?.name)
}

/** Whether the frame is there for its packets, which then say all that its line has to say. */
export function carriesPackets({ kind, detail }: Frame, packets: readonly Packet[]): boolean {
  // Events of models are named for what their packets say, and others for their types.
  if (kind === 'event') {
    const { type: event } = detail
    return (
      event === 'message' ||
      packets.every(({ protocol, type }) => isModelApi(protocol) || type.startsWith(event))
    )
  }
  return kind === 'message' || kind === 'record'
}

/** Null where the packets do not change the line. */
export function packetTone(packets: readonly Packet[]): 'muted' | 'warning' | 'error' | null {
  if (packets.length === 0) return null
  if (packets.some(isFailure)) return 'error'
  if (packets.some(({ flaw, unanswered }) => flaw ?? unanswered)) return 'warning'
  return packets.every(isMuted) ? 'muted' : null
}

/** Nothing that anybody waits for; between the words of a model its bounds are no more. */
function isMuted({ level, protocol }: Packet): boolean {
  return level === 'heartbeat' || (level === 'control' && isModelApi(protocol))
}

function wordsOf(packet: Packet): string {
  const { flaw, unanswered } = packet
  const waited = unanswered ? unansweredWords(unanswered) : isCancelled(packet) ? 'cancelled' : ''
  const said = join(' · ', packetHead(packet), waited)
  return flaw === undefined ? said : `${said} · flaw: ${flaw}`
}

/** `no answer for 12 s`, or `no answer` where none can come any more. */
export function unansweredWords({ ms, over }: NonNullable<Packet['unanswered']>): string {
  return over ? 'no answer' : `no answer for ${formatSpan(ms)}`
}

/** Of one packet the same, without what breaks the rules. */
export function packetHead(packet: Packet): string {
  const { type, name, key, summary, answers, latencyMs } = packet
  const isAnswer = answers !== undefined
  const asks = !isAnswer && name !== undefined && !isFailure(packet)
  const mark = isAnswer ? '◂' : asks ? '▸' : ''
  const about = join(' ', name, key === undefined ? '' : `#${key}`)
  const latency = latencyMs === undefined ? '' : formatDelay(latencyMs)
  return isFailure(packet)
    ? join(' · ', join(' ', mark, type, summary), about, latency)
    : isAnswer
      ? // Beside a latency a bare number would be read as a part of it.
        join(' · ', join(' ', mark, type, about), latency, summary)
      : join(' ', mark, asks && plainTypes.has(type) ? '' : type, about, summary)
}

function join(by: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(by)
}
