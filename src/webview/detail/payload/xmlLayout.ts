// Sets XML out in lines while it is read: a line for each tag beside another one, text as it came.

/** Deeper elements stand no further in. */
const mostIndent = 40
/** Lines stand at the margin once so much was indented: beside tags of three letters it would be most of the text. */
const mostIndentChars = 16 * 2 ** 20
/** As much of a mark-up as tells what it is: `<![CDATA[`. */
const longestMark = 9
const stepChars = 512 * 1024
/** Short tags take longer than the same length of text. */
const stepParts = 100_000

export interface XmlLayout {
  /**
   * What is laid out of the text, which may have grown at its end. `complete`: it will not any more. Each call goes on for
   * some `stepChars` or `stepParts`, so that the page does not stand still.
   */
  text(source: string, complete: boolean): string
  /** How much of the text that is there is laid out, 0 to 1. */
  readonly share: number
}

type Markup = 'open' | 'close' | 'comment' | 'cdata' | 'instruction' | 'declaration'

const begins: readonly (readonly [mark: string, markup: Markup])[] = [
  ['<!--', 'comment'],
  ['<![CDATA[', 'cdata'],
  ['<!', 'declaration'],
  ['<?', 'instruction'],
  ['</', 'close'],
  ['<', 'open'],
]
const indents = Array.from({ length: mostIndent + 1 }, (_, depth) => `\n${'  '.repeat(depth)}`)
/** Of the others quotes and brackets are to be looked at, too. */
const ends: Partial<Record<Markup, string>> = {
  comment: '-->',
  cdata: ']]>',
  instruction: '?>',
}

/** Each character is looked at once, however the text is cut into pieces. */
export function createXmlLayout(): XmlLayout {
  let out = ''
  /** What is to be added to it. */
  let parts: string[] = []
  /** Characters of the source that are laid out. */
  let done = 0
  let share = 1
  let depth = 0
  let indented = 0
  /** The mark-up that `done` is in; null in text. */
  let inside: Markup | null = null
  /** What a quote or bracket within a tag waits for. */
  let waits = ''
  /** The text since the last mark-up has more than spaces, or is CDATA. */
  let hasText = false
  let spaces = ''
  let before: Markup | null = null

  function add(text: string): void {
    if (text !== '') parts.push(text)
  }

  function breakLine(): void {
    if (out === '' && parts.length === 0) return
    const indent = indents[indented < mostIndentChars ? Math.min(depth, mostIndent) : 0] ?? ''
    indented += indent.length
    add(indent)
  }

  function begin(markup: Markup): void {
    if (markup === 'close') depth = Math.max(0, depth - 1)
    const isEmpty = markup === 'close' && before === 'open'
    if (markup === 'cdata') hasText = true
    else if (!hasText && !isEmpty) breakLine()
    else if (isEmpty) add(spaces)
    spaces = ''
    inside = markup
  }

  function end(markup: Markup, isWhole: boolean): void {
    inside = null
    before = markup
    if (markup !== 'cdata') hasText = false
    if (markup === 'open' && !isWhole) depth++
  }

  function addText(text: string): void {
    if (hasText || !blank.test(text)) {
      add(spaces)
      add(text)
      spaces = ''
      hasText = true
    } else spaces += text
  }

  /** In text: up to the next mark-up, and what that is. Answers whether more is needed. */
  function readText(source: string, complete: boolean): boolean {
    const at = source.indexOf('<', done)
    addText(source.slice(done, at < 0 ? source.length : at))
    done = at < 0 ? source.length : at
    if (at < 0) return true
    if (source.length - at < longestMark && !complete) return true
    begin(begins.find(([mark]) => source.startsWith(mark, at))?.[1] ?? 'open')
    return false
  }

  /** In a comment and its like: up to its end. */
  function readUntil(source: string, markup: Markup, last: string): boolean {
    const at = source.indexOf(last, done)
    // Its end may be cut by that of the piece.
    const to = at < 0 ? Math.max(done, source.length - last.length + 1) : at + last.length
    add(source.slice(done, to))
    done = to
    if (at >= 0) end(markup, true)
    return at < 0
  }

  /** In a tag or a declaration: up to the `>` outside of quotes and brackets. */
  function readTag(source: string, markup: Markup): boolean {
    const at = waits === '' ? special(source, done) : source.indexOf(waits, done)
    const to = at < 0 ? source.length : at + 1
    add(source.slice(done, to))
    done = to
    if (at < 0) return true
    const char = source[at] ?? ''
    if (waits !== '') waits = ''
    else if (char === '>') end(markup, source[done - 2] === '/')
    else if (char !== '[') waits = char
    else if (markup === 'declaration') waits = ']'
    return false
  }

  return {
    get share() {
      return share
    },
    text(source, complete) {
      const until = done + stepChars
      let waiting = false
      const end = Math.min(until, source.length)
      while (!waiting && done < end && parts.length < stepParts) {
        const last = inside === null ? undefined : ends[inside]
        if (inside === null) waiting = readText(source, complete)
        else if (last !== undefined) waiting = readUntil(source, inside, last)
        else waiting = readTag(source, inside)
      }
      out += parts.join('')
      parts = []
      const isBehind = !waiting && done < source.length
      share = isBehind ? done / source.length : 1
      return complete && !isBehind ? out + spaces + source.slice(done) : out
    },
  }
}

const blank = /^\s*$/
const specials = /[>"'[]/g

/** Where the next character is that may end a tag, or keep it from its end; -1 where none is. */
function special(source: string, from: number): number {
  specials.lastIndex = from
  return specials.exec(source)?.index ?? -1
}

const htmlElements =
  /^(?:html|head|body|title|meta|link|script|style|template|main|section|article|aside|nav|header|footer|div|span|p|a|b|i|u|em|strong|small|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|form|fieldset|label|input|select|option|button|textarea|img|picture|video|audio|canvas|iframe|pre|code|blockquote|figure|br|hr)$/i

/**
 * Whether the text that begins so is XML in one line, behind its declarations. In HTML spaces mean more and tags need no
 * end: it stays as it came.
 */
export function isXmlInOneLine(start: string): boolean {
  if (/<!doctype\s+html/i.test(start)) return false
  const root = /<([\p{L}_][\p{L}\d_.:-]*)/u.exec(start)
  if (!root?.[1] || htmlElements.test(root[1])) return false
  return !start.slice(root.index).trimEnd().includes('\n')
}
