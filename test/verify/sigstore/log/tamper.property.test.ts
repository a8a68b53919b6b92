// Whatever is changed in what a log signed, or in the proof that it did: the entry counts no more.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InclusionProof, LogEntry } from '../../../../src/bundle/index.ts'
import { parseBody } from '../../../../src/verify/sigstore/log/body/body.ts'
import { judge, scene, type Scene } from './signed.ts'

const V1 = scene({ generation: 1, name: 'rekor.example' })
const V2 = scene({ generation: 2, name: 'log2026.rekor.example' })

function turn(bytes: Uint8Array, bit: number): Uint8Array {
  const turned = Uint8Array.from(bytes)
  turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return turned
}

const isAccepted = (entry: LogEntry, { question }: Scene) => judge(entry, question).length === 0

/** The bytes at one place of the entry, and the entry with others there. */
interface Part {
  readonly bytes: Uint8Array
  with(bytes: Uint8Array): LogEntry
}

function partsOf({ entry }: Scene): Readonly<Record<string, Part>> {
  const proof = entry.inclusionProof
  if (proof === undefined) throw new Error('the entry has a proof')
  const withProof = (changes: Partial<InclusionProof>) => ({
    ...entry,
    inclusionProof: { ...proof, ...changes },
  })
  const parts: Record<string, Part> = {
    body: {
      bytes: entry.canonicalizedBody,
      with: (canonicalizedBody) => ({ ...entry, canonicalizedBody }),
    },
    'id of the log': { bytes: entry.logId, with: (logId) => ({ ...entry, logId }) },
    root: { bytes: proof.rootHash, with: (rootHash) => withProof({ rootHash }) },
    checkpoint: {
      bytes: Buffer.from(proof.checkpoint ?? ''),
      // latin1: every turned bit is still some text.
      with: (bytes) => withProof({ checkpoint: decode(bytes) }),
    },
  }
  for (const [at, hash] of proof.hashes.entries()) {
    parts[`hash ${at}`] = {
      bytes: hash,
      with: (bytes) => withProof({ hashes: proof.hashes.with(at, bytes) }),
    }
  }
  const promise = entry.inclusionPromise
  if (promise === undefined) return parts
  const signed = (inclusionPromise: Uint8Array) => ({ ...entry, inclusionPromise })
  return { ...parts, promise: { bytes: promise, with: signed } }
}

/** As a JSON text would be read: what is no UTF-8 becomes another character. */
function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}

describe.each([
  ['v1', V1],
  ['v2', V2],
])('an entry of Rekor %s', (_, one) => {
  const parts = Object.entries(partsOf(one))

  it('is accepted as it is', () => {
    expect(isAccepted(one.entry, one)).toBe(true)
    for (const [name, part] of parts) {
      expect(isAccepted(part.with(part.bytes), one), name).toBe(true)
    }
  })

  it.each(parts)('is refused with any bit of its %s turned', (name, part) => {
    // Bodies are long: some of their bits.
    const step = name === 'body' ? 13 : 1
    for (let bit = 0; bit < part.bytes.length * 8; bit += step) {
      expect(isAccepted(part.with(turn(part.bytes, bit)), one), `bit ${bit}`).toBe(false)
    }
  })

  it.each(parts)('is refused with its %s cut off anywhere', (_name, part) => {
    fc.assert(
      fc.property(fc.nat(part.bytes.length - 1), (length) => {
        expect(isAccepted(part.with(part.bytes.subarray(0, length)), one)).toBe(false)
      }),
    )
  })

  it('is refused with any number changed that is signed or proven', () => {
    const { inclusionProof: proof } = one.entry
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (number) => {
        if (proof === undefined) throw new Error('the entry has a proof')
        const changed: readonly LogEntry[] = [
          { ...one.entry, logIndex: number },
          { ...one.entry, inclusionProof: { ...proof, logIndex: number } },
          { ...one.entry, inclusionProof: { ...proof, treeSize: number } },
        ]
        const was = [one.entry.logIndex, proof.logIndex, proof.treeSize]
        for (const [at, entry] of changed.entries()) {
          expect(isAccepted(entry, one)).toBe(number === was[at])
        }
      }),
    )
  })
})

it('every part of one entry is refused in every other', () => {
  const others = [1, 3].map((index) => V1.log.entry(index))
  for (const other of others) {
    const names = Object.keys(V1.entry) as (keyof LogEntry)[]
    const spliced = names
      .map((name) => ({ name, entry: { ...V1.entry, [name]: other[name] } }))
      // They are the same in both.
      .filter(({ name }) => !['logId', 'kind', 'version', 'integratedTime'].includes(name))
    for (const { name, entry } of spliced) expect(isAccepted(entry, V1), name).toBe(false)
    expect(spliced).toHaveLength(4)
  }
})

it('no body makes the reader throw', () => {
  const kinds = ['hashedrekord 0.0.1', 'hashedrekord 0.0.2', 'dsse 0.0.1', 'intoto 0.0.2']
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.json(), (name, text) => {
      const [kind = '', version = ''] = name.split(' ')
      const parsed = parseBody({ kind, version, canonicalizedBody: Buffer.from(text) })
      expect(parsed.ok || parsed.problems[0].code).toBe('verify/log-entry-malformed')
    }),
  )
})
