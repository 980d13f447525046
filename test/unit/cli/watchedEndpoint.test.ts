// Checks how options and a profile become one endpoint, and what is said where they cannot.

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'
import { UsageError } from '../../../src/cli/usageError.ts'
import { type Watched, watchedEndpoint } from '../../../src/cli/watchedEndpoint.ts'
import { neutralEndpoint } from '../../../src/shared/profile/neutralEndpoint.ts'
import { texts } from '../../support/samples/testEndpoint.ts'

const profiles = `{
  // The command line reads comments as VS Code does.
  "profiles": [
    {
      "name": "Updates", "url": "http://h/updates", "method": "long-polling",
      "headers": { "X-A": "1", "X-B": "\${env:B}" },
      "cursor": { "from": "json:next", "to": "query:since" },
    },
    {
      "name": "Chat", "url": "ws://h/chat", "send": ["hello"], "reconnect": false,
      "messages": [{ "name": "Bye", "text": "good bye" }],
    },
    { "name": "Upload", "url": "http://h/", "method": "polling", "bodyFile": "body.json" },
    { "name": "Broken", "url": "ftp://h/", "method": "sse" },
    { "name": "Asks", "url": "ws://h/\${input:room}" },
  ],
  "inputs": [{ "id": "room", "description": "Room" }],
}`

