// (h): what a user downloads, packaged as for the marketplace, and every bundle that a build makes.

import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectFolder } from '../support/places.ts'
import type { Measurement } from './measure.ts'

const bundles = ['extension', 'worker', 'webview', 'cli', 'demo', 're2js']

export const sizes: Measurement = async ({ scratch }) => {
  const vsix = join(scratch, 'lifeline.vsix')
  const vsce = join(projectFolder, 'node_modules', '@vscode', 'vsce', 'vsce')
  const args = [vsce, 'package', '--no-dependencies', '--out', vsix]
  await promisify(execFile)(process.execPath, args, { cwd: projectFolder })
  const detail: Record<string, number> = {}
  for (const name of bundles) {
    detail[`${name}KB`] = (await stat(join(projectFolder, 'dist', `${name}.js`))).size / 1000
  }
  return [
    {
      name: '(h) VSIX',
      value: (await stat(vsix)).size / 1e6,
      unit: 'MB',
      aim: 1,
      better: 'less',
      detail,
    },
  ]
}
