import { describe, expect, it } from 'vitest'
import {
  parseSigningConfig,
  type SelectedServices,
  selectServices,
} from '../../../src/sign/index.ts'
import { codes, valueOf } from '../../trust/keys.ts'

const NOW = Date.UTC(2026, 5, 1)
const DAY = 24 * 60 * 60 * 1_000

interface Named {
  readonly operator?: string
  readonly version?: number
  readonly start?: number
  readonly end?: number
}

const service = (name: string, { operator = 'one', version = 1, start, end }: Named = {}) => ({
  url: `https://${name}.example`,
  majorApiVersion: version,
  validFor: {
    start: new Date(start ?? NOW - DAY).toISOString(),
    ...(end !== undefined && { end: new Date(end).toISOString() }),
  },
  operator,
})

const CONFIG = {
  mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
  caUrls: [service('ca')],
  oidcUrls: [service('oidc')],
  rekorTlogUrls: [service('log', { version: 2 })],
  rekorTlogConfig: { selector: 'ANY' },
  tsaUrls: [service('tsa')],
  tsaConfig: { selector: 'EXACT', count: 1 },
}

const parse = (config: object) => parseSigningConfig(Buffer.from(JSON.stringify(config)))
const select = (changes: object, now = NOW) =>
  selectServices(valueOf(parse({ ...CONFIG, ...changes })), now)

/** The names of the services that were chosen. */
function namesOf({ certificateAuthority, logs, timestampAuthorities }: SelectedServices) {
  const names = (services: readonly { readonly url: string }[]) =>
    services.map(({ url }) => new URL(url).hostname.split('.')[0])
  return { ca: names([certificateAuthority]), logs: names(logs), tsa: names(timestampAuthorities) }
}

describe('parseSigningConfig()', () => {
  it('reads the version 0.2, as cosign writes it', () => {
    expect(valueOf(parse(CONFIG))).toMatchObject({
      certificateAuthorities: [{ url: 'https://ca.example', majorApiVersion: 1, operator: 'one' }],
      logs: { services: [{ majorApiVersion: 2 }], selector: { kind: 'any' } },
      timestampAuthorities: { selector: { kind: 'exact', count: 1 } },
    })
    const { oidcUrls: _, tsaUrls: __, tsaConfig: ___, ...rest } = CONFIG
    expect(valueOf(parse(rest)).timestampAuthorities.services).toEqual([])
  })

  it.each<[string, object]>([
    ['another version', { mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.1+json' }],
    ['an unknown member', { rekorUrls: [] }],
    ['an unknown selector', { tsaConfig: { selector: 'SOME' } }],
    ['a count of none', { tsaConfig: { selector: 'EXACT', count: 0 } }],
    ['no count', { tsaConfig: { selector: 'EXACT' } }],
    ['logs and no selector', { rekorTlogConfig: undefined }],
    ['a service without an operator', { caUrls: [{ ...service('ca'), operator: '' }] }],
    ['a service without a start', { caUrls: [{ ...service('ca'), validFor: {} }] }],
    ['a time that does not exist', { caUrls: [{ ...service('ca'), validFor: { start: 'x' } }] }],
    ['a version as text', { caUrls: [{ ...service('ca'), majorApiVersion: '1' }] }],
  ])('refuses %s', (_, change) => {
    expect(codes(parse({ ...CONFIG, ...change }))).toEqual(['sign/signing-config'])
  })

  it('refuses what is not JSON', () => {
    expect(codes(parseSigningConfig(Buffer.from('{')))).toEqual(['sign/signing-config'])
  })
})

describe('selectServices()', () => {
  it('takes the highest version that is spoken, and then the newest', () => {
    const services = {
      caUrls: [
        service('old', { start: NOW - 9 * DAY }),
        service('new'),
        service('v9', { version: 9 }),
      ],
      rekorTlogUrls: [
        service('v1', { version: 1 }),
        service('v2-old', { version: 2, start: NOW - 9 * DAY }),
        service('v2', { version: 2 }),
      ],
    }
    expect(namesOf(valueOf(select(services)))).toEqual({ ca: ['new'], logs: ['v2'], tsa: ['tsa'] })
  })

  it('takes services that are valid now, both ends included', () => {
    const tsaUrls = [
      service('ended', { end: NOW - 1 }),
      service('coming', { start: NOW + 1 }),
      service('first', { start: NOW, operator: 'a' }),
      service('last', { end: NOW, operator: 'b' }),
    ]
    const chosen = valueOf(select({ tsaUrls, tsaConfig: { selector: 'ALL' } }))
    expect(namesOf(chosen).tsa).toEqual(['first', 'last'])
    expect(codes(select({}, NOW - 2 * DAY))).toEqual(['sign/service-missing'])
  })

  it('takes one service of each operator: any, all, or exactly so many', () => {
    const rekorTlogUrls = ['a', 'b', 'c'].flatMap((operator) => [
      service(`${operator}-old`, { operator, version: 2, start: NOW - 9 * DAY }),
      service(operator, { operator, version: 2 }),
    ])
    const logs = (rekorTlogConfig: object) =>
      namesOf(valueOf(select({ rekorTlogUrls, rekorTlogConfig }))).logs
    expect(logs({ selector: 'ANY' })).toEqual(['a'])
    expect(logs({ selector: 'ALL' })).toEqual(['a', 'b', 'c'])
    expect(logs({ selector: 'EXACT', count: 2 })).toEqual(['a', 'b'])
    const four = { rekorTlogUrls, rekorTlogConfig: { selector: 'EXACT', count: 4 } }
    const refused = select(four)
    expect(refused).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'sign/service-missing',
          message: expect.stringContaining('4 usable log services') as string,
        },
      ],
    })
  })

  it('refuses a kind of service of which none is spoken to', () => {
    for (const kind of ['caUrls', 'rekorTlogUrls', 'tsaUrls']) {
      const services = { [kind]: [service('v9', { version: 9 })] }
      expect([kind, codes(select(services))]).toEqual([kind, ['sign/service-missing']])
    }
    expect(codes(select({ caUrls: [] }))).toEqual(['sign/service-missing'])
  })

  it('needs a timestamp authority, unless a log of version 1 vouches for the time', () => {
    const none = { tsaUrls: [] }
    expect(codes(select(none))).toEqual(['sign/service-missing'])
    expect(codes(select({ ...none, rekorTlogUrls: [service('v1')] }))).toBe('accepted')
    expect(codes(select({ ...none, rekorTlogUrls: [] }))).toEqual(['sign/service-missing'])
    // GitHub's own instance has no log, and a timestamp authority.
    expect(codes(select({ rekorTlogUrls: [] }))).toBe('accepted')
  })
})
