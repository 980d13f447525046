// The texts that are copied of a value in a JSON tree: the value, its path, its path as JavaScript.

import { formatPath } from '../../shared/text/jsonPath.ts'
import { layOutJson } from '../../shared/text/layOutJson.ts'
import { formatAccess } from './formatAccess.ts'
import type { TreePlace } from './treeAction.ts'

export type TreeText = 'activeValue' | 'activePath' | 'activeAccess'

export const treeTexts: Readonly<Record<TreeText, (place: TreePlace) => string>> = {
  /** Of a string what it says, of a branch its lines. */
  activeValue: ({ node: { kind, source } }) => {
    if (kind === 'string') return String(JSON.parse(source))
    return kind === 'object' || kind === 'array' ? layOutJson(source) : source
  },
  /** `$.items[0].id` */
  activePath: ({ path }) => formatPath(path),
  /** `data.items[0].id` */
  activeAccess: ({ path }) => formatAccess(path),
}
