// The endpoint as a capture keeps it: with what its messages are decoded by, so that it is read alike wherever it is opened.

import type { Endpoint } from '../shared/endpoint/endpoint.ts'
import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import { toBase64 } from '../shared/text/toBase64.ts'
import { readDescriptorSet } from './decoders/values/descriptorSet.ts'
import { readDescriptor } from './transports/profileFiles.ts'

/** A file that is no descriptor, or cannot be read, is told in the place of its bytes: a capture keeps no other file. */
export function recordedEndpoint({
  endpoint,
  resolved,
}: Pick<SessionPlan, 'endpoint' | 'resolved'>): Endpoint {
  if (endpoint.protobuf === null || resolved.protobuf === null) return endpoint
  const path = resolved.protobuf.descriptor
  const read = readDescriptor(path)
  const { in: incoming, out } = resolved.protobuf
  const types = {
    ...(incoming !== undefined && { in: incoming }),
    ...(out !== undefined && { out }),
  }
  const isDescriptor = read.ok && readDescriptorSet(read.value) !== null
  const found = isDescriptor
    ? { bytes: toBase64(read.value) }
    : {
        fault: read.ok
          ? `The file of "protobuf" is no descriptor set: ${path}`
          : read.fault.message,
      }
  return { ...endpoint, protobuf: { ...endpoint.protobuf, ...types, ...found } }
}
