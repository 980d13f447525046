// The contents of packets, as values in the JSON of their frame.

import type { Packet } from '../../../shared/frame/packet.ts'
import { type JsonPath, parseOnePlace } from '../../../shared/text/jsonPath.ts'
import type { JsonNode } from '../../json/jsonNode.ts'
import { nodeAt, pathsTo } from '../../json/jsonPlaces.ts'

export interface PacketBody {
  readonly place: JsonPath
  readonly node: JsonNode
}

/** In the order of the packets; null where a packet carries nothing, or nothing that stands there. */
export function packetBodies(
  root: JsonNode,
  packets: readonly Packet[],
): readonly (PacketBody | null)[] {
  const places = packets.map(({ body }) => (body === undefined ? null : parseOnePlace(body)))
  const known = places.filter((place) => place !== null)
  const lines = new Map(pathsTo(root, known).map((line, nth) => [known[nth], line]))
  return places.map((place) => {
    const line = place && lines.get(place)
    return line ? { place, node: nodeAt(root, line).node } : null
  })
}
