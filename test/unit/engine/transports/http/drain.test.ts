// Bodies that break off: what has come is decoded, and the wait for it ends whatever it is.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, it } from 'mocha'
import { readBody } from '../../../../../src/engine/transports/http/httpBody.ts'

const text = Buffer.from('hello '.repeat(500))
const codings: Readonly<Record<string, Uint8Array>> = {
  gzip: gzipSync(text),
  deflate: deflateSync(text),
  br: brotliCompressSync(text),
  zstd: zstdCompressSync(text),
}

describe('A body that breaks off', () => {
  for (const [coding, whole] of Object.entries(codings)) {
    for (const isBroken of [false, true]) {
      it(`${isBroken ? 'as what is no' : 'in'} ${coding} is drained`, async () => {
        const source = new PassThrough()
        const broken: Error[] = []
        const reader = readBody(source, [coding], {
          chunk() {},
          end() {},
          broken: (error) => broken.push(error),
          thrown: assert.fail,
        })
        const bytes = Buffer.from(whole)
        source.write(isBroken ? bytes.fill(0xff, 2) : bytes.subarray(0, bytes.length / 2))
        // The end has come before the connection breaks.
        if (isBroken) source.end()
        await once(source, isBroken ? 'end' : 'data')
        await reader.drain()
        await reader.drain()
        assert.equal(broken.length, isBroken ? 1 : 0)
      })
    }
  }
})
