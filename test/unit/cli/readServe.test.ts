// The words of `lifeline serve`, and the sentences that say what to change in them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'

const parse = (line: string) => parseCommandLine(line.split(' '))

describe('the command line of a replay', () => {
  it('says what is served, where, how fast and which part', () => {
    assert.deepEqual(parse('serve kept.lifeline'), {
      kind: 'serve',
      capture: 'kept.lifeline',
      port: null,
      range: { from: null, until: null },
      options: { speed: 1, loop: false, cors: null },
    })
    assert.deepEqual(
      parse(
        'serve f --port 0 --speed 0.5 --loop --from 90s --until 120 --cors https://a.example/x',
      ),
      {
        kind: 'serve',
        capture: 'f',
        port: 0,
        range: { from: { ms: 90_000 }, until: { seq: 120 } },
        options: { speed: 0.5, loop: true, cors: 'https://a.example' },
      },
    )
  })

  const name = 'Give one capture: lifeline serve <capture>.'
  const speed =
    'Change --speed to a number such as 2 or 0.5, 1000 at the most; 0 serves all at once.'
  for (const [line, sentence] of [
    ['serve', name],
    ['serve a b', name],
    ['serve a --port 70000', 'Change --port to a number from 0 to 65535; 0 takes a free one.'],
    ['serve a --port x', 'Change --port to a number from 0 to 65535; 0 takes a free one.'],
    ['serve a --speed fast', speed],
    ['serve a --speed 1001', speed],
    [
      'serve a --from soon',
      'Change --from to a time since the start such as 90s, or to the number of a frame.',
    ],
    ['serve a --from 2m --until 90s', 'Change --until: it is before --from.'],
    ['serve a --from 5 --until 4', 'Change --until: it is before --from.'],
    ['serve a --cors x', 'Change --cors to the origin of a page such as https://app.example.com.'],
    ['serve a --times', 'Leave out --times: lifeline serve has no use for it.'],
    ['watch http://h/ --speed 2', 'Leave out --speed: it belongs to lifeline serve.'],
    ['show a --loop', 'Leave out --loop: it belongs to lifeline serve.'],
    ['doctor a --loop', 'Leave out --loop: it belongs to lifeline serve.'],
  ] as const) {
    it(`asks for a change: ${line}`, () => {
      assert.throws(() => parse(line), { name: 'UsageError', message: sentence })
    })
  }
})
