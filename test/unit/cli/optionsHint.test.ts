import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { optionsHint } from '../../../src/cli/optionsHint.ts'

describe('The hint at options', () => {
  it('names the options for a field, or for the parts of one', () => {
    assert.equal(optionsHint({ fields: ['timeout'] }), 'On the command line: --timeout.')
    assert.equal(
      optionsHint({ fields: ['auth'] }),
      'On the command line: --bearer, --user, --api-key.',
    )
  })

  it('gives the value that would help', () => {
    assert.equal(
      optionsHint({ fields: ['method'], fits: 'polling' }),
      'On the command line: --method polling.',
    )
    assert.equal(
      optionsHint({ fields: ['stream'], instead: { field: 'stream', value: 'sse' } }),
      'On the command line: --stream sse.',
    )
    assert.equal(
      optionsHint({ fields: ['httpVersion'], instead: { field: 'httpVersion', value: '2' } }),
      'On the command line: --http-version 2.',
    )
  })

  it('is silent where no option is about it', () => {
    assert.equal(optionsHint({}), null)
    assert.equal(optionsHint({ fields: ['profile of another version'] }), null)
  })
})
