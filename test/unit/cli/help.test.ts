// Checks that the help explains every option, and that advice leads to options.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'mocha'
import { help } from '../../../src/cli/help.ts'
import { fieldOptions, optionsOf } from '../../../src/cli/watchFields.ts'

const engine = fileURLToPath(new URL('../../../src/engine/', import.meta.url))

/** The fields of a profile that advice of the engine is about. */
function advisedFields(): readonly string[] {
  const files = readdirSync(engine, { recursive: true, encoding: 'utf8' })
  const sources = files.filter((name) => name.endsWith('.ts'))
  return sources.flatMap((name) =>
    [...readFileSync(join(engine, name), 'utf8').matchAll(/\bfields: \[([^\]]+)\]/g)].flatMap(
      ([, list = '']) => [...list.matchAll(/'([\w.]+)'/g)].map(([, field = '']) => field),
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

  it('has an option for every field that advice is about', () => {
    const advised = new Set(advisedFields())
    assert.ok(advised.has('tls.minVersion') && advised.has('auth'), [...advised].join(' '))
    for (const field of advised) {
      // An argument without a name.
      if (field === 'url') continue
      const options = optionsOf(field)
      assert.ok(options.length > 0, field)
      for (const option of options) assert.match(help, new RegExp(`^ .*--${option}[ ,]`, 'm'))
    }
  })
})
