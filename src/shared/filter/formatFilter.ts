// A filter as text that `parseFilter` reads as the same filter.

import { formatPath } from '../text/jsonPath.ts'
import type { FilterNode, FilterTest, JsonCondition, NamePattern } from './filterNode.ts'
import { inQuotes } from './filterScan.ts'
import { flagRows } from './filterTable.ts'
import { parseFilter } from './parseFilter.ts'

export function formatFilter(node: FilterNode): string {
  switch (node.kind) {
    case 'and':
      return node.parts
        .map((part) => (part.kind === 'or' ? grouped(part) : formatFilter(part)))
        .join(' ')
    case 'or':
      return node.parts.map((part) => formatFilter(part)).join(' or ')
    case 'not':
      return `-${'parts' in node.part || node.part.kind === 'not' ? grouped(node.part) : formatFilter(node.part)}`
    default:
      return formatTest(node)
  }
}

function grouped(node: FilterNode): string {
  return `(${formatFilter(node)})`
}

function formatTest(test: FilterTest): string {
  switch (test.kind) {
    case 'word':
      return formatWord(test.text)
    case 'regex':
      return `/${test.source}/${test.flags}`
    case 'name':
      return `${test.field}:${test.names.map(formatName).join(',')}`
    case 'number':
      return `${test.field}${test.written}`
    case 'flag':
      return flagRows[test.flag].write
    case 'json':
      return `${formatPath(test.path)}${test.test === null ? '' : ` ${formatCondition(test.test)}`}`
  }
}

/** Among others it is an operator, or the unit of the number before it. */
const readsOtherwise = /^(?:or|and|[kmg]i?b|b|us|µs|ms|s|m|min|h)$/i

/** In quotes where it would be read as anything but this text. */
function formatWord(text: string): string {
  if (/[\s()]/.test(text) || text.startsWith('-')) return inQuotes(text)
  if (readsOtherwise.test(text)) return inQuotes(text)
  const { node, mistakes } = parseFilter(text)
  const isSame = mistakes.length === 0 && node?.kind === 'word' && node.text === text
  return isSame ? text : inQuotes(text)
}

function formatName(pattern: NamePattern): string {
  const [name = ''] = pattern
  if (pattern.length > 1) return pattern.join('*')
  return name === '' || /[\s,|()*"]/.test(name) ? inQuotes(name) : name
}

function formatCondition(condition: JsonCondition): string {
  if (condition.is !== '~') {
    const { text, quoted } = condition.value
    return `${condition.is} ${quoted ? inQuotes(text) : text}`
  }
  if ('regex' in condition) return `~ /${condition.regex.source}/${condition.regex.flags}`
  return `~ ${inQuotes(condition.text)}`
}
