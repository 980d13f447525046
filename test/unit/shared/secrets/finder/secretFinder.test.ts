// No spelling of a value gets past the finder, whole or cut, and no text takes it long.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createSecretFinder,
  type SecretFinder,
} from '../../../../../src/shared/secrets/finder/secretFinder.ts'
import { ownMs } from '../../../../support/ownMs.ts'
import {
  byteSpellings,
  lastSpellings,
  outerSpellings,
  randomFrom,
  type Spelling,
  secretValues,
  spellings,
  textSpellings,
} from '../../../../support/samples/spellings.ts'

const ref = `\${secret:token}`
const finders = new Map<string, SecretFinder>()
/** The same one for the same value: each is asked many times. */
function finderOf(value: string): SecretFinder {
  const finder = finders.get(value) ?? createSecretFinder([{ name: 'token', value }])
  finders.set(value, finder)
  return finder
}

const utf8Read = (text: string) => Buffer.from(text).toString('latin1')
const values = secretValues(randomFrom(1))
const surroundings = [
  ['', ''],
  ['{"a":"', '"}'],
  ['?q=', '&b=c'],
  ['x', ' y'],
  ['<a>', '</a>\r\n'],
] as const

/** What one writes, another writes again. */
const chains: readonly Spelling[] = textSpellings.flatMap(([first, writeFirst]) => [
  [first, writeFirst] as const,
  ...outerSpellings.map(([second, writeSecond]): Spelling => {
    return [`${first}, then ${second}`, (text) => writeSecond(writeFirst(text))]
  }),
])

