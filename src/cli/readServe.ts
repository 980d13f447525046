// Reads the words of `lifeline serve`.

import type { ScriptPoint, ScriptRange } from '../engine/replay/script/scriptRange.ts'
import { mostPort } from '../shared/endpoint/tapSettings.ts'
import { parseDuration } from '../shared/text/duration.ts'
import type { Command } from './command.ts'
import { serveOptions } from './options.ts'
import type { Written } from './readOptions.ts'
import { UsageError } from './usageError.ts'

const mostSpeed = 1000

/** What it takes. `--port` is a tap's option, too. */
const taken = new Set(['port', ...serveOptions.map(({ name }) => name)])

/** Throws `UsageError`. */
export function readServeCommand(written: Written, operands: readonly string[]): Command {
  const { text, flag, options } = written
  const foreign = options.find(({ name }) => !taken.has(name))
  if (foreign) {
    throw new UsageError(`Leave out ${foreign.rawName}: lifeline serve has no use for it.`)
  }
  const [capture, ...others] = operands
  if (capture === undefined || others.length > 0) {
    throw new UsageError('Give one capture: lifeline serve <capture>.')
  }
  return {
    kind: 'serve',
    capture,
    port: readPort(options.findLast(({ name }) => name === 'port')?.value),
    range: readRange(written),
    options: {
      speed: readSpeed(text('speed')),
      loop: flag('loop'),
      cors: readOrigin(text('cors')),
    },
  }
}

/** 0 asks for a free one; null where none is asked for. */
function readPort(written: string | undefined): number | null {
  if (written === undefined) return null
  const port = /^\d{1,5}$/.test(written) ? Number(written) : Number.NaN
  if (port <= mostPort) return port
  throw new UsageError(`Change --port to a number from 0 to ${mostPort}; 0 takes a free one.`)
}

/** Throws `UsageError`. */
export function readRange({ text }: Written): ScriptRange {
  const range = { from: readPoint('from', text('from')), until: readPoint('until', text('until')) }
  checkOrder(range.from, range.until)
  return range
}

/** Throws `UsageError`. */
export function readSpeed(written: string | null, zero = '0 serves all at once'): number {
  if (written === null) return 1
  const speed = /^\d{1,4}(?:\.\d{1,6})?$/.test(written) ? Number(written) : Number.NaN
  if (speed <= mostSpeed) return speed
  throw new UsageError(
    `Change --speed to a number such as 2 or 0.5, ${mostSpeed} at the most; ${zero}.`,
  )
}

function readPoint(option: string, written: string | null): ScriptPoint | null {
  if (written === null) return null
  if (/^\d{1,12}$/.test(written)) return { seq: Number(written) }
  const ms = parseDuration(written)
  if (ms !== null) return { ms }
  throw new UsageError(
    `Change --${option} to a time since the start such as 90s, or to the number of a frame.`,
  )
}

function checkOrder(from: ScriptPoint | null, until: ScriptPoint | null): void {
  if (from === null || until === null) return
  const isLate =
    ('seq' in from && 'seq' in until && until.seq < from.seq) ||
    ('ms' in from && 'ms' in until && until.ms < from.ms)
  if (isLate) throw new UsageError('Change --until: it is before --from.')
}

/** As browsers write it in `Origin`. */
function readOrigin(written: string | null): string | null {
  if (written === null) return null
  const url = URL.parse(written)
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin
  throw new UsageError('Change --cors to the origin of a page such as https://app.example.com.')
}