describe('the watched endpoint', () => {
  let folder = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-cli-'))
    for (const [name, text] of [
      ['good', profiles],
      ['empty', '{}'],
      ['broken', '{\n  "profiles": [\n    oops\n'],
      ['odd', '{ "profiles": 3 }'],
      ['marked', '\ufeff{ "profiles": [{ "name": "Chat", "url": "ws://h/" }] }'],
    ] as const) {
      await mkdir(join(folder, name, '.vscode'), { recursive: true })
      await writeFile(join(folder, name, '.vscode', 'lifeline.json'), text)
    }
  })
  after(() => rm(folder, { recursive: true }))

  function watched(...words: string[]): Watched {
    const command = parseCommandLine(['watch', ...words])
    assert.ok(command.kind === 'watch')
    return watchedEndpoint(command.watch, folder)
  }

  function refusal(...words: string[]): string {
    let message = ''
    assert.throws(
      () => watched(...words),
      (error) => {
        if (!(error instanceof UsageError)) return false
        message = error.message
        return true
      },
    )
    return message.replaceAll(folder, '/w')
  }

  it('is made of options alone', () => {
    const { endpoint, name } = watched(
      ...['http://h/', '--method', 'polling', '--interval', '250ms', '--timeout', '2s'],
      ...['-H', 'X: 1', '-H', 'X: 2', '--body', 'b', '--no-reconnect', '--proxy', 'none'],
    )
    assert.equal(name, null)
    assert.deepEqual(endpoint, {
      ...neutralEndpoint,
      url: 'http://h/',
      method: 'polling',
      request: 'POST',
      headers: [
        ['X', '1'],
        ['X', '2'],
      ],
      body: 'b',
      intervalMs: 250,
      timeoutMs: 2000,
      reconnectAttempts: 0,
      proxy: 'none',
    })
  })

  it('takes a ws: URL for a WebSocket', () => {
    const { endpoint } = watched(
      'ws://h/',
      '--subprotocol',
      'a',
      '--send',
      'x',
      '--allow-untrusted',
    )
    assert.equal(endpoint.method, 'websocket')
    assert.deepEqual([endpoint.subprotocols, endpoint.send], [['a'], texts('x')])
    assert.equal(endpoint.tls.allowUntrusted, true)
  })

  it('reads a cursor', () => {
    const { endpoint } = watched(
      ...['http://h/', '--method', 'long-polling'],
      ...['--cursor-from', 'header:X-Next', '--cursor-to', 'header:X-Since'],
    )
    assert.deepEqual(endpoint.cursor, {
      from: { kind: 'header', name: 'X-Next' },
      to: { kind: 'header', name: 'X-Since' },
    })
  })

  it('is a profile, over which options go', () => {
    const { endpoint, name } = watched(
      ...['--profile', 'Updates', '--workspace', 'good'],
      ...['-H', 'x-a: 2', '--cursor-to', 'header:X-Since', '--timeout', '9s'],
    )
    assert.equal(name, 'Updates')
    assert.deepEqual(endpoint.headers, [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as profiles have it
      ['X-B', '${env:B}'],
      ['x-a', '2'],
    ])
    assert.deepEqual(endpoint.cursor, {
      from: { kind: 'json', path: 'next' },
      to: { kind: 'header', name: 'X-Since' },
    })
    assert.equal(endpoint.timeoutMs, 9000)
  })

  it('is a profile of a file that begins with a byte order mark, as editors of Windows write it', () => {
    assert.equal(watched('--workspace', 'marked', '--profile', 'Chat').endpoint.url, 'ws://h/')
  })

  it('is a profile at another URL when both are given', () => {
    const { endpoint } = watched('ws://other/', '--profile', 'Chat', '--workspace', 'good')
    assert.deepEqual([endpoint.url, endpoint.send], ['ws://other/', texts('hello')])
  })

  it('is the request of a curl command, over which options go', () => {
    const { endpoint, name } = watched(
      ...['--curl', 'curl https://h/a -k -H "Accept: text/event-stream" -H "X: 1"'],
      ...['-H', 'x: 2', '--ca', 'ca.pem'],
    )
    assert.equal(name, null)
    assert.deepEqual([endpoint.url, endpoint.method], ['https://h/a', 'sse'])
    assert.deepEqual(endpoint.headers, [
      ['Accept', 'text/event-stream'],
      ['x', '2'],
    ])
    assert.equal(endpoint.tls.allowUntrusted, true)
    assert.equal(endpoint.tls.ca, join(folder, 'ca.pem'))
    assert.equal(watched('--curl', 'curl h', '--method', 'websocket').endpoint.url, 'ws://h')
    assert.match(refusal('--curl', 'curl h'), /^Add --method .* to say how to watch the URL\.$/)
    assert.match(
      refusal('--curl', 'curl h -H "Transfer-Encoding: x"', '--method', 'sse'),
      /^--curl: Remove the header Transfer-Encoding/,
    )
  })

  it('says what of a curl command is not followed', () => {
    const notes = (command: string) => watched('--curl', command, '--method', 'sse').notes
    assert.deepEqual(notes('curl http://h/'), [])
    assert.deepEqual(notes('curl http://h/ --http3'), [
      '--http3 is not followed: Lifeline asks by HTTP/1.1 or HTTP/2.',
    ])
    assert.equal(
      watched('--curl', 'fetch("http://h/a")', '--method', 'sse').endpoint.url,
      'http://h/a',
    )
  })

  it('takes files from the current folder, and leaves those of a profile to its own', () => {
    const { endpoint } = watched(
      ...['ws://h/', '--pfx', 'c/me.p12', '--send-file', 'a.bin', '--send', 'a.bin'],
    )
    assert.equal(endpoint.tls.pfx, join(folder, 'c', 'me.p12'))
    assert.deepEqual(endpoint.send, [
      { kind: 'file', value: join(folder, 'a.bin') },
      { kind: 'text', value: 'a.bin' },
    ])
    const http = ['http://h/', '--method', 'polling']
    assert.equal(watched(...http, '--body-file', '/b').endpoint.bodyFile, '/b')
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference as profiles have it
    const home = '${userHome}/b'
    assert.equal(watched(...http, '--body-file', home).endpoint.bodyFile, home)
    const saved = watched('--profile', 'Upload', '--workspace', 'good').endpoint
    assert.equal(saved.bodyFile, 'body.json')
    const other = watched('--profile', 'Upload', '--workspace', 'good', '--body', 'x').endpoint
    assert.deepEqual([other.body, other.bodyFile], ['x', null])
  })

  it('sends a saved message by its name', () => {
    const { endpoint } = watched('--profile', 'Chat', '--workspace', 'good', '--send', 'Bye')
    assert.deepEqual(endpoint.send, texts('good bye'))
  })

  it('brings the inputs of the file along', () => {
    const { inputs } = watched('--profile', 'Asks', '--workspace', 'good')
    assert.deepEqual(
      inputs.map(({ id }) => id),
      ['room'],
    )
  })

  const names = 'polling, long-polling, sse or websocket'
  const mistakes: readonly (readonly [words: string, sentence: string | RegExp])[] = [
    ['', 'Name what to watch: lifeline watch <url>, or --profile <name>.'],
    ['localhost:7411', 'Start the URL with http://, https://, ws:// or wss://.'],
    ['ftp://h/', /^Lifeline cannot connect to ftp: URLs\./],
    ['http://h:99999/', /^Change the port/],
    ['http://h/', `Add --method ${names} to say how to watch the URL.`],
    ['http://h/ --method pull', `Change --method to ${names}.`],
    ['http://h/ --method websocket', /^Start the URL with ws:/],
    ['ws://h/ --method sse', /watched with the method websocket/],
    ['http://h/ --method polling --interval 2', /^--interval: .*"2s"/],
    ['http://h/ --method polling --interval 10ms', /^--interval: Poll every 100ms/],
    ['http://h/ --method sse --interval 2s', /^--interval: Remove "interval"/],
    ['http://h/ --method sse --bearer a -H Authorization:b', /^Give the credentials once/],
    ['ws://h/ --send-hex 0', /^--send-hex: Write pairs/],
    ['ws://h/ --repeat a', /^--repeat-every: Add "every"/],
    ['http://h/ --method polling --min-tls 2', /^--min-tls: Change "minVersion" to/],
    ['http://h/ --method polling --jitter 2', /^--jitter: .*from 0 to 1/],
    ['http://h/ --method sse --body a --body-file b', /^--body-file: .*one body/],
    ['--curl http://h/', /^Write the whole command after --curl/],
    ['--curl curl', /^--curl: Add the URL/],
    ['http://h/ --method long-polling --cursor-from json:a', /^--cursor-to: /],
    ['http://h/ --method long-polling --cursor-from x --cursor-to query:b', /^--cursor-from: /],
    ['ws://h/ -H Sec-WebSocket-Key:x', /^--header: Remove the header/],
    ['http://h/ --method sse --proxy ftp://h', /^--proxy: /],
    [
      '--profile X --workspace none',
      /^\/w\/none\/\.vscode\/lifeline\.json cannot be read \(ENOENT\)/,
    ],
    ['--profile X --workspace empty', /^There are no profiles in \/w\/empty/],
    [
      '--profile X --workspace good',
      'There is no profile X in /w/good/.vscode/lifeline.json; it has Updates, Chat, Upload, Asks.',
    ],
    ['--profile Broken --workspace good', /^Correct the profile Broken in .*\nurl: .*ftp/s],
    ['--profile X --workspace broken', /^Correct .*lifeline\.json, line 3: [A-Z][a-z].* here\.$/],
    ['--profile X --workspace odd', /^Correct .*Write "profiles" as a list/],
  ]
  for (const [words, sentence] of mistakes) {
    it(`is refused for "${words}" with what to change`, () => {
      const message = refusal(...words.split(' ').filter((word) => word !== ''))
      if (typeof sentence === 'string') assert.equal(message, sentence)
      else assert.match(message, sentence)
    })
  }
})
