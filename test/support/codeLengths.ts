// Lengths of functions and classes, in lines, as TypeScript's own parser sees them.

import { join, relative, sep } from 'node:path'
import type { Node, SourceFile } from 'typescript/unstable/ast'
import * as is from 'typescript/unstable/ast/is'
import { API } from 'typescript/unstable/sync'

export interface CodeLength {
  /** Path below the project, with forward slashes, and the name: `src/webview/main.ts RowsView`. */
  readonly name: string
  readonly kind: 'function' | 'class'
  /** Its lines from first to last. */
  readonly lines: number
  /** The lines among them that belong to no named function inside. */
  readonly ownLines: number
}

/** Every function and class below `folders` of the project, in the files that the two compiler configurations name. */
export function readCodeLengths(
  projectFolder: string,
  folders: readonly string[],
): readonly CodeLength[] {
  const api = new API({ cwd: projectFolder })
  try {
    const openProjects = ['tsconfig.json', 'tsconfig.webview.json'].map((name) =>
      join(projectFolder, name),
    )
    const lengths = new Map<string, readonly CodeLength[]>()
    for (const { program } of api.updateSnapshot({ openProjects }).getProjects()) {
      for (const path of program.getSourceFileNames()) {
        const name = relative(projectFolder, path).split(sep).join('/')
        const wanted = folders.some((folder) => name.startsWith(`${folder}/`))
        const file = wanted && !lengths.has(name) ? program.getSourceFile(path) : undefined
        if (file) lengths.set(name, measure(file, name))
      }
    }
    return [...lengths.values()].flat()
  } finally {
    api.close()
  }
}

function measure(file: SourceFile, path: string): readonly CodeLength[] {
  const lengths: CodeLength[] = []
  const lineOf = (position: number) => file.getLineAndCharacterOfPosition(position).line

  /** Measures what is inside, and adds to `named` the lines of the named functions in it. */
  const visit = (node: Node, named: Set<number>): void => {
    const inside = new Set<number>()
    node.forEachChild((child) => visit(child, inside))
    const first = lineOf(node.getStart(file))
    const last = lineOf(node.getEnd())
    const name = nameOf(node, file)
    if (isFunction(node) || isClass(node)) {
      lengths.push({
        name: `${path} ${name ?? 'without a name'}`,
        kind: isClass(node) ? 'class' : 'function',
        lines: last - first + 1,
        ownLines: last - first + 1 - inside.size,
      })
    }
    for (const line of inside) named.add(line)
    if (!isFunction(node) || name === null) return
    for (let line = first; line <= last; line++) named.add(line)
  }

  visit(file, new Set())
  return lengths
}

function isClass(node: Node): boolean {
  return is.isClassDeclaration(node) || is.isClassExpression(node)
}

function isFunction(node: Node): boolean {
  return (
    is.isArrowFunction(node) ||
    is.isConstructorDeclaration(node) ||
    is.isFunctionDeclaration(node) ||
    is.isFunctionExpression(node) ||
    is.isGetAccessorDeclaration(node) ||
    is.isMethodDeclaration(node) ||
    is.isSetAccessorDeclaration(node)
  )
}

/** Its own name, or that of the variable, property or field that holds it; null for a call's argument. */
function nameOf(node: Node, file: SourceFile): string | null {
  if (is.isConstructorDeclaration(node)) return 'constructor'
  for (const one of [node, node.parent]) {
    if (one && 'name' in one && one.name) return (one.name as Node).getText(file)
  }
  return null
}
