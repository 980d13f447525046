// The words of `lifeline compare`, and the sentences that say what to change in them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseCommandLine } from '../../../src/cli/commandLine.ts'

const parse = (line: string) => parseCommandLine(line.split(' '))

describe('the command line of a comparison', () => {
  it('says what is to be compared, and by what', () => {
    assert.deepEqual(
      parse(
        'compare sse:http://h/ Trades --item json:$.id --time json:at --for 5s --format json --max-age 5s --viewers 100',
      ),
      {
        kind: 'compare',
        operands: ['sse:http://h/', 'Trades'],
        watch: { url: null, curl: null, profile: null, workspace: null, fields: {} },
        item: '$.id',
        time: 'at',
        said: { maxAgeMs: 5000, viewers: 100 },
        forMs: 5000,
        format: 'json',
      },
    )
  })

  it('has defaults, and fields that all sessions have in common', () => {
    const short = parse('compare a b -H A:1 --workspace /w')
    assert.ok(short.kind === 'compare')
    const { item, time, forMs, format, watch } = short
    assert.deepEqual([item, time, forMs, format], [null, null, 60_000, 'table'])
    assert.equal(watch.workspace, '/w')
    assert.deepEqual({ ...(watch.fields.headers as object) }, { A: ['1'] })
  })

  const name = 'Name two to 4 URLs, profiles or captures: lifeline compare <one> <other>.'
  for (const [line, sentence] of [
    ['compare', name],
    ['compare a', name],
    ['compare a b c d e', name],
    ['compare a b --capture f', 'Leave out --capture: lifeline compare has no use for it.'],
    ['compare a b --method sse', 'Leave out --method: lifeline compare has no use for it.'],
    ['compare a b --item id', 'Write --item as json:<path>, such as json:id.'],
    [
      'compare a b --item json:a..b',
      'Correct --item: A name follows the dot: $.price. Other letters than those of a name stand in ["…"].',
    ],
    [
      'compare a b --time json:at',
      'Add --item json:<path>: --time only says where its time of origin stands.',
    ],
    ['compare a b --format ascii', 'Change --format to one of table, markdown, json.'],
    ['compare a b --for ever', 'Change --for to a time such as 1500ms, 2s or 1m.'],
    ['watch a --item json:id', 'Leave out --item: it belongs to lifeline compare.'],
  ] as const) {
    it(`answers "${line}" with what to change`, () => {
      assert.throws(() => parse(line), { name: 'UsageError', message: sentence })
    })
  }
})
