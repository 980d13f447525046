// Notices and frames of a hop that only HTTP/2 has: GOAWAY, fields that it does not know, control frames.

import type { HttpRequest } from '../../protocols/http/redirect.ts'
import { type Goaway, goawayWords } from '../../protocols/http2/http2Fault.ts'
import type { PlannedHop } from './hopPlan.ts'
import type { HopRecord } from './hopRecord.ts'
import type { Sending } from './sending.ts'

/** Tells what is known before the request goes out, and the rest as it comes. */
export function tellOfHttp2(
  sending: Sending,
  { hop, context }: PlannedHop,
  record: HopRecord,
): void {
  const { network } = context
  const farewell = network.http2.takeFarewell(hop.url)
  if (farewell !== null) tellGoaway(farewell, record)
  // Unchanged polls are folded where nothing stands between them.
  if (network.hasWireLayer) sending.on('control', record.control)
  sending.on('lastOne', (goaway) => tellGoaway(goaway, record))
  sending.on('socket', () => tellLeftFields(sending, hop, record))
}

/** Those that every request of ours has in HTTP/1.1 are not told. */
function tellLeftFields(sending: Sending, { headers }: HttpRequest, record: HopRecord): void {
  const { left = [] } = sending.current().http2 ?? {}
  const given = left.filter((name) => headers.some(([one]) => one === name))
  if (given.length === 0) return
  const fields = given.length === 1 ? 'the field' : 'the fields'
  const message = `HTTP/2 does not have ${fields} ${given.join(', ')}, which the request goes without.`
  record.notice('local', 'http2-fields-left', message)
}

function tellGoaway(goaway: Goaway, record: HopRecord): void {
  const message = `The server takes no more requests on this connection: ${goawayWords(goaway)}.`
  record.notice('in', 'http2-going-away', message)
}
