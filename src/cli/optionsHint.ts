// The options of the command line that an error's advice is about.

import type { ErrorDetail } from '../shared/frame/frame.ts'
import { optionsOf } from './watchFields.ts'

/** `On the command line: --ca, --fingerprint AB:CD.` Null where no option is about it. */
export function optionsHint(detail: Partial<ErrorDetail>): string | null {
  const { fields = [] } = detail
  const names = fields.flatMap(optionsOf).map((name) => `--${name}${valueFor(name, detail)}`)
  return names.length === 0 ? null : `On the command line: ${[...new Set(names)].join(', ')}.`
}

/** The value that would help, where the error tells it. */
function valueFor(option: string, { fits, certificate, instead }: Partial<ErrorDetail>): string {
  if (option === 'method' && fits !== undefined) return ` ${fits}`
  if (option === 'fingerprint' && certificate) return ` ${certificate.fingerprint}`
  return instead && optionsOf(instead.field).includes(option) ? ` ${instead.value}` : ''
}
