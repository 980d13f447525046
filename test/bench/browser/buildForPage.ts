// Builds a file of the bench that runs in a browser's page.

import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

/** Of `test/bench/page`, with all that it imports but for styles. */
export async function buildForPage(name: string): Promise<Uint8Array> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(`../page/${name}`, import.meta.url))],
    bundle: true,
    format: 'esm',
    target: 'es2024',
    write: false,
    loader: { '.css': 'empty' },
  })
  const [file] = outputFiles
  if (!file) throw new Error(`${name} was not built.`)
  return file.contents
}
