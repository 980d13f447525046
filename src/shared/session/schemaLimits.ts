// The limits on the shapes of messages, all of which are a peer's.

/** The shapes of messages, which are inferred of their JSON. */
export const schemaLimits = {
  /** Messages that are looked at; they are parsed whole. */
  samples: 100_000,
  /** A longer payload is not looked at. */
  payloadBytes: 1024 * 1024,
  /** Types of messages, in a session. */
  types: 100,
  /** Different names of types, one way and of one kind: more are no names of types, but all of one type. */
  names: 50,
  nameChars: 48,
  /** Places of a type's shape, and of all shapes: each takes some 2 kB, texts that were seen there included. */
  places: 2000,
  allPlaces: 20_000,
  depth: 20,
  /** Of one list, items that are looked at. */
  items: 200,
  /** Members of one object; keys that are as many are those of a map. */
  members: 200,
  /** Keys that look made, or that are rarely there, are those of a map from so many on. */
  mapKeys: 30,
  /** Texts are told one by one where they are no more than these, in so many samples, and no longer. */
  values: 8,
  valueSamples: 20,
  valueChars: 60,
}
