// The bytes of a selection as the numbers that they may be, little and big end first.

export interface NumberReading {
  /** `int32`. */
  readonly name: string
  readonly little: string
  readonly big: string
}

interface Row {
  readonly name: string
  readonly bytes: number
  read(view: DataView, littleEndian: boolean): number | bigint
}

const rows: readonly Row[] = [
  { name: 'int8', bytes: 1, read: (view) => view.getInt8(0) },
  { name: 'uint8', bytes: 1, read: (view) => view.getUint8(0) },
  { name: 'int16', bytes: 2, read: (view, little) => view.getInt16(0, little) },
  { name: 'uint16', bytes: 2, read: (view, little) => view.getUint16(0, little) },
  { name: 'int32', bytes: 4, read: (view, little) => view.getInt32(0, little) },
  { name: 'uint32', bytes: 4, read: (view, little) => view.getUint32(0, little) },
  { name: 'int64', bytes: 8, read: (view, little) => view.getBigInt64(0, little) },
  { name: 'uint64', bytes: 8, read: (view, little) => view.getBigUint64(0, little) },
  { name: 'float32', bytes: 4, read: (view, little) => shortFloat(view.getFloat32(0, little)) },
  { name: 'float64', bytes: 8, read: (view, little) => view.getFloat64(0, little) },
]

/** The most bytes that a number takes. */
export const numberBytes = 8

/** `bytes`: from the first one that is selected on; a number for which there are too few is left out. */
export function readNumbers(bytes: Uint8Array): readonly NumberReading[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return rows
    .filter((row) => row.bytes <= bytes.length)
    .map(({ name, read }) => ({
      name,
      little: String(read(view, true)),
      big: String(read(view, false)),
    }))
}

/** The shortest decimal that is the same float32: of 0.1 not 0.10000000149011612. */
function shortFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return value
}
