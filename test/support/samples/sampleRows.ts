// Frames for tests, written short: numbered, timed, with what is the same in most of them filled in.

import type { Frame, FrameWithPreview } from '../../../src/shared/frame/frame.ts'

export interface SampleRow extends FrameWithPreview {
  readonly start?: Uint8Array | null
  payload(): Uint8Array | null
}

type NewSample = Frame extends infer F
  ? F extends Frame
    ? Partial<F> & Pick<F, 'kind' | 'detail'> & { readonly afterMs?: number }
    : never
  : never

const startedAt = Date.UTC(2026, 10, 20, 14, 22, 5) + 0.421

/** Numbers the frames and fills in what is the same in most of them. */
export function sampleRows(
  samples: readonly (NewSample & { readonly bytes?: string | Uint8Array })[],
): SampleRow[] {
  let elapsedMs = 0
  return samples.map((sample, index) => {
    const { afterMs = 0.5, bytes, ...rest } = sample
    elapsedMs = index === 0 ? 0 : elapsedMs + afterMs
    const payload = bytes === undefined ? null : asBytes(bytes)
    const frame = {
      seq: index + 1,
      at: startedAt + elapsedMs,
      elapsedMs,
      connection: 1,
      direction: 'in',
      sizeBytes: payload?.length ?? 0,
      wireBytes: sample.direction === 'local' ? 0 : (payload?.length ?? 0) + 2,
      replyTo: null,
      code: null,
      ...rest,
    } as Frame
    return { frame, preview: previewOf(payload), start: payload, payload: () => payload }
  })
}

function asBytes(bytes: string | Uint8Array): Uint8Array {
  return typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes
}

function previewOf(payload: Uint8Array | null): string | null {
  if (payload === null) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
    return text.replace(/\s+/g, ' ').slice(0, 256)
  } catch {
    const hex = [...payload.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0'))
    return `${hex.join(' ')}${payload.length > 16 ? ' …' : ''}`
  }
}
