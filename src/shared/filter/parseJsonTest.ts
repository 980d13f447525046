// Reads a condition on JSON: `$.price > 70000`, `$.user.name ~ /^j/i`, `$.error`.

import { compileRegex } from '../text/compileRegex.ts'
import { formatPath, pathMistake, readDeepPath } from '../text/jsonPath.ts'
import type { FilterNode, JsonCondition, JsonTest } from './filterNode.ts'
import {
  type FilterScan,
  isBoundary,
  readChunk,
  readQuoted,
  readRegex,
  skipSpace,
} from './filterScan.ts'

/** What JSON writes without quotes. */
const isLiteral = /^(?:-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|true|false|null)$/i
const comparison = /\s*(!=|!~|<=|>=|==|=|<|>|~)/y

/** Null where no path begins here; then nothing is read. A mistake is told, and the condition is left out. */
export function parseJsonTest(scan: FilterScan): FilterNode | 'mistaken' | null {
  const { text, at: from } = scan
  const place = readDeepPath(text, from)
  if (place === null) return null
  const { path, end } = place
  comparison.lastIndex = end
  const [, is] = comparison.exec(text) ?? []
  if (is !== undefined) {
    scan.at = comparison.lastIndex
    return parseCondition(scan, from, path, is)
  }
  if (isBoundary(scan, end) && path.length > 0) {
    scan.at = end
    return { kind: 'json', path, test: null }
  }
  if (
    text[end] === '[' ||
    (text[end] === ':' && path.length > 0) ||
    (text[end] === '.' && !/[\d(]/.test(text[end + 1] ?? ''))
  )
    return tellPath(scan, end)
  return null
}

function tellPath(scan: FilterScan, end: number): 'mistaken' {
  readChunk(scan)
  const message = pathMistake(scan.text, end)
  scan.mistakes.push({ from: end, to: Math.max(scan.at, end + 1), message })
  return 'mistaken'
}

function parseCondition(
  scan: FilterScan,
  from: number,
  path: JsonTest['path'],
  written: string,
): FilterNode | 'mistaken' {
  skipSpace(scan)
  const is = written.replace('==', '=').replace('!~', '~')
  const valueFrom = scan.at
  const test =
    is === '~' ? readFound(scan) : readValue(scan, is as Exclude<JsonCondition['is'], '~'>)
  if (typeof test === 'string') {
    const isMissing = valueFrom === scan.at
    const message =
      test ||
      `\`${formatPath(path)} ${is}\` needs a value: a number, a text in double quotes, true, false or null.`
    scan.mistakes.push({ from: isMissing ? from : valueFrom, to: scan.at, message })
    return 'mistaken'
  }
  const node: JsonTest = { kind: 'json', path, test }
  return written === '!~' ? { kind: 'not', part: node } : node
}

/** Answers what is wrong, empty where a value is missing. */
function readFound(scan: FilterScan): JsonCondition | string {
  const regex = readRegex(scan)
  if (regex !== null) {
    const compiled = compileRegex(regex.source, regex.flags)
    return typeof compiled === 'string' ? compiled : { is: '~', regex }
  }
  const text = readQuoted(scan) ?? readChunk(scan)
  return text === '' ? '' : { is: '~', text }
}

function readValue(
  scan: FilterScan,
  is: Exclude<JsonCondition['is'], '~'>,
): JsonCondition | string {
  const quoted = readQuoted(scan)
  if (quoted !== null) return { is, value: { text: quoted, quoted: true } }
  const text = readChunk(scan)
  if (text.startsWith('"')) return 'The double quote is not closed. Add one where the text ends.'
  if (text === '' || /^[{[<=>!~]/.test(text)) return ''
  return { is, value: { text, quoted: !isLiteral.test(text) } }
}
