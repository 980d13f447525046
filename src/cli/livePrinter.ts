// Prints the frames of a session while it runs, up to the number that was asked for.

import type { ComingFrame, FrameMatcher } from '../engine/capture/frameMatcher.ts'
import { createDecoding, type DecodedFrame } from '../engine/decoders/decoding.ts'
import { protocolsOf } from '../engine/decoders/registry.ts'
import { toPacket } from '../engine/decoders/toPacket.ts'
import type { Exporter, ExportRow } from '../engine/exports/exporter.ts'
import type { Endpoint } from '../shared/endpoint/endpoint.ts'
import { type Frame, type FrameWithPreview, isWireKind } from '../shared/frame/frame.ts'
import type { Packet } from '../shared/frame/packet.ts'
import { toRow } from '../shared/frame/toRow.ts'
import type { Output } from './output.ts'

/** The longest time in milliseconds for which a live diagram stands still. */
export const liveRunMs = 1000

/** More at once gain nothing. */
const askedAtOnce = 512

export interface LivePrinterOptions {
  readonly exporter: Exporter
  readonly output: Output
  /** As it says the frames are decoded. */
  readonly endpoint: Pick<Endpoint, 'decode' | 'pair' | 'protobuf'>
  /** Whether the wire layer is printed as well. */
  readonly wire: boolean
  /** Says which frames are printed, by a filter; null for all. The end is printed in any case. */
  readonly matcher: FrameMatcher | null
  /** Frames to print; null for all. The end is printed in any case. */
  readonly frames: number | null
  readonly previewChars: number
  /** The last of `frames` has been printed. */
  onEnough(): void
}

export interface LivePrinter {
  print(frame: Frame, payload: Uint8Array | null): void
  /** Prints what belongs behind the last frame. */
  end(): void
  /** Frames for which a reader who does not read left no room. */
  readonly unprinted: number
}

export function createLivePrinter(options: LivePrinterOptions): LivePrinter {
  const { exporter, output, endpoint, wire, matcher, frames, previewChars } = options
  const decoding = createDecoding(endpoint.decode, protocolsOf(endpoint))
  let printed = 0
  let unprinted = 0
  let moved = false
  /** Frames that the filter has yet to be asked about. */
  const asked: ComingFrame[] = []
  let scheduled: NodeJS.Immediate | null = null

  // When a fast run pauses, its count so far is shown without waiting for what ends the run.
  const pauses = setInterval(() => {
    if (!moved) output.write(exporter.flush())
    moved = false
  }, liveRunMs)
  output.write(exporter.begin())

  function hasRoom(): boolean {
    // Frames that the end itself causes (a close frame, its answer) are not among those asked for.
    if (frames !== null && printed >= frames) return false
    if (output.makeRoom()) return true
    unprinted++
    return false
  }

  function printFrame({ frame, payload, decoded }: ComingFrame): void {
    moved = true
    if (frame.kind !== 'end' && !hasRoom()) return
    printed++
    const row = new LiveRow(frame, payload, previewChars, packetsOf(frame, decoded))
    for (const piece of exporter.frame(row)) output.write(piece)
    if (printed === frames) options.onEnough()
  }

  function printMatching(): void {
    if (scheduled) clearImmediate(scheduled)
    scheduled = null
    const found = matcher?.matches(asked)
    for (const coming of asked.splice(0)) {
      if (coming.frame.kind === 'end' || found?.has(coming.frame.seq)) printFrame(coming)
    }
  }

  return {
    print(frame, payload) {
      // A frame that is not printed may be needed to describe one that is.
      const coming = { frame, payload, decoded: decoding.push(frame, payload) }
      if (matcher === null) {
        if (wire || !isWireKind(frame.kind)) printFrame(coming)
        return
      }
      asked.push(coming)
      // All frames of one turn of the event loop are asked about together.
      if (asked.length >= askedAtOnce) printMatching()
      else scheduled ??= setImmediate(printMatching)
    },
    end() {
      printMatching()
      clearInterval(pauses)
      output.write(exporter.end())
    },
    get unprinted() {
      return unprinted
    },
  }
}

/** Undefined without packets. What is learnt later about earlier frames comes too late. */
function packetsOf(
  { seq, at }: Frame,
  decoded: readonly DecodedFrame[],
): readonly Packet[] | undefined {
  if (decoded.length === 0) return undefined
  return decoded
    .find(({ frame }) => frame.seq === seq)
    ?.packets.map((packet) => toPacket(packet, at))
}

/** A frame as it comes. Most of a flood are not drawn, so its preview is made when asked for. */
class LiveRow implements ExportRow {
  readonly frame: Frame
  readonly decoded?: readonly Packet[]
  readonly #bytes: Uint8Array | null
  readonly #previewChars: number
  #row: FrameWithPreview | null = null

  constructor(
    frame: Frame,
    bytes: Uint8Array | null,
    previewChars: number,
    decoded: readonly Packet[] | undefined,
  ) {
    this.frame = frame
    this.#bytes = bytes
    this.#previewChars = previewChars
    if (decoded) this.decoded = decoded
  }

  get preview(): string | null {
    this.#row ??= toRow(this.frame, this.#bytes, this.#previewChars)
    return this.#row.preview
  }

  get start(): Uint8Array | null {
    return this.#bytes
  }

  payload(): Uint8Array | null {
    return this.#bytes
  }
}
