import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../../src/core/index.ts'
import { compareRoots, judgeRoot, parseRootLines } from '../../../src/trust/index.ts'
import { valueOf } from '../keys.ts'
import { CASES, pkcs1, rsa } from './root-cases.ts'
import {
  foreignLog,
  PUBLIC,
  parseRoot,
  problemsOf,
  rootWith,
  START,
  withAuthority,
  withKey,
  withLog,
  withLogKey,
} from './roots.ts'

describe('parseTrustedRoot()', () => {
  it.each(CASES)('refuses %s (%s)', (_, code, refused, accepted) => {
    expect(problemsOf(parseRoot(refused))).toContainEqual(code)
    expect(problemsOf(parseRoot(accepted))).toBe('accepted')
  })

  it('tells every problem', () => {
    const root = rootWith({ tlogs: [{}], ctlogs: 1, extra: 1 })
    expect(problemsOf(parseRoot(root))).toEqual([
      'trust/root-member-unknown',
      'trust/root-member /tlogs/0/logId',
      'trust/root-member /tlogs/0/publicKey',
      'trust/root-member /ctlogs',
    ])
  })

  it('reads the public root', () => {
    const root = valueOf(parseRoot(PUBLIC))
    expect(root.transparencyLogs.map(({ origin, publicKey }) => [origin, publicKey.type])).toEqual([
      ['rekor.sigstore.dev', 'p256'],
      ['log2025-1.rekor.sigstore.dev', 'ed25519'],
    ])
    expect(root.certificateLogs.map(({ origin }) => origin)).toEqual([
      'ctfe.sigstore.dev/test',
      'ctfe.sigstore.dev/2022',
    ])
    expect(root.certificateAuthorities.map(({ certificates }) => certificates.length)).toEqual([
      1, 2,
    ])
    expect(root.timestampAuthorities[0]?.uri).toBe(
      'https://timestamp.sigstore.dev/api/v1/timestamp',
    )
  })

  it.each([
    ['https://log.example', 'log.example'],
    ['http://127.0.0.1:3000/', '127.0.0.1'],
    ['https://log.example/a/b', 'log.example/a/b'],
    ['log.example', 'log.example'],
  ])('takes the name of the log at %s for %s', (baseUrl, origin) => {
    expect(valueOf(parseRoot(withLog({ baseUrl }))).transparencyLogs[0]?.origin).toBe(origin)
  })

  it('rewrites a key in PKCS#1 to SPKI, by which the log is named', () => {
    const root = withKey(rsa, 'PKCS1_RSA_PKCS1V5', { rawBytes: pkcs1 })
    const [log] = valueOf(parseRoot(root)).transparencyLogs
    const spki = rsa.export({ type: 'spki', format: 'der' })
    expect(log?.publicKey.spki).toEqual(Uint8Array.from(spki))
    expect(log?.logId).toEqual(Uint8Array.from(createHash('sha256').update(spki).digest()))
  })

  it('keeps who operates a log, and how it is named in checkpoints', () => {
    const root = withLog({ operator: 'sigstore.dev', checkpointKeyId: { keyId: 'AAAAAA==' } })
    expect(valueOf(parseRoot(root)).transparencyLogs[0]).toMatchObject({
      operator: 'sigstore.dev',
      checkpointKeyId: new Uint8Array(4),
    })
    const authority = withAuthority({ operator: 'sigstore.dev', uri: '' })
    expect(valueOf(parseRoot(authority)).certificateAuthorities[0]).toMatchObject({
      operator: 'sigstore.dev',
      uri: '',
    })
  })
})

