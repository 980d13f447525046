// Markdown of models: blocks and runs with their places, hostile texts in linear time, and texts that grow.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  type Block,
  looks,
  type Runs,
} from '../../../../../src/webview/panes/answer/markdown/block.ts'
import { parseBlocks } from '../../../../../src/webview/panes/answer/markdown/blocks.ts'
import { createGrowingBlocks } from '../../../../../src/webview/panes/answer/markdown/growingBlocks.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'

/** Runs with their looks as marks. */
function words(runs: Runs): string {
  return runs
    .map(({ text, look, address }) => {
      const set = Object.entries(looks).reduce(
        (inner, [name, bit]) => (look & bit ? `${name}(${inner})` : inner),
        text,
      )
      return address === undefined ? set : `${set}→${address}`
    })
    .join('|')
}

function outline(blocks: readonly Block[]): unknown {
  return blocks.map((block) => {
    switch (block.kind) {
      case 'heading':
        return [`h${block.level}`, words(block.runs)]
      case 'code':
        return [`code ${block.language}`, block.runs.map(({ text }) => text).join('')]
      case 'quote':
        return ['quote', outline(block.blocks)]
      case 'list': {
        const items = block.items.map(({ done, blocks: inner }) => [
          ...(done === null ? [] : [done]),
          ...(outline(inner) as unknown[]),
        ])
        return [block.first === null ? 'list' : `list ${block.first}`, ...items]
      }
      case 'table':
        return ['table', block.aligns, ...block.rows.map((row) => row.map(words))]
      case 'rule':
        return 'rule'
      default:
        return words(block.runs)
    }
  })
}

const read = (source: string, growing = false) => outline(parseBlocks(source, growing))

/** Every run of a block and of those within. */
function runsIn(block: Block): Runs {
  switch (block.kind) {
    case 'rule':
      return []
    case 'quote':
      return block.blocks.flatMap(runsIn)
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(runsIn))
    case 'table':
      return block.rows.flat(2)
    default:
      return block.runs
  }
}

