// Checks that the options which the engine advises are ones that the help explains.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'mocha'
import { help } from '../../../src/cli/help.ts'

const engine = fileURLToPath(new URL('../../../src/engine/', import.meta.url))

/** The options in sentences that end in "on the command line". */
function advisedOptions(): readonly string[] {
  const files = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((name) => name.endsWith('.ts'))
  return sources.flatMap((name) =>
    [...readFileSync(join(engine, name), 'utf8').matchAll(/.*on the command line/g)].flatMap(
      ([line]) => line.match(/--[a-z][a-z-]*/g) ?? [],
    ),
  )
}

describe('the help', () => {
  it('explains every option that advice names', () => {
    const advised = new Set(advisedOptions())
    assert.ok(advised.has('--min-tls') && advised.has('--bearer'), [...advised].join(' '))
    for (const option of advised) assert.match(help, new RegExp(`^ .*${option}[ ,]`, 'm'))
  })
})
