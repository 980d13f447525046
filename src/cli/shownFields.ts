// The fields of JSON that the printed rows show.

import type { Endpoint } from '../shared/endpoint/endpoint.ts'
import type { PrintOptions } from './command.ts'

/** A profile's own are for people; NDJSON has those that the command line asks for. */
export function shownFields(
  { show, format }: Pick<PrintOptions, 'show' | 'format'>,
  endpoint: Pick<Endpoint, 'show'>,
): readonly string[] {
  return show ?? (format === 'ndjson' ? [] : endpoint.show)
}
