// A keyless bundle, bit by bit and part by part: nothing in it can be changed, and nothing that is taken away helps.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stamp } from '../test-timestamp.ts'
import type { Attack } from './attack.ts'
import { type Made, type Making, prepare, SEEN_AT, TSA } from './scene.ts'
import { AUTHORITIES } from './tables/authorities.ts'
import { CERTIFICATE_LOGS } from './tables/certificate-logs.ts'
import { CERTIFICATES } from './tables/certificates.ts'
import { IDENTITIES } from './tables/identities.ts'

type Json = unknown
type Path = readonly (string | number)[]

/** Every text in the document, with its place. */
function textsIn(value: Json, path: Path = []): readonly (readonly [Path, string])[] {
  if (typeof value === 'string') return [[path, value]]
  return childrenOf(value).flatMap(([name, child]) => textsIn(child, [...path, name]))
}

/** Every member and entry of the document, at every depth. */
function placesIn(value: Json, path: Path = []): readonly Path[] {
  return childrenOf(value).flatMap(([name, child]) => [
    [...path, name],
    ...placesIn(child, [...path, name]),
  ])
}

function childrenOf(value: Json): readonly (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return value.map((child, index) => [index, child])
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** The document with another value at one place; `undefined` takes the place away. */
function replaceAt(value: Json, [name, ...rest]: Path, replacement: Json): Json {
  if (name === undefined) return replacement
  if (Array.isArray(value)) {
    const index = Number(name)
    const child = replaceAt(value[index], rest, replacement)
    return child === undefined ? value.toSpliced(index, 1) : value.with(index, child)
  }
  const members = value as Readonly<Record<string, Json>>
  return { ...members, [name]: replaceAt(members[name], rest, replacement) }
}

function flip(bytes: Uint8Array, bit: number): Buffer {
  const flipped = Buffer.from(bytes)
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return flipped
}

/** Names of what is no base64. */
const PLAIN = [
  'mediaType',
  'payloadType',
  'kind',
  'version',
  'envelope',
  'algorithm',
  'logIndex',
  'treeSize',
  'integratedTime',
]

/** The bytes that a member stands for, and the text for others. */
function fieldAt(path: Path, text: string) {
  if (PLAIN.includes(String(path.at(-1)))) {
    return { bytes: Buffer.from(text), encode: (bytes: Buffer) => bytes.toString('latin1') }
  }
  return {
    bytes: Buffer.from(text, 'base64'),
    encode: (bytes: Buffer) => bytes.toString('base64'),
  }
}

describe.each<[string, Making]>([
  ['an envelope in Rekor v1', {}],
  ['an envelope in Rekor v2', { log: { generation: 2 } }],
  ['an artifact in Rekor v1', { content: 'message' }],
  ['an artifact in Rekor v2', { content: 'message', log: { generation: 2 } }],
])('a keyless bundle of %s', (_, making) => {
  const { text, codesOf } = prepare(making)
  const document: Json = JSON.parse(text)
  const texts = textsIn(document)
  const codesWith = (path: Path, replacement: Json) =>
    codesOf(JSON.stringify(replaceAt(document, path, replacement)))

  it('is accepted as it is, also where each field is written anew', () => {
    expect(texts.length).toBeGreaterThan(15)
    for (const [path, before] of texts) {
      const { bytes, encode } = fieldAt(path, before)
      expect(encode(bytes).length, path.join('/')).toBeGreaterThan(0)
      expect(codesWith(path, path.at(-1) === 'envelope' ? before : encode(bytes))).toEqual([])
    }
  })

  it('is refused with any one bit changed', () => {
    const turned = fc
      .constantFrom(...texts)
      .chain(([path, before]) =>
        fc.tuple(
          fc.constant([path, before] as const),
          fc.nat(fieldAt(path, before).bytes.length * 8 - 1),
        ),
      )
    fc.assert(
      fc.property(turned, ([[path, before], bit]) => {
        const { bytes, encode } = fieldAt(path, before)
        const flipped = flip(bytes, bit)
        // The status of a timestamp stands outside of what is signed, and 1 says the same as 0.
        if (path.at(-1) === 'signedTimestamp' && flipped.toString('hex', 6, 9) === '020101') return
        expect(codesWith(path, encode(flipped)), path.join('/')).not.toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('is refused with every bit changed in turn of what is short', () => {
    for (const [path, before] of texts.filter(([, { length }]) => length <= 24)) {
      const { bytes, encode } = fieldAt(path, before)
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const name = `${path.join('/')}, bit ${bit}`
        expect(codesWith(path, encode(flip(bytes, bit))), name).not.toEqual([])
      }
    }
  })
})

/** What one log entry or timestamp can be. */
const STATES = ['absent', 'good', 'bad'] as const
type State = (typeof STATES)[number]

const state = fc.constantFrom(...STATES)

/** What was refused for these stays refused whatever is taken away: the evidence has no part in it. */
const REFUSED = [IDENTITIES, CERTIFICATES, AUTHORITIES, CERTIFICATE_LOGS].flatMap(({ attacks }) =>
  attacks.filter(({ codes }) => codes.length > 0 && !isOfEvidence(codes)),
)

/** Of times, log entries, timestamps and certificates that came along: they are what is refused, so that without them it may be good. */
function isOfEvidence(codes: Attack['codes']): boolean {
  return codes.some((code) =>
    /^verify\/(?:log-|timestamp-|certificate-(?:time|authority-time|chain)$)/.test(code),
  )
}

describe('what was refused stays refused (A-47)', () => {
  it.each(REFUSED)('whatever part is taken away: $defect', ({ ways }) => {
    for (const [way, making] of Object.entries(ways).slice(0, 1)) {
      const { text, codesOf } = prepare(making)
      const document: Json = JSON.parse(text)
      for (const place of placesIn(document)) {
        const codes = codesOf(JSON.stringify(replaceAt(document, place, undefined)))
        expect(codes, `${way}, without ${place.join('/')}`).not.toEqual([])
      }
    }
  })

  it('without any of its evidence, unless that was itself what was wrong', () => {
    fc.assert(
      fc.property(
        fc.record({ entry: state, first: state, second: state }),
        fc.boolean(),
        (evidence, isAsked) => {
          const { entry, first, second } = evidence
          const { text, codesOf } = prepare(makingOf(evidence, isAsked))
          const states = Object.values(evidence)
          const isStamped = first === 'good' || second === 'good'
          const isGood = entry === 'good' && !states.includes('bad') && (isStamped || !isAsked)
          expect(codesOf(text).length === 0, JSON.stringify(evidence)).toBe(isGood)
        },
      ),
      { numRuns: 60 },
    )
  })
})

/** One log entry and two timestamps, each there or not, good or of something else. */
function makingOf(
  { entry, first, second }: Readonly<Record<'entry' | 'first' | 'second', State>>,
  requireTimestamp: boolean,
): Making {
  const stampAs = (one: State, serial: number, { signature }: Made) => {
    const bytes = one === 'good' ? signature : Buffer.from('something else')
    const at = SEEN_AT + serial * 1_000
    return one === 'absent' ? [] : [stamp(TSA, bytes, { at, serialNumber: Buffer.of(serial) })]
  }
  return {
    entries: (made) => {
      if (entry === 'absent') return []
      return [entry === 'good' ? made.entry : made.log.entry(0, { at: SEEN_AT })]
    },
    timestamps: (made) => [...stampAs(first, 1, made), ...stampAs(second, 2, made)],
    expectation: { requireTimestamp },
  }
}
