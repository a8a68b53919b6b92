import { describe, expect, it } from 'vitest'
import { ACCEPTED, createClient, outcome, refusedWith, run, runTwice } from './root-client.ts'
import {
  ALICE,
  BOB,
  buildRepository,
  CAROL,
  EXPIRED,
  FIRST,
  makeKey,
  ONLINE,
  renameKey,
  type RepositoryPlan,
  second,
  serveRepository,
} from './tuf-repository.ts'

type Json = Record<string, unknown>

const changeRole = (name: string, members: Json) => (signed: Json) => {
  const roles = signed['roles'] as Record<string, Json>
  return { ...signed, roles: { ...roles, [name]: { ...roles[name], ...members } } }
}

describe('a repository that is frozen, rolled back or skips a version (A-25)', () => {
  it.each(['timestamp', 'snapshot', 'targets'] as const)(
    'refuses %s that expired',
    async (role) => {
      const edit: RepositoryPlan['edit'] = (name, signed) =>
        name === role ? { ...signed, expires: EXPIRED } : signed
      expect(await run({ edit })).toEqual(refusedWith('host/update-expired'))
    },
  )

  it('holds every expiry against one instant, that of the host (TUF-1)', async () => {
    const built = buildRepository({
      roots: [FIRST, second({ edit: (signed) => ({ ...signed, expires: EXPIRED }) })],
      edit: (_, signed) => ({ ...signed, expires: EXPIRED }),
    })
    const { url } = await serveRepository(built)
    const fetchAt = async (now: () => number) =>
      outcome(await createClient(now).fetch(url, built.anchor))
    const before = Date.parse(EXPIRED) - 1
    expect(await fetchAt(() => before)).toBe('accepted')
    expect(await fetchAt(() => before + 1)).toBe('host/update-expired')
    let now = before
    expect(await fetchAt(() => now++)).toBe('accepted')
  })

  it('refuses newest root metadata that expired', async () => {
    const expired = second({ edit: (signed) => ({ ...signed, expires: EXPIRED }) })
    expect(await run({ roots: [FIRST, expired] })).toEqual(refusedWith('host/update-expired'))
  })

  it.each(['never', '2099-13-01T00:00:00Z', '', 4_102_444_800])(
    'refuses %j as the time at which metadata expires',
    async (expires) => {
      const edit: RepositoryPlan['edit'] = (_, signed) => ({ ...signed, expires })
      expect(await run({ edit })).toEqual(refusedWith('host/update-malformed'))
    },
  )

  it.each([
    ['timestamp', { timestamp: 4, snapshot: 5, targets: 5 }],
    ['snapshot', { timestamp: 6, snapshot: 4, targets: 5 }],
    ['targets', { timestamp: 6, snapshot: 6, targets: 4 }],
  ] as const)('refuses an older version of %s than was seen', async (_, versions) => {
    const first = buildRepository({ versions: { timestamp: 5, snapshot: 5, targets: 5 } })
    expect(await runTwice(first, buildRepository({ versions }))).toBe('host/update-rolled-back')
  })

  it('accepts newer versions of all of them', async () => {
    const first = buildRepository({ versions: { timestamp: 5, snapshot: 5, targets: 5 } })
    const versions = { timestamp: 6, snapshot: 6, targets: 6 }
    expect(await runTwice(first, buildRepository({ versions }))).toBe('accepted')
  })

  it('refuses a snapshot that lists less than was seen', async () => {
    const listing = (names: readonly string[]): NonNullable<RepositoryPlan['edit']> => {
      return (role, signed) => {
        if (role !== 'snapshot') return signed
        const meta = signed['meta'] as Json
        const more = names.map((name) => [name, { version: 1 }])
        return { ...signed, meta: { ...meta, ...Object.fromEntries(more) } }
      }
    }
    const edit = listing(['npm.json'])
    const versions = { timestamp: 2, snapshot: 2 }
    const first = buildRepository({ edit })
    expect(await runTwice(first, buildRepository({ versions }))).toBe('host/update-rolled-back')
    expect(await runTwice(first, buildRepository({ versions, edit }))).toBe('accepted')
  })

  it('refuses to forget root metadata that was seen', async () => {
    const first = buildRepository({ roots: [FIRST, second()] })
    expect(await runTwice(first, buildRepository())).toBe('host/update-rolled-back')
  })

  it('refuses snapshot metadata of another version than the timestamp says', async () => {
    const edit: RepositoryPlan['edit'] = (role, signed) =>
      role === 'snapshot' ? { ...signed, version: 2 } : signed
    expect(await run({ edit })).toEqual(refusedWith('host/update-mismatch'))
  })

  it('refuses a jump from version 1 to version 3 of the root metadata', async () => {
    const jump = buildRepository({ roots: [FIRST, { ...second(), version: 3 }] }).files
    const serve = { '2.root.json': jump.get('3.root.json') as Uint8Array }
    expect(await run({ serve })).toEqual(refusedWith('host/update-version'))
  })

  it('refuses more newer versions of the root metadata than anybody has', async () => {
    const versions = Array.from({ length: 66 }, (_, index) => ({ ...FIRST, version: index + 1 }))
    expect(await run({ roots: versions.slice(0, 65) })).toEqual(ACCEPTED)
    expect(await run({ roots: versions })).toEqual(refusedWith('host/update-version'))
  })

  it.each([
    ['the old keys alone', { signers: [ALICE, BOB], holders: [CAROL, makeKey('dave')] }],
    ['the new keys alone', { signers: [CAROL, makeKey('erin')] }],
    ['one old key', { signers: [ALICE, CAROL], holders: [ALICE, CAROL] }],
  ])('refuses root metadata that is signed by %s', async (_, changes) => {
    const third = { ...second(changes), version: 3, signers: changes.signers }
    expect(await run({ roots: [FIRST, second(changes), third] })).toEqual(
      refusedWith('host/update-unsigned'),
    )
  })

  it('forgets versions of keys that were taken out, however high they are', async () => {
    const high = { timestamp: Number.MAX_SAFE_INTEGER, snapshot: 9e15 }
    const stolen = buildRepository({ versions: high })
    const recovered = buildRepository({ roots: [FIRST, second()], online: makeKey('other') })
    const rotated = { ...FIRST, version: 2 }
    expect(await runTwice(stolen, recovered)).toBe('accepted')
    expect(await runTwice(stolen, buildRepository({ roots: [FIRST, rotated] }))).toBe(
      'host/update-rolled-back',
    )
  })
})

