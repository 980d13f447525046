import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { FilterNode } from '../../../../src/shared/filter/filterNode.ts'
import { parseFilter } from '../../../../src/shared/filter/parseFilter.ts'

/** The node as a short text, so that expectations are read at a glance. */
function shown(node: FilterNode | null): string {
  if (node === null) return 'all'
  switch (node.kind) {
    case 'and':
    case 'or':
      return `${node.kind}(${node.parts.map(shown).join(', ')})`
    case 'not':
      return `not(${shown(node.part)})`
    case 'word':
      return `‹${node.text}›`
    case 'regex':
      return `/${node.source}/${node.flags}`
    case 'name':
      return `${node.field}:${node.names.map((name) => name.join('∗')).join('|')}`
    case 'number':
      return `${node.field}${node.ranges.map((range) => range.map(({ is, value }) => is + value).join('&')).join('|')}`
    case 'flag':
      return `!${node.flag}`
    case 'json':
      return `json ${JSON.stringify(node.path.map((step) => (typeof step === 'object' ? (step?.deep ?? '*') : step)))} ${JSON.stringify(node.test)}`
  }
}

function read(text: string): string {
  const { node, mistakes } = parseFilter(text)
  assert.deepEqual(mistakes, [], text)
  return shown(node)
}

/** The message with what it underlines. */
function mistakesIn(text: string): readonly string[] {
  return parseFilter(text).mistakes.map(
    ({ from, to, message }) => `${text.slice(from, to)} ← ${message}`,
  )
}

function checkAll(expected: Readonly<Record<string, string>>): void {
  const typed = Object.keys(expected)
  assert.deepEqual(Object.fromEntries(typed.map((text) => [text, read(text)])), expected)
}

