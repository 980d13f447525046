// Each command of the corpus makes Lifeline send what curl sends for it, or what its shell's rules say it would.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { createPollingTransport } from '../../../src/engine/transports/polling/polling.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { parsePasted } from '../../../src/shared/pasted/parsePasted.ts'
import { neutralTls } from '../../../src/shared/profile/fields/tlsField.ts'
import { parseEndpoint } from '../../../src/shared/profile/parseEndpoint.ts'
import { resolveVariables } from '../../../src/shared/secrets/variables.ts'
import { corpusFiles, environmentValue, readCorpus } from '../../support/pasted/pastedCorpus.ts'
import { formatSentRequest, readSentRequest } from '../../support/pasted/sentRequest.ts'
import { testOptions } from '../../support/samples/testEndpoint.ts'
import { type RequestEcho, startRequestEcho } from '../../support/servers/requestEcho.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

describe('a pasted command', () => {
  let echo: RequestEcho
  let folder: string

  before(async () => {
    echo = await startRequestEcho()
    folder = mkdtempSync(join(tmpdir(), 'lifeline-pasted-'))
    for (const [name, held] of Object.entries(corpusFiles)) writeFileSync(join(folder, name), held)
  })

  after(async () => {
    await echo.close()
    rmSync(folder, { recursive: true })
  })

  for (const { name, cases } of readCorpus()) {
    for (const { title, text, refused, sends } of cases) {
      if (refused !== undefined || sends === undefined || sends === '') continue
      it(`is sent: ${name}: ${title}`, async () => {
        const parsed = parsePasted(text, 'polling')
        assert.ok(parsed.ok, JSON.stringify(parsed))
        const endpoint = parseEndpoint(parsed.value.entry)
        assert.ok(endpoint.ok, JSON.stringify(endpoint))
        const variables = await resolveVariables(endpoint.value, async ({ kind, name }) => ({
          value: kind === 'env' ? environmentValue(name) : folder,
        }))
        assert.ok(variables.ok, JSON.stringify(variables))
        const asked = echo.requests.length
        const resolved = toEcho(variables.value.resolved, echo.port)
        const transport = createPollingTransport(testOptions(resolved))
        await transport.connect(createRecordingIo())
        await transport.close()
        assert.equal(formatSentRequest(readSentRequest(echo.requests[asked] ?? '')), sends)
      })
    }
  }
})

/** The same request, sent to the server on loopback. */
function toEcho(endpoint: Endpoint, port: number): Endpoint {
  const socket = /^unix:[^:]*:(.*)$/s.exec(endpoint.url)
  const url = new URL(socket ? `http://localhost${socket[1]}` : endpoint.url)
  const { host } = url
  url.protocol = 'http:'
  url.host = `127.0.0.1:${port}`
  const hasHost = endpoint.headers.some(([name]) => name.toLowerCase() === 'host')
  return {
    ...endpoint,
    url: url.href,
    headers: hasHost ? endpoint.headers : [['Host', host], ...endpoint.headers],
    tls: neutralTls,
    proxy: 'none',
  }
}