describe('a threshold that is none (A-26)', () => {
  it.each([0, -1, 1.5, '1', null])('refuses a threshold of %j', async (threshold) => {
    for (const role of ['root', 'targets', 'snapshot', 'timestamp']) {
      const edit = changeRole(role, { threshold })
      expect(await run({ roots: [{ ...FIRST, edit }] })).toEqual(
        refusedWith('host/update-threshold'),
      )
    }
  })

  it('refuses one key under two identifiers, and accepts two keys', async () => {
    const twice = [ALICE, renameKey(ALICE, 'alice-in-hex')]
    expect(
      await run({ roots: [FIRST, second({ signers: [...twice, BOB], holders: twice })] }),
    ).toEqual(refusedWith('host/update-threshold'))
    const two = [ALICE, renameKey(CAROL, 'carol-in-hex')]
    expect(await run({ roots: [FIRST, second({ signers: [...two, BOB], holders: two })] })).toEqual(
      ACCEPTED,
    )
  })

  it('refuses one identifier twice, also where there are keys enough', async () => {
    const edit = changeRole('root', { keyids: ['alice', 'alice', 'bob'] })
    expect(await run({ roots: [FIRST, second({ edit })] })).toEqual(
      refusedWith('host/update-threshold'),
    )
  })

  it('refuses a threshold that the keys can not meet', async () => {
    const edit = changeRole('timestamp', { threshold: 2 })
    expect(await run({ roots: [{ ...FIRST, edit }] })).toEqual(refusedWith('host/update-threshold'))
  })

  it('refuses one signature twice', async () => {
    expect(
      await run({ roots: [FIRST, second({ signers: [ALICE, ALICE], holders: [ALICE, BOB] })] }),
    ).toEqual(refusedWith('host/update-malformed'))
  })

  it.each([
    ['of a kind that is not known', { keytype: 'ecdsa', scheme: 'x', keyval: { public: '' } }],
    ['without material', { keytype: 'ecdsa', scheme: 'ecdsa-sha2-nistp256' }],
  ])('refuses a key %s', async (_, form) => {
    const key = { ...ONLINE, form }
    expect(await run({ online: key })).toEqual(refusedWith('host/update-threshold'))
  })
})
