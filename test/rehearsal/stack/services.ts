// Fulcio, Rekor v2 and the timestamp authority: the flags and files with which each of them runs on loopback.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ProgramName, programPath } from '../programs/catalog.ts'
import { type Authority, encodeChain } from './certificate.ts'
import { fulcioConfiguration } from './fulcio-configuration.ts'
import type { Issuers } from './identity-provider.ts'
import { type RunningProgram, startOnFreePorts, startProgram } from './program.ts'

const HOST = '127.0.0.1'

export interface Service {
  readonly url: string
  readonly program: RunningProgram
}

/** @param folder for its files; its log stands beside them */
export async function startFulcio(options: {
  readonly folder: string
  readonly authority: Authority
  readonly root: Authority
  readonly certificateLog: { readonly url: string; readonly publicKey: KeyObject }
  readonly issuers: Issuers
}): Promise<Service> {
  const { folder, authority, root, certificateLog, issuers } = options
  const write = fileWriter(folder)
  const passphrase = randomBytes(16).toString('hex')
  const logKey = certificateLog.publicKey.export({ type: 'spki', format: 'pem' })
  return startService('fulcio', folder, '/healthz', ([port, grpcPort, metricsPort]) => [
    ...['serve', '--host', HOST, '--port', `${port}`, '--metrics-port', `${metricsPort}`],
    ...['--grpc-host', HOST, '--grpc-port', `${grpcPort}`],
    // Its default is one name for every Fulcio on the machine; seen from its folder, the path is short, as that of a socket must be.
    ...['--legacy-unix-domain-socket', `${grpcPort}.sock`],
    ...['--ca', 'fileca', '--fileca-watch=false'],
    ...['--fileca-cert', write('fulcio.chain.pem', encodeChain(authority, root))],
    ...['--fileca-key', write('fulcio.key.pem', encodeKey(authority.privateKey, passphrase))],
    ...['--fileca-key-passwd', passphrase],
    ...['--config-path', write('fulcio.yaml', encodeConfiguration(issuers))],
    ...['--ct-log-url', certificateLog.url],
    ...['--ct-log-public-key-path', write('certificate-log.pub.pem', logKey)],
  ])
}

/** Its tiles and its checkpoint are the plain files of `storage`. */
export async function startRekor(options: {
  readonly folder: string
  readonly storage: string
  /** Ed25519. */
  readonly privateKey: KeyObject
}): Promise<Service> {
  const { folder, storage, privateKey } = options
  const write = fileWriter(folder)
  mkdirSync(storage, { recursive: true })
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' })
  return startService('rekor-tiles', folder, '/healthz', ([port, grpcPort, metricsPort]) => [
    ...['serve', '--http-port', `${port}`, '--grpc-port', `${grpcPort}`],
    ...['--http-metrics-port', `${metricsPort}`],
    // Verifiers compare the origin of a checkpoint with the host of the trusted root's URL.
    ...['--hostname', HOST],
    ...['--storage-dir', storage, '--signer-filepath', write('rekor.key.pem', key)],
    ...['--checkpoint-interval', '200ms', '--batch-max-age', '50ms'],
  ])
}

/** The URL is the one that takes requests. */
export async function startTimestampAuthority(options: {
  readonly folder: string
  /** The signer, and those above it up to the root. */
  readonly chain: readonly [Authority, ...Authority[]]
}): Promise<Service> {
  const { folder, chain } = options
  const write = fileWriter(folder)
  const passphrase = randomBytes(16).toString('hex')
  const key = encodeKey(chain[0].privateKey, passphrase)
  const { url, program } = await startService('timestamp-authority', folder, '/ping', ([port]) => [
    ...['--host', HOST, '--port', `${port}`, '--timestamp-signer-hash', 'sha384'],
    ...['--file-signer-key-path', write('timestamp.key.pem', key)],
    ...['--file-signer-passwd', passphrase],
    ...['--certificate-chain-path', write('timestamp.chain.pem', encodeChain(...chain))],
  ])
  return { url: `${url}/api/v1/timestamp`, program }
}

/** Rekor takes one entry, so that no later proof is empty: some verifiers refuse a bundle with an empty one. */
export async function logFirstEntry(rekorUrl: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const message = Buffer.from('the first entry of a rehearsal')
  const response = await fetch(`${rekorUrl}/api/v2/log/entries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      hashedRekordRequestV002: {
        digest: createHash('sha256').update(message).digest('base64'),
        signature: {
          content: sign('sha256', message, privateKey).toString('base64'),
          verifier: {
            publicKey: {
              rawBytes: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
            },
            keyDetails: 'PKIX_ECDSA_P256_SHA_256',
          },
        },
      },
    }),
  })
  if (!response.ok) throw new Error(`Rekor refused its first entry: ${await response.text()}`)
}

/** @param args of the program, by its ports; the first is that of its URL */
async function startService(
  name: ProgramName,
  folder: string,
  readyPath: string,
  args: (ports: readonly number[]) => readonly string[],
): Promise<Service> {
  return startOnFreePorts(3, async (ports) => {
    const url = `http://${HOST}:${ports[0]}`
    const start = { name, path: programPath(name), folder, readyUrl: `${url}${readyPath}` }
    return { url, program: await startProgram({ ...start, args: args(ports) }) }
  })
}

function fileWriter(folder: string): (name: string, content: string | Buffer) => string {
  return (name, content) => {
    const path = join(folder, name)
    writeFileSync(path, content, { mode: 0o600 })
    return path
  }
}

/** JSON is YAML; the comment keeps Fulcio from reading it as JSON, for which it has other names. */
function encodeConfiguration(issuers: Issuers): string {
  return `# Fulcio\n${JSON.stringify(fulcioConfiguration(issuers))}\n`
}

function encodeKey(key: KeyObject, passphrase: string) {
  return key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
}
