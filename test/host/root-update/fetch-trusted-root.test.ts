import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { placeOf } from '../../../src/host/root-update/memory.ts'
import { findClosedPort, say, startServer } from '../network/misbehaving-server.ts'
import { ACCEPTED, createClient, outcome, refusedWith, run } from './root-client.ts'
import {
  ALICE,
  BOB,
  buildRepository,
  CAROL,
  EXPIRED,
  FIRST,
  makeKey,
  type RepositoryPlan,
  type RootVersion,
  second,
  serveRepository,
} from './tuf-repository.ts'

describe('fetchTrustedRoot()', () => {
  it('takes what the repository signed, byte for byte, and remembers it for this user alone', async () => {
    const target = Buffer.from('{"any":"bytes"}\n')
    const built = buildRepository({ target, versions: { timestamp: 7, snapshot: 5, targets: 3 } })
    const { url } = await serveRepository(built)
    const client = createClient()
    const result = await client.fetch(`${url}/`, built.anchor)
    expect(result.ok && Buffer.from(result.value.trustedRoot)).toEqual(target)
    expect(result.ok && result.value.versions).toEqual({
      root: 1,
      timestamp: 7,
      snapshot: 5,
      targets: 3,
    })
    expect(statSync(client.folder).mode & 0o777).toBe(0o700)
    expect(statSync(placeOf(client.folder, url)).mode & 0o777).toBe(0o600)
    expect(client.remembers()).toHaveLength(1)
  })

  it('closes a cache folder that others could read', async () => {
    const built = buildRepository()
    const { url } = await serveRepository(built)
    const client = createClient()
    mkdirSync(client.folder, { recursive: true, mode: 0o755 })
    expect(outcome(await client.fetch(url, built.anchor))).toBe('accepted')
    expect(statSync(client.folder).mode & 0o777).toBe(0o700)
  })

  it('finds nothing new the second time, and asks for no metadata that it has', async () => {
    const built = buildRepository()
    const server = await serveRepository(built)
    const client = createClient()
    await client.fetch(server.url, built.anchor)
    const before = server.asked.length
    expect(outcome(await client.fetch(server.url, built.anchor))).toBe('accepted')
    expect(server.asked.slice(before).map(({ path }) => path.split('.').at(-2))).toEqual([
      'root',
      '/timestamp',
      'trusted_root',
    ])
  })

  it('follows root metadata that the old and the new keys signed, also through an expired one', async () => {
    const third: RootVersion = { version: 3, signers: [ALICE, BOB, CAROL], holders: [BOB, CAROL] }
    const expired = second({ edit: (signed) => ({ ...signed, expires: EXPIRED }) })
    expect(await run({ roots: [FIRST, expired, third] })).toEqual(ACCEPTED)
  })
})

describe('a file that is not the one that was signed', () => {
  const target = Buffer.from('{"right":1}')
  const path = [...buildRepository({ target }).files.keys()].at(-1) as string

  it.each([
    ['as long', '{"wrong":1}'],
    ['shorter', '{}'],
    ['longer', '{"right":1} '],
  ])('refuses a target that is %s', async (_, text) => {
    expect(await run({ target, serve: { [path]: Buffer.from(text) } })).toEqual(
      refusedWith('host/update-mismatch'),
    )
    expect(await run({ target, serve: { [path]: target } })).toEqual(ACCEPTED)
  })

  it.each(['1.snapshot.json', '1.targets.json'])('refuses another %s', async (name) => {
    const other = buildRepository({ target: Buffer.from('other') }).files.get(name) as Uint8Array
    expect(await run({ target, serve: { [name]: other } })).toEqual(
      refusedWith('host/update-mismatch'),
    )
  })

  it('refuses a target that is listed without SHA-256', async () => {
    const edit: RepositoryPlan['edit'] = (role, signed) =>
      role === 'targets'
        ? { ...signed, targets: { 'trusted_root.json': { length: target.length, hashes: {} } } }
        : signed
    const serve = { 'targets/undefined.trusted_root.json': target }
    expect(await run({ target, edit, serve })).toEqual(refusedWith('host/update-mismatch'))
  })

  it('refuses a repository without a trusted root', async () => {
    const edit: RepositoryPlan['edit'] = (role, signed) =>
      role === 'targets' ? { ...signed, targets: {} } : signed
    expect(await run({ edit })).toEqual(refusedWith('host/update-target'))
  })

  it.each(['timestamp.json', '1.snapshot.json', '1.targets.json'])(
    'refuses %s that is no metadata, or has a member twice',
    async (name) => {
      const text = '{"signatures":[],"signed":{"_type":"root"},"signed":{"_type":"timestamp"}}'
      for (const bytes of [Buffer.from('<html>'), Buffer.from(text), Buffer.from('null')]) {
        expect(await run({ serve: { [name]: bytes } })).toEqual(
          refusedWith('host/update-malformed'),
        )
      }
    },
  )

  it('refuses metadata that the key of another role signed', async () => {
    const stranger = makeKey('online')
    const built = buildRepository({ online: stranger })
    const serve = { 'timestamp.json': built.files.get('timestamp.json') as Uint8Array }
    expect(await run({ serve })).toEqual(refusedWith('host/update-unsigned'))
  })

  it('starts from nothing but root metadata that signs itself', async () => {
    const { anchor } = buildRepository()
    const text = Buffer.from(anchor).toString().replace('2099', '2098')
    expect(await run({}, Buffer.from(text))).toEqual(refusedWith('host/update-unsigned'))
    expect(await run({}, Buffer.from('{}'))).toEqual(refusedWith('host/update-malformed'))
  })
})

