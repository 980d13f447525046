// XML set out in lines: the same however its text is cut into pieces, and nothing of it but spaces between tags is lost.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  createXmlLayout,
  isXmlInOneLine,
} from '../../../../src/webview/detail/payload/xmlLayout.ts'

const feed =
  '<?xml version="1.0"?><!-- a > b --><feed xmlns="urn:x" note="1 > 0"><title>News</title> <entry id=\'1\'><empty/><none></none><body>Hello <b>you</b> there</body><raw><![CDATA[<p>]]></raw></entry></feed>'
const laidOut = `<?xml version="1.0"?>
<!-- a > b -->
<feed xmlns="urn:x" note="1 > 0">
  <title>News</title>
  <entry id='1'>
    <empty/>
    <none></none>
    <body>Hello <b>you</b> there</body>
    <raw><![CDATA[<p>]]></raw>
  </entry>
</feed>`

describe('the layout of XML', () => {
  it('has a line for each tag beside another one, and text as it came', () => {
    assert.equal(createXmlLayout().text(feed, true), laidOut)
  })

  it('is the same wherever the text is cut, and grows at its end only', () => {
    for (let cut = 0; cut <= feed.length; cut++) {
      const layout = createXmlLayout()
      const first = layout.text(feed.slice(0, cut), false)
      assert.ok(laidOut.startsWith(first), `${cut}: ${first}`)
      assert.equal(layout.text(feed, true), laidOut, `${cut}`)
    }
  })

  it('keeps a document type with its own declarations, and what is no XML', () => {
    const type = '<!DOCTYPE a [<!ENTITY b "]>">]><a>&b;</a>'
    assert.equal(createXmlLayout().text(type, true).replaceAll('\n', ''), type)
    for (const broken of ['<a', '<a><b></c></d></e>', '<', '< a <<b>', '<a b="', '<!-', '<a>x']) {
      const shown = createXmlLayout().text(broken, true)
      assert.equal(shown.replace(/\n */g, ''), broken)
    }
  })

  it('looks at each character once: those that are laid out may be others by then', () => {
    const source = feed.repeat(2)
    for (let step = 1; step <= 40; step++) {
      const layout = createXmlLayout()
      for (let end = step; end < source.length + step; end += step) {
        // The end of a mark-up, such as `]]>`, may be cut.
        const gone = Math.max(0, end - step - 9)
        layout.text('<'.repeat(gone) + source.slice(gone, end), end >= source.length)
      }
      assert.equal(layout.text(source, true), createXmlLayout().text(source, true), `${step}`)
    }
  })

  it('is not indented without end, however deep its source is', () => {
    const layout = createXmlLayout()
    const source = '<a>'.repeat(1_000_000)
    let text = ''
    do text = layout.text(source, true)
    while (layout.share < 1)
    assert.ok(text.length < 24_000_000, `${text.length}`)
    assert.equal(text.replace(/\n */g, ''), source)
    assert.ok(text.startsWith('<a>\n  <a>\n    <a>'))
  })

  it('is for XML in one line, not for HTML nor for what has lines', () => {
    assert.equal(isXmlInOneLine('<?xml version="1.0"?>\n<feed><a/>'), true)
    assert.equal(isXmlInOneLine('<soap:Envelope><soap:Body/></soap:Envelope>\n'), true)
    assert.equal(isXmlInOneLine('<feed>\n  <a/>'), false)
    assert.equal(isXmlInOneLine('<!doctype html><html><p>'), false)
    assert.equal(isXmlInOneLine('<div><br><p>x</div>'), false)
  })
})
