import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { beginsEventStream } from '../../../../../src/engine/protocols/stream/eventStreamStart.ts'

const begins = (text: string) => beginsEventStream(new TextEncoder().encode(text))

describe('A body begins like an event stream', () => {
  for (const text of [
    'data: a\n\n',
    'data:a',
    'data\n\n',
    'data\r\r',
    ':',
    ': hello\n',
    'event: x\n',
    'id: 1\r\n',
    'retry: 5\n',
    '\ufeffdata: a\n',
    '\n\r\ndata: a\n',
  ]) {
    it(JSON.stringify(text), () => assert.equal(begins(text), true))
  }
})

describe('A body begins otherwise', () => {
  for (const text of [
    '{"error":1}',
    '<!doctype html>',
    'error: x',
    'database: x',
    'Data: x',
    ' data: x',
    'data x',
    '\ufeff{',
    '\n'.repeat(64),
  ]) {
    it(JSON.stringify(text.slice(0, 20)), () => assert.equal(begins(text), false))
  }
})

describe('More bytes are to tell', () => {
  for (const text of ['', 'd', 'data', 'retry', '\n', '\r\n', '\ufeff', 'i']) {
    it(JSON.stringify(text), () => assert.equal(begins(text), null))
  }
})
