// Hosts of this machine and of its network are recognised in every form that a URL takes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { isNearHost } from '../../../../src/shared/url/nearHost.ts'

/** IPv4 addresses as URLs may write them. [spec] URL 3.5 */
function formsOf(address: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number)
  const number = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (value: number) => `0x${value.toString(16)}`
  const octal = (value: number) => `0${value.toString(8)}`
  const groups = [(a << 8) + b, (c << 8) + d].map((group) => group.toString(16)).join(':')
  return [
    address,
    `${address}.`,
    String(number),
    hex(number),
    octal(number),
    [a, b, c, d].map(hex).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    address.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    address.replaceAll('.', '%2e'),
    address.replaceAll('.', '\u3002'),
    `[::ffff:${address}]`,
    `[::FFFF:${groups}]`,
    `[::ffff:0:${groups}]`,
    `[0:0:0:0:0:0:${groups}]`,
    `[64:ff9b::${address}]`,
    `[2002:${groups}::1]`,
  ]
}

const near = [
  ...['127.0.0.1', '127.255.0.9', '0.0.0.0', '10.1.2.3', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.255', '192.168.1.1', '100.64.0.1', '100.127.9.9'],
]
const far = ['8.8.8.8', '126.255.1.1', '128.0.0.1', '172.15.1.1', '172.32.0.1', '192.169.0.1']
const more = ['100.63.1.1', '100.128.1.1', '169.253.1.1', '11.0.0.1', '1.1.1.1']

function hostOf(written: string): string {
  return new URL(`http://${written}/`).hostname
}

describe('A host', () => {
  for (const address of near) {
    it(`is near in every form: ${address}`, () => {
      for (const form of formsOf(address)) assert.ok(isNearHost(hostOf(form)), form)
    })
  }
  for (const address of [...far, ...more]) {
    it(`is far in every form: ${address}`, () => {
      for (const form of formsOf(address)) assert.ok(!isNearHost(hostOf(form)), form)
    })
  }

  for (const host of [
    ...[
      'localhost',
      'LOCALHOST',
      'localhost.',
      'api.localhost',
      'a.b.Localhost.',
      'localhost.localdomain',
    ],
    ...['printer.local', 'metadata.google.internal', 'host.docker.internal', 'router', 'nas.lan'],
    ...[
      '[::1]',
      '[::]',
      '[fe80::1]',
      '[febf::1]',
      '[fec0::1]',
      '[fc00::1]',
      '[fd12:3456::1]',
      '[64:ff9b:1::1]',
    ],
  ]) {
    it(`is near: ${host}`, () => assert.ok(isNearHost(hostOf(host))))
  }

  for (const host of [
    ...[
      'example.com',
      'localhost.example.com',
      'local.example',
      'internal.example',
      'mylocalhost.com',
    ],
    ...['[2001:db8::1]', '[2606:4700::1111]', '[fb00::1]', '[ff02::1]', '[1::127.0.0.1]'],
  ]) {
    it(`is far: ${host}`, () => assert.ok(!isNearHost(hostOf(host))))
  }
})
