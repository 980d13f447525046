// `lifeline doctor` on quiet healthy endpoints: it has nothing to say.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useDemoServer } from '../../support/servers/useDemoServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

const asked = '"stream":true,"stream_options":{"include_usage":true}'
const body = `{"model":"demo-1",${asked},"messages":[{"role":"user","content":"hi"}]}`
const posted = ['--method', 'sse', '--header', 'Content-Type: application/json', '--body', body]

/** What is watched, and how. */
const healthy = [
  ['/poll', ['--method', 'polling', '--interval', '400ms']],
  ['/ndjson?rate=20', ['--method', 'sse']],
  ['/ws?rate=20', []],
  ['/v1/chat/completions?pace=10', posted],
  ['/api/chat?pace=10', posted],
] as const

describe('the doctor on what is healthy', function () {
  this.timeout(60_000)
  const demo = useDemoServer()

  for (const [path, options] of healthy) {
    it(`finds nothing in ${path}`, async () => {
      const url = path.startsWith('/ws') ? demo.url.replace(/^http/, 'ws') + path : demo.url + path
      const command = startCommand(['doctor', url, '--for', '2s', ...options])
      const { stdout, status } = await command.finished
      assert.match(stdout, /^No findings\. \d+ rules looked at \d+ frames\.\n$/)
      assert.equal(status, 0)
    })
  }
})
