// Checks of what the page asks of a tap.

import { defaultLimits, filterLimits } from '../limits.ts'
import {
  allFaultKinds,
  type FaultAct,
  type FaultKind,
  type FaultPlace,
  type FaultWay,
  faultLimits,
  type TapCut,
  type TapFault,
} from '../session/tapFaults.ts'
import { checkObject, checkText, checkWhole, refuse } from './callArguments.ts'

export function checkFaults(value: unknown): readonly TapFault[] {
  if (!Array.isArray(value) || value.length > faultLimits.faults) throw refuse('faults')
  return value.map((one) => {
    const { act, forMs } = checkObject(one, 'fault')
    return {
      act: checkAct(act),
      ...checkPlace(one),
      forMs: forMs === null ? null : checkWhole(forMs, 'forMs', defaultLimits.maxDelayMs),
    }
  })
}

export function checkCut(value: unknown): TapCut {
  const { orderly } = checkObject(value, 'cut')
  if (typeof orderly !== 'boolean') throw refuse('orderly')
  return { ...checkPlace(value), orderly }
}

function checkPlace(value: unknown): FaultPlace {
  const { path, connection } = checkObject(value, 'place')
  return {
    path: checkText(path, 'path', filterLimits.chars),
    connection: connection === null ? null : checkWhole(connection, 'connection'),
  }
}

const acts: {
  readonly [K in FaultKind]: (
    act: Readonly<Record<string, unknown>>,
  ) => Extract<FaultAct, { kind: K }>
} = {
  delay: ({ ms, jitterMs, way }) => ({
    kind: 'delay',
    ms: checkMs(ms),
    jitterMs: checkMs(jitterMs),
    way: checkWay(way),
  }),
  rate: ({ bytesPerSecond, way }) => ({
    kind: 'rate',
    bytesPerSecond: Math.max(1, checkWhole(bytesPerSecond, 'rate', faultLimits.bytesPerSecond)),
    way: checkWay(way),
  }),
  'first-byte': ({ ms }) => ({ kind: 'first-byte', ms: checkMs(ms) }),
  buffer: ({ bytes }) => ({
    kind: 'buffer',
    bytes: checkWhole(bytes, 'bytes', faultLimits.bufferBytes),
  }),
  'drop-pings': () => ({ kind: 'drop-pings' }),
  unavailable: ({ retryAfterSeconds: after }) => ({
    kind: 'unavailable',
    retryAfterSeconds:
      after === null ? null : checkWhole(after, 'Retry-After', faultLimits.retryAfterSeconds),
  }),
  refuse: () => ({ kind: 'refuse' }),
}

function checkAct(value: unknown): FaultAct {
  const act = checkObject(value, 'act')
  const kind = allFaultKinds.find((one) => one === act.kind)
  if (kind === undefined) throw refuse('kind')
  return acts[kind](act)
}

function checkMs(value: unknown): number {
  return checkWhole(value, 'ms', faultLimits.ms)
}

export function checkWay(value: unknown): FaultWay {
  if (value !== 'client' && value !== 'server' && value !== 'both') throw refuse('way')
  return value
}
