// The forms in which a payload can be shown, and which of them fit.

import type { PictureType } from './imageHead.ts'

export type PayloadForm = 'tree' | 'picture' | 'text' | 'raw' | 'hex' | 'decoded'

export const formNames: Readonly<Record<PayloadForm, string>> = {
  tree: 'Tree',
  picture: 'Picture',
  text: 'Text',
  raw: 'Raw text',
  hex: 'Hex',
  decoded: 'Decoded',
}

export interface FormFacts {
  /** It is a tree, or may become one. */
  readonly hasTree: boolean
  readonly isText: boolean
  /** Its JSON or XML can be set out in lines, which the raw text has not. */
  readonly hasLayout: boolean
  readonly picture: PictureType | null
  /** A decoder knows it. */
  readonly isDecoded: boolean
  /** Its protocol reads it: people cannot. */
  readonly isRead: boolean
}

/** Those that fit, the best one first: the payload itself before what was made of it, where people can read it. */
export function fittingForms({
  hasTree,
  isText,
  hasLayout,
  picture,
  isDecoded,
  isRead,
}: FormFacts): readonly PayloadForm[] {
  const fits: Readonly<Record<PayloadForm, boolean>> = {
    tree: hasTree,
    picture: picture !== null && picture !== 'image/svg+xml',
    text: isText,
    raw: isText && hasLayout,
    hex: true,
    decoded: isDecoded || isRead,
  }
  const fitting = order.filter((form) => fits[form])
  const forms = isRead ? [...new Set<PayloadForm>(['decoded', ...fitting])] : fitting
  // SVG is text first: what it costs to draw is the peer's to say.
  return picture === 'image/svg+xml' ? [...forms, 'picture'] : forms
}

const order = ['tree', 'picture', 'text', 'raw', 'hex', 'decoded'] as const

/** The form that the user chose last. */
export interface ChosenForm {
  readonly form: PayloadForm | null
  /** For this payload, not for one that was shown before it. */
  readonly isOwn: boolean
}

/** What was chosen where it fits, else the best one. An SVG is drawn only where this was asked for it. */
export function shownForm(
  forms: readonly PayloadForm[],
  { form, isOwn }: ChosenForm,
  picture: PictureType | null,
): PayloadForm {
  const isUnasked = form === 'picture' && picture === 'image/svg+xml' && !isOwn
  const chosen = isUnasked ? undefined : forms.find((one) => one === form)
  return chosen ?? forms[0] ?? 'hex'
}
