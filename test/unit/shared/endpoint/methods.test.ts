// The table of methods, against what else has to name each of them.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import {
  allMethods,
  isClientMethod,
  isMethod,
  methods,
  sessionMethods,
  urlFor,
} from '../../../../src/shared/endpoint/methods.ts'
import { projectFolder } from '../../../support/places.ts'

describe('the table of methods', () => {
  it('has a command of the extension for each method, by its name', () => {
    const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8'))
    const titles = new Map<string, string>(
      manifest.contributes.commands.map(({ command, title }: Record<string, string>) => [
        command,
        title,
      ]),
    )
    for (const method of allMethods) {
      const { command, label } = methods[method]
      const title = titles.get(`lifeline.${command}`) ?? ''
      assert.equal(title.toLowerCase(), `Connect with ${label}…`.toLowerCase())
    }
  })

  it('knows its methods, and nothing that every object has', () => {
    assert.deepEqual(sessionMethods, [...allMethods, 'tap'])
    assert.deepEqual(sessionMethods.map(isMethod), [true, true, true, true, true])
    assert.deepEqual(sessionMethods.map(isClientMethod), [true, true, true, true, false])
    for (const other of ['Polling', 'toString', '__proto__', '', null, 7, ['sse']]) {
      assert.equal(isMethod(other), false)
    }
  })

  it('gives a URL the scheme of a method', () => {
    assert.equal(urlFor('websocket', 'http://h/http'), 'ws://h/http')
    assert.equal(urlFor('websocket', 'https://h/'), 'wss://h/')
    assert.equal(urlFor('websocket', 'unix:/a.sock:/'), 'unix:/a.sock:/')
    for (const method of ['polling', 'long-polling', 'sse'] as const) {
      assert.equal(urlFor(method, 'HTTPS://h/'), 'HTTPS://h/')
      assert.equal(urlFor(method, 'ws://h/'), 'ws://h/')
    }
  })
})
