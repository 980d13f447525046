// Checks what the command line understands, and that each mistake gets a sentence that says what to change.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { type Command, parseCommandLine } from '../../../src/cli/commandLine.ts'
import { help } from '../../../src/cli/help.ts'
import { UsageError } from '../../../src/cli/usageError.ts'

/** Words split at spaces; `_` stands for a space within a word. */
function parse(line: string): Command {
  return parseCommandLine(
    line
      .split(' ')
      .filter((word) => word !== '')
      .map((word) => word.replaceAll('_', ' ')),
  )
}

const nothing = {
  url: null,
  method: null,
  profile: null,
  workspace: null,
  headers: [],
  request: null,
  body: null,
  interval: null,
  allowFasterThan100ms: false,
  timeout: null,
  cursorFrom: null,
  cursorTo: null,
  subprotocols: [],
  send: [],
  reconnect: null,
  allowUntrusted: false,
  proxy: null,
}

describe('the command line', () => {
  it('reads a URL alone', () => {
    assert.deepEqual(parse('watch ws://h/'), {
      kind: 'watch',
      watch: { ...nothing, url: 'ws://h/' },
      print: { format: 'ascii', width: null, times: false, runLength: null, wire: false },
      forMs: null,
      frames: null,
      capture: null,
    })
  })

  it('reads every option of watch', () => {
    const command = parse(
      `watch http://h/ --method long-polling --profile P --workspace /w
      -H A:_1 --header B:2:3 --request PUT --body {} --interval 2s --allow-faster-than-100ms
      --timeout 1m --cursor-from json:$.next --cursor-to query:since --subprotocol a --subprotocol=b
      --send one --send=--two --no-reconnect --allow-untrusted --proxy none --for 1500ms --frames 3
      --format ndjson --width 100 --times --run-length 7 --capture f.sqlite`.replaceAll('\n', ' '),
    )
    assert.deepEqual(command, {
      kind: 'watch',
      watch: {
        url: 'http://h/',
        method: 'long-polling',
        profile: 'P',
        workspace: '/w',
        headers: [
          ['A', '1'],
          ['B', '2:3'],
        ],
        request: 'PUT',
        body: '{}',
        interval: '2s',
        allowFasterThan100ms: true,
        timeout: '1m',
        cursorFrom: 'json:$.next',
        cursorTo: 'query:since',
        subprotocols: ['a', 'b'],
        send: ['one', '--two'],
        reconnect: false,
        allowUntrusted: true,
        proxy: 'none',
      },
      print: { format: 'ndjson', width: 100, times: true, runLength: 7, wire: true },
      forMs: 1500,
      frames: 3,
      capture: 'f.sqlite',
    })
  })

  it('reads show', () => {
    assert.deepEqual(parse('show c.sqlite --format mermaid --wire'), {
      kind: 'show',
      capture: 'c.sqlite',
      print: { format: 'mermaid', width: null, times: false, runLength: null, wire: true },
    })
  })

  it('gives help and the version whatever else is written', () => {
    for (const line of ['--help', '-h', 'watch --help', 'show --help']) {
      assert.deepEqual(parse(line), { kind: 'help' })
    }
    assert.deepEqual(parse('--version'), { kind: 'version' })
  })

  const mistakes: readonly (readonly [line: string, sentence: string])[] = [
    ['--times', 'Say what to do: lifeline watch <url>, or lifeline show <capture>.'],
    ['http://h/', 'Write lifeline watch http://h/.'],
    ['wach x', 'There is no command wach; write lifeline watch <url> or lifeline show <capture>.'],
    ['watch x --frobnicate', 'There is no option --frobnicate; lifeline --help lists them all.'],
    ['watch x -x', 'There is no option -x; lifeline --help lists them all.'],
    ['watch x --method', 'Write a value after --method.'],
    ['watch x --method=', 'Write a value after --method.'],
    ['watch x --method --times', 'Write a value after --method.'],
    ['watch x -H -H A:1', 'Write a value after -H.'],
    ['watch x --times=yes', 'Write --times alone: it takes no value.'],
    ['watch x y', 'Give one URL; y is one too many (quote what has spaces).'],
    ['watch x -H Nonsense', "Write the header Nonsense as 'Name: value'."],
    ['watch x -H :1', "Write the header :1 as 'Name: value'."],
    ['watch x --format xml', 'Change --format xml to one of ascii, ndjson, mermaid.'],
    ['watch x --frames 0', 'Change --frames 0 to a whole number, 1 or more.'],
    ['watch x --frames=-1', 'Change --frames -1 to a whole number, 1 or more.'],
    ['watch x --frames 1.5', 'Change --frames 1.5 to a whole number, 1 or more.'],
    ['watch x --width 39', 'Change --width 39 to a whole number, 40 or more.'],
    ['watch x --for 2', 'Change --for 2 to a time such as 1500ms, 2s or 1m.'],
    ['watch x --for 0s', 'Change --for 0s to a time such as 1500ms, 2s or 1m.'],
    ['watch x --reconnect --no-reconnect', 'Leave out one of --reconnect and --no-reconnect.'],
    ['watch x --workspace /w', 'Add --profile <name>: --workspace only says where to look for it.'],
    ['show', 'Name the capture: lifeline show <capture>.'],
    ['show a b', 'Give one capture; b is one too many (quote what has spaces).'],
    ['show a --method sse', 'Leave out --method: it belongs to lifeline watch.'],
    ['show a -H A:1', 'Leave out -H: it belongs to lifeline watch.'],
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
    for (const option of issue.split(' ')) assert.ok(named.has(`--${option}`), option)
    assert.ok(help.split('\n').every((line) => line.length <= 100))
  })
})
