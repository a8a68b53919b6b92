import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { encodeSnapshot, parseSnapshot } from '../../src/snapshot/index.ts'
import { collect, FILES, snapshotOf, SOURCE } from './project.ts'

describe('collectSnapshot()', () => {
  it('gives each file its exact digest and a pin state computed from its content', async () => {
    const { inputs, lockfiles, leftOut } = await snapshotOf(FILES)
    expect(inputs.map(({ path, kind, pinState }) => `${path} ${kind} ${pinState}`)).toEqual([
      '.env.example env-contract versioned',
      '.env.signer.example env-contract versioned',
      '.github/build/action.yml github-action tag-pinned',
      '.github/workflows/ci.yml github-workflow commit-pinned',
      'Dockerfile container-file digest-pinned',
      'apps/web/package.json manifest lockfile-pinned',
      'compose.yaml compose floating',
      'config/package.json manifest versioned',
      'package-lock.json lockfile lockfile-pinned',
      'package.json manifest lockfile-pinned',
      'render.yaml render-blueprint versioned',
      'scripts/release.sh release-script tag-pinned',
      'tools/package.json manifest floating',
    ])
    for (const { path, sha256, size } of inputs) {
      const text = FILES[path] ?? ''
      expect(sha256).toBe(createHash('sha256').update(text).digest('hex'))
      expect(size).toBe(Buffer.byteLength(text))
    }
    expect(lockfiles.map(({ path, dependencies }) => [path, dependencies.length])).toEqual([
      ['package-lock.json', 3],
    ])
    expect(leftOut).toEqual(['test/fixtures/package.json'])
  })

  it('fills the six entries, with the signer’s contract apart, unreviewed and unattested', async () => {
    const { entries } = await snapshotOf(FILES)
    expect(entries.map(({ id, control }) => [id.split('.')[1], control.pins])).toEqual([
      ['root_npm_workspace_lockfile', 'floating'],
      ['github_actions_workflows', 'tag-pinned'],
      ['node20_alpine_container_bases', 'digest-pinned'],
      ['local_compose_infra_images', 'floating'],
      ['render_blueprint_and_env_contract', 'versioned'],
      ['release_gate_and_provenance_scripts', 'tag-pinned'],
    ])
    expect(entries[4]?.parts).toEqual([
      { name: 'blueprint', paths: ['render.yaml'], pins: 'versioned' },
      { name: 'signer_env_contract', paths: ['.env.signer.example'], pins: 'versioned' },
      { name: 'env_contract', paths: ['.env.example'], pins: 'versioned' },
    ])
    expect(
      new Set(entries.map(({ control }) => `${control.review} ${control.attestation}`)),
    ).toEqual(new Set(['not-reviewed not-attested']))
  })

  it('follows what an input uses, and tells what is not there', async () => {
    const { inputs } = await snapshotOf(FILES)
    const find = (path: string) => inputs.find((input) => input.path === path)
    expect(find('.github/workflows/ci.yml')?.uses).toEqual(['.github/build/action.yml'])
    expect(find('compose.yaml')?.missing).toEqual(['missing/Dockerfile'])
    expect(find('.env.example')?.names).toEqual(['DATABASE_URL'])
    const whole = await snapshotOf({ ...FILES, 'missing/Dockerfile': 'FROM a:1\n' })
    expect(whole.inputs.find(({ path }) => path === 'compose.yaml')?.pinState).toBe('tag-pinned')
  })

  it.each([
    ['go.mod', 'module a\n\ngo 1.22\n', 'module a\n\nrequire b v1.0.0\n'],
    ['package.json', '{"dependencies":{}}', '{"devDependencies":{"ms":"1"}}'],
    ['composer.json', '{"name":"a/b"}', '{"require":{"php":"8"}}'],
    ['package.json', '{}', '[not json'],
  ])(
    'takes a %s that asks for something, and has no lockfile, as floating',
    async (path, no, yes) => {
      const pin = async (text: string) => (await snapshotOf({ [path]: text })).inputs[0]?.pinState
      expect(await pin(no)).toBe('versioned')
      expect(await pin(yes)).toBe('floating')
    },
  )

  it('believes a workspace only where the lockfile lists the member', async () => {
    const lockedBy = async (files: Record<string, string>, path: string) =>
      (await snapshotOf(files)).inputs.find((input) => input.path === path)?.lockedBy
    expect(await lockedBy(FILES, 'apps/web/package.json')).toBe('package-lock.json')
    expect(await lockedBy(FILES, 'tools/package.json')).toBeUndefined()
    const yarn = {
      'yarn.lock': '# yarn lockfile v1\n\n',
      'a/package.json': FILES['package.json'] ?? '',
    }
    expect(await lockedBy(yarn, 'a/package.json')).toBe('yarn.lock')
    const go = { 'go.sum': '', 'go.mod': 'module a\n', 'b/go.mod': 'module b\nrequire c v1.0.0\n' }
    expect(await lockedBy(go, 'b/go.mod')).toBeUndefined()
  })

  it('lists a file that is not what its name says: by its digest, floating, and with the reason', async () => {
    const files = { ...FILES, 'Dockerfile.part': 'RUN x\n', '.github/workflows/x.yml': 'a: [' }
    const { inputs, entries } = await snapshotOf(files)
    const odd = inputs.filter(({ unreadable }) => unreadable !== undefined)
    expect(odd.map(({ path, pinState, sha256 }) => [path, pinState, sha256])).toEqual([
      ['.github/workflows/x.yml', 'floating', createHash('sha256').update('a: [').digest('hex')],
      ['Dockerfile.part', 'floating', createHash('sha256').update('RUN x\n').digest('hex')],
    ])
    expect(odd.flatMap(({ unreadable = [] }) => unreadable)).toEqual([
      {
        code: 'yaml/syntax',
        message: expect.stringMatching(/^Expected YAML/) as string,
        at: '.github/workflows/x.yml, line 1, column 5',
      },
      {
        code: 'snapshot/input-shape',
        message:
          'Cannot read "Dockerfile.part": expected the instructions of a container file, with a FROM',
        at: 'Dockerfile.part',
      },
    ])
    expect(entries[2]?.control.pins).toBe('floating')
    expect((await snapshotOf(FILES)).entries[2]?.control.pins).toBe('digest-pinned')
  })

  it('refuses a lockfile that it does not know or understand, with its place', async () => {
    const refused = async (text: string) => {
      const snapshot = await collect({ ...FILES, 'package-lock.json': text })
      return snapshot.ok ? [] : snapshot.problems.map(({ code, at }) => `${code} ${at}`)
    }
    const at = 'package-lock.json'
    expect(await refused('{"lockfileVersion": 9}')).toEqual([`snapshot/lockfile-version ${at}`])
    expect(await refused('[')).toEqual([
      expect.stringMatching(/^snapshot\/lockfile-syntax package-lock.json/),
    ])
    expect(await refused(FILES[at] ?? '')).toEqual([])
  })
})

