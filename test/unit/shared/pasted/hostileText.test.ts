// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of a shell are what is tested
// Whatever is pasted is answered at once: a request, or a sentence that says what to change.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isPasted, parsePasted } from '../../../../src/shared/pasted/parsePasted.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { ownMs } from '../../../support/ownMs.ts'
import { readCorpus } from '../../../support/pasted/pastedCorpus.ts'

/** Numbers from 0 up to 1, the same for a seed. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const texts = readCorpus().flatMap(({ cases }) => cases.map(({ text }) => text))

const pieces = [
  ...[
    '"',
    "'",
    '\\',
    '^',
    '`',
    '$',
    '${',
    '}',
    '{',
    '[',
    ']',
    '(',
    ')',
    '$(',
    '#',
    '@',
    '%',
    '&',
    '|',
  ],
  ...[
    '<<EOF',
    '<<<',
    '>',
    ';',
    '\n',
    '\r\n',
    ' ',
    ' \\\n',
    ' ^\n',
    ' `\n',
    '--',
    '-d',
    '-H',
    '-F',
    '--data=',
  ],
  ...[
    '\0',
    '\ud800',
    '“',
    '–',
    '\u00a0',
    '😀',
    'fetch(',
    'curl',
    '@{',
    '//',
    '/*',
    'new ',
    '=',
    ':',
  ],
]

function mutated(text: string, random: () => number): string {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  let changed = text
  for (let i = 0; i < 1 + random() * 4; i++) {
    const [from, to] = [random(), random()].map((share) => Math.floor(share * changed.length))
    const [start = 0, end = 0] = [Math.min(from ?? 0, to ?? 0), Math.max(from ?? 0, to ?? 0)]
    const ways = [
      () => changed.slice(0, start) + pick(pieces) + changed.slice(start),
      () => changed.slice(0, start) + changed.slice(Math.min(end, start + 8)),
      () => changed.slice(0, start) + changed.slice(end) + changed.slice(start, end),
      () => changed.slice(0, end),
      () => changed + pick(texts).slice(start),
    ]
    changed = pick(ways)()
  }
  return changed
}

function answers(text: string): void {
  const start = ownMs()
  isPasted(text)
  const parsed = parsePasted(text)
  if (parsed.ok) parseEndpoint({ method: 'polling', ...parsed.value.entry })
  else assert.match(parsed.problems[0]?.message ?? '', /^[^\n]*\S[.…]?$/u)
  const took = ownMs() - start
  assert.ok(took < 3000, `${took} ms for ${JSON.stringify(text.slice(0, 200))}`)
}

const growing = Array.from({ length: 99 }, (_none, i) => `const a${i + 1} = a${i} + a${i};\n`).join(
  '',
)
const long = 'a "b": \\u0041, '.repeat(50_000)

describe('what is pasted', () => {
  it('is answered, however it has been changed', () => {
    const random = createRandom(7)
    for (let i = 0; i < 1500; i++) {
      const text = mutated(texts[i % texts.length] ?? '', random)
      try {
        answers(text)
      } catch (error) {
        throw new Error(`Fails for ${JSON.stringify(text)}`, { cause: error })
      }
    }
  })

  for (const [what, text] of [
    ['quotes', `curl ${'"'.repeat(100_001)}`],
    ['single quotes', `curl ${"'".repeat(100_001)}`],
    ['backslashes', `curl ${'\\'.repeat(100_001)}`],
    ['carets', `curl ^"${'^'.repeat(100_001)}`],
    ['carets in quotes', `curl "${'^&'.repeat(50_000)}" ${'"^'.repeat(50_000)}`],
    ['backticks', `curl.exe \`\n${'`'.repeat(100_001)}`],
    ['here-documents', `curl ${'<<a '.repeat(20_000)}\n${'a\n'.repeat(20_000)}`],
    ['here-documents that are lost', `curl ${'<<a '.repeat(20_000)}\n${'b\n'.repeat(20_000)}`],
    ['substitutions', `curl ${'$('.repeat(50_000)}`],
    ['substitutions in quotes', `curl ${'"$('.repeat(50_000)}`],
    ['variables', `curl ${'$a${b}'.repeat(30_000)}`],
    ['open braces', `curl http://h/${'{'.repeat(50_000)}`],
    ['open brackets', `curl http://h/${'['.repeat(50_000)}`],
    ['braces after dollars', `curl http://h/${'${'.repeat(50_000)}`],
    ['digits', `curl ${'1'.repeat(100_000)}>`],
    ['words', `curl ${'a '.repeat(50_000)}`],
    ['options', `curl ${'-d a '.repeat(20_000)} http://h/`],
    ['letters', `curl -${'s'.repeat(100_000)} http://h/`],
    ['fields of a form', `curl ${'-F a=b '.repeat(10_000)} http://h/`],
    ['semicolons in a field', `curl -F 'a=b${';'.repeat(50_000)}' http://h/`],
    ['headers', `curl ${"-H 'a: b' ".repeat(25_000)} http://h/`],
    ['line ends', `curl http://h/ ${'\n'.repeat(100_000)}`],
    ['slashes', `${'//'.repeat(50_000)} curl http://h/`],
    ['names of curl', `curl http://h/ ${'curl '.repeat(30_000)}`],
    ['names of curl in Windows', `${'curl.exe \n'.repeat(30_000)}curl http://h/`],
    ['here-strings that are lost', `curl.exe http://h/ -d ${'@"\n'.repeat(50_000)}`],
    ['texts that begin here-strings', `${'$a = @"\n'.repeat(30_000)}iwr http://h/`],
    ['lines', `curl http://h/ ${'\\\n '.repeat(50_000)}`],
    ['old carets', `curl ${'"^\\^'.repeat(50_000)}`],
    ['assignments', `${'A=$A$A\n'.repeat(60)}curl http://h/$A`],
    ['objects', `fetch("http://h/", ${'{"a":'.repeat(20_000)}`],
    ['parentheses', `fetch(${'('.repeat(50_000)}`],
    ['calls', `fetch(${'a('.repeat(50_000)}`],
    ['texts put together', `fetch("http://h/"${' + "a"'.repeat(20_000)})`],
    ['constants', `${'const a = "b";\n'.repeat(5000)}fetch(a)`],
    ['constants of constants', `const a0 = 'x';\n${growing}fetch(a99)`],
    [
      'objects of constants',
      `const a0 = 'x';\n${growing.replaceAll('+', ',').replace(/= (.*);/g, '= [$1];')}fetch(a99)`,
    ],
    ['comments', `fetch(${'/* '.repeat(50_000)}`],
    ['blanks', `fetch(${' '.repeat(100_000)}`],
    ['tables', `iwr http://h/ -Headers ${'@{a='.repeat(20_000)}`],
    ['here-strings', `$a = @'\n${"'@ @'\n".repeat(10_000)}\niwr http://h/`],
    ['curly quotes', `curl.exe \`\n ${'“'.repeat(50_001)}`],
    ['fences', `\`\`\`sh\n${'`` '.repeat(50_000)}curl`],
    ['prompts', `${'a@'.repeat(50_000)}$ curl http://h/`],
    ['names of options', `curl --${'a-'.repeat(50_000)} http://h/`],
    ['commas of a list', `curl --noproxy ${'a,'.repeat(50_000)} -x p http://h/`],
    ['letters in a body', `curl http://h/ -d '${long}'`],
    ['letters in double quotes', `curl http://h/ -d "${long.replaceAll('"', '\\\\"')}"`],
    ['letters in dollar quotes', `curl http://h/ -d $'${long}'`],
    ['letters for cmd', `curl ^"http://h/^" -d ^"${long.replaceAll('"', '^\\\\^"')}^"`],
    ['letters for PowerShell', `curl.exe \`\n http://h/ -d '${long}'`],
    ['letters of a call', `fetch('http://h/', { body: '${long}' })`],
    ['dots', `curl http://${'a.'.repeat(50_000)}/`],
  ] as const) {
    it(`is answered at once, with many ${what}`, () => answers(text))
  }
})
