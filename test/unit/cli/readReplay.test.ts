// Words of `lifeline replay`, and what it asks to change about them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'
import { UsageError } from '../../../src/cli/usageError.ts'

const read = (words: string) => {
  const command = parseCommandLine(words.split(' '))
  assert.ok(command.kind === 'watch')
  return command
}

describe('the command line of a replay to a server', () => {
  it('reads the capture, the server, the pace and the part', () => {
    const { watch, resend, capture } = read(
      'replay a.lifeline --to ws://h:1 --speed 0.5 --from 2s --until 90 --capture b.lifeline',
    )
    assert.equal(watch.url, 'ws://h:1/')
    assert.deepEqual(resend, {
      path: 'a.lifeline',
      range: { from: { ms: 2000 }, until: { seq: 90 } },
      speed: 0.5,
    })
    assert.equal(capture, 'b.lifeline')
  })

  it('takes the recorded server and its pace by itself', () => {
    const { watch, resend } = read('replay a.lifeline')
    assert.equal(watch.url, null)
    assert.equal(resend?.speed, 1)
  })

  for (const [words, message] of [
    ['replay', 'Give one capture: lifeline replay <capture>.'],
    ['replay a b', 'Give one capture: lifeline replay <capture>.'],
    ['replay a --loop', 'Leave out --loop: lifeline replay has no use for it.'],
    ['replay a --method sse', 'Leave out --method: lifeline replay has no use for it.'],
    ['watch http://h/ --to http://x', 'Leave out --to: it belongs to lifeline replay.'],
    [
      'replay a --to http://h/path',
      'Change --to to a server such as https://staging.example.com: paths are those of the capture.',
    ],
    [
      'replay a --speed fast',
      'Change --speed to a number such as 2 or 0.5, 1000 at the most; 0 waits for answers alone.',
    ],
  ] as const) {
    it(`asks for a change: ${words}`, () => {
      assert.throws(() => parseCommandLine(words.split(' ')), new UsageError(message))
    })
  }
})