describe('parseSnapshot()', () => {
  it('reads back what encodeSnapshot() writes, byte for byte', async () => {
    const bytes = encodeSnapshot(await snapshotOf(FILES))
    const parsed = parseSnapshot(bytes)
    expect(parsed.ok && Buffer.from(encodeSnapshot(parsed.value)).toString()).toBe(
      Buffer.from(bytes).toString(),
    )
    expect(encodeSnapshot(await snapshotOf(FILES))).toEqual(bytes)
    const shuffled = Object.fromEntries(Object.entries(FILES).toReversed())
    expect(encodeSnapshot(await snapshotOf(shuffled))).toEqual(bytes)
  })

  it.each([
    ['a firmer pin', '"pinState": "floating"', '"pinState": "digest-pinned"'],
    ['a cleaner source', '"state": "dirty"', '"state": "clean"'],
    ['a review', '"review": "not-reviewed"', '"review": "reviewed"'],
    ['an attestation', '"not-attested"', '"attested"'],
    [
      'a firm pin for what could not be read',
      '"sha256": ',
      '"unreadable": [ { "code": "a", "message": "b", "at": "c" } ], "sha256": ',
    ],
    ['a firmer entry', '"pins": "floating"', '"pins": "versioned"'],
    ['another order', '"path": ".env.example"', '"path": "zzz"'],
    ['an unknown member', '"schema"', '"extra": 1, "schema"'],
    [
      'a lockfile without content',
      '"path": "package-lock.json",\n      "kind": "npm/3"',
      '"path": "other.json",\n      "kind": "npm/3"',
    ],
    ['another schema', 'snapshot/v1', 'snapshot/v2'],
    ['broken JSON', '{', '['],
    ['a digest of another length', /"sha256": "\w{64}"/, '"sha256": "00"'],
  ])('refuses a document that claims %s', async (_, before, after) => {
    const text = Buffer.from(encodeSnapshot(await snapshotOf(FILES))).toString()
    const forged = text.replace(before, after)
    expect(forged).not.toBe(text)
    expect(parseSnapshot(Buffer.from(forged))).toMatchObject({
      ok: false,
      problems: [{ code: 'snapshot/document' }],
    })
    expect(parseSnapshot(Buffer.from(text)).ok).toBe(true)
  })

  it('keeps a source that is absent, and submodules', async () => {
    for (const source of [
      { state: 'absent', reason: 'it is not a git checkout' } as const,
      {
        ...SOURCE,
        changes: [{ path: 'l', change: 'submodule' as const }],
        submodules: [{ path: 'l', commit: 'a'.repeat(40), changes: [] }],
      },
    ]) {
      const parsed = parseSnapshot(encodeSnapshot(await snapshotOf({}, source)))
      expect(parsed.ok && parsed.value.source).toEqual(source)
    }
  })
})
