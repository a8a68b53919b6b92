import { describe, expect, it } from 'vitest'
import type { BundleVersion, LogEntry } from '../../../../src/bundle/index.ts'
import { createNoteSigner, createTestLog, LOGGED_AT, rootWith, signNote } from '../test-log.ts'
import {
  checkpointOf,
  judge,
  judged,
  other,
  proofOf,
  scene,
  under,
  withCheckpoint,
  withProof,
} from './signed.ts'

const V1 = scene({ generation: 1, name: 'rekor.example' })
const V2 = scene({ generation: 2, name: 'log2026.rekor.example' })
const AFTER_0_1: readonly BundleVersion[] = ['0.2', '0.3']

/** Entries of the V1 scene without one part. */
const withoutProof = V1.log.entry(2, { proof: false })
const withoutPromise = V1.log.entry(2, { promise: false })

describe('an entry of Rekor v1', () => {
  it('counts with promise and proof, in every version of the bundle', () => {
    for (const bundleVersion of ['0.1', ...AFTER_0_1] as const) {
      expect(judge(V1.entry, { ...V1.question, bundleVersion })).toEqual([])
    }
  })

  it('gives its index and its time where a promise binds them', () => {
    const [entry] = judged([V1.entry], V1.question).entries
    expect(entry).toMatchObject({ logIndex: 1_002n, integratedTime: LOGGED_AT })
    expect(entry?.log).toBe(V1.log.log)
    expect(entry?.root.name).toBe('practice')
  })

  it('gives no time without a promise, whatever it says, and its place in the tree', () => {
    const forged = { ...withoutPromise, integratedTime: LOGGED_AT + 1000, logIndex: 7n }
    for (const entry of [withoutPromise, forged]) {
      const [verified] = judged([entry], V1.question).entries
      expect(verified?.logIndex).toBe(2n)
      expect(verified).not.toHaveProperty('integratedTime')
    }
  })

  it('needs the promise in a bundle of version 0.1', () => {
    const question = { ...V1.question, bundleVersion: '0.1' as const }
    expect(judge(withoutPromise, question)).toEqual(['verify/log-promise-missing'])
    expect(judge(withoutProof, question)).toEqual([])
  })

  it('needs the proof in later ones', () => {
    for (const bundleVersion of AFTER_0_1) {
      const question = { ...V1.question, bundleVersion }
      expect(judge(withoutProof, question)).toEqual(['verify/log-proof-missing'])
      expect(judge(withoutPromise, question)).toEqual([])
    }
  })

  it('lacks both where it has none', () => {
    const bare = V1.log.entry(2, { proof: false, promise: false })
    expect(judge(bare, V1.question)).toEqual(['verify/log-proof-missing'])
    expect(judge(bare, { ...V1.question, bundleVersion: '0.1' })).toEqual([
      'verify/log-promise-missing',
    ])
  })
})

describe('the promise', () => {
  const invalid = ['verify/log-promise-invalid']

  it.each<[string, Partial<LogEntry>]>([
    ['another time', { integratedTime: LOGGED_AT + 1000 }],
    ['another index', { logIndex: 1_003n }],
    ['an index beyond the doubles', { logIndex: 2n ** 63n - 1n }],
    ['other bytes', { inclusionPromise: Buffer.from('no signature') }],
    ['no bytes', { inclusionPromise: new Uint8Array() }],
  ])('is not about an entry with %s', (_, changes) => {
    expect(judge({ ...V1.entry, ...changes }, V1.question)).toEqual(invalid)
  })

  it('is not about an entry without a time', () => {
    const { integratedTime, ...timeless } = V1.entry
    expect(integratedTime).toBe(LOGGED_AT)
    expect(judge(timeless, V1.question)).toEqual(invalid)
    const promised = { ...timeless, inclusionPromise: V1.log.promise(timeless) }
    expect(judge(promised, V1.question)).toEqual(invalid)
  })

  it('is judged where the proof would be enough', () => {
    const promise = createTestLog({ generation: 1 }).promise(V1.entry)
    expect(judge({ ...V1.entry, inclusionPromise: promise }, V1.question)).toEqual(invalid)
  })

  it('of one entry is not the promise of another', () => {
    const { inclusionPromise = new Uint8Array() } = V1.log.entry(1)
    expect(judge({ ...V1.entry, inclusionPromise }, V1.question)).toEqual(invalid)
  })

  it('holds for the index and time that the log signed', () => {
    const moved = { ...V1.entry, logIndex: 5n, integratedTime: LOGGED_AT + 60_000 }
    const promised = { ...moved, inclusionPromise: V1.log.promise(moved) }
    expect(judged([promised], V1.question).entries).toMatchObject([
      { logIndex: 5n, integratedTime: LOGGED_AT + 60_000 },
    ])
  })
})

