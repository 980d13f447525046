import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import {
  readGraphQlRequest,
  readOperation,
} from '../../../../../src/engine/decoders/graphQl/graphQlOperation.ts'
import { createGraphQlOperations } from '../../../../../src/engine/decoders/graphQl/graphQlOperations.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const read = (document: string, wanted: string | null = null) => {
  const found = readOperation(document, wanted)
  return found === null ? null : `${found.kind} ${found.name}`
}

describe('the operation of a GraphQL document', () => {
  it('is its kind and name, or the first field', () => {
    assert.equal(read('query Q { a }'), 'query Q')
    assert.equal(read('{ a b }'), 'query a')
    assert.equal(read('mutation{like(id: 1){n}}'), 'mutation like')
    assert.equal(read('subscription($x: In = {a: "}"}) @live { tick(x: $x) }'), 'subscription tick')
    assert.equal(read('query @cached(ttl: 1) { query }'), 'query query')
    assert.equal(read('{ mine: orders { id } }'), 'query orders')
    assert.equal(read('{ ...F b }'), 'query b')
    assert.equal(read('{ ... on T { c } b }'), 'query b')
    assert.equal(read('query Cut'), 'query Cut')
  })

  it('is passed over by fragments, comments and strings', () => {
    assert.equal(read('fragment F on T { a } query Q { ...F }'), 'query Q')
    assert.equal(read('# query No { }\nquery Yes { a }'), 'query Yes')
    assert.equal(
      read('query A { a(x: "} query No {", y: """ " } """) } query B { b }', 'B'),
      'query B',
    )
    assert.equal(read('query A { a } query B { b }', 'C'), null)
  })

  it('is none in what is no document', () => {
    for (const text of ['', 'news', '}}}}', '"', '"""', ')(', 'fragment F on T { a }']) {
      assert.equal(read(text), null, text)
    }
  })

  it('may be persisted, and then has the name that it is asked for by', () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'ab' } }
    assert.deepEqual(readGraphQlRequest({ operationName: 'Q', extensions, variables: { a: 1 } }), {
      operation: null,
      name: 'Q',
      selects: false,
      summary: '{a: 1}',
    })
    assert.equal(readGraphQlRequest({ operationName: 'Q' }), null)
  })

  it('is found in time that grows with the document', () => {
    assertLinear(20_000, (count) => {
      read('{'.repeat(count))
      read(`"${'\\"'.repeat(count)}`)
      read('"""a'.repeat(count))
      read(`query Q ${'('.repeat(count)}`)
      read('query A{a}'.repeat(count / 10), 'B')
    })
  })
})

describe('the operations of a connection', () => {
  it('are bounded: the oldest are forgotten, and what comes to them is no flaw', () => {
    const operations = createGraphQlOperations(2)
    const asked = { seq: 1, ix: 0, at: 1 }
    for (const id of ['a', 'b', 'c']) operations.start(id, id, asked)
    assert.equal(operations.find('a'), null)
    assert.equal(operations.forgot(), true)
    assert.equal(operations.find('c')?.name, 'c')
  })

  it('have names and ids of any length, which are cut and pair nothing', () => {
    const long = 'x'.repeat(100_000)
    const frames = createDataFrames()
    const messages = [
      { id: long, type: 'subscribe', payload: { query: `query ${long} { a }` } },
      { id: long, type: 'next', payload: { errors: [{ message: long }] } },
    ].map((message, nth) => frames.message(nth === 0 ? 'out' : 'in', JSON.stringify(message)))
    const packets = decodeAll(createDecoding('graphql'), messages).map(({ packet }) => packet)
    for (const { name, key, summary } of packets) {
      for (const text of [name, key, summary]) {
        assert.ok((text?.length ?? 0) <= decodeLimits.wordChars, `${text?.length}`)
      }
    }
    assert.equal(packets[1]?.answers, undefined)
    assert.equal(packets[1]?.flaw, undefined)
  })
})
