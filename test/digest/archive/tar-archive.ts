// Tar archives made block by block, so that each can be wrong in one place.

export interface TarEntry {
  readonly name: string
  readonly type?: string
  readonly content?: string | Uint8Array
  readonly linkName?: string
  readonly prefix?: string
  readonly magic?: string
  /** As written, instead of the content's size in octal. */
  readonly size?: string
  /** Bytes to put over the header before its checksum is made, by offset. */
  readonly patch?: Readonly<Record<number, string>>
  /** As written, instead of the right one. */
  readonly checksum?: string
}

export const END = Buffer.alloc(1024)

/** Header and content, the content filled up to whole blocks. */
export function tarEntry(entry: TarEntry): Buffer {
  const { name, type = '0', linkName = '', prefix = '', magic = 'ustar\u000000' } = entry
  const content = Buffer.from(entry.content ?? '')
  const header = Buffer.alloc(512)
  header.write(name, 0, 100, 'latin1')
  header.write(['0000644', '0000000', '0000000', ''].join('\0'), 100, 'latin1')
  header.write(entry.size ?? `${content.length.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0', 136, 'latin1')
  header.write(type, 156, 'latin1')
  header.write(linkName, 157, 100, 'latin1')
  header.write(magic, 257, 'latin1')
  header.write(prefix, 345, 155, 'latin1')
  for (const [offset, text] of Object.entries(entry.patch ?? {})) {
    header.write(text, Number(offset), 'latin1')
  }
  header.write('        ', 148, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(entry.checksum ?? `${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}

export function tarArchive(...entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarEntry), END])
}

/** An extended header of records, each with its right length. */
export function paxEntry(records: readonly (readonly [string, string])[], type = 'x'): TarEntry {
  return { name: 'PaxHeader', type, content: records.map(paxRecord).join('') }
}

function paxRecord([key, value]: readonly [string, string]): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + 1
  while (rest + String(length).length !== length) length++
  return `${length} ${key}=${value}\n`
}
