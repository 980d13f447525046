// The facts of a frame's packets: what they say in their protocol, and which frames belong to them.

import { otherPackets, packetWords } from '../../../shared/frame/describePackets.ts'
import type { Frame } from '../../../shared/frame/frame.ts'
import { isFailure, type Packet } from '../../../shared/frame/packet.ts'
import { companionName } from '../../../shared/frame/protocolName.ts'
import { formatCount, formatDelay, formatSpan } from '../../../shared/text/units.ts'
import type { Fact } from './fact.ts'

/** Of more packets in one frame the others are counted; the payload's form *Decoded* has all of them. */
const listedPackets = 5

/** Of one packet each fact; of several a line each. Empty where there is none. */
export function packetFacts(frame: Frame, packets: readonly Packet[]): readonly Fact[] {
  const [first, ...others] = packets
  if (!first) return []
  return others.length === 0 ? singleFacts(frame, first) : listOf(first.protocol, packets)
}

function singleFacts({ replyTo }: Frame, packet: Packet): readonly Fact[] {
  const { answers, ...rest } = packet
  // An exchange says so already.
  return factsOf(answers === replyTo ? rest : packet)
}

export function factsOf(packet: Packet): readonly Fact[] {
  const { protocol, type, name, key, level, summary, answers, answeredBy } = packet
  const { latencyMs, unanswered, cancels, cancelledBy, progress, flaw } = packet
  const facts: readonly (Fact | false)[] = [
    protocol !== companionName && { name: 'Protocol', value: protocol },
    { name: 'Type', value: type, ...(isFailure(packet) && { tone: 'error' }) },
    name !== undefined && { name: 'Name', value: name },
    key !== undefined && { name: 'Id', value: key },
    // Most packets are of the application itself: their level is no news.
    level !== 'app' && { name: 'Level', value: level },
    summary !== undefined && { name: 'Says', value: summary },
    answers !== undefined && { name: 'Answers', value: numberOf(answers), seq: answers },
    answeredBy !== undefined && {
      name: 'Answered by',
      value: numberOf(answeredBy),
      seq: answeredBy,
    },
    cancels !== undefined && { name: 'Cancels', value: numberOf(cancels), seq: cancels },
    cancelledBy !== undefined && {
      name: 'Cancelled by',
      value: numberOf(cancelledBy),
      seq: cancelledBy,
    },
    // Once there is an answer, that says how it went.
    progress !== undefined &&
      answeredBy === undefined && {
        name: 'Progress',
        value: numberOf(progress.seq),
        seq: progress.seq,
      },
    unanswered !== undefined && {
      name: 'Answered by',
      value: unanswered.over ? 'nothing' : `nothing for ${formatSpan(unanswered.ms)}`,
      tone: 'warning',
    },
    latencyMs !== undefined && { name: 'Latency', value: formatDelay(latencyMs) },
    flaw !== undefined && { name: 'Flaw', value: flaw, tone: 'warning' },
  ]
  return facts.filter((fact) => fact !== false)
}

function listOf(protocol: string, packets: readonly Packet[]): readonly Fact[] {
  const others = otherPackets(packets, listedPackets)
  return [
    { name: 'Protocol', value: protocol },
    ...packets.slice(0, listedPackets).map((packet, index): Fact => {
      const { answers, answeredBy } = packet
      const seq = answers ?? answeredBy
      const how = answers === undefined ? 'answered by' : 'answers'
      const leads = seq === undefined ? '' : ` · ${how} ${numberOf(seq)}`
      return {
        name: `Packet ${index + 1}`,
        value: `${packetWords([packet])}${leads}`,
        ...(seq !== undefined && { seq }),
        ...(isFailure(packet) && { tone: 'error' }),
      }
    }),
    ...(others === '' ? [] : [{ name: 'Packets', value: others }]),
  ]
}

function numberOf(seq: number): string {
  return `#${formatCount(seq)}`
}
