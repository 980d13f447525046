// Acts on a value of the payload's tree that concern the rows: its field is shown in them, or no more.

import { formatShortPath, type JsonPath } from '../../../shared/text/jsonPath.ts'
import { maxShownPaths } from '../../../shared/text/pathList.ts'
import type { TreeAction } from '../../json/treeAction.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'

type Fields = Pick<TimelineModel['fields'], 'paths' | 'choose'>

/** At most one of them fits a value. */
export function fieldActions(fields: Fields): readonly TreeAction[] {
  return [
    {
      name: 'Show in rows',
      title: 'Rows show this field in a column',
      fits: ({ path }) => path.length > 0 && !isShown(fields, path) && hasRoom(fields),
      run: ({ path }) => toggleField(fields, path),
    },
    {
      name: 'Hide in rows',
      title: 'Rows no longer show this field',
      fits: ({ path }) => isShown(fields, path),
      run: ({ path }) => toggleField(fields, path),
    },
  ]
}

/** Nothing for the whole payload, and where rows have no room for more. */
export function toggleField(fields: Fields, path: JsonPath): void {
  const { paths } = fields
  const own = formatShortPath(path)
  if (isShown(fields, path)) fields.choose(paths.filter((one) => one !== own))
  else if (path.length > 0 && hasRoom(fields)) fields.choose([...paths, own])
}

function isShown({ paths }: Fields, path: JsonPath): boolean {
  return paths.includes(formatShortPath(path))
}

function hasRoom({ paths }: Fields): boolean {
  return paths.length < maxShownPaths
}
