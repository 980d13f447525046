import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isListed } from '../../../../src/shared/url/hostList.ts'

const meant: readonly (readonly [entry: string, url: string])[] = [
  ['*', 'http://a.example/'],
  ['a.example', 'http://a.example/'],
  ['A.Example', 'http://a.example/'],
  ['a.example', 'http://b.a.example/'],
  ['.a.example', 'http://a.example/'],
  ['*.a.example', 'http://b.a.example/'],
  ['a.example.', 'http://a.example/'],
  ['a.example', 'http://a.example./'],
  ['a.example:8080', 'http://a.example:8080/'],
  ['*:8080', 'http://a.example:8080/'],
  ['bücher.example', 'http://bücher.example/'],
  ['10.1.2.3', 'http://10.1.2.3/'],
  ['10.1.2.3', 'http://0xa.1.2.3/'],
  ['10.1.2.3:80', 'http://10.1.2.3/'],
  ['10.0.0.0/8', 'http://10.1.2.3/'],
  ['10.1.2.3/32', 'http://10.1.2.3/'],
  ['0.0.0.0/0', 'http://10.1.2.3/'],
  ['172.16.0.0/12', 'http://172.31.255.255/'],
  ['fe80::1', 'http://[fe80::1]/'],
  ['FE80:0:0:0:0:0:0:1', 'http://[fe80::1]/'],
  ['[fe80::1]', 'http://[fe80::1]/'],
  ['[fe80::1]:8080', 'http://[fe80::1]:8080/'],
  ['fd00::/8', 'http://[fd12:3456::1]/'],
  ['[fd00::]/8', 'http://[fd12:3456::1]/'],
]

const others: readonly (readonly [entry: string, url: string])[] = [
  ['', 'http://a.example/'],
  ['a.example', 'http://nota.example/'],
  ['b.a.example', 'http://a.example/'],
  ['a.example:8080', 'http://a.example/'],
  ['10.0.0.0/8', 'http://11.0.0.1/'],
  ['10.0.0.0/8', 'http://ten.example/'],
  ['10.0.0.0/40', 'http://10.0.0.1/'],
  ['172.16.0.0/12', 'http://172.32.0.0/'],
  ['0.0.0.0/0', 'http://[::2]/'],
  ['2.3', 'http://10.1.2.3/'],
  ['fe80::1:8080', 'http://[fe80::1]:8080/'],
  ['fd00::/8', 'http://[fe80::1]/'],
  ['[fe80::1]:8080', 'http://[fe80::1]/'],
  ['a b/8', 'http://a.example/'],
]

function lists(entry: string, url: string): boolean {
  const { hostname, port } = new URL(url)
  return isListed(entry, hostname, port || '80')
}

describe('A list of hosts without a proxy', () => {
  for (const [entry, url] of meant) {
    it(`has ${url} by ${entry}`, () => assert.equal(lists(entry, url), true))
  }
  for (const [entry, url] of others) {
    it(`does not have ${url} by ${entry || 'an empty entry'}`, () =>
      assert.equal(lists(entry, url), false))
  }
})
