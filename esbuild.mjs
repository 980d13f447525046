// Builds dist/: the extension, the session's thread and those of a tap's relay and of a replay, the timeline page, the command line and the demo server,
// and the licences of what they hold of others.

import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { thirdPartyNotices } from './scripts/thirdPartyNotices.mjs'

const root = fileURLToPath(new URL('.', import.meta.url))
process.chdir(root)
const production = process.argv.includes('--production')
const watch = process.argv.includes('--watch')

const common = {
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  // They are all in one file beside the bundles.
  legalComments: 'none',
  metafile: true,
}
/** Regular expressions, of which the bundles of Node share one copy: a file beside them. */
const sharedRegex = {
  name: 'shared re2js',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^re2js$/ }, () => ({ path: './re2js.js', external: true })),
}
/** CommonJS, which every VS Code loads; `vscode` is external in the extension alone, so a slip fails here. */
const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  mainFields: ['module', 'main'],
  // Optional natives that ws and others try to load.
  external: ['bufferutil', 'utf-8-validate'],
  plugins: [sharedRegex],
  // No environment makes a bundle print a proxy's password.
  // A bundle finds the others beside itself.
  define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
  alias: { debug: './src/engine/transports/network/silentDebug.ts' },
}

const builds = [
  {
    ...node,
    plugins: [],
    stdin: { contents: `export { RE2JS } from 're2js'`, resolveDir: root },
    outfile: 'dist/re2js.js',
  },
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    external: [...node.external, 'vscode'],
  },
  { ...node, entryPoints: { worker: 'src/engine/worker.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { relay: 'src/engine/relay/relayThread.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { replay: 'src/engine/replay/replayThread.ts' }, outdir: 'dist' },
  { ...node, entryPoints: { demo: 'src/demo/main.ts' }, outdir: 'dist' },
  {
    ...node,
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    platform: 'browser',
    format: 'esm',
    target: 'es2024',
    entryPoints: { webview: 'src/webview/main.ts' },
    outdir: 'dist',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
  },
]

/** Files of packages that the timeline page loads as they are. */
const copies = ['codicon.ttf', 'codicon.css'].map((name) => ({
  from: `node_modules/@vscode/codicons/dist/${name}`,
  to: `dist/${name}`,
}))

await rm('dist', { recursive: true, force: true })
await mkdir('dist', { recursive: true })
await writeFile('dist/package.json', '{ "type": "commonjs" }\n')
for (const { from, to } of copies) await copyFile(from, to)
if (watch) {
  // What it builds is never passed on, so it tells no licences.
  for (const build of builds) await (await esbuild.context(build)).watch()
} else {
  const results = await Promise.all(builds.map((build) => esbuild.build(build)))
  const bundled = results.flatMap(({ metafile }) => Object.keys(metafile.inputs))
  const inputs = [...bundled, ...copies.map(({ from }) => from)]
  await writeFile('dist/ThirdPartyNotices.txt', thirdPartyNotices(inputs, root))
}
