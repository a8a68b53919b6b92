import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/index.ts'
import {
  addRoot,
  buildEmptyTrust,
  compareRoots,
  judgeRoot,
  replaceRoot,
  type TrustDocument,
} from '../../../src/trust/index.ts'
import { codes, valueOf } from '../keys.ts'
import { type Json, PUBLIC, parseRoot, rootWith, withLog, withLogKey } from './roots.ts'

const OLD = rootWith({ timestampAuthorities: null }) as JsonObject
const NEW = rootWith({ tlogs: [PUBLIC.tlogs[1]] }) as JsonObject
const UNTIL = Date.UTC(2026, 5, 1)

const trusting = (document: JsonObject): TrustDocument =>
  valueOf(addRoot(buildEmptyTrust(), { name: 'public', mark: 'live', document }))
const replace = (before: JsonObject, name = 'public') =>
  replaceRoot(trusting(before), name, {
    trustedRoot: NEW,
    kept: { name: 'old', until: UNTIL },
  })
const changesOf = (before: Json, after: Json) =>
  compareRoots(valueOf(parseRoot(before)), valueOf(parseRoot(after)))

describe('compareRoots()', () => {
  it('tells what came, what went, and whose window is another', () => {
    const log = (publicKey: Json) => ({ ...withLogKey(publicKey), ctlogs: [PUBLIC.ctlogs[0]] })
    const start = '2021-01-12T11:53:27Z'
    const [open, ended] = [
      log({ validFor: { start } }),
      log({ validFor: { start, end: '2026-01-01T00:00:00Z' } }),
    ]
    const kind = 'log'
    const name = 'rekor.sigstore.dev'
    expect(changesOf(open, ended).changes).toEqual([{ what: 'ended', kind, name }])
    expect(changesOf(ended, open).changes).toEqual([{ what: 'changed', kind, name }])
    expect(changesOf(PUBLIC, NEW as Json).changes).toEqual([{ what: 'dropped', kind, name }])
    expect(changesOf(NEW as Json, PUBLIC).changes).toEqual([{ what: 'added', kind, name }])
    expect(changesOf(PUBLIC, withLog({ operator: 'other' })).isRelated).toBe(true)
  })
})

describe('replaceRoot()', () => {
  it('puts the new state in its place; what it drops stays, for what it vouched for until then', () => {
    const { roots } = valueOf(replace(OLD))
    expect(roots.map(({ name }) => name)).toEqual(['old', 'public'])
    const [old, current] = roots.map(({ root }) => root)
    expect(current).toEqual(valueOf(parseRoot(NEW)))
    const members = old === undefined ? [] : judgeRoot(old, UNTIL + 1)
    expect(members.map(({ kind }) => kind)).toEqual([
      'log',
      'log',
      'certificate log',
      'certificate log',
      'certificate authority',
      'certificate authority',
    ])
    expect(new Set(members.map(({ standing }) => standing))).toEqual(new Set(['ended']))
    const before = valueOf(parseRoot(OLD))
    const standings = (root: typeof before) => judgeRoot(root, UNTIL).map((one) => one.standing)
    expect(old && standings(old)).toEqual(standings(before))
  })

  it('keeps an end that is earlier, and drops what had not begun', () => {
    const windowed = (start: string, end?: string) =>
      (withLogKey({ validFor: { start, end } }) as typeof PUBLIC).tlogs[0]
    const [, other] = PUBLIC.tlogs
    const kept = (log: Json) =>
      valueOf(
        replace({ ...OLD, tlogs: [log, other] } as JsonObject),
      ).roots[0]?.root.transparencyLogs.map(({ origin, validFor }) => [origin, validFor.end])
    const second = ['log2025-1.rekor.sigstore.dev', UNTIL]
    expect(kept(windowed('2021-01-12T11:53:27Z', '2022-01-01T00:00:00Z'))).toEqual([
      ['rekor.sigstore.dev', Date.UTC(2022, 0, 1)],
      second,
    ])
    expect(kept(windowed('2026-06-01T00:00:00Z'))).toEqual([['rekor.sigstore.dev', UNTIL], second])
    expect(kept(windowed('2026-06-01T00:00:01Z'))).toEqual([second])
  })

  it('leaves other roots as they are, and refuses what can be no root', () => {
    const before = trusting(OLD)
    expect(valueOf(replace(OLD, 'another')).digest).toBe(before.digest)
    const empty = buildEmptyTrust()
    expect(replaceRoot(empty, 'public', { trustedRoot: NEW })).toEqual({ ok: true, value: empty })
    expect(codes(replaceRoot(before, 'public', { trustedRoot: {} }))).toEqual(['trust/root-format'])
    expect(codes(replaceRoot(before, 'public', { trustedRoot: NEW }))).toBe('accepted')
  })
})
