// Text of a peer in Markdown: as plain text, as code in a line or a table's cell, and as a fenced block.

import { visibleLine, visibleLines } from './visibleText.ts'

/** One line of plain text. [commonmark] 2.4: behind a backslash punctuation is no markup. */
export function escapeMarkdown(text: string): string {
  // Some readers make links of addresses.
  const marks = /[\\`*_{}[\]<>|~#!&$]|:(?=\/\/)|(?<=www)\./gi
  const marked = visibleLine(text).replace(marks, (mark) => `\\${mark}`)
  // It would call somebody.
  return marked.replaceAll('@', '&#64;')
}

/**
 * One line of code, in which nothing is a link, a mention or HTML, also in a cell of a table; empty for an empty text.
 * [gfm] 4.10: a cell ends at each bar that has no backslash, even within code.
 */
export function markdownCode(text: string): string {
  const line = visibleLine(text)
  if (line.trim() === '') return ''
  // Readers do not agree what two backslashes before a bar are.
  if (/\\\|/.test(line)) return escapeMarkdown(line)
  const ticks = '`'.repeat(longestRun(line) + 1)
  // [commonmark] 6.1: one space on either side is no part of the code.
  const pad = /^[ `]|[ `]$/.test(line) ? ' ' : ''
  return `${ticks}${pad}${line.replaceAll('|', '\\|')}${pad}${ticks}`
}

/** Lines that end with a line break. [commonmark] 4.5: the fence is longer than any that stands in the text. */
export function markdownBlock(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${visibleLines(text.replace(/\r\n?/g, '\n')).replace(/\n$/, '')}\n${fence}\n`
}

/** Of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
}
