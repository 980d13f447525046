// The field `filters`: filters of the timeline that a profile keeps by name.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets as editors have them

import type { SavedFilter } from '../../endpoint/endpoint.ts'
import { sessionMethods } from '../../endpoint/methods.ts'
import { parseFilter } from '../../filter/parseFilter.ts'
import { filterLimits } from '../../limits.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { objectSchema } from '../shapes/schemaShapes.ts'
import { readName, savedNameSchema } from './savedName.ts'

const filterParts = {
  name: savedNameSchema('filters'),
  filter: {
    type: 'string',
    minLength: 1,
    maxLength: filterLimits.chars,
    description: 'Words, or conditions such as dir:in, status:5xx, size>1kB, $.price > 70000.',
  },
}

export const filtersField = propertyField('filters', {
  name: 'filters',
  methods: sessionMethods,
  meaning:
    '[Filters](filter.md) that the timeline offers, by name: `[{ "name": "Large trades", "filter": "type:trade $.price > 70000" }]`.',
  schema: {
    type: 'array',
    items: objectSchema(filterParts, {
      required: ['name', 'filter'],
      defaultSnippets: [
        { label: 'A filter', body: { name: '${1:Errors}', filter: '${2:is:error}' } },
      ],
    }),
  },
  neutral: [],
  read: readFilters,
  format: (filters) => (filters.length > 0 ? filters : undefined),
  mapText: (filters, map) =>
    filters.map((saved, i) => ({
      ...saved,
      filter: map(saved.filter, `filters[${i}].filter`, { kind: 'plain' }),
    })),
  check({ filters }, { open, report }) {
    filters.forEach(({ filter }, i) => {
      const [mistake] = open(filter) ? [] : parseFilter(filter).mistakes
      if (mistake) report(`filters[${i}].filter`, `Correct the filter. ${mistake.message}`)
    })
  },
})

/** Names are there and different; a filter with a problem is left out. */
function readFilters(read: FieldReader): readonly SavedFilter[] {
  return read.objects('filters', filterExample).flatMap((entry, i, all) => {
    if (!entry) return []
    entry.reportUnknown(Object.keys(filterParts), 'A filter')
    const name = readName(entry, all.slice(0, i))
    const filter = entry.text('filter')
    if (!entry.has('filter')) entry.report('filter', 'Add a "filter", such as "is:error".')
    return name !== null && filter !== null ? [{ name, filter }] : []
  })
}

const filterExample = '{ "name": "Errors", "filter": "is:error" }'
