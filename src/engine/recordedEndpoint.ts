// The endpoint as a capture keeps it: with what its messages are decoded by, so that it is read alike wherever it is opened.

import type { Endpoint } from '../shared/endpoint/endpoint.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import { toBase64 } from '../shared/text/toBase64.ts'
import { readDescriptor } from './transports/profileFiles.ts'

/** A descriptor that cannot be read is told in the place of its bytes. */
export function recordedEndpoint({
  endpoint,
  resolved,
}: Pick<SessionPlan, 'endpoint' | 'resolved'>): Endpoint {
  if (endpoint.protobuf === null || resolved.protobuf === null) return endpoint
  const read = readDescriptor(resolved.protobuf.descriptor)
  const { in: incoming, out } = resolved.protobuf
  const types = {
    ...(incoming !== undefined && { in: incoming }),
    ...(out !== undefined && { out }),
  }
  const found = read.ok ? { bytes: toBase64(read.value) } : { fault: read.fault.message }
  return { ...endpoint, protobuf: { ...endpoint.protobuf, ...types, ...found } }
}
