// Counts frames by kind, way and type, for a bounded number of types.

import type { Direction, FrameKind, SeenFrame } from '../../../shared/frame/frame.ts'
import { frameType } from '../../../shared/frame/frameType.ts'
import type { TypeNumbers } from '../../../shared/session/numbers.ts'
import { createDistribution, type DistributionFold } from './distribution.ts'

/** More are counted together: a peer can think of any number. */
export const mostTypes = 48

export interface TypeNumbersFold {
  /** `bytes`: of its payload, null where they are counted elsewhere; `bucket`: theirs. */
  add(
    frame: SeenFrame,
    seq: number,
    jsonType: string | null,
    bytes: number | null,
    bucket: number,
  ): void
  /** The most frequent first; those beyond the limit last. */
  result(): readonly TypeNumbers[]
}

interface OneType {
  readonly kind: FrameKind
  readonly direction: Direction
  readonly type: string | null
  frames: number
  bytes: number
  wireBytes: number
  lastAt: number
  readonly sizes: DistributionFold
  readonly gaps: DistributionFold
}

export function createTypeNumbers(): TypeNumbersFold {
  const byWay: Readonly<Record<Direction, Map<FrameKind, Map<string | null, OneType>>>> = {
    in: new Map(),
    out: new Map(),
    local: new Map(),
  }
  const all: OneType[] = []
  /** By kind and way, those of types beyond the limit. */
  const others = new Map<string, OneType>()

  function find(frame: SeenFrame, type: string | null): OneType {
    const { kind, direction } = frame
    const byType = byWay[direction].get(kind)
    const known = byType?.get(type)
    if (known) return known
    if (all.length >= mostTypes) {
      const key = `${kind} ${direction}`
      const rest = others.get(key) ?? createOne(kind, direction, null)
      others.set(key, rest)
      return rest
    }
    const made = createOne(kind, direction, type)
    all.push(made)
    if (byType) byType.set(type, made)
    else byWay[direction].set(kind, new Map([[type, made]]))
    return made
  }

  return {
    add(frame, seq, jsonType, bytes, bucket) {
      const one = find(frame, frameType(frame, jsonType))
      const { at } = frame
      if (one.frames > 0) one.gaps.add(Math.max(0, at - one.lastAt), seq)
      one.lastAt = at
      one.frames++
      one.wireBytes += frame.wireBytes
      if (bytes === null) return
      one.bytes += bytes
      one.sizes.add(bytes, seq, bucket)
    },
    result: () => [
      ...all.map(resultOf).sort((a, b) => b.frames - a.frames),
      ...[...others.values()].map((one) => ({ ...resultOf(one), others: true as const })),
    ],
  }
}

function createOne(kind: FrameKind, direction: Direction, type: string | null): OneType {
  const counts = { frames: 0, bytes: 0, wireBytes: 0, lastAt: 0 }
  return {
    kind,
    direction,
    type,
    ...counts,
    sizes: createDistribution(),
    gaps: createDistribution(),
  }
}

function resultOf({ sizes, gaps, lastAt: _, ...one }: OneType): TypeNumbers {
  return { ...one, sizes: sizes.result(), gaps: gaps.result() }
}
