// Details that many frames share: each is searched for secrets, turned into JSON and stored once.

/** The same object, which can no longer be changed: whoever stores or writes details knows it again. */
export function share<Detail extends object>(detail: Detail): Readonly<Detail> {
  return Object.freeze(detail)
}

/** Whether frames share it. Frozen is the mark: it takes no room, and what is shared must not change. */
export function isShared(detail: object): boolean {
  return Object.isFrozen(detail)
}
