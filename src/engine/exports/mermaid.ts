// The Mermaid sequence diagram: the same rows as the ASCII one, for Markdown.

import { lifelineItself } from '../../shared/endpoint/lifelines.ts'
import { formatDelay, formatFromStart } from '../../shared/text/units.ts'
import { cutText, visibleLine, visibleText } from '../../shared/text/visibleText.ts'
import { joinLines } from './columns.ts'
import {
  defaultRunLength,
  type Exporter,
  type ExporterOptions,
  type ExportRow,
} from './exporter.ts'
import { bookmarkText, createRowWords, type RowWords } from './rowWords.ts'
import { createRunShortener, type RunItem } from './runs.ts'

/** Longer labels make a diagram that no page is wide enough for. */
const labelChars = 100

export function mermaid(options: ExporterOptions): Exporter {
  const {
    client = lifelineItself,
    server,
    runLength = defaultRunLength,
    runMs = Number.POSITIVE_INFINITY,
  } = options
  const { times = false } = options
  const describeRow = createRowWords(options.show)
  const linesOf = (item: RunItem) => itemLines(item, times, describeRow)
  const runs = createRunShortener({ runLength, runMs })
  return {
    begin: () =>
      joinLines([
        'sequenceDiagram',
        `  participant C as ${client}`,
        `  participant S as ${escapeMermaid(visibleLine(server))}`,
      ]),
    frame(row) {
      const items = runs.frame(row)
      return items.length === 0 ? [] : [joinLines(items.flatMap(linesOf))]
    },
    flush: () => joinLines(runs.flush().flatMap(linesOf)),
    end: () => joinLines(runs.flush().flatMap(linesOf)),
  }
}

function itemLines(item: RunItem, times: boolean, describeRow: RowWords): string[] {
  if (item.kind === 'omission') return [`  Note over C,S: ${escapeMermaid(item.omission.text)}`]
  if (item.kind === 'gap') return [`  Note over C,S: ${formatDelay(item.ms)} pass`]
  const lines = rowLines(item.row, times, describeRow)
  const { bookmark } = item.row
  if (bookmark !== undefined)
    lines.push(`  Note left of C: ${escapeMermaid(bookmarkText(bookmark))}`)
  return lines
}

function rowLines(row: ExportRow, times: boolean, describeRow: RowWords): string[] {
  const { frame } = row
  const { text, tone } = describeRow(row)
  const time = times ? `${formatFromStart(frame.elapsedMs)} · ` : ''
  const words = escapeMermaid(cutText(text, labelChars))
  const label = time + words
  if (frame.kind === 'wait') return [`  Note over C: ${label}`]
  if (frame.kind === 'error') {
    const { advice } = frame.detail
    const lines = [`  Note over C,S: ${label}`]
    if (advice !== undefined) lines.push(`  Note over C: ${escapeMermaid(visibleText(advice))}`)
    return lines
  }
  if (frame.direction === 'local' || frame.kind === 'notice') return [`  Note over C,S: ${label}`]
  // A cross at the head of the arrow: the request was refused.
  const failed = tone === 'error'
  if (frame.direction === 'out') return [`  C->>S: ${label}`]
  const lines = [`  S${failed ? '--x' : '-->>'}C: ${time}${failed ? '✕ ' : ''}${words}`]
  if (frame.kind === 'response' && frame.detail.holdMs !== undefined) {
    lines.unshift(`  Note over S: waits for data · ${formatDelay(frame.detail.holdMs)}`)
  }
  return lines
}

/**
 * Text that Mermaid shows as it is. `#` and `;` end a statement, `%%` and `%{` begin a comment and a
 * directive, `<` begins HTML, `$$` a formula; entities are decimal. Mermaid also takes the last `;`
 * from lines in which it believes to see a `style` or `classDef` statement, and reads `wrap:` as an
 * instruction, so those words are split.
 */
export function escapeMermaid(text: string): string {
  return text.replace(
    /[#;<>&]|%(?=[%{])|\$(?=\$)|s(?=tyle)|c(?=lassDef)|w(?=rap:)/g,
    (character) => {
      return `#${character.charCodeAt(0)};`
    },
  )
}
