// The keys of npm's registry, from the package that carries them.

import { createRequire } from 'node:module'
import { parseRegistryKeys, type RegistryKey } from '../../../src/trust/index.ts'

const SEEDS = createRequire(import.meta.url)('@sigstore/tuf/seeds.json') as Readonly<
  Record<string, { readonly targets: Readonly<Record<string, string>> }>
>

/** As the Sigstore project signs it. */
export function readRegistryKeyFile(): Uint8Array {
  const targets = Object.values(SEEDS)[0]?.targets ?? {}
  const name = Object.keys(targets).find((target) => target.endsWith('keys.json'))
  return Buffer.from(targets[name ?? ''] ?? '', 'base64')
}

/** All that are for attestations. */
export function readRegistryKeys(): readonly RegistryKey[] {
  const keys = parseRegistryKeys(readRegistryKeyFile())
  if (!keys.ok) throw new Error(keys.problems[0].message)
  return keys.value
}
