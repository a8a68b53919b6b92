// What parseBundle() refuses in a log entry, member by member.

import { KEY } from './bundles.ts'
import { material, times } from './parse-cases.ts'

/** 32 bytes. */
const HASH = `${'A'.repeat(43)}=`
export const ENTRY = {
  logIndex: '9223372036854775807',
  logId: { keyId: 'AQ==' },
  kindVersion: { kind: 'dsse', version: '0.0.1' },
  integratedTime: '0',
  inclusionProof: { logIndex: '1', rootHash: HASH, treeSize: '2', hashes: [HASH] },
  canonicalizedBody: 'AQ==',
}
const entry = (members: object) => material(KEY, { tlogEntries: [{ ...ENTRY, ...members }] })
const proof = (members: object) =>
  entry({ inclusionProof: { ...ENTRY.inclusionProof, ...members } })

// Each refusal with its code and place, and the nearest thing that is accepted.
export const LOG_ENTRY_CASES: readonly (readonly [string, string, object, object])[] = [
  [
    '33 log entries',
    'bundle/limit /verificationMaterial/tlogEntries',
    material(KEY, { tlogEntries: times(33, ENTRY) }),
    material(KEY, { tlogEntries: times(32, ENTRY) }),
  ],
  [
    'a log entry that is no object',
    'bundle/member /verificationMaterial/tlogEntries/0',
    material(KEY, { tlogEntries: ['x'] }),
    entry({ inclusionProof: null }),
  ],
  [
    'a number in place of an int64',
    'bundle/member /verificationMaterial/tlogEntries/0/logIndex',
    entry({ logIndex: 1 }),
    entry({ logIndex: null }),
  ],
  [
    'a negative index',
    'bundle/member /verificationMaterial/tlogEntries/0/logIndex',
    entry({ logIndex: '-1' }),
    entry({ logIndex: '0' }),
  ],
  [
    'more than an int64',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/treeSize',
    proof({ treeSize: '9223372036854775808' }),
    proof({ treeSize: '9223372036854775807' }),
  ],
  [
    'hexadecimal',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/logIndex',
    proof({ logIndex: '0x10' }),
    proof({ logIndex: '16' }),
  ],
  [
    'a second name in a log entry',
    'bundle/member-unknown /verificationMaterial/tlogEntries/0',
    entry({ integrated_time: '1' }),
    entry({ integratedTime: '1' }),
  ],
  [
    'a log entry without its body',
    'bundle/member /verificationMaterial/tlogEntries/0/canonicalizedBody',
    entry({ canonicalizedBody: undefined }),
    entry({ canonicalizedBody: 'AAAA' }),
  ],
  [
    'a log entry without its kind',
    'bundle/member /verificationMaterial/tlogEntries/0/kindVersion',
    entry({ kindVersion: undefined }),
    entry({ kindVersion: { kind: 'x', version: '9' } }),
  ],
  [
    'a log entry without a version',
    'bundle/member /verificationMaterial/tlogEntries/0/kindVersion/version',
    entry({ kindVersion: { kind: 'dsse' } }),
    {},
  ],
  [
    'a log entry of no log',
    'bundle/member /verificationMaterial/tlogEntries/0/logId',
    entry({ logId: undefined }),
    entry({ logId: { keyId: 'AAAA' } }),
  ],
  [
    'a time that no calendar has',
    'bundle/member /verificationMaterial/tlogEntries/0/integratedTime',
    entry({ integratedTime: '8640000000001' }),
    entry({ integratedTime: '8640000000000' }),
  ],
  [
    'an empty promise',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp',
    entry({ inclusionPromise: { signedEntryTimestamp: '' } }),
    entry({ inclusionPromise: { signedEntryTimestamp: 'AQ==' } }),
  ],
  [
    'a root hash of 31 bytes',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/rootHash',
    proof({ rootHash: `${'A'.repeat(42)}==` }),
    proof({ rootHash: HASH }),
  ],
  [
    'a proof with a short hash',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/hashes/1',
    proof({ hashes: [HASH, 'AQ=='] }),
    proof({ hashes: null }),
  ],
  [
    'a proof with a hash in loose base64',
    'bundle/base64 /verificationMaterial/tlogEntries/0/inclusionProof/hashes/0',
    proof({ hashes: [`${'A'.repeat(42)}B=`] }),
    {},
  ],
  [
    'a proof of 64 hashes',
    'bundle/limit /verificationMaterial/tlogEntries/0/inclusionProof/hashes',
    proof({ hashes: times(64, HASH) }),
    proof({ hashes: times(63, HASH) }),
  ],
  [
    'a checkpoint of more than 64 KiB',
    'bundle/limit /verificationMaterial/tlogEntries/0/inclusionProof/checkpoint/envelope',
    proof({ checkpoint: { envelope: 'é'.repeat(32 * 1024 + 1) } }),
    proof({ checkpoint: { envelope: 'é'.repeat(32 * 1024) } }),
  ],
  [
    'a checkpoint that is a text',
    'bundle/member /verificationMaterial/tlogEntries/0/inclusionProof/checkpoint',
    proof({ checkpoint: 'log.example' }),
    proof({ checkpoint: { envelope: 'log.example' } }),
  ],
]