describe('a network that fails', () => {
  const { anchor } = buildRepository()

  it('throws where nobody listens', async () => {
    const client = createClient()
    const url = `http://127.0.0.1:${await findClosedPort()}`
    await expect(client.fetch(url, anchor, 2_000)).rejects.toMatchObject({
      code: 'host/unreachable',
    })
    expect(client.remembers()).toEqual([])
  })

  it.each(['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json', 'targets/'])(
    'throws where %s drips in or is not given',
    async (name) => {
      const built = buildRepository()
      const answers = {
        'host/timed-out': (response: Parameters<typeof say>[0]) => void response.write('{'),
        'host/http-status': (response: Parameters<typeof say>[0]) => say(response, 410),
      }
      for (const [code, answer] of Object.entries(answers)) {
        const { url } = await startServer((response, { path }) => {
          if (path.startsWith(`/${name}`)) return answer(response)
          const bytes = built.files.get(path.slice(1))
          return say(response, bytes === undefined ? 404 : 200, bytes)
        })
        const client = createClient()
        // Only who drips is hardly waited for: a busy machine takes its time for an answer.
        const deadlineMs = code === 'host/timed-out' ? 400 : 30_000
        await expect(client.fetch(url, anchor, deadlineMs)).rejects.toMatchObject({ code })
        expect(client.remembers()).toEqual([])
      }
    },
  )

  it('follows no redirect, and takes no endless file', async () => {
    const answers = {
      'host/http-redirect': (response: Parameters<typeof say>[0]) =>
        void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'host/http-response': (response: Parameters<typeof say>[0]) =>
        say(response, 200, Buffer.alloc(600_000)),
    }
    for (const [code, answer] of Object.entries(answers)) {
      const { url } = await startServer((response) => answer(response))
      const client = createClient()
      await expect(client.fetch(url, anchor)).rejects.toMatchObject({ code })
      expect(client.remembers()).toEqual([])
    }
  })

  it('refuses a mirror without TLS that is not this machine, and one with a login', async () => {
    for (const mirror of ['http://tuf.example', 'ftp://tuf.example', 'https://a:b@tuf.example']) {
      expect(outcome(await createClient().fetch(mirror, anchor))).toBe('host/url-refused')
    }
  })
})

describe('what is remembered', () => {
  it.each(['', '{}', '{"format":"root-memory-1","rootVersion":1,"files":{"../x":""}}'])(
    'is refused where it is %j',
    async (text) => {
      const built = buildRepository()
      const { url } = await serveRepository(built)
      const client = createClient()
      await client.fetch(url, built.anchor)
      writeFileSync(placeOf(client.folder, url), text)
      expect(outcome(await client.fetch(url, built.anchor))).toBe('host/update-memory')
    },
  )

  it('is no anchor: what another one wrote there can make an update fail, and no more', async () => {
    const built = buildRepository()
    const forged = buildRepository({
      roots: [{ version: 1, signers: [CAROL, makeKey('mallory')] }],
      online: makeKey('mallory-online'),
      versions: { timestamp: 9 },
      target: Buffer.from('forged'),
    })
    const server = await serveRepository(forged)
    const client = createClient()
    expect(outcome(await client.fetch(server.url, forged.anchor))).toBe('accepted')
    server.publish(built)
    const result = await client.fetch(server.url, built.anchor)
    expect(result.ok && Buffer.from(result.value.trustedRoot).toString()).toContain('for a test')
  })
})
