// The keys of npm's registry, from the package that carries them.

import { createRequire } from 'node:module'
import { parseRegistryKeys, type RegistryKey } from '../../../src/trust/index.ts'

const SEEDS = createRequire(import.meta.url)('@sigstore/tuf/seeds.json') as Readonly<
  Record<string, { readonly targets: Readonly<Record<string, string>> }>
>

/** All that are for attestations. */
export function readRegistryKeys(): readonly RegistryKey[] {
  const targets = Object.values(SEEDS)[0]?.targets ?? {}
  const [name = ''] = Object.keys(targets).filter((target) => target.endsWith('keys.json'))
  const keys = parseRegistryKeys(Buffer.from(targets[name] ?? '', 'base64'))
  if (!keys.ok) throw new Error(keys.problems[0].message)
  return keys.value
}
