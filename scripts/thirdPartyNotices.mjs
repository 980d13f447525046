// The licences of what others wrote and the bundles hold, as one text; a licence that is not on the list ends the build.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences under which Lifeline may hold a package and pass it on; what they ask is that this text goes along. */
const allowedLicences = ['MIT', 'BSD-3-Clause', 'CC-BY-4.0']

/** [SPDX] The text of a licence for packages that are shipped without one, by its identifier. */
const standardTexts = {
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
}

/** What a package holds of others and its own licence does not tell, by the package's name. */
const contents = {
  tldts:
    'It holds the Public Suffix List, which is under the Mozilla Public License 2.0 (https://mozilla.org/MPL/2.0/).\n' +
    'The list itself is at https://publicsuffix.org/list/public_suffix_list.dat.',
}

const intro = `Lifeline holds the works of others that are listed here, each under its own licence.
Lifeline's own licence is in LICENSE.
`
const rule = '='.repeat(80)

/**
 * The notices for the packages of `inputs`, sorted by name: paths below `root`, written with `/`, of every file that
 * is bundled or copied. Throws an error that says what to do where a package must not be passed on as it is.
 */
export function thirdPartyNotices(inputs, root) {
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== null))
  const packages = [...folders].map((folder) => readPackage(join(root, folder)))
  const sections = new Map(packages.map((one) => [`${one.name} ${one.version}`, section(one)]))
  const sorted = [...sections.keys()].sort().map((key) => sections.get(key))
  return [intro, ...sorted].join(`\n${rule}\n\n`)
}

/** The folder of the package that a file is of; null for a file of our own. */
function packageFolder(path) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null
}

function readPackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version, license, author } = manifest
  if (!allowedLicences.includes(license)) {
    throw new Error(
      `${name} ${version} is bundled, and its licence ${JSON.stringify(license) ?? '(it names none)'} is not on the list. ` +
        'Use another package, or add the licence to scripts/thirdPartyNotices.mjs once it is clear that Lifeline may be passed on with it.',
    )
  }
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
  const texts = files.sort().map((file) => readText(join(folder, file)))
  const holder = typeof author === 'object' ? author?.name : author
  if (texts.length === 0) texts.push(standardText(name, license, holder))
  return { name, version, license, holder, source: sourceOf(manifest), texts }
}

/** A licence's text as the package is shipped with it, with the line breaks of this file. */
function readText(path) {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  return text.replace(/\r\n?/g, '\n').trimEnd()
}

function standardText(name, license, holder) {
  const text = standardTexts[license]
  if (!text || !holder) {
    throw new Error(
      `${name} is bundled and shipped without the text of its licence. Add the text of ${license} to scripts/thirdPartyNotices.mjs, and see that the package names its author.`,
    )
  }
  return `(The package is shipped without a licence file; this is the standard text.)\n\nCopyright (c) ${holder}\n\n${text}`
}

function sourceOf({ homepage, repository, name }) {
  const url = typeof repository === 'object' ? repository?.url : repository
  const address = /^(?:git\+)?(?:https|git|ssh):\/\/(?:git@)?(.+?)(?:\.git)?$/.exec(url ?? '')?.[1]
  if (address) return `https://${address}`
  return homepage ?? `https://www.npmjs.com/package/${name}`
}

function section({ name, version, license, holder, source, texts }) {
  const facts = [
    `${name} ${version}`,
    ...(holder ? [`Author: ${holder}`] : []),
    `Licence: ${license}`,
    `Source: ${source}`,
    ...(contents[name] ? [contents[name]] : []),
  ]
  return `${facts.join('\n')}\n\n${texts.join('\n\n')}\n`
}
