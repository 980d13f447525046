// The tokens of a line of JSON, XML or HTML, to be coloured: found from the line itself and what stands right before it.

/** A class of the style sheet. */
export type TokenKind = 'key' | 'string' | 'number' | 'word' | 'tag' | 'name' | 'comment' | 'entity'

export interface Token {
  readonly from: number
  readonly end: number
  readonly kind: TokenKind
}

export type Syntax = 'json' | 'xml'

/** So far before a line is looked for what it is in. */
const reach = 4096
/** So far into a line of the text its tokens are found from its beginning. */
const maxLine = 64 * 1024
/** So far behind a line is looked for what a token is. */
const beyond = 200

/** Of the characters `from` to `end - 1`, in order; what is none of them is in no token. */
export function lineTokens(
  syntax: Syntax,
  text: string,
  from: number,
  end: number,
): readonly Token[] {
  return syntax === 'json' ? jsonTokens(text, from, end) : xmlTokens(text, from, end)
}

/** No string of JSON holds a line break, so a line of the text begins outside of one. */
function jsonTokens(text: string, from: number, end: number): readonly Token[] {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1
  // Of a long line the beginning is far: its end has no colours.
  if (from - lineStart > maxLine) return []
  const tokens: Token[] = []
  // A peer may send a string of many megabytes.
  const part = text.slice(lineStart, end + beyond)
  for (const found of part.matchAll(jsonToken)) {
    const start = lineStart + found.index
    const last = start + found[0].length
    if (start >= end) break
    if (last <= from) continue
    const kind = jsonKind(part, found)
    tokens.push({ from: Math.max(from, start), end: Math.min(end, last), kind })
  }
  return tokens
}

const jsonToken = /"(?:[^"\\\n]|\\.)*"?|-?\d[\d.eE+-]*|[a-z]+/g
const colonNext = /\s*:/y

function jsonKind(text: string, found: RegExpMatchArray): TokenKind {
  const [token] = found
  if (!token.startsWith('"')) return /^[-\d]/.test(token) ? 'number' : 'word'
  colonNext.lastIndex = (found.index ?? 0) + token.length
  return colonNext.test(text) ? 'key' : 'string'
}

function xmlTokens(text: string, from: number, end: number): readonly Token[] {
  const start = Math.max(0, from - reach)
  const before = text.slice(start, from)
  // The last mark that opens something which was not closed again.
  const open = Math.max(openOf(before, '<!--', '-->'), openOf(before, '<', '>'))
  const first = open < 0 ? from : start + open
  const tokens: Token[] = []
  for (const found of text.slice(first, end + beyond).matchAll(xmlPart)) {
    if (first + found.index >= end) break
    for (const token of partTokens(found[0], first + found.index)) {
      if (token.end <= from || token.from >= end) continue
      tokens.push({ ...token, from: Math.max(from, token.from), end: Math.min(end, token.end) })
    }
  }
  return tokens
}

/** -1 where it is not open at the end. */
function openOf(text: string, open: string, close: string): number {
  const at = text.lastIndexOf(open)
  return at >= 0 && text.indexOf(close, at) < 0 ? at : -1
}

const xmlPart =
  /<!--[\s\S]*?(?:-->|$)|<[!?/]?[A-Za-z](?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^<>"'])*>?|&[#\w]+;/g
// Looked for where a name begins only: at each of its letters it would take time quadratic in a long one.
const attribute = /(?<![\w:.@-])([\w:.@-]+)(\s*=\s*)("[^"]*"?|'[^']*'?|[^\s"'>]+)?/g

function partTokens(part: string, index: number): readonly Token[] {
  if (part.startsWith('<!--')) return [{ from: index, end: index + part.length, kind: 'comment' }]
  if (part.startsWith('&')) return [{ from: index, end: index + part.length, kind: 'entity' }]
  const nameEnd = (/^<[!?/]?[\w:.-]+/.exec(part)?.[0] ?? '<').length
  const tokens: Token[] = [{ from: index, end: index + nameEnd, kind: 'tag' }]
  for (const { 0: whole, 1: name = '', 2: equals = '', index: at } of part
    .slice(nameEnd)
    .matchAll(attribute)) {
    const from = index + nameEnd + at
    tokens.push({ from, end: from + name.length, kind: 'name' })
    const value = from + name.length + equals.length
    if (value < from + whole.length)
      tokens.push({ from: value, end: from + whole.length, kind: 'string' })
  }
  const close = /[/?]?>$/.exec(part)
  if (close) tokens.push({ from: index + close.index, end: index + part.length, kind: 'tag' })
  return tokens
}

/** Of a text that is no JSON: whether it means to be XML or HTML. */
export function looksLikeXml(text: string): boolean {
  return /^\ufeff?\s*<(?:[A-Za-z!?])/.test(text)
}
