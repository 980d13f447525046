// Checks that a label cannot end its statement or become another one.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { escapeMermaid, mermaid } from '../../../../src/engine/exports/mermaid.ts'
import { sampleRows } from '../../../support/samples/sampleRows.ts'

const text = { type: 'text', fragments: 1, compressed: false, masked: false } as const

describe('the Mermaid diagram', () => {
  const escapes: readonly (readonly [text: string, escaped: string])[] = [
    ['a;b#c', 'a#59;b#35;c'],
    ['50% %20', '50% %20'],
    ['%% no comment', '#37;% no comment'],
    ['%%{init: {}}%%', '#37;#37;{init: {}}#37;%'],
    ['<b onclick="x">&amp;</b>', '#60;b onclick="x"#62;#38;amp#59;#60;/b#62;'],
    ['$$x^2$$ $5', '#36;$x^2#36;$ $5'],
    ['style a:#f00;', '#115;tyle a:#35;f00#59;'],
    ['classDef a b:#f00;', '#99;lassDef a b:#35;f00#59;'],
    ['wrap: nowrap: wrapped', '#119;rap: no#119;rap: wrapped'],
  ]
  for (const [label, escaped] of escapes) {
    it(`shows ${label} as it is`, () => assert.equal(escapeMermaid(label), escaped))
  }

  it('has one statement a line, whatever the peer sends', () => {
    const rows = sampleRows(
      ['a\nC->>S: b', 'a\r\nend', '\u2028loop x', ';C->>S: c', '#'].map((bytes) => ({
        kind: 'message',
        detail: text,
        bytes,
      })),
    )
    const diagram = mermaid({ server: 'h:1;loop\nend' })
    const lines = [diagram.begin(), ...rows.flatMap((row) => [...diagram.frame(row)])]
      .join('')
      .trimEnd()
    const [head, client, server, ...statements] = lines.split('\n')
    assert.deepEqual(
      [head, client, server],
      ['sequenceDiagram', '  participant C as Client', '  participant S as h:1#59;loop␊end'],
    )
    assert.equal(statements.length, rows.length)
    for (const line of statements) {
      assert.match(line, /^ {2}S-->>C: text /)
      assert.doesNotMatch(line.replaceAll(/#\d+;/g, ''), /[#;]/)
    }
  })
})