describe('the filter language', () => {
  it('joins words, quotes, groups, or and minus', () => {
    checkAll({
      '': 'all',
      '  ': 'all',
      word: '‹word›',
      'two words': 'and(‹two›, ‹words›)',
      'one and two': 'and(‹one›, ‹two›)',
      '"two words"': '‹two words›',
      '"say \\"hi\\" \\\\ \\d"': '‹say "hi" \\ \\d›',
      'a or b c': 'or(‹a›, and(‹b›, ‹c›))',
      'a (b OR -c)': 'and(‹a›, or(‹b›, not(‹c›)))',
      '-(a b)': 'not(and(‹a›, ‹b›))',
      'or a': 'and(‹or›, ‹a›)',
      '((a))': '‹a›',
      '/a b\\/[/]/gi -/x/': 'and(/a b\\/[/]/i, not(/x/))',
    })
  })

  it('reads fields, with several values and with units', () => {
    checkAll({
      'dir:in,local kind:message|event': 'and(dir:in|local, kind:message|event)',
      'type:trade* name:"a b"': 'and(type:trade∗, name:a b)',
      'key:"a,b","c"': 'key:a,b|c',
      'code:ws-*': 'code:ws-∗',
      'status:5xx|404 status>=400': 'and(status>=500&<600|=404, status>=400)',
      'status!=200': 'not(status=200)',
      'size>1kB size <= 2MiB size:0': 'and(size>1000, size<=2097152, size=0)',
      'size > 1.2 kB kB': 'and(size>1200, ‹kB›)',
      'gap>500ms gap:>=2s gap<1m': 'and(gap>500, gap>=2000, gap<60000)',
      'after:12.5s before:2:05.5': 'and(after>=12500, before<125500)',
      'conn:2,3 seq>=10': 'and(conn=2|=3, seq>=10)',
      'changed -wire is:error': 'and(!changed, not(!wire), !error)',
      '"changed"': '‹changed›',
      '-is:unanswered': 'not(!unanswered)',
      'bookmarked -is:bookmarked': 'and(!bookmarked, not(!bookmarked))',
      error: 'or(!error, ‹error›)',
    })
  })

  it('reads paths into JSON', () => {
    const json = (path: unknown[], test: unknown) =>
      `json ${JSON.stringify(path)} ${JSON.stringify(test)}`
    const number = (text: string) => ({ text, quoted: false })
    const quoted = (text: string) => ({ text, quoted: true })
    checkAll({
      '$.price > 70000': json(['price'], { is: '>', value: number('70000') }),
      '$.symbol="BTC-EUR"': json(['symbol'], { is: '=', value: quoted('BTC-EUR') }),
      '$.symbol == BTC-EUR': json(['symbol'], { is: '=', value: quoted('BTC-EUR') }),
      '$.items[*].id = 7': json(['items', '*', 'id'], { is: '=', value: number('7') }),
      '$[0]["a b"].*': json([0, 'a b', '*'], null),
      '$..id != null': json(['id'], { is: '!=', value: number('null') }),
      '($.a = 1)': json(['a'], { is: '=', value: number('1') }),
      '$ = 42': json([], { is: '=', value: number('42') }),
      '$.a ~ /x y/i': json(['a'], { is: '~', regex: { source: 'x y', flags: 'i' } }),
      '$.a ~ "x y"': json(['a'], { is: '~', text: 'x y' }),
      '$.a !~ x': `not(${json(['a'], { is: '~', text: 'x' })})`,
    })
  })

  it('finds what is pasted as the text that it is', () => {
    for (const text of [
      '{"a":1}',
      '{"a": "b (c or -d", "e": [1, 2]}',
      '[1, "x"]',
      '"a":1',
      '"a b":1,',
      'http://x:80/',
      'https://example.com/api/v1?x=1&y=(2)',
      '/api/v1',
      '/ws',
      'fetch(x)',
      '$5.00',
      '$',
      '$.ajax({})',
      '--verbose',
      '->',
      '-',
      '()',
      'a>b',
      'x=1',
      'Code:1006',
      '{',
      '5"',
      'tools/call',
      'ws-invalid-utf8',
      '2026-11-27T21:41:22Z',
    ])
      assert.equal(read(text), `‹${text}›`)
    checkAll({ 'fetch(x y)': 'and(‹fetch(x›, ‹y)›)', '(fetch(x))': '‹fetch(x)›' })
  })

  it('says what would be right where a mistake stands', () => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      'a dir:up': ['up ← `dir:` takes in, out or local.'],
      'dir:': ['dir: ← `dir:` takes in, out or local.'],
      'size>big': ['big ← `size` takes a size such as 500, 1kB or 2MiB.'],
      'gap>500': ['500 ← `gap` takes a time such as 500ms, 2s or 1m.'],
      'status:9': [],
      'status:abc': ['abc ← `status:` takes a status such as 404, or 5xx.'],
      'after:noon': [
        'noon ← `after:` takes a time since the start, such as 12.5s, 1m or 2:05.120.',
      ],
      '"a b': ['"a ← The double quote is not closed. Add one where the text ends.'],
      'a or': [
        'or ← A condition stands on both sides of `or`. Write the text in double quotes: `"or"`.',
      ],
      'x (a b': [
        '( ← This parenthesis is not closed. Add `)` where the group ends, or write the text in double quotes.',
      ],
      'a)': [
        ') ← This parenthesis closes nothing. Remove it, or write text that has it in double quotes.',
      ],
      '( )': [
        '( ) ← Nothing stands in these parentheses. Write a condition in them, or remove them.',
      ],
      '/(?=x)/': ['/(?=x)/ ← Regular expressions have no look-ahead and no look-behind here.'],
      '/(a/': ['/(a/ ← This is no regular expression: missing closing ): `(a`.'],
      '$.price >': [
        '$.price > ← `$.price >` needs a value: a number, a text in double quotes, true, false or null.',
      ],
      '$.price >> 3': [
        '> ← `$.price >` needs a value: a number, a text in double quotes, true, false or null.',
      ],
      '$.a[x] = 1': [
        '[x] ← In brackets stands a number, * or a name in double quotes: [0], [*], ["a b"].',
      ],
      '$.dc:title = 1': [':title ← A name that has a colon stands in quotes: ["dc:title"].'],
      '$.': [
        '. ← A name follows the dot: $.price. Other letters than those of a name stand in ["…"].',
      ],
    }
    for (const [text, mistakes] of Object.entries(expected))
      assert.deepEqual(mistakesIn(text), mistakes, text)
  })

  it('hints at a field that is nearly written, and seeks the text', () => {
    const { node, mistakes, hints } = parseFilter('dri:in http://x/')
    assert.equal(shown(node), 'and(‹dri:in›, ‹http://x/›)')
    assert.deepEqual(mistakes, [])
    assert.deepEqual(hints, [
      { from: 0, to: 4, message: '`dri:` is no field, so it is sought as text. Is `dir:` meant?' },
    ])
  })

  it('limits length, depth and number of conditions', () => {
    const messages = (text: string) => parseFilter(text).mistakes.map(({ message }) => message)
    assert.deepEqual(messages('x'.repeat(4001)), [
      'The filter is longer than 4000 characters. Shorten it.',
    ])
    assert.deepEqual(messages(`${'('.repeat(31)}a${')'.repeat(31)}`), [
      'Parentheses stand more than 30 deep in one another. Remove some.',
    ])
    assert.deepEqual(messages('a '.repeat(101)), [
      'The filter has more than 100 conditions. Remove some.',
    ])
  })
})
