// Reads the words of `lifeline replay`.

import type { Command } from './command.ts'
import { comparisonOptions, replayOptions, serveOptions } from './options.ts'
import { readWatch, type Written } from './readOptions.ts'
import { readRange, readSpeed } from './readServe.ts'
import { tapOptions } from './readTap.ts'
import { UsageError } from './usageError.ts'

type Replay = Pick<Extract<Command, { kind: 'watch' }>, 'watch' | 'resend'>

/** What it has no use for: what it sends stands in the capture. */
const foreignNames = new Set(
  [...serveOptions, ...comparisonOptions, ...tapOptions, { name: 'curl' }, { name: 'method' }]
    .map(({ name }) => name)
    .filter((name) => !['speed', 'from', 'until'].includes(name)),
)

/** Throws `UsageError`. */
export function readReplay(written: Written, operands: readonly string[]): Replay {
  const foreign = written.options.find(({ name }) => foreignNames.has(name))
  if (foreign) {
    throw new UsageError(`Leave out ${foreign.rawName}: lifeline replay has no use for it.`)
  }
  const [capture, ...others] = operands
  if (capture === undefined || others.length > 0) {
    throw new UsageError('Give one capture: lifeline replay <capture>.')
  }
  return {
    watch: readWatch(written, readServer(written.text('to'))),
    resend: {
      path: capture,
      range: readRange(written),
      speed: readSpeed(written.text('speed'), '0 waits for answers alone'),
    },
  }
}

function readServer(written: string | null): string | null {
  if (written === null) return null
  const url = /^(?:https?|wss?):/i.test(written) ? URL.parse(written) : null
  if (url !== null && url.pathname === '/' && url.search === '') return url.href
  const [{ name }] = replayOptions
  throw new UsageError(
    `Change --${name} to a server such as https://staging.example.com: paths are those of the capture.`,
  )
}
