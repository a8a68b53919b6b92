// What becomes public by signing, told before it does: nobody can take it back.

import { escapeText } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import type { Statement } from '../../statement/index.ts'

/** More names are counted, not told. */
const NAMES_MAX = 20

/** What goes where. */
export interface Publication {
  /** Addresses of whoever publishes. */
  readonly places: readonly string[]
  /** Who signs, as it will be readable. */
  readonly identity: string
  readonly statement: Statement
}

/** Says what becomes public. Nothing may be sent before this has returned. */
export async function announcePublication(
  host: Pick<Host, 'tell'>,
  { places, identity, statement: { subjects } }: Publication,
): Promise<void> {
  const names = subjects.map(({ name, uri }) => name ?? uri ?? 'a subject without a name')
  const more = names.length - NAMES_MAX
  const told = [...names.slice(0, NAMES_MAX), ...(more > 0 ? [`${more} more`] : [])]
  const lines = [
    `Becomes public, and stays so, at ${[...new Set(places)].join(', ')}:`,
    `  who signs: ${identity}`,
    `  what is signed: ${told.join(', ')}`,
  ]
  await host.tell(`${lines.map(escapeText).join('\n')}\n`)
}
