// Checks what the command line understands, and that each mistake gets a sentence that says what to change.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Command } from '../../../src/cli/command.ts'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'
import { help } from '../../../src/cli/help.ts'
import { UsageError } from '../../../src/cli/usageError.ts'
import { fieldOptions } from '../../../src/cli/watchFields.ts'
import { formatReference } from '../../../src/shared/endpoint/references.ts'

/** Words split at spaces; `_` stands for a space within a word. */
function parse(line: string): Command {
  return parseCommandLine(
    line
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => word.replaceAll('_', ' ')),
  )
}

const nothing = { url: null, curl: null, profile: null, workspace: null, fields: {} }

function fieldsOf(line: string): unknown {
  const command = parse(`watch ws://h/ ${line.replaceAll(/\s+/g, ' ')}`)
  assert.ok(command.kind === 'watch')
  return JSON.parse(JSON.stringify(command.watch.fields))
}

describe('the command line', () => {
  it('reads a URL alone', () => {
    assert.deepEqual(parse('watch ws://h/'), {
      kind: 'watch',
      watch: { ...nothing, url: 'ws://h/' },
      resend: null,
      print: {
        format: 'ascii',
        width: null,
        times: false,
        runLength: null,
        wire: false,
        show: null,
      },
      forMs: null,
      frames: null,
      capture: null,
      filter: '',
    })
  })

  it('reads every option of watch that is no field', () => {
    const command = parse(
      'watch --profile P --workspace /w --for 1500ms --frames 3 --format ndjson --width 100 --times --run-length 7 --capture f.sqlite',
    )
    assert.deepEqual(command, {
      kind: 'watch',
      watch: { ...nothing, profile: 'P', workspace: '/w' },
      resend: null,
      print: { format: 'ndjson', width: 100, times: true, runLength: 7, wire: true, show: null },
      forMs: 1500,
      frames: 3,
      capture: 'f.sqlite',
      filter: '',
    })
    for (const line of ['show f --short', 'show f --format short --short']) {
      const shown = parse(line)
      assert.equal(shown.kind === 'show' && shown.print.format, 'short')
    }
    const curl = parse('watch --curl curl_http://h/')
    assert.deepEqual(curl.kind === 'watch' && curl.watch, { ...nothing, curl: 'curl http://h/' })
  })

  it('reads the options of requests as fields of a profile', () => {
    assert.deepEqual(
      fieldsOf(`--method long-polling -H A:_1 --header B:2:3 -H A:2 --request PUT --body {}
        --query a=b=c --query d= --no-cookies --body-file f --interval 2s --allow-faster-than-100ms
        --jitter 10% --change a.b --timeout 1m --cursor-from json:$.next --cursor-to query:since
        --stream ndjson --decode json --pair-request id --pair-reply re --protobuf a.binpb --protobuf-in shop.Event --no-reconnect --proxy none`),
      {
        method: 'long-polling',
        headers: { A: ['1', '2'], B: ['2:3'] },
        request: 'PUT',
        body: '{}',
        query: { a: ['b=c'], d: [''] },
        cookies: false,
        bodyFile: 'f',
        interval: '2s',
        allowFasterThan100ms: true,
        jitter: 0.1,
        change: 'a.b',
        timeout: '1m',
        cursor: { from: 'json:$.next', to: 'query:since' },
        stream: 'ndjson',
        decode: 'json',
        pair: { request: 'id', reply: 're' },
        protobuf: { descriptor: 'a.binpb', in: 'shop.Event' },
        reconnect: false,
        proxy: 'none',
      },
    )
  })

  it('reads the options of WebSockets as fields of a profile', () => {
    assert.deepEqual(
      fieldsOf(`--subprotocol a --subprotocol=b --send one --send-hex 00_ff --send-base64 AQ==
        --send-file f --send=--two --repeat r --repeat-every 5s --no-compression --no-auto-pong
        --ping-interval 10s --jitter 0.25 --reconnect-as-browser`),
      {
        subprotocols: ['a', 'b'],
        send: ['one', { hex: '00 ff' }, { base64: 'AQ==' }, { file: 'f' }, '--two'],
        repeat: { message: 'r', every: '5s' },
        compression: false,
        autoPong: false,
        pingInterval: '10s',
        jitter: 0.25,
        reconnect: 'browser',
      },
    )
  })

  it('takes an empty message and an empty body for what they are', () => {
    const command = parseCommandLine([
      ...['watch', 'x', '--send', '', '--send-hex', '', '--send-base64='],
      ...['--repeat', '', '--repeat-every', '1s', '--body', ''],
    ])
    assert.ok(command.kind === 'watch')
    assert.deepEqual(command.watch.fields, {
      send: ['', { hex: '' }, { base64: '' }],
      repeat: { message: '', every: '1s' },
      body: '',
    })
    assert.throws(() => parseCommandLine(['watch', 'x', '--send-file', '']), /Write a value after/)
  })

  it('reads credentials and certificates as fields of a profile', () => {
    assert.deepEqual(fieldsOf('--bearer t'), { auth: { type: 'bearer', token: 't' } })
    const reference = formatReference({ kind: 'env', name: 'U' })
    assert.deepEqual(fieldsOf(`--user ${reference}:p:w`), {
      auth: { type: 'basic', user: reference, password: 'p:w' },
    })
    assert.deepEqual(fieldsOf('--api-key query:k=v=w'), {
      auth: { type: 'apiKey', in: 'query', name: 'k', value: 'v=w' },
    })
    assert.deepEqual(
      fieldsOf(`--allow-untrusted --ca a --cert b --key c --pfx d --passphrase e --server-name f
        --min-tls 1.2`),
      {
        tls: {
          allowUntrusted: true,
          ca: 'a',
          cert: 'b',
          key: 'c',
          pfx: 'd',
          passphrase: 'e',
          serverName: 'f',
          minVersion: 'TLSv1.2',
        },
      },
    )
    assert.deepEqual(fieldsOf('--min-tls 1.0'), { tls: { minVersion: 'TLSv1' } })
    assert.deepEqual(fieldsOf('--min-tls TLSv1.3'), { tls: { minVersion: 'TLSv1.3' } })
  })

  it('reads show', () => {
    assert.deepEqual(parse('show c.sqlite --format mermaid --wire --filter dir:in'), {
      kind: 'show',
      capture: 'c.sqlite',
      filter: 'dir:in',
      print: {
        format: 'mermaid',
        width: null,
        times: false,
        runLength: null,
        wire: true,
        show: null,
      },
    })
  })

  it('reads the fields that rows show, for both commands, and for a watched endpoint to keep', () => {
    const shown = parse('show c.sqlite --show symbol_$.price,maker.venue')
    assert.deepEqual(shown.kind === 'show' && shown.print.show, ['symbol', 'price', 'maker.venue'])
    const watched = parse('watch ws://h/ --show symbol_price --format ndjson')
    assert.deepEqual(watched.kind === 'watch' && watched.print.show, ['symbol', 'price'])
    assert.deepEqual(fieldsOf('--show a --show b_c'), { show: ['b', 'c'] })
  })

  it('gives help and the version whatever else is written', () => {
    for (const line of ['--help', '-h', 'watch --help', 'show --help']) {
      assert.deepEqual(parse(line), { kind: 'help' })
    }
    assert.deepEqual(parse('--version'), { kind: 'version' })
  })

  const mistakes: readonly (readonly [line: string, sentence: string])[] = [
    ['--times', 'Say what to do: lifeline watch <url>, or lifeline show <capture>.'],
    ['http://h/', 'Write watch before the URL: lifeline watch <url>.'],
    [
      'wach x',
      'Begin with a command: lifeline watch <url> or lifeline show <capture> (quote what has spaces).',
    ],
    [
      'show x --show a..b',
      'Correct --show: A name follows the dot: $.price. Other letters than those of a name stand in ["…"].',
    ],
    ['watch x --query a', "Write the query parameter after --query as 'name=value'."],
    ['watch x --user a', "Write --user as 'name:password'."],
    ['watch x --api-key a=b', "Write --api-key as 'header:Name=key' or 'query:name=key'."],
    [
      'watch x --bearer a --user b:c',
      'Use one of --bearer, --user, --digest and --api-key: each gives the credentials.',
    ],
    ['watch x --jitter much', 'Write --jitter as a share, such as 0.1 or 10%.'],
    ['watch x --curl curl', 'Leave out the URL or --curl: both say what to watch.'],
    ['watch --profile x --curl curl', 'Leave out --profile or --curl: both say what to watch.'],
    [
      'watch x --short --format mermaid',
      'Leave out --short or --format mermaid: they ask for different formats.',
    ],
    ['watch x --frobnicate', 'There is no option --frobnicate; lifeline --help lists them all.'],
    ['watch x -x', 'There is no option -x; lifeline --help lists them all.'],
    ['watch x --method', 'Write a value after --method.'],
    ['watch x --method=', 'Write a value after --method.'],
    ['watch x --method --times', 'Write a value after --method.'],
    ['watch x -H -H A:1', 'Write a value after -H.'],
    ['watch x --times=yes', 'Write --times alone: it takes no value.'],
    ['watch x y', 'Give one URL; there are 2 words for it (quote what has spaces).'],
    ['watch x -H Nonsense', "Write the header after -H as 'Name: value', with a colon."],
    ['watch x -H :1', "Write the header after -H as 'Name: value', with a colon."],
    ['watch x --format xml', 'Change --format to one of ascii, short, ndjson, mermaid, markdown.'],
    ['watch x --frames 0', 'Change --frames to a whole number, 1 or more.'],
    ['watch x --frames=-1', 'Change --frames to a whole number, 1 or more.'],
    ['watch x --frames 1.5', 'Change --frames to a whole number, 1 or more.'],
    ['watch x --width 39', 'Change --width to a whole number from 40 to 1000.'],
    ['watch x --width 1001', 'Change --width to a whole number from 40 to 1000.'],
    ['watch x --for 2', 'Change --for to a time such as 1500ms, 2s or 1m.'],
    ['watch x --for 0s', 'Change --for to a time such as 1500ms, 2s or 1m.'],
    [
      'watch x --reconnect --no-reconnect',
      'Use one of --reconnect, --no-reconnect and --reconnect-as-browser.',
    ],
    ['watch x --workspace /w', 'Add --profile <name>: --workspace only says where to look for it.'],
    ['show', 'Name the capture: lifeline show <capture>.'],
    ['show a b', 'Give one capture; there are 2 words for it (quote what has spaces).'],
    ['show a --method sse', 'Leave out --method: it belongs to lifeline watch.'],
    ['show a -H A:1', 'Leave out -H: it belongs to lifeline watch.'],
    [
      'watch x --filter dir:up',
      'Correct --filter: `dir:` takes in, out or local.\n  dir:up\n      ^^',
    ],
    [
      'show a --filter dir:up',
      'Correct --filter: `dir:` takes in, out or local.\n  dir:up\n      ^^',
    ],
    [
      'show a --filter (日本)(dir:up)',
      `Correct --filter: \`dir:\` takes in, out or local.\n  (日本)(dir:up)\n  ${' '.repeat(11)}^^`,
    ],
    ['show a --filter', 'Write a value after --filter.'],
    [
      'watch x --filter -is:unanswered',
      'Leave out is:unanswered: a frame is printed as it comes, and nobody can have missed its answer yet. Keep the session with --capture, and read it with lifeline show.',
    ],
  ]
  for (const [line, sentence] of mistakes) {
    it(`answers "${line}" with what to change`, () => {
      assert.throws(() => parse(line), new UsageError(sentence))
    })
  }

  it('has every option in its help, and its help names no other', () => {
    const named = new Set([...help.matchAll(/--[a-z][a-z0-9-]*/g)].map(([option]) => option))
    for (const option of named) {
      for (const command of ['watch x', 'show x']) {
        try {
          parse(`${command} ${option}`)
        } catch (error) {
          assert.ok(error instanceof UsageError)
          assert.doesNotMatch(error.message, /There is no option/)
        }
      }
    }
    const issue =
      'method profile workspace header request body interval timeout cursor-from cursor-to subprotocol send for frames format capture'
    const fields = Object.keys(fieldOptions)
    for (const option of [...issue.split(' '), ...fields, 'curl'])
      assert.ok(named.has(`--${option}`), option)
    assert.ok(help.split('\n').every((line) => line.length <= 100))
  })
})
