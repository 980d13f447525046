// Acts on a value of the payload's tree that concern the rows: its field is shown in them, or no more.

import { formatShortPath, type JsonPath, parsePath } from '../../../shared/text/jsonPath.ts'
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
      fits: ({ path }) => !isShown(fields, path) && canShow(fields, path),
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

/** Nothing where the rows cannot show it. */
export function toggleField(fields: Fields, path: JsonPath): void {
  const { paths } = fields
  const own = formatShortPath(path)
  if (isShown(fields, path)) fields.choose(paths.filter((one) => one !== own))
  else if (canShow(fields, path)) fields.choose([...paths, own])
}

function isShown({ paths }: Fields, path: JsonPath): boolean {
  return paths.includes(formatShortPath(path))
}

/** Not the whole payload, nor one field too many, nor one whose names are longer than paths may be. */
function canShow({ paths }: Fields, path: JsonPath): boolean {
  const hasRoom = paths.length < maxShownPaths
  return hasRoom && path.length > 0 && parsePath(formatShortPath(path)) !== null
}
