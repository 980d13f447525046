// A sentence of the documentation without its Markdown.

export function plainSentence(sentence: string): string {
  return sentence.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '')
}