describe('createSecretFinder', () => {
  for (const [name, write] of [...lastSpellings, ...chains]) {
    it(`finds values ${name}`, () => {
      for (const value of values) {
        const finder = finderOf(value)
        for (const [before, after] of surroundings) {
          const text = before + write(value) + after
          assert.equal(finder.hide(text), before + ref + after, JSON.stringify([value, text]))
          assert.ok(finder.holds(text))
        }
      }
    })
  }

  for (const [name, write] of outerSpellings) {
    it(`finds values ${name}, then in base64`, () => {
      for (const value of values) {
        for (const before of ['', 'u', 'u:']) {
          const clean = finderOf(value).hide(btoa(utf8Read(before + write(value))))
          assert.match(clean, /^[A-Za-z0-9+/]{0,3}\$\{secret:token\}$/, JSON.stringify(value))
        }
      }
    })
  }

  it('finds values in Latin-1, in base64 and in hexadecimal', () => {
    for (const value of [...values, 'schl\u00fcssel-\u00e9t\u00e9', '\u00e9'.repeat(9)]) {
      const bytes = Buffer.from(value, 'latin1')
      if (bytes.toString('latin1') !== value) continue
      const finder = finderOf(value)
      assert.equal(finder.hide(bytes.toString('hex')), ref)
      for (const before of ['', 'u', 'u:']) {
        const clean = finder.hide(btoa(before + value))
        assert.match(clean, /^[A-Za-z0-9+/]{0,3}\$\{secret:token\}$/, JSON.stringify(value))
      }
    }
  })

  it('hides in base64 the digits that hold a bit of the value, and no other', () => {
    for (const length of [9, 10, 11]) {
      const value = 'Ab9-xyz#0123'.slice(0, length)
      for (const before of ['', 'a', 'ab', 'abc']) {
        for (const after of ['', 'z', 'zz', 'zzz']) {
          const text = btoa(before + value + after)
          const start = Math.floor((before.length * 8) / 6)
          const end = Math.ceil(((before.length + length) * 8) / 6)
          const rest = after === '' ? '' : text.slice(end)
          const told = JSON.stringify([before, value, after])
          assert.equal(finderOf(value).hide(text), text.slice(0, start) + ref + rest, told)
        }
      }
    }
  })

  it('finds values of 5 bytes at any place in base64, and shorter ones where nothing else is in it', () => {
    for (const value of ['a', 'aB', 'aB3', 'aB3x', 'aB3xY', 'aé3x', 'aB3xY9']) {
      for (const before of ['', 'u', 'u:', 'u::']) {
        for (const after of ['', 'z', 'zz', 'zzz']) {
          const text = Buffer.from(before + value + after).toString('base64')
          const isFound = Buffer.byteLength(value) >= 5 || before + after === ''
          const told = JSON.stringify([before, value, after])
          assert.equal(finderOf(value).hide(`<${text}>`).includes(ref), isFound, told)
        }
      }
    }
  })

  it('finds values in three layers, as a URL in JSON in a form', () => {
    const random = randomFrom(2)
    const pick = () => outerSpellings[Math.floor(random() * outerSpellings.length)]
    for (const value of values) {
      for (let i = 0; i < 40; i++) {
        const layers = [pick(), pick(), pick()].flatMap((one) => (one ? [one] : []))
        const text = layers.reduce((inner, [, write]) => write(inner), value)
        const told = JSON.stringify([layers.map(([name]) => name), value, text])
        assert.equal(finderOf(value).hide(`a=${text};`), `a=${ref};`, told)
      }
    }
  })

  for (const [name, write] of byteSpellings) {
    it(`finds values ${name}, whatever stands before and after`, () => {
      for (const value of values) {
        const finder = finderOf(value)
        for (const before of ['', 'a', 'ab', 'user:', '{"x":"']) {
          for (const after of ['', 'z', 'yz', '"}']) {
            const clean = finder.hide(`<${write(before + value + after)}>`)
            const left = clean.replaceAll(/\s|\\n|%../g, '').length - 2 - ref.length
            assert.ok(clean.includes(ref), JSON.stringify([value, clean]))
            const around = Math.ceil((4 * (before.length + after.length)) / 3) + 3
            assert.ok(left <= around, JSON.stringify([value, clean]))
          }
        }
      }
    })
  }

  it('finds values without the white space around them, which is trimmed on the way', () => {
    for (const value of values.map((one) => one.trim())) {
      for (const [before, after] of [
        ['', ' '],
        ['\t', ''],
        ['  ', '\r\n'],
      ] as const) {
        const finder = finderOf(before + value + after)
        for (const [name, write] of spellings) {
          const told = JSON.stringify([before, value, after, name])
          assert.match(
            finder.hide(`<${write(value)}>`),
            /^<[\w+/%-]{0,3}\$\{secret:token\}>$/,
            told,
          )
        }
        const whole = before + value + after
        assert.equal(finder.hide(`<${whole}>`), `<${ref}>`)
      }
    }
  })

  it('leaves what is left of a value alone where trimming leaves little', () => {
    assert.equal(finderOf('   a   ').hide('a b'), 'a b')
    assert.equal(finderOf('\t\n ').hide('a\tb'), 'a\tb')
    assert.equal(finderOf('pass\n').hide('a pass'), `a ${ref}`)
  })

  it('finds values in hexadecimal, and in base64 of JSON, of a URL and of base64', () => {
    for (const value of values) {
      const bytes = Buffer.from(value)
      for (const text of [
        bytes.toString('hex'),
        bytes.toString('hex').toUpperCase(),
        ...[value, JSON.stringify(value), encodeURIComponent(value), bytes.toString('base64')].map(
          (one) => Buffer.from(`{"a":${one}}`).toString('base64'),
        ),
      ]) {
        assert.ok(finderOf(value).hide(text).includes(ref), JSON.stringify([value, text]))
      }
    }
  })

  it('finds the first part of a value, spelled in any way, where the text is cut', function () {
    this.timeout(30_000)
    // A backslash at the end may be the whole of what begins a longer spelling.
    for (const value of values.filter((one) => !one.endsWith('\\'))) {
      const finder = finderOf(value)
      const characters = Array.from(value)
      for (const [name, write] of [...lastSpellings, ...textSpellings]) {
        const whole = write(value)
        const least = write(characters.slice(0, 4).join('')).length
        for (let length = least; length < whole.length; length += 3) {
          const text = `say ${whole.slice(0, length)}`
          const told = JSON.stringify([name, value, text])
          assert.equal(finder.hide(text, { cut: 'sure' }), `say ${ref}`, told)
          assert.equal(finder.hide(`${text}…”`), `say ${ref}…”`, told)
        }
        const half = write(characters.slice(0, Math.ceil(characters.length / 2)).join(''))
        assert.equal(finder.hide(`say ${half}`, { cut: 'likely' }), `say ${ref}`, name)
      }
      const base64 = Buffer.from(`{"a":"${value}`).toString('base64').replace(/=+$/, '')
      const cut = finder.hide(base64.slice(0, -2), { cut: 'sure' })
      assert.ok(cut.endsWith(ref), JSON.stringify([value, cut]))
    }
  })

  it('finds values that hold what stands where a text was cut', () => {
    for (const value of ['”a””a””a””a”', '………………x', 'a…b…c…d…e', '”…”…”…”…”…']) {
      const finder = finderOf(value)
      const characters = Array.from(value)
      for (const [name, write] of [...lastSpellings, ...textSpellings]) {
        for (const cut of ['never', 'likely', 'sure'] as const) {
          const told = JSON.stringify([value, name, cut])
          assert.equal(finder.hide(`<${write(value)}>`, { cut }), `<${ref}>`, told)
          for (let length = 1; length < characters.length; length++) {
            const part = write(characters.slice(0, length).join(''))
            const clean = finder.hide(`<${part + part}`, { cut })
            assert.ok(clean.length <= 2 * (part.length + ref.length), told)
            if (cut === 'sure' && length > 8) assert.ok(clean.includes(ref), `${told} ${clean}`)
          }
        }
      }
    }
  })

  it('leaves text alone that only begins like a value, or is whole', () => {
    const finder = finderOf('swordfish-0123456789')
    for (const text of [
      'swordfish',
      'swordfish-012 and more',
      'SWORDFISH-0123456789x'.slice(0, 9),
    ]) {
      assert.equal(finder.hide(text), text)
    }
    assert.equal(finder.hide('a sword', { cut: 'likely' }), 'a sword')
    assert.equal(finder.hide('… swor'), '… swor')
  })

  it('writes references as it is told, and prefers the longer of two that begin at the same place', () => {
    const finder = createSecretFinder([
      { name: 'short', value: 'abc' },
      { name: 'long', value: 'abcdef' },
    ])
    const write = (reference: string) => `<${reference}>`
    assert.equal(finder.hide('abcdef abcx', { write }), `<\${secret:long}> <\${secret:short}>x`)
  })

  it('takes values of any length and number', function () {
    this.timeout(30_000)
    const long = values.map((value) => value.repeat(Math.ceil(20_000 / value.length)))
    for (const value of long.slice(0, 12)) {
      const json = JSON.stringify({ signature: value })
      assert.equal(finderOf(value).hide(json), `{"signature":"${ref}"}`)
    }
    const many = Array.from({ length: 2000 }, (_, i) => `v${i}-${values[i % values.length]}`)
    const finder = createSecretFinder(many.map((value) => ({ name: 'token', value })))
    assert.equal(finder.hide(many.join(' ')), many.map(() => ref).join(' '))
  })

  it('takes no longer for backslashes that are fewer or more than those of a value', () => {
    const from = ownMs()
    for (const count of [16, 50, 200]) {
      const finder = finderOf('\\'.repeat(count))
      for (const less of [count - 1, 3 * count - 3]) {
        const text = `${'\\'.repeat(less)}x`.repeat(Math.ceil(20_000 / less))
        assert.equal(finder.hide(text) === text, less < count)
      }
      const cut = finder.hide(`a ${'\\'.repeat(count - 1)}`, { cut: 'sure' })
      assert.equal(cut, `a ${ref}`)
    }
    assert.ok(ownMs() - from < 5000)
  })

  it('takes no longer for texts that are all escapes', function () {
    // Each took minutes, or for ever, with an expression that tries every way to read them.
    this.timeout(20_000)
    const some = ['\\'.repeat(8), '%%%%%%%%', '&&&&&&&&', '\\"\\"\\"\\"', 's3c/r+t '].map(finderOf)
    for (const unit of [
      '\\',
      '%25',
      '%',
      '&amp;',
      '&#38;',
      '\\u005c',
      '%5C',
      '%255C',
      '\\\\"',
      '+',
    ]) {
      const text = unit.repeat(20_000 / unit.length)
      for (const finder of some) finder.hide(text, { cut: 'likely' })
    }
  })
})
