// Checks what a curl command that cannot be followed is refused with.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parsePasted } from '../../../../../src/shared/pasted/parsePasted.ts'

describe('a curl command', () => {
  for (const [line, says] of [
    ['curl', /Add the URL/],
    ['curl -s', /Add the URL/],
    ['curl http://a/ http://b/', /Keep one URL of 2/],
    ['curl --frobnicate http://a/', /Remove --frobnicate: Lifeline does not know/],
    ['curl -sW http://a/', /Remove -W: Lifeline does not know/],
    ['curl --interface eth0 http://a/', /Remove --interface: Lifeline cannot/],
    ['curl -F a=@b http://a/', /no files into a form/],
    ['curl --resolve a:80:127.0.0.1 -x p:1 http://a/', /Remove --resolve or the proxy/],
    ['wget http://a/', /not what is written for Wget/],
    ['curl --ntlm -u a:b http://a/', /Remove --ntlm/],
    ['curl http://a/ -H', /Write a value after -H/],
    ['curl http://a/ --header', /Write a value after --header/],
    ['curl http://a/ -H nothing', /Write the header after -H as 'Name: value'/],
    ['curl http://a/ -H @file', /no file of headers/],
    ['curl http://a/ -b jar.txt', /no cookie files/],
    ['curl http://a/ -u me', /password after the user name/],
    ['curl http://a/ -d @-', /no input to read/],
    ['curl http://a/ -d @a -d b', /does not join them/],
    ['curl http://a/ -d @a -d @b', /joins no files/],
    ['curl http://a/ --data-urlencode n@f', /encodes no files/],
    ['curl https://a/ --cert a --cert-type ENG', /Change --cert-type to/],
    ['curl https://localhost/ --unix-socket /a', /no TLS on a Unix socket/],
    ['curl "http://a/', /Close the quote "/],
    ["curl http://a/ -d 'x", /Close the quote '/],
    ['curl ^"http://a/', /Close the quote "/],
    ['curl "http://a/$(id)"', /Replace \$\(…\)/],
    ['curl http://a/`id`', /Lifeline runs no commands/],
  ] as const) {
    it(`is refused with what to change: ${line}`, () => {
      const parsed = parsePasted(line)
      assert.ok(!parsed.ok, JSON.stringify(parsed))
      assert.match(parsed.problems[0]?.message ?? '', says)
    })
  }
})