describe('Markdown of a model', () => {
  it('has paragraphs, headings, rules and quotes', () => {
    assert.deepEqual(
      read('# One #\ntext\nmore\n\n---\n###### Six\n#no\n> said\n> twice\n>> deep\nafter'),
      [
        ['h1', 'One'],
        'text\n|more',
        'rule',
        ['h6', 'Six'],
        '#no',
        ['quote', ['said\n|twice', ['quote', ['deep']]]],
        'after',
      ],
    )
  })

  it('has lists within lists, tasks, and items of several blocks', () => {
    const source =
      '- one\n  - two\n- three\n\n  still\n1) first\n2) second\n   - [x] done\n   - [ ] open\n\nend'
    assert.deepEqual(read(source), [
      ['list', ['one', ['list', ['two']]], ['three', 'still']],
      ['list 1', ['first'], ['second', ['list', [true, 'done'], [false, 'open']]]],
      'end',
    ])
    assert.deepEqual(read('It was in\n1984. Then\n- went on'), [
      'It was in\n|1984. Then',
      ['list', ['went on']],
    ])
    assert.deepEqual(read('1. **A**\n  - by two columns\nlazy'), [
      ['list 1', ['strong(A)', ['list', ['by two columns\n|lazy']]]],
    ])
  })

  it('has code, which an end that is missing does not hold up', () => {
    assert.deepEqual(read('```ts\nconst a = `b`\n  *c*\n```\nafter'), [
      ['code ts', 'const a = `b`\n  *c*\n'],
      'after',
    ])
    assert.deepEqual(read('1. so:\n   ~~~\n   x\n   ~~~\n````\n```\nopen'), [
      ['list 1', ['so:', ['code ', 'x\n']]],
      ['code ', '```\nopen'],
    ])
  })

  it('has tables', () => {
    assert.deepEqual(read('Text\n| a | **b** |\n|:--|--:|\n| 1 | x\\|y |\n| 2 |\n\nend'), [
      'Text',
      ['table', ['left', 'right'], ['a', 'strong(b)'], ['1', 'x||y'], ['2']],
      'end',
    ])
    assert.deepEqual(read('a | b\n--'), ['a | b\n|--'])
  })

  it('sets words strong, emphasized, struck and as code', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['a **b *c* d** e', 'a |strong(b )|emphasis(strong(c))|strong( d)| e'],
      ['***both***', 'emphasis(strong(both))'],
      ['snake_case_word and _so_', 'snake_case_word and |emphasis(so)'],
      ['2 * 3 * 4', '2 * 3 * 4'],
      ['~~gone~~ ~not~', 'struck(gone)| ~not~'],
      ['`a *b*` ``c ` d``', 'code(a *b*)| |code(c ` d)'],
      ['a `b', 'a `b'],
      ['\\*no\\* &lt;b&gt; <b>x</b>', '*no|* |<|b|>| <b>x</b>'],
      ['**open', '**open'],
    ]
    for (const [source, want] of cases) assert.deepEqual(read(source), [want], source)
  })

  it('tells where links lead', () => {
    const cases: readonly (readonly [string, string])[] = [
      [
        'see [the **docs**](https://a.example/b_(c) "T").',
        'see |the →https://a.example/b_(c)|strong(docs)→https://a.example/b_(c)|.',
      ],
      ['![a](data:x) <https://b.example>', 'a→data:x| |https://b.example→https://b.example'],
      ['[x] (y) [z](', '[x] (y) [z]('],
      ['[a [b](c) d](e)', '[a |b→c| d](e)'],
      ['[js](javascript:alert(1))', 'js→javascript:alert(1)'],
    ]
    for (const [source, want] of cases) assert.deepEqual(read(source), [want], source)
  })

  it('sets the end of a text that grows as it will be', () => {
    assert.deepEqual(read('a **b c', true), ['a |strong(b c)'])
    assert.deepEqual(read('a `b c', true), ['a |code(b c)'])
    assert.deepEqual(read('a **b\n\nc', true), ['a **b', 'c'])
  })

  it('knows the place of each run', () => {
    const source =
      '# A *b*\n\n- `c` [d](e)\n  > f **g**\n  > h\n\n| i | j |\n|---|---|\n| k | ~~l~~ |\n\n```\nm\n  n\n```\n'
    for (const run of parseBlocks(source, false).flatMap(runsIn))
      assert.equal(source.slice(run.at, run.at + run.text.length), run.text)
  })

  it('reads a text that grows by any steps as one that comes at once', () => {
    const source =
      '# A\n\ntext **b**\nmore\n- one\n  - two\n\n  three\n4. x\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\n```js\nlet x\n```\nend\n---\n-\n- last'
    for (const step of [1, 2, 3, 7]) {
      const growing = createGrowingBlocks()
      for (let end = step; end < source.length + step; end += step) {
        const part = source.slice(0, end)
        assert.deepEqual(growing.update(part, true), parseBlocks(part, true), JSON.stringify(part))
      }
      for (let end = source.length - step; end > 0; end -= step) {
        const part = source.slice(0, end)
        assert.deepEqual(
          growing.update(part, false),
          parseBlocks(part, false),
          JSON.stringify(part),
        )
      }
    }
  })

  it('takes time in proportion to the text, whatever stands there', () => {
    const hostile = [
      ...[
        '*a ',
        '**a*b ',
        '[',
        '](',
        '[a](<',
        '](a "',
        '`a``',
        '~~a',
        '<https://',
        '&amp',
        '> ',
        '- ',
      ],
      ...['  - a\n', '| a ', '|-', '# #', '* * *', '\t', '- a\n\n', 'a|b\n--|--\n'],
    ]
    for (const piece of hostile)
      assertLinear(
        4000,
        (size) => parseBlocks(piece.repeat(size / piece.length), true),
        JSON.stringify(piece),
      )
    // What opens stays open, while others open, fail to close and close above it.
    const opened = (size: number) => ' _a'.repeat(size / 13) + ' *a b~~ a*'.repeat(size / 13)
    assertLinear(40_000, (size) => parseBlocks(opened(size), false), 'opened and closed')
    // Cells that are missing in a row are none.
    const wide = (size: number) => 'a|'.repeat(size) + '\n' + '-|'.repeat(size) + '\nx'.repeat(size)
    assertLinear(500, (size) => parseBlocks(wide(size), false), 'a wide table')
  })

  it('nests only so deep', () => {
    const depth = (blocks: readonly Block[]): number =>
      Math.max(
        0,
        ...blocks.map(
          (block) =>
            1 +
            (block.kind === 'quote'
              ? depth(block.blocks)
              : block.kind === 'list'
                ? depth(block.items.flatMap((item) => item.blocks))
                : 0),
        ),
      )
    assert.equal(depth(parseBlocks(`${'> '.repeat(1000)}x`, false)), 11)
    assert.equal(depth(parseBlocks(`${'- '.repeat(1000)}x`, false)), 11)
  })
})
