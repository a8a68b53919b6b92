// Proofs that a log holds an entry, and the checkpoints that they lead to.

import type { InclusionProof, LogEntry } from '../../../../../src/bundle/index.ts'
import { createNoteSigner, createTestLog, signNote } from '../../test-log.ts'
import type { Family } from '../attack.ts'
import { foreignBody, type Made, type Making, SEEN_AT } from '../scene.ts'

const refusedAs = (...codes: readonly string[]) => [...codes, 'verify/log-entry-missing'].toSorted()

/** Of Rekor v1 and of Rekor v2. */
const GENERATIONS = [1, 2] as const

/** The same of both logs. */
const inBoth = (
  ways: Readonly<Record<string, (made: Made) => Partial<InclusionProof>>>,
): Readonly<Record<string, Making>> =>
  Object.fromEntries(
    GENERATIONS.flatMap((generation) =>
      Object.entries(ways).map(([way, change]): [string, Making] => [
        `${way}, v${generation}`,
        { log: { generation }, entries: (made) => [withProof(made.entry, change(made))] },
      ]),
    ),
  )

function withProof(entry: LogEntry, changes: Partial<InclusionProof>): LogEntry {
  return { ...entry, inclusionProof: { ...proofOf(entry), ...changes } }
}

function proofOf({ inclusionProof }: LogEntry): InclusionProof {
  if (inclusionProof === undefined) throw new Error('the entry has a proof')
  return inclusionProof
}

const without = ({ inclusionProof: _, ...entry }: LogEntry): LogEntry => entry

/** The checkpoint of the log with other lines, signed by the log. */
const resigned = (change: (lines: readonly string[], made: Made) => readonly string[]) =>
  inBoth({
    signed: (made) => {
      const [text = ''] = checkpointOf(made).split('\n\n')
      const lines = change(text.split('\n'), made)
      return { checkpoint: signNote(`${lines.join('\n')}\n`, [made.log.signer]) }
    },
  })

const checkpointOf = ({ entry }: Made): string => proofOf(entry).checkpoint ?? ''

const rename = (ways: Readonly<Record<string, Making>>, name: string) =>
  Object.fromEntries(Object.entries(ways).map(([way, making]) => [`${name}, ${way}`, making]))

const line = (at: number, text: string) => (lines: readonly string[]) => lines.with(at, text)

