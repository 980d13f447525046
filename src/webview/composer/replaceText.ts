// Changes the text of a box as if it were typed, so that undo takes it back.

/** `caret`: where it is then; the end when it is left out. */
export function replaceText(box: HTMLTextAreaElement, text: string, caret = text.length): void {
  if (box.value !== text) {
    const was = box.readOnly
    box.readOnly = false
    box.focus()
    box.select()
    // No other way writes into the browser's list of what can be undone.
    const done =
      text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text)
    if (!done || box.value !== text) box.value = text
    box.readOnly = was
  }
  box.setSelectionRange(caret, caret)
}
