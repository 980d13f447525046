// The field `show`: what of its JSON a row shows, in columns.

import { sessionMethods } from '../../endpoint/methods.ts'
import { profilesLimits } from '../../limits.ts'
import { checkPath } from '../../text/jsonPath.ts'
import { maxShownPaths, parsePathList } from '../../text/pathList.ts'
import type { FieldOption } from '../shapes/fieldOption.ts'
import { propertyField } from '../shapes/profileField.ts'

const showOption: FieldOption = {
  name: 'show',
  value: 'paths',
  meaning:
    'what rows show of their JSON, as in "symbol price maker.venue"; in ndjson it is added to each line as "shown"',
  problems: ['show'],
  put(entry, written) {
    const { paths, mistakes } = parsePathList(written)
    entry.show = paths
    return mistakes[0] ? `Correct --show: ${mistakes[0].message}` : null
  },
}

export const showField = propertyField('show', {
  name: 'show',
  methods: sessionMethods,
  meaning:
    'Paths into JSON, such as `price`, `maker.venue` or `items[*].id`: rows whose payload has them show their values in columns.',
  schema: {
    type: 'array',
    items: {
      type: 'string',
      minLength: 1,
      maxLength: profilesLimits.pathChars,
      description: 'A path into JSON, such as maker.venue or choices[0].delta.content.',
    },
    maxItems: maxShownPaths,
    uniqueItems: true,
  },
  neutral: [],
  read: (read) => read.texts('show'),
  format: (paths) => (paths.length > 0 ? paths : undefined),
  mapText: (paths, map) => paths.map((path, i) => map(path, `show[${i}]`, { kind: 'plain' })),
  check({ show }, { open, report }) {
    show.forEach((path, i) => {
      const wrong = open(path) ? null : checkPath(path)
      if (wrong !== null) report(`show[${i}]`, wrong)
    })
    if (show.length > maxShownPaths) {
      report(`show[${maxShownPaths}]`, `Remove paths from here on: rows show ${maxShownPaths}.`)
    }
  },
  options: [showOption],
})
