// The process that holds a whole rehearsal: `fork(main.ts, [FOLDER])`. It starts everything, tells its parent what there is,
// and lives as long as the channel to the parent does: whatever ends the parent ends the rehearsal and removes the folder.

import { generateKeyPair, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { JWK } from 'jose'
import { serveCertificateLog } from './certificate-log.ts'
import { issueAuthority, PURPOSE } from './certificate.ts'
import { buildSigningConfig, buildTrustedRoot, type Instance } from './documents.ts'
import { serveEntryLog } from './entry-log.ts'
import type { HttpServer } from './http-server.ts'
import { type Issuers, serveIssuers } from './identity-provider.ts'
import { stopPrograms } from './program.ts'
import {
  logFirstEntry,
  startFulcio,
  startRekor,
  startTimestampAuthority,
  type Service,
} from './services.ts'

/** Everything that a client has to know, as it goes over the channel. */
export interface Description {
  readonly folder: string
  readonly urls: {
    readonly fulcio: string
    readonly rekor: string
    readonly rekorV1: string
    readonly timestampAuthority: string
    readonly certificateLog: string
  }
  readonly issuers: Issuers
  /** Signs the tokens of every issuer. */
  readonly issuerKey: JWK
  readonly trustedRoot: object
  /** By the witnesses that they name. */
  readonly signingConfigs: Readonly<Record<SigningConfigName, object>>
  /** Rekor v2's tiles and checkpoint, as files. */
  readonly tiles: string
  /** Certificate chains (PEM) and log keys, by name, as the programs read them. */
  readonly files: Readonly<Record<'fulcioChain' | 'timestampChain' | LogKeyName, string>>
  readonly pids: readonly number[]
}

/** Rekor v2 and timestamp, Rekor v1 and timestamp, timestamp alone, no witness. */
export type SigningConfigName = 'rekor' | 'rekorV1' | 'timestamp' | 'none'

type LogKeyName = 'rekorKey' | 'rekorV1Key' | 'certificateLogKey'

export type Message = { readonly ready: Description } | { readonly failed: string }

/** Certificates and logs are older than the rehearsal, so that clocks may differ. */
const AGE_MS = 24 * 60 * 60 * 1000
const YEARS = 10

const servers: HttpServer[] = []
process.once('disconnect', () => void stopAll())
if (!process.connected) await stopAll()
// Ctrl-C goes to every process of a terminal; the parent decides.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const folder = process.argv[2]
if (folder === undefined || process.send === undefined) {
  process.stderr.write('error: Expected to be started by a rehearsal: fork(main.ts, [FOLDER])\n')
  process.exit(2)
}
try {
  tellParent({ ready: await startAll(folder) })
} catch (error) {
  tellParent({ failed: error instanceof Error ? error.message : String(error) })
}

async function startAll(folder: string): Promise<Description> {
  const start = new Date(Math.floor(Date.now() / 1000) * 1000 - AGE_MS)
  const ca = makeAuthorities('codeSigning', start)
  const tsa = makeAuthorities('timeStamping', start)
  const keys = {
    rekor: generateKeyPairSync('ed25519'),
    rekorV1: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    certificateLog: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    issuer: await promisify(generateKeyPair)('rsa', { modulusLength: 2048 }),
  }
  const kid = { kid: 'rehearsal', alg: 'RS256', use: 'sig' }
  const { issuers, server } = await serveIssuers({
    ...(keys.issuer.publicKey.export({ format: 'jwk' }) as JWK),
    ...kid,
  })
  servers.push(server)
  const rekorV1 = await kept(serveEntryLog(keys.rekorV1.privateKey))
  const certificateLog = await kept(serveCertificateLog(keys.certificateLog.privateKey))
  const tiles = join(folder, 'tiles')
  mkdirSync(tiles)
  const settled = await Promise.allSettled([
    startFulcio({
      folder,
      authority: ca.authority,
      root: ca.root,
      certificateLog: { url: certificateLog.url, publicKey: keys.certificateLog.publicKey },
      issuers,
    }),
    startRekor({ folder, storage: tiles, privateKey: keys.rekor.privateKey }),
    startTimestampAuthority({ folder, chain: [tsa.signer, tsa.authority, tsa.root] }),
  ])
  const [fulcio, rekor, timestampAuthority] = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  }) as [Service, Service, Service]
  await logFirstEntry(rekor.url)
  const instance: Instance = {
    fulcio: { url: fulcio.url, chain: [ca.authority, ca.root] },
    rekor: { url: rekor.url, publicKey: keys.rekor.publicKey },
    rekorV1: { url: rekorV1.url, publicKey: keys.rekorV1.publicKey },
    certificateLog: { url: certificateLog.url, publicKey: keys.certificateLog.publicKey },
    timestampAuthority: {
      url: timestampAuthority.url,
      chain: [tsa.signer, tsa.authority, tsa.root],
    },
    issuer: issuers.email,
    start,
  }
  return {
    folder,
    urls: {
      fulcio: fulcio.url,
      rekor: rekor.url,
      rekorV1: rekorV1.url,
      timestampAuthority: timestampAuthority.url,
      certificateLog: certificateLog.url,
    },
    issuers,
    issuerKey: { ...(keys.issuer.privateKey.export({ format: 'jwk' }) as JWK), ...kid },
    trustedRoot: buildTrustedRoot(instance),
    signingConfigs: {
      rekor: buildSigningConfig(instance, { rekor: 2, timestamp: true }),
      rekorV1: buildSigningConfig(instance, { rekor: 1, timestamp: true }),
      timestamp: buildSigningConfig(instance, { timestamp: true }),
      none: buildSigningConfig(instance, {}),
    },
    tiles,
    files: {
      fulcioChain: join(folder, 'fulcio.chain.pem'),
      timestampChain: join(folder, 'timestamp.chain.pem'),
      rekorKey: writeKey('rekor', keys.rekor.publicKey),
      rekorV1Key: writeKey('rekor-v1', keys.rekorV1.publicKey),
      certificateLogKey: writeKey('certificate-log', keys.certificateLog.publicKey),
    },
    pids: [fulcio, rekor, timestampAuthority].map(({ program }) => program.pid),
  }
}

/** A root, an authority under it, and (for timestamps) who signs: authorities of timestamps are that only. */
function makeAuthorities(purpose: keyof typeof PURPOSE, notBefore: Date) {
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notBefore.getUTCFullYear() + YEARS)
  const plan = { notBefore, notAfter }
  const name = `rehearsal ${purpose}`
  const root = issueAuthority({ ...plan, name: `${name} root`, pathLength: 1 })
  const oid = PURPOSE[purpose]
  const under = { ...plan, issuer: root, pathLength: 0, purpose: oid }
  const authority = issueAuthority({ ...under, name: `${name} authority` })
  const signer = issueAuthority({ ...plan, issuer: authority, purpose: oid, name })
  return { root, authority, signer }
}

async function kept(server: Promise<HttpServer>): Promise<HttpServer> {
  servers.push(await server)
  return server
}

function writeKey(name: string, key: KeyObject): string {
  const path = join(folder ?? '', `${name}.pub.pem`)
  writeFileSync(path, key.export({ type: 'spki', format: 'pem' }))
  return path
}

function tellParent(message: Message): void {
  // A parent that has gone hears nothing, and that is no error.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

async function stopAll(): Promise<void> {
  await stopPrograms()
  for (const { server } of servers) server.closeAllConnections()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  process.exit(0)
}
