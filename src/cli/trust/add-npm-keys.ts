// `assay trust add-npm-keys`: the keys with which npm's registry attests what was published to it.

import { buildCommand } from '@stricli/core'
import { LIMITS } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { addRegistryKeys, parseRegistryKeys } from '../../trust/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { atPath, readInput } from '../file-input.ts'
import { FORMAT_FLAG, type Format, parseText } from '../flags.ts'
import { answerTrust, editTrustFile, TRUST_FLAG } from './trust-file.ts'

interface Flags {
  readonly trust: string
  readonly format: Format
}

/** `assay trust add-npm-keys` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Trust the keys of an npm registry, for what it says of published packages',
    fullDescription:
      'Reads the document that the registry serves under /-/npm/v1/keys: { "keys": [{ "keyid", "keytype", "scheme", "key", "expires" }] }; or the one that the Sigstore project signs among its TUF targets: { "keys": [{ "keyId", "keyUsage", "publicKey": { "rawBytes", "keyDetails", "validFor" } }] }, of which the keys for "npm:attestations" are taken. A key that is there already gets the window that the file says, which must not end later than is known.',
  },
  parameters: {
    flags: { trust: TRUST_FLAG, format: FORMAT_FLAG },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'Keys of the registry', placeholder: 'file', parse: parseText }],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => trustRegistry(host, flags, file)),
})

async function trustRegistry(host: Host, { trust }: Flags, file: string): Promise<Answer> {
  const bytes = await readInput(host, file, { bytesMax: LIMITS.trustBytesMax })
  if (!bytes.ok) return refused(bytes.problems)
  const keys = atPath(parseRegistryKeys(bytes.value), file)
  if (!keys.ok) return refused(keys.problems)
  let added = 0
  const after = await editTrustFile(host, trust, (document) => {
    const known = new Set(document.registryKeys.map(({ keyId }) => keyId))
    added = keys.value.filter(({ keyId }) => !known.has(keyId)).length
    return addRegistryKeys(document, keys.value)
  })
  if (!after.ok) return refused(after.problems)
  const there = keys.value.length - added
  return answerTrust(trust, after.value, {
    done: `Added ${countKeys(added)} to`,
    notes:
      there === 0 ? [] : [`There already, with the window that the file says: ${countKeys(there)}`],
  })
}

function countKeys(count: number): string {
  if (count === 0) return 'no registry key'
  return count === 1 ? 'one registry key' : `${count} registry keys`
}
