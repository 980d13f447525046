import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { ErrorDetail } from '../../../../src/shared/frame/frame.ts'
import { otherUrl } from '../../../../src/shared/frame/otherUrl.ts'

describe('the URL that an error shows to be right', () => {
  const cases: readonly (readonly [
    url: string,
    detail: Partial<ErrorDetail>,
    other: string | null,
  ])[] = [
    ['http://a:1/b?c=d', { speaksTls: true }, 'https://a:1/b?c=d'],
    ['HTTPS://a/', { speaksTls: false }, 'http://a/'],
    ['ws://a/', { speaksTls: true }, 'wss://a/'],
    ['wss://a/', { speaksTls: false }, 'ws://a/'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
    ['https://${env:HOST}/x', { speaksTls: false }, 'http://${env:HOST}/x'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a profile has it
    ['${env:BASE}/x', { speaksTls: false }, null],
    ['https://a/', { speaksTls: true }, null],
    ['unix:/run/a.sock', { speaksTls: true }, null],
    ['ws://a/', { target: 'wss://b/c' }, 'wss://b/c'],
    ['ws://a/', { target: 'ws://a/' }, null],
    ['ws://a/', {}, null],
  ]
  for (const [url, detail, other] of cases) {
    it(`of ${url} with ${JSON.stringify(detail)} is ${other}`, () => {
      assert.equal(otherUrl({ url }, detail), other)
    })
  }
})
