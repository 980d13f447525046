// The words of `lifeline tap`, with the profiles that it takes, and the sentences about those that it does not.

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'
import { optionsHint } from '../../../src/cli/optionsHint.ts'
import { UsageError } from '../../../src/cli/usageError.ts'
import { watchedEndpoint } from '../../../src/cli/watchedEndpoint.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { defaultTapSettings } from '../../../src/shared/endpoint/tapSettings.ts'

const profiles = {
  profiles: [
    {
      name: 'Shop',
      url: 'https://api.example.com/v2',
      tap: { port: 53_124, change: { origin: false } },
      tls: { serverName: 'shop.example' },
    },
    { name: 'Events', url: 'https://api.example.com/events', method: 'sse' },
  ],
}

describe('lifeline tap', () => {
  let folder = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-tap-'))
    await mkdir(join(folder, '.vscode'))
    await writeFile(join(folder, '.vscode', 'lifeline.json'), JSON.stringify(profiles))
  })
  after(() => rm(folder, { recursive: true }))

  function endpoint(line: string): Endpoint {
    const command = parseCommandLine(line.split(' '))
    assert.ok(command.kind === 'watch')
    return watchedEndpoint(command.watch, folder).endpoint
  }

  it('taps a server on a free port, and changes what it has to', () => {
    const { method, url, tap } = endpoint('tap https://api.example.com')
    assert.deepEqual([method, url, tap], ['tap', 'https://api.example.com', defaultTapSettings])
  })

  for (const [server, url] of [
    ['localhost:3000', 'http://localhost:3000'],
    ['127.0.0.1:3000/v2', 'http://127.0.0.1:3000/v2'],
    ['api.example.com', 'https://api.example.com'],
  ] as const) {
    it(`takes ${server} without a scheme`, () => {
      assert.equal(endpoint(`tap ${server}`).url, url)
    })
  }

  it('takes a port, credentials, what is left as it is, certificates and a proxy', () => {
    const { tap, tls, proxy } = endpoint(
      'tap wss://a/feed --port 53124 --keep-credentials --leave host --leave cookies --ca a.pem --proxy none',
    )
    assert.deepEqual(tap, {
      port: 53_124,
      keepCredentials: true,
      change: { host: false, origin: true, location: true, cookies: false },
    })
    assert.deepEqual([tls.ca, proxy], [join(folder, 'a.pem'), 'none'])
  })

  it('prints, keeps, filters and ends as watch does', () => {
    const command = parseCommandLine(
      'tap http://a --format ndjson --capture f.lifeline --for 2s --frames 3 --filter conn:1'.split(
        ' ',
      ),
    )
    assert.ok(command.kind === 'watch')
    const { print, capture, forMs, frames, filter } = command
    assert.deepEqual(
      [print.format, capture, forMs, frames, filter],
      ['ndjson', 'f.lifeline', 2000, 3, 'conn:1'],
    )
  })

  it('takes a profile that is a tap, whose settings options go before', () => {
    const { url, tap, tls } = endpoint('tap --profile Shop --port 8081 --leave location')
    assert.equal(url, 'https://api.example.com/v2')
    assert.deepEqual([tap?.port, tls.serverName], [8081, 'shop.example'])
    assert.equal(endpoint('tap --profile Shop').tap?.change.origin, false)
  })

  for (const [line, sentence] of [
    ['tap', /^Name the server: lifeline tap <server>, or --profile <name>\.$/],
    ['tap Shop', /^Start the URL with http:/],
    ['tap http://a http://b', /^Give one server; there are 2 words for it/],
    ['tap unix:/a.sock:/', /reaches no Unix socket/],
    ['tap http://me:pw@a', /^Remove the user name and the password from the URL/],
    ['tap http://a --port 0', /^--port: Write "port" as a whole number from 1 to 65535\.$/],
    ['tap http://a --port x', /^--port: Write "port" as a whole number/],
    ['tap http://a --leave Host', /^Change --leave to one of host, origin, location, cookies\.$/],
    ['tap http://a --header A:b', /^--header: Remove "headers": .* the method is tap\.$/],
    ['tap http://a --method sse', /^--method: Remove "method", or "tap"/],
    ['tap --curl curl', /^Leave out --curl: a tap makes no requests/],
    ['tap http://a --item json:id', /^Leave out --item: it belongs to lifeline compare\.$/],
    ['tap --profile Events', /^The profile Events is no tap\. Name its server, as in lifeline tap/],
    ['watch --profile Shop', /^The profile Shop is a tap: lifeline tap --profile <name>\.$/],
    ['watch ws://a --port 1', /^Leave out --port: it belongs to lifeline tap\.$/],
    [
      'doctor ws://a --keep-credentials',
      /^Leave out --keep-credentials: it belongs to lifeline tap/,
    ],
    ['compare ws://a ws://b --leave host', /^Leave out --leave: it belongs to lifeline tap\.$/],
    ['show f --port 1', /^Leave out --port: it belongs to lifeline tap\.$/],
  ] as const) {
    it(`refuses ${line}`, () => {
      assert.throws(
        () => endpoint(line),
        (error) => error instanceof UsageError && sentence.test(error.message),
      )
    })
  }

  it('names the option for a port that is taken', () => {
    assert.equal(optionsHint({ fields: ['tap.port'] }), 'On the command line: --port.')
  })
})
