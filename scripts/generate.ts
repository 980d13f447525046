// `npm run generate`: writes the files that are made from tables in `src`.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generated } from './generated.ts'

for (const [path, text] of Object.entries(generated)) {
  writeFileSync(join(import.meta.dirname, '..', path), text())
}