export const LOG_PROOFS: Family = {
  name: 'proofs of logs',
  attacks: [
    {
      ids: ['A-06'],
      defect: 'there is no proof, and the promise alone is not enough in a bundle of version 0.3',
      codes: refusedAs('verify/log-proof-missing'),
      ways: {
        v1: { entries: ({ entry }) => [without(entry)] },
        v2: { log: { generation: 2 }, entries: ({ entry }) => [without(entry)] },
      },
    },
    {
      ids: ['A-06'],
      defect: 'the proof does not lead from the entry to the root that the log signed',
      codes: refusedAs('verify/log-proof-invalid'),
      ways: inBoth({
        'a hash less': ({ entry }) => ({ hashes: proofOf(entry).hashes.slice(1) }),
        'a hash more': ({ entry }) => ({
          hashes: [...proofOf(entry).hashes, Buffer.alloc(32)],
        }),
        zeros: ({ entry }) => ({ hashes: proofOf(entry).hashes.map(() => Buffer.alloc(32)) }),
        'in another order': ({ entry }) => ({ hashes: proofOf(entry).hashes.toReversed() }),
        'of another entry': ({ log }) => ({ hashes: proofOf(log.entry(0)).hashes }),
        'no hashes': () => ({ hashes: [] }),
        'another place': () => ({ logIndex: 0n }),
        'a place after the last': ({ entry }) => ({ logIndex: proofOf(entry).treeSize }),
        'the last place of all': () => ({ logIndex: 2n ** 63n - 1n }),
      }),
    },
    {
      ids: ['A-06'],
      defect: 'the log signed an old tree, which does not hold the entry yet',
      codes: refusedAs('verify/log-proof-invalid'),
      ways: inBoth({
        'one leaf': ({ log, entry }) => ({
          ...proofOf(log.entry(0, { size: 1 })),
          logIndex: proofOf(entry).logIndex,
        }),
        'no leaf': ({ log }) => ({ ...proofOf(log.entry(0, { size: 0 })), hashes: [] }),
      }),
      alike: 'a proof under an old tree leads nowhere either',
    },
    {
      ids: ['A-06', 'A-10'],
      defect: 'the proof names another size or root than the log signed',
      codes: refusedAs('verify/checkpoint-mismatch'),
      ways: inBoth({
        'a larger size': ({ entry }) => ({ treeSize: proofOf(entry).treeSize + 1n }),
        'no size': () => ({ treeSize: 0n }),
        'the largest size': () => ({ treeSize: 2n ** 63n - 1n }),
        'another root': () => ({ rootHash: Buffer.alloc(32) }),
        'the leaf as the root, of a tree of one': ({ log, entry }) => ({
          ...proofOf(log.entry(0, { size: 1 })),
          checkpoint: proofOf(entry).checkpoint ?? '',
        }),
        'the checkpoint of a later tree': ({ log }) => {
          log.append(foreignBody(3))
          return { checkpoint: log.checkpoint() }
        },
      }),
    },
    {
      ids: ['A-06'],
      defect: 'the log did not sign where the proof leads',
      codes: refusedAs('verify/checkpoint-missing'),
      ways: {
        v1: { entries: ({ entry }) => [withoutCheckpoint(entry)] },
        v2: { log: { generation: 2 }, entries: ({ entry }) => [withoutCheckpoint(entry)] },
        empty: { entries: ({ entry }) => [withProof(entry, { checkpoint: '' })] },
      },
    },
    {
      ids: ['A-07'],
      defect: 'the checkpoint can not be read in one way',
      codes: refusedAs('verify/checkpoint-malformed'),
      ways: {
        ...Object.assign(
          {},
          ...['', '0x3', '03', '+3', '-3', ' 3', '3 ', '3.0', '3e0', '9223372036854775808'].map(
            (size) => rename(resigned(line(1, size)), JSON.stringify(size)),
          ),
        ),
        ...rename(
          resigned((lines) => lines.slice(1)),
          'no origin',
        ),
        ...rename(
          resigned((lines) => lines.slice(0, 2)),
          'no root',
        ),
        ...rename(resigned(line(0, '')), 'an empty origin'),
        ...rename(resigned(line(2, Buffer.alloc(31).toString('base64'))), 'a short root'),
        ...rename(
          resigned((lines) => [...lines, '']),
          'an empty line at the end',
        ),
        ...rename(
          resigned((lines) => ['log.example\r', ...lines.slice(1)]),
          'a carriage return',
        ),
        ...rename(
          resigned((lines) => [...lines, 'nul\0']),
          'a NUL',
        ),
        ...inBoth({
          'no newline at the end': (made) => ({ checkpoint: checkpointOf(made).trimEnd() }),
          'no blank line': (made) => ({ checkpoint: checkpointOf(made).replace('\n\n', '\n') }),
          'a hyphen for the dash': (made) => ({
            checkpoint: checkpointOf(made).replace('\u2014', '-'),
          }),
        }),
      },
      twin: { ...resigned((lines) => [...lines, 'an extension'])['signed, v1'] },
    },
    {
      ids: ['A-07', 'A-08', 'SJ-13'],
      defect: 'no signature has the name and the id of the log',
      codes: refusedAs('verify/checkpoint-unsigned'),
      ways: inBoth({
        'no signature': (made) => ({ checkpoint: `${checkpointOf(made).split('\n\n')[0]}\n\n` }),
        'a witness alone': (made) => ({
          checkpoint: made.log.checkpoint(undefined, [createNoteSigner('witness.example')]),
        }),
        'another id': ({ log }) => ({
          checkpoint: log.checkpoint(undefined, [{ ...log.signer, keyId: Buffer.alloc(4) }]),
        }),
        'a pattern': ({ log }) => ({
          checkpoint: log.checkpoint(undefined, [{ ...log.signer, name: '.*' }]),
        }),
        'a slow pattern': ({ log }) => ({
          checkpoint: log.checkpoint(undefined, [
            { ...log.signer, name: `(a${'a'.repeat(30)})*$` },
          ]),
        }),
        'a part of the name': ({ log }) => ({
          checkpoint: log.checkpoint(undefined, [{ ...log.signer, name: 'log' }]),
        }),
        'a longer name': ({ log }) => ({
          checkpoint: log.checkpoint(undefined, [{ ...log.signer, name: 'evillog.example' }]),
        }),
      }),
    },
    {
      ids: ['A-07'],
      defect: 'the signature of the log does not fit',
      codes: refusedAs('verify/checkpoint-signature-invalid'),
      ways: inBoth({
        'of another tree': ({ log, entry }) => {
          const [text] = (proofOf(entry).checkpoint ?? '').split('\n\n')
          const [, signatures] = log.checkpoint(1).split('\n\n')
          return { checkpoint: `${text}\n\n${signatures}` }
        },
        'of another key': ({ log }) => {
          const other = createTestLog({ name: 'other.example' })
          return { checkpoint: log.checkpoint(undefined, [{ ...log.signer, sign: other.sign }]) }
        },
        'a bad one beside the good one': ({ log }) => {
          const bad = { ...log.signer, sign: () => Buffer.alloc(64) }
          return { checkpoint: log.checkpoint(undefined, [log.signer, bad]) }
        },
      }),
    },
    {
      ids: ['A-08'],
      defect: 'the log signed the checkpoint of another log',
      codes: refusedAs('verify/checkpoint-origin'),
      ways: {
        ...Object.assign(
          {},
          ...['other.example', 'evillog.example', 'log.example.evil', 'LOG.EXAMPLE', 'log'].map(
            (origin) => rename(resigned(line(0, origin)), origin),
          ),
        ),
      },
    },
    {
      ids: ['A-04'],
      defect: 'a bundle of version 0.1 has no promise',
      codes: refusedAs('verify/log-promise-missing'),
      ways: {
        v1: {
          entries: ({ log, index }) => [log.entry(index, { at: SEEN_AT, promise: false })],
          text: asFirstVersion,
        },
        v2: { log: { generation: 2 }, text: asFirstVersion },
      },
      twin: { text: asFirstVersion },
    },
  ],
}

function withoutCheckpoint(entry: LogEntry): LogEntry {
  const { checkpoint: _, ...proof } = proofOf(entry)
  return { ...entry, inclusionProof: proof }
}

function asFirstVersion(text: string): string {
  const bundle = JSON.parse(text)
  const { certificate, ...rest } = bundle.verificationMaterial
  return JSON.stringify({
    ...bundle,
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: { ...rest, x509CertificateChain: { certificates: [certificate] } },
  })
}
