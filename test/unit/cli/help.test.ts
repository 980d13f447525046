// Checks that the options which the engine advises are ones that the help explains.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'mocha'
import { help } from '../../../src/cli/help.ts'
import { fieldOptions } from '../../../src/cli/watchFields.ts'

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
  it('explains every option once, those of fields among them', () => {
    const listed = [...help.matchAll(/^ {2}(?:-\w, )?(--[a-z0-9-]+)/gm)].map(([, option]) => option)
    assert.equal(new Set(listed).size, listed.length)
    for (const option of Object.keys(fieldOptions))
      assert.ok(listed.includes(`--${option}`), option)
  })

  it('fits a terminal of 94 columns, with each sentence behind its option', () => {
    for (const line of help.split('\n')) assert.ok(line.length <= 94, line)
    assert.match(help, /^ {2}--interval <duration> {5}polling: from the start of one request/m)
    assert.match(help, /^ {2}--ping-interval <duration>\n {28}WebSocket: ping so often/m)
  })

  it('explains every option that advice names', () => {
    const advised = new Set(advisedOptions())
    assert.ok(advised.has('--min-tls') && advised.has('--bearer'), [...advised].join(' '))
    for (const option of advised) assert.match(help, new RegExp(`^ .*${option}[ ,]`, 'm'))
  })
})
