// A rehearsal: the real services of Sigstore on loopback, for as long as a test or a command needs them.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { importJWK, SignJWT } from 'jose'
import { cacheFolder } from './programs/catalog.ts'
import type { IssuerKind } from './stack/identity-provider.ts'
import { buildTrustConfig } from './stack/documents.ts'
import type { Description, Message, SigningConfigName } from './stack/main.ts'

const TOKEN_LIFETIME_S = 600

/** What `token()` says of its bearer, beside what its issuer always says. */
export interface TokenRequest {
  readonly kind: IssuerKind
  /** More claims, or others than the usual ones: `aud` and `exp` too. */
  readonly claims?: Readonly<Record<string, string | number | boolean>>
}

/** Paths of the documents that clients read. */
export interface Documents {
  readonly trustedRoot: string
  readonly signingConfigs: Readonly<Record<SigningConfigName, string>>
  /** Trusted root and signing config in one, for sigstore-python. */
  readonly trustConfigs: Readonly<Record<SigningConfigName, string>>
}

export interface Rehearsal extends Description {
  readonly documents: Documents
  /** A token for Fulcio, good for ten minutes. */
  token(request: TokenRequest): Promise<string>
  /** The process that holds it all. */
  readonly pid: number
  /** Stops every process and removes the folder; with `keepLogs` the logs stay in the cache folder, which is given back. */
  stop(options?: { readonly keepLogs?: boolean }): Promise<string | undefined>
}

/** Starts everything; takes about two seconds. Ends with this process, however that ends. */
export async function startRehearsal(): Promise<Rehearsal> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-rehearsal-'))
  const child = fork(join(import.meta.dirname, 'stack/main.ts'), [folder], { execArgv: [] })
  const message = await firstMessage(child)
  if ('failed' in message) {
    const logs = await stop(child, folder, true)
    throw new Error(`Cannot start the rehearsal (logs: ${logs}): ${message.failed}`)
  }
  const { ready } = message
  const documents = writeDocuments(ready)
  return {
    ...ready,
    documents,
    pid: child.pid ?? 0,
    token: (request) => signToken(ready, request),
    stop: ({ keepLogs = false } = {}) => stop(child, folder, keepLogs),
  }
}

async function firstMessage(child: ChildProcess): Promise<Message> {
  const ended = once(child, 'exit').then(([code, signal]): Message => {
    return { failed: `its process ended with ${signal ?? code}` }
  })
  const told = once(child, 'message').then(([message]) => message as Message)
  return Promise.race([told, ended])
}

async function stop(
  child: ChildProcess,
  folder: string,
  keepLogs: boolean,
): Promise<string | undefined> {
  const kept = keepLogs && existsSync(folder) ? saveLogs(folder) : undefined
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit')
    if (child.connected) child.disconnect()
    await ended
  }
  rmSync(folder, { recursive: true, force: true })
  return kept
}

/** @returns where they are, or why they are nowhere: that must not hide why they are wanted */
function saveLogs(folder: string): string {
  const target = join(cacheFolder(), 'logs', basename(folder))
  try {
    mkdirSync(target, { recursive: true })
    for (const name of readdirSync(folder).filter((name) => name.endsWith('.log'))) {
      cpSync(join(folder, name), join(target, name))
    }
    return target
  } catch (error) {
    return `not kept: ${(error as Error).message}`
  }
}

function writeDocuments({ folder, trustedRoot, signingConfigs }: Description): Documents {
  const write = (name: string, document: object) => {
    const path = join(folder, name)
    writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`)
    return path
  }
  const each = (encode: (config: object, suffix: string) => string) => {
    const { rekor, rekorV1, timestamp, none } = signingConfigs
    return {
      rekor: encode(rekor, ''),
      rekorV1: encode(rekorV1, '.v1'),
      timestamp: encode(timestamp, '.timestamp'),
      none: encode(none, '.none'),
    }
  }
  return {
    trustedRoot: write('trusted_root.json', trustedRoot),
    signingConfigs: each((config, suffix) => write(`signing_config${suffix}.json`, config)),
    trustConfigs: each((config, suffix) =>
      write(`trust_config${suffix}.json`, buildTrustConfig(trustedRoot, config)),
    ),
  }
}

async function signToken(description: Description, request: TokenRequest): Promise<string> {
  const { issuers, issuerKey } = description
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: issuers[request.kind],
    aud: 'sigstore',
    iat: now,
    exp: now + TOKEN_LIFETIME_S,
    ...USUAL_CLAIMS[request.kind],
    ...request.claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: issuerKey.kid ?? '' })
    .sign(await importJWK(issuerKey, 'RS256'))
}

const REVISION = '4f1c0d8a6b2e9537c1a8e0d4b6f29a3c5d7e8f10'

/** One release workflow of one repository, run by hand; and the same in the words of GitLab. */
const USUAL_CLAIMS = {
  email: { sub: 'person-1', email: 'release@example.org', email_verified: true },
  github: {
    sub: 'repo:example/app:ref:refs/tags/v1.0.0',
    event_name: 'push',
    sha: REVISION,
    workflow: 'release',
    repository: 'example/app',
    ref: 'refs/tags/v1.0.0',
    job_workflow_ref: 'example/app/.github/workflows/release.yml@refs/tags/v1.0.0',
    job_workflow_sha: REVISION,
    runner_environment: 'github-hosted',
    repository_id: '1001',
    repository_owner: 'example',
    repository_owner_id: '2002',
    workflow_ref: 'example/app/.github/workflows/release.yml@refs/tags/v1.0.0',
    workflow_sha: REVISION,
    run_id: '3003',
    run_attempt: '1',
    repository_visibility: 'public',
  },
  gitlab: {
    sub: 'project_path:example/app:ref_type:tag:ref:v1.0.0',
    ci_config_ref_uri: 'gitlab.com/example/app//.gitlab-ci.yml@refs/tags/v1.0.0',
    ci_config_sha: REVISION,
    runner_environment: 'gitlab-hosted',
    project_path: 'example/app',
    project_id: '1001',
    namespace_path: 'example',
    namespace_id: '2002',
    sha: REVISION,
    ref_type: 'tag',
    ref: 'v1.0.0',
    pipeline_id: '3003',
    pipeline_source: 'push',
    job_id: '4004',
    project_visibility: 'public',
  },
} as const
