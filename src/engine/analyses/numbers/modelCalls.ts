// The calls among the packets of language models: each answer is one, whatever number of chunks it comes in.

import type { Packet } from '../../../shared/frame/packet.ts'

export interface ModelCalls {
  /**
   * The packet that stands for the call which this one is of, and whether it is what begins it; null for what is of none.
   * Answers that go on at the same time without a request to tell them apart are taken for one.
   */
  callOf(packet: Packet): { readonly packet: Packet; readonly begins: boolean } | null
}

/** What a model says; anything else may come before an answer, or behind it. */
const contentTypes: ReadonlySet<string> = new Set(['text', 'reasoning', 'refusal', 'tool', 'error'])

export function createModelCalls(): ModelCalls {
  /** By protocol what stands for the call that goes on, the newest; null where it is over. */
  const current = new Map<string, Packet | null>()
  /** Protocols of which requests were seen. */
  const asked = new Set<string>()

  function begin(packet: Packet): { packet: Packet; begins: true } {
    current.set(packet.protocol, packet)
    return { packet, begins: true }
  }

  return {
    callOf(packet) {
      const { protocol, type, asks } = packet
      if (asks) {
        asked.add(protocol)
        return begin(packet)
      }
      const call = current.get(protocol) ?? null
      // The next request begins the next one.
      if (asked.has(protocol)) return call && { packet: call, begins: false }
      if (call === null) return contentTypes.has(type) ? begin({ ...packet, name: type }) : null
      if (type === 'finish' || type === 'error') current.set(protocol, null)
      return { packet: call, begins: false }
    },
  }
}