describe('an entry of Rekor v2', () => {
  it('counts with its proof, and gives no time', () => {
    const [entry] = judged([V2.entry], V2.question).entries
    expect(entry?.logIndex).toBe(2n)
    expect(entry).not.toHaveProperty('integratedTime')
  })

  it('gives no time that it says itself', () => {
    const [entry] = judged([{ ...V2.entry, integratedTime: LOGGED_AT }], V2.question).entries
    expect(entry).not.toHaveProperty('integratedTime')
  })

  it('is at the index of its proof', () => {
    expect(judge({ ...V2.entry, logIndex: 3n }, V2.question)).toEqual(['verify/log-proof-invalid'])
  })

  it('counts with cosignatures, wherever they stand', () => {
    const cosigners = [createNoteSigner('witness.example/w1'), createNoteSigner('w2')]
    expect(judge(V2.log.entry(2, { cosigners }), V2.question)).toEqual([])
    const reversed = V2.log.checkpoint(5, [...cosigners, V2.log.signer])
    expect(judge(withCheckpoint(V2.entry, reversed), V2.question)).toEqual([])
  })
})

describe.each([
  ['v1', V1],
  ['v2', V2],
])('the log of Rekor %s', (_, { log, entry, question }) => {
  it('is known to a trusted root by its id', () => {
    const unknown = { ...question, roots: [rootWith(createTestLog({ name: 'other' }).log)] }
    expect(judge(entry, unknown)).toEqual(['verify/log-unknown'])
    expect(judge(entry, { ...question, roots: [] })).toEqual(['verify/log-unknown'])
    const logId = log.log.logId.subarray(0, 4)
    expect(judge({ ...entry, logId }, question)).toEqual(['verify/log-unknown'])
  })

  it('proves entries under every tree that holds them', () => {
    for (const size of [3, 4, 5]) expect(judge(log.entry(2, { size }), question)).toEqual([])
  })

  it('signs the checkpoint', () => {
    const stranger = createNoteSigner(log.log.origin)
    const unsigned = ['verify/checkpoint-unsigned']
    expect(judge(withCheckpoint(entry, log.checkpoint(5, [])), question)).toEqual(unsigned)
    expect(judge(withCheckpoint(entry, log.checkpoint(5, [stranger])), question)).toEqual(unsigned)
    const renamed = { ...log.signer, name: 'evil.example' }
    expect(judge(withCheckpoint(entry, log.checkpoint(5, [renamed])), question)).toEqual(unsigned)
  })

  it('signs it with a signature that fits', () => {
    const [, signatures = ''] = log.checkpoint(4).split('\n\n')
    const [text = ''] = checkpointOf(entry).split('\n\n')
    expect(judge(withCheckpoint(entry, `${text}\n\n${signatures}`), question)).toEqual([
      'verify/checkpoint-signature-invalid',
    ])
  })

  it('signs no checkpoint of another log', () => {
    const [, ...rest] = checkpointOf(entry).split('\n\n')[0]?.split('\n') ?? []
    const foreign = signNote(`evil.example\n${rest.join('\n')}\n`, [log.signer])
    expect(judge(withCheckpoint(entry, foreign), question)).toEqual(['verify/checkpoint-origin'])
    const own = signNote(`${log.log.origin}\n${rest.join('\n')}\n`, [log.signer])
    expect(judge(withCheckpoint(entry, own), question)).toEqual([])
  })

  it('says where the proof leads', () => {
    const { checkpoint, ...bare } = proofOf(entry)
    expect(checkpoint).toContain('\u2014 ')
    expect(judge({ ...entry, inclusionProof: bare }, question)).toEqual([
      'verify/checkpoint-missing',
    ])
    const text = checkpointOf(entry)
    expect(judge(withCheckpoint(entry, text.replace('\n5\n', '\n05\n')), question)).toEqual([
      'verify/checkpoint-malformed',
    ])
  })

  it('need not sign for a proof of a bundle of version 0.1, where the promise vouches', () => {
    const { checkpoint: _, ...bare } = proofOf(entry)
    const old = { ...question, bundleVersion: '0.1' as const }
    const promised = log === V1.log ? [] : ['verify/log-promise-missing']
    expect(judge({ ...entry, inclusionProof: bare }, old)).toEqual(promised)
    const broken = { ...bare, hashes: [] }
    for (const asked of [old, question]) {
      expect(judge({ ...entry, inclusionProof: broken }, asked)).toContain(
        'verify/log-proof-invalid',
      )
    }
  })

  it('says how many leaves there are, and the root over them', () => {
    const mismatch = ['verify/checkpoint-mismatch']
    expect(judge(withProof(entry, { treeSize: 6n }), question)).toEqual(mismatch)
    expect(judge(withProof(entry, { rootHash: new Uint8Array(32) }), question)).toEqual(mismatch)
    expect(judge(withProof(entry, { rootHash: new Uint8Array() }), question)).toEqual(mismatch)
    expect(judge(withCheckpoint(entry, log.checkpoint(4)), question)).toEqual(mismatch)
  })

  it('holds the entry at that place', () => {
    const invalid = ['verify/log-proof-invalid']
    const { hashes } = proofOf(entry)
    const at = (index: bigint) => ({
      ...withProof(entry, { logIndex: index }),
      // What v2 says of the index agrees.
      ...(log === V2.log && { logIndex: index }),
    })
    for (const index of [1n, 3n, 5n, 2n ** 63n - 1n]) {
      expect(judge(at(index), question)).toEqual(invalid)
    }
    expect(judge(withProof(entry, { hashes: hashes.slice(1) }), question)).toEqual(invalid)
    expect(judge(withProof(entry, { hashes: [] }), question)).toEqual(invalid)
    expect(judge(withProof(entry, { hashes: hashes.toReversed() }), question)).toEqual(invalid)
    const { inclusionProof } = log.entry(1)
    expect(judge(withProof(entry, { ...inclusionProof, logIndex: 2n }), question)).toEqual(invalid)
  })

  it('holds no body that was never appended', () => {
    const never = scene({ name: 'never' }).entry.canonicalizedBody
    const canonicalizedBody = Buffer.concat([never, Buffer.from(' ')])
    const forged = { ...entry, kind: 'hashedrekord', version: '0.0.2', canonicalizedBody }
    const codes = judge(forged, question)
    expect(codes).toContain('verify/log-proof-invalid')
    expect(codes.includes('verify/log-promise-invalid')).toBe(log === V1.log)
  })

  it('is one log among several', () => {
    const others = [createTestLog({ name: 'a' }).log, createTestLog({ name: 'b' }).log]
    expect(judge(entry, under(...others, log.log))).toEqual([])
  })

  it('is named by every root that knows it', () => {
    const roots = [rootWith(log.log), rootWith(), { ...rootWith(log.log), name: 'second' }]
    const [verified] = judged([entry], { ...question, roots }).entries
    expect(verified?.logs.map(({ root }) => root.name)).toEqual(['practice', 'second'])
  })
})

describe('an entry that a log holds', () => {
  it('is refused where it is about something else', () => {
    const { log, question } = scene({ generation: 1 })
    const foreign = log.entry(log.append(other(9)))
    expect(judge(foreign, question)).toEqual([
      'verify/log-signature-mismatch',
      'verify/log-key-mismatch',
      'verify/log-digest-mismatch',
    ])
  })

  it('is refused where nobody knows its kind', () => {
    const body = { apiVersion: '0.0.1', kind: 'rekord', spec: {} }
    const { entry, question } = scene({ generation: 1 }, body)
    expect(judge(entry, question)).toEqual(['verify/log-entry-kind'])
  })

  it('is refused where its body can not be read', () => {
    const body = { apiVersion: '0.0.1', kind: 'hashedrekord', spec: {} }
    const { entry, question } = scene({ generation: 1 }, body)
    expect(judge(entry, question)).toEqual(['verify/log-entry-malformed'])
  })
})
