// Counts what was decoded by name, with the time from each question to its answer.

import { isModelApi } from '../../shared/frame/modelApis.ts'
import { isFailure, isRest, type Packet, waits } from '../../shared/frame/packet.ts'
import { decodeLimits } from '../../shared/limits.ts'
import type { DecodedNumbers, NamedNumbers } from '../../shared/session/decodedNumbers.ts'
import type { PacketAnalysis } from './analysis.ts'
import { createDistribution, type DistributionFold } from './numbers/distribution.ts'
import { createModelCalls } from './numbers/modelCalls.ts'

/** Others are counted among all packets alone: a peer can think of any number. */
const mostNames = 64

interface OneName {
  readonly protocol: string
  readonly name: string
  count: number
  failed: number
  unanswered: number
  seq: number
  readonly answered: DistributionFold
}

export function createDecodedNumbers(): PacketAnalysis<DecodedNumbers> {
  const names = new Map<string, OneName>()
  /** Those that wait, by their frames: what answers comes later. */
  const open = new Map<number, OneName[]>()
  const models = createModelCalls()
  let packets = 0
  let flawed = 0

  function find({ protocol, type, name = type }: Packet): OneName | null {
    const key = `${protocol} ${name}`
    const known = names.get(key)
    if (known || names.size >= mostNames) return known ?? null
    const made = {
      protocol,
      name,
      count: 0,
      failed: 0,
      unanswered: 0,
      seq: 0,
      answered: createDistribution(),
    }
    names.set(key, made)
    return made
  }

  /** As long as decoders remember what was asked. */
  function wait(one: OneName, seq: number): void {
    one.unanswered++
    const others = open.get(seq)
    if (others) others.push(one)
    else open.set(seq, [one])
    const [oldest] = open.keys()
    if (open.size > decodeLimits.openRequests && oldest !== undefined) open.delete(oldest)
  }

  /** Most answers have the name of what they answer, or call off; a pong has not. */
  function close(answer: OneName, asked: number): void {
    const of = open.get(asked)
    if (!of) return
    const [one] = of.splice(Math.max(0, of.indexOf(answer)), 1)
    if (one) one.unanswered--
    if (of.length === 0) open.delete(asked)
  }

  function count(packet: Packet, seq: number): void {
    packets++
    if (packet.flaw !== undefined) flawed++
    const call = isModelApi(packet.protocol)
      ? models.callOf(packet)
      : { packet, begins: packet.answers === undefined }
    const one = call && find(call.packet)
    if (one === null) return
    one.seq = seq
    if (call?.begins) one.count++
    if (isFailure(packet)) one.failed++
    if (waits(packet)) wait(one, seq)
    if (packet.cancels !== undefined) close(one, packet.cancels)
    if (packet.answers !== undefined) close(one, packet.answers)
    if (packet.latencyMs !== undefined) one.answered.add(Math.max(0, packet.latencyMs), seq)
  }

  return {
    add: () => {},
    addPackets(all, seq) {
      for (const packet of all) if (!isRest(packet)) count(packet, seq)
    },
    result: () => ({
      packets,
      flawed,
      names: [...names.values()]
        .map((one): NamedNumbers => ({ ...one, answered: one.answered.result() }))
        .sort((a, b) => b.count - a.count),
    }),
  }
}
