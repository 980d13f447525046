// Sources of rules, as Markdown for the documentation.

const htmlAnchors = {
  '9.2.3': 'sse-processing-model',
  '9.2.4': 'the-last-event-id-header',
  '9.2.5': 'parsing-an-event-stream',
  '9.2.6': 'event-stream-interpretation',
  '9.2.7': 'authoring-notes',
} as const

/** Of the HTML standard, a section of server-sent events. */
export function html(section: keyof typeof htmlAnchors): string {
  const page = 'https://html.spec.whatwg.org/multipage/server-sent-events.html'
  return `[HTML ${section}](${page}#${htmlAnchors[section]})`
}

/** [rfc9110] and its like, by number and section. */
export function rfc(number: number, section: string): string {
  return `[RFC ${number}, ${section}](https://www.rfc-editor.org/rfc/rfc${number}#section-${section})`
}

/** No standard says so. */
export const ours = 'our own experience; no standard has it'

/** A page of somebody's documentation. */
export function manual(name: string, url: string): string {
  return `[${name}](${url})`
}
