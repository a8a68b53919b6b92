// TUF repositories for tests, made and signed by hand, so that each can break one rule.

import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { say, startServer, type TestServer } from '../network/misbehaving-server.ts'
import type { MetadataRole } from '../../../src/host/root-update/root-question.ts'

type Json = Record<string, unknown>

/** A key that signs metadata. */
export interface TufKey {
  readonly id: string
  readonly privateKey: KeyObject
  /** As it stands in the root metadata. */
  readonly form: Json
}

/** Root metadata of one version. */
export interface RootVersion {
  readonly version: number
  readonly signers: readonly TufKey[]
  /** Who may sign the next one, and the targets; the signers where it is not said. */
  readonly holders?: readonly TufKey[]
  readonly edit?: (signed: Json) => Json
}

/** What a repository is made of; everything has its right value where it is not said. */
export interface RepositoryPlan {
  readonly roots?: readonly RootVersion[]
  readonly online?: TufKey
  readonly versions?: Partial<Record<MetadataRole, number>>
  readonly edit?: (role: MetadataRole, signed: Json) => Json
  readonly target?: Uint8Array
  /** What is served in place of a file, by its path without the slash. */
  readonly serve?: Readonly<Record<string, Uint8Array>>
}

/** Files by path, and the first root metadata, from which a client starts. */
export interface BuiltRepository {
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly anchor: Uint8Array
}

const EXPIRES = '2099-01-01T00:00:00Z'
export const EXPIRED = '2020-01-01T00:00:00Z'

/** A new key; `name` is its identifier, for a client does not compute it. */
export function makeKey(name: string): TufKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString()
  const scheme = 'ecdsa-sha2-nistp256'
  return { id: name, privateKey, form: { keytype: 'ecdsa', scheme, keyval: { public: pem } } }
}

/** The same key under another identifier, and as the bare point in hex. */
export function renameKey(key: TufKey, id: string): TufKey {
  const { keyval } = key.form as { keyval: { public: string } }
  const der = Buffer.from(keyval.public.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  return {
    ...key,
    id,
    form: { ...key.form, keyval: { public: der.subarray(-65).toString('hex') } },
  }
}

export const ALICE = makeKey('alice')
export const BOB = makeKey('bob')
export const CAROL = makeKey('carol')
export const ONLINE = makeKey('online')

/** Two of Alice and Bob sign the root. */
export const FIRST: RootVersion = { version: 1, signers: [ALICE, BOB] }

/** A second version of the root metadata. */
export const second = (changes: Partial<RootVersion> = {}): RootVersion => ({
  version: 2,
  signers: [ALICE, BOB],
  ...changes,
})

/** Makes and signs all files. */
export function buildRepository(plan: RepositoryPlan = {}): BuiltRepository {
  const { roots = [FIRST], online = ONLINE, versions = {}, edit, target = TARGET } = plan
  const seal = (role: MetadataRole, signed: Json, signers: readonly TufKey[]) =>
    signMetadata(edit?.(role, signed) ?? signed, signers)
  const head = (role: MetadataRole) => ({
    _type: role,
    spec_version: '1.0.31',
    version: versions[role] ?? 1,
    expires: EXPIRES,
  })
  const rootFiles = roots.map(
    (root) => [`${root.version}.root.json`, buildRoot(root, online)] as const,
  )
  const last = roots.at(-1) ?? FIRST
  const targets = seal(
    'targets',
    { ...head('targets'), targets: { 'trusted_root.json': describe(target) } },
    last.holders ?? last.signers,
  )
  const meta = { 'targets.json': { version: versions.targets ?? 1, ...describe(targets) } }
  const snapshot = seal('snapshot', { ...head('snapshot'), meta }, [online])
  const timestamp = seal(
    'timestamp',
    {
      ...head('timestamp'),
      meta: { 'snapshot.json': { version: versions.snapshot ?? 1, ...describe(snapshot) } },
    },
    [online],
  )
  const files = new Map<string, Uint8Array>([
    ...rootFiles,
    ['timestamp.json', timestamp],
    [`${versions.snapshot ?? 1}.snapshot.json`, snapshot],
    [`${versions.targets ?? 1}.targets.json`, targets],
    [`targets/${digest(target)}.trusted_root.json`, target],
    ...Object.entries(plan.serve ?? {}),
  ])
  return { files, anchor: rootFiles[0]?.[1] ?? new Uint8Array() }
}

const TARGET = Buffer.from('{"made":"for a test"}')

/** Serves a repository until the test ends; it can be exchanged while it runs. */
export async function serveRepository(
  built: BuiltRepository,
): Promise<TestServer & { publish(next: BuiltRepository): void }> {
  let current = built
  const server = await startServer((response: ServerResponse, { path }) => {
    const bytes = current.files.get(path.slice(1))
    if (bytes === undefined) say(response, 404)
    else say(response, 200, bytes)
  })
  return { ...server, publish: (next) => void (current = next) }
}

function buildRoot({ version, signers, holders = signers, edit }: RootVersion, online: TufKey) {
  const role = (keys: readonly TufKey[], threshold: number) => ({
    keyids: keys.map(({ id }) => id),
    threshold,
  })
  const signed = {
    _type: 'root',
    spec_version: '1.0.31',
    version,
    expires: EXPIRES,
    consistent_snapshot: true,
    keys: Object.fromEntries([...holders, online].map(({ id, form }) => [id, form])),
    roles: {
      root: role(holders, 2),
      targets: role(holders, 2),
      snapshot: role([online], 1),
      timestamp: role([online], 1),
    },
  }
  return signMetadata(edit?.(signed) ?? signed, signers)
}

function signMetadata(signed: Json, signers: readonly TufKey[]): Uint8Array {
  const bytes = Buffer.from(canonicalize(signed))
  const signatures = signers.map(({ id, privateKey }) => ({
    keyid: id,
    sig: sign('sha256', bytes, privateKey).toString('hex'),
  }))
  return Buffer.from(JSON.stringify({ signatures, signed }))
}

/** The canonical JSON of TUF: members in order, and of strings only the quote and the backslash escaped. */
function canonicalize(value: unknown): string {
  if (typeof value === 'string') return `"${value.replaceAll(/[\\"]/g, String.raw`\$&`)}"`
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, part]) => `${canonicalize(name)}:${canonicalize(part)}`).join(',')}}`
}

function describe(bytes: Uint8Array): Json {
  return { length: bytes.length, hashes: { sha256: digest(bytes) } }
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
