// JSON texts that are scanned at once, for tests.

import assert from 'node:assert/strict'
import { type JsonScan, scanJson } from '../../../src/webview/json/jsonIndex.ts'
import { type JsonNode, rootNode } from '../../../src/webview/json/jsonNode.ts'

export function scan(text: string): JsonScan {
  const scanning = scanJson(text)
  for (;;) {
    const step = scanning.next()
    if (step.done) return step.value
  }
}

export function rootOf(text: string): JsonNode {
  const scanned = scan(text)
  assert.ok(scanned.ok, text.slice(0, 80))
  return rootNode(scanned.index)
}
