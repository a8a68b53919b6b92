import { describe, expect, it } from 'vitest'
import { encodeCanonicalJson, type JsonObject } from '../../../../src/core/index.ts'
import { type NamedRoot, parseTrustedRoot } from '../../../../src/trust/index.ts'
import { rootWith } from '../test-log.ts'
import { judge, scene } from './signed.ts'

const KNOWN = scene({ generation: 1, name: 'rekor.example' })
const NEXT = scene({ generation: 2, name: 'log2030.rekor.example' })

/** A root with both logs, the second one's key of the kind that is said. */
function rootOf(keyDetails: string): NamedRoot {
  const named = rootWith(KNOWN.log.log, NEXT.log.log)
  const [first, second] = named.document['tlogs'] as readonly [JsonObject, JsonObject]
  const publicKey = { ...(second['publicKey'] as JsonObject), keyDetails }
  const document = { ...named.document, tlogs: [first, { ...second, publicKey }] }
  const bytes = encodeCanonicalJson(document)
  if (!bytes.ok) throw new Error(bytes.problems[0].message)
  const root = parseTrustedRoot(bytes.value)
  if (!root.ok) throw new Error(root.problems[0].message)
  return { ...named, document, root: root.value }
}

const under = (keyDetails: string, { entry, question }: typeof NEXT) =>
  judge(entry, { ...question, roots: [rootOf(keyDetails)] })

describe('a log whose key is of a foreign kind (TR-7)', () => {
  it('vouches for nothing', () => {
    expect(under('PKIX_ED25519', NEXT)).toEqual([])
    expect(under('PKIX_ML_DSA_65', NEXT)).toEqual(['verify/log-unknown'])
  })

  it('takes nothing from the other logs of its root', () => {
    expect(under('PKIX_ML_DSA_65', KNOWN)).toEqual([])
  })
})