describe('a log whose key is of a foreign kind (TR-7)', () => {
  const root = rootWith({
    tlogs: [foreignLog(), ...PUBLIC.tlogs],
    ctlogs: [...PUBLIC.ctlogs, foreignLog({ keyDetails: 'PKIX_RSA_PSS_2048_SHA256' })],
  })

  it('is kept beside the others, which count as before', () => {
    const { unusableLogs, ...others } = valueOf(parseRoot(root))
    const { unusableLogs: none, ...before } = valueOf(parseRoot(PUBLIC))
    expect(none).toEqual([])
    expect(JSON.stringify(others)).toBe(JSON.stringify(before))
    expect(unusableLogs).toEqual([
      {
        kind: 'log',
        origin: 'log.next.example',
        keyDetails: 'PKIX_ML_DSA_65',
        keyBytes: Uint8Array.of(0, 1, 2),
        validFor: { start: Date.parse(START) },
      },
      {
        kind: 'certificate log',
        origin: 'log.next.example',
        keyDetails: 'PKIX_RSA_PSS_2048_SHA256',
        keyBytes: Uint8Array.of(0, 1, 2),
        validFor: { start: Date.parse(START) },
      },
    ])
  })

  it('stands in the root as one that can not be used', () => {
    const told = judgeRoot(valueOf(parseRoot(root)), Date.parse('2026-04-10T12:00:00Z'))
      .filter(({ standing }) => standing === 'not-usable')
      .map(({ kind, name, start }) => [kind, name, start])
    expect(told).toEqual([
      ['log', 'log.next.example', Date.parse(START)],
      ['certificate log', 'log.next.example', Date.parse(START)],
    ])
  })

  it('is told where a root gets one', () => {
    const { changes } = compareRoots(valueOf(parseRoot(PUBLIC)), valueOf(parseRoot(root)))
    expect(changes).toEqual([
      { what: 'added', kind: 'log', name: 'log.next.example' },
      { what: 'added', kind: 'certificate log', name: 'log.next.example' },
    ])
  })
})

describe('parseRootLines()', () => {
  const line = JSON.stringify(PUBLIC)
  const linesOf = (text: string) => parseRootLines(encodeUtf8(text))

  it('reads one document on any number of lines, or one on each', () => {
    expect(valueOf(linesOf(JSON.stringify(PUBLIC, null, 2)))).toEqual([PUBLIC])
    expect(valueOf(linesOf(`${line}\r\n\n${line}`))).toEqual([PUBLIC, PUBLIC])
  })

  it('refuses a file with a line that is none', () => {
    expect(problemsOf(linesOf(`${line}\n{`))).toEqual(['trust/root-format line 2'])
    expect(problemsOf(linesOf(`${line}\n\u0001\n${line}`))).toEqual(['trust/root-format line 2'])
    expect(problemsOf(linesOf(`${line}\n{}`))).toEqual(['trust/root-format line 2, /mediaType'])
    expect(problemsOf(linesOf('{}'))).toEqual(['trust/root-format /mediaType'])
    expect(problemsOf(linesOf('{\n"a"'))).toEqual(['trust/root-format'])
    expect(problemsOf(linesOf(''))).toEqual(['trust/root-format'])
  })
})

describe('judgeRoot()', () => {
  const root = valueOf(
    parseRoot(withLogKey({ validFor: { start: START, end: '2026-02-01T00:00:00Z' } })),
  )
  const standing = (time: string) => judgeRoot(root, Date.parse(time))[0]?.standing

  it('takes both ends for part of the interval (TR-3)', () => {
    expect(standing('2025-12-31T23:59:59.999Z')).toBe('not-yet-valid')
    expect(standing(START)).toBe('valid')
    expect(standing('2026-02-01T00:00:00Z')).toBe('valid')
    expect(standing('2026-02-01T00:00:00.001Z')).toBe('ended')
  })

  it('ends an authority with the first certificate that ends', () => {
    const authorities = judgeRoot(root, 0).filter(({ kind }) => kind === 'certificate authority')
    expect(authorities.map(({ end }) => new Date(end ?? 0).toISOString())).toEqual([
      '2022-12-31T23:59:59.999Z',
      '2031-10-05T13:56:58.000Z',
    ])
  })
})
