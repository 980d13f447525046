// An act on one value of a JSON tree: a button in its line.

import type { JsonPath } from '../../shared/text/jsonPath.ts'
import type { JsonNode } from './jsonNode.ts'

/** A value with its place, as its line stands for it. */
export interface TreePlace {
  readonly node: JsonNode
  readonly path: JsonPath
}

export interface TreeAction {
  /** One or two words. */
  readonly name: string
  readonly title: string
  fits(place: TreePlace): boolean
  run(place: TreePlace): void
}
