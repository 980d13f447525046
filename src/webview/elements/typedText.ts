// The text in a box, from the event that tells of typing.

/** Empty when the event comes from no text box. */
export function typedText({ target }: Event): string {
  const isBox = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
  return isBox ? target.value : ''
}
