// The names that a log of a trusted root signs its checkpoints under, and the key that it does so with.

import type { Checkpoint, NoteKey, TransparencyLog } from '../../../trust/index.ts'

/**
 * The names of a log, each compared exactly: with the port of its address, as some instances sign, and without it, as others
 * do.
 */
function namesOf({ origin, baseUrl }: TransparencyLog): readonly string[] {
  return [origin, baseUrl.replace(/^https?:\/\//, '').replace(/\/{1,8}$/, '')]
}

/**
 * What a log signs its checkpoints with: its names, and the first four bytes of the id that the trusted root gives its key.
 *
 * That is the id of Rekor v1 (of SHA-256 over the key) and the one of C2SP (of SHA-256 over name and key), for both are begun by
 * what the root says.
 */
export function noteKeyOf(log: TransparencyLog): NoteKey {
  const { publicKey, logId, checkpointKeyId } = log
  return { names: namesOf(log), keyId: (checkpointKeyId ?? logId).subarray(0, 4), key: publicKey }
}

/** The tree of a shard, as Rekor v1 writes it after its name. */
const TREE_ID = / - (?:0|[1-9]\d{0,19})$/

/** RK-5: the first line is a name of the log; Rekor v1 adds which of its trees it is. Nothing else is that log. */
export function isOriginOf({ origin }: Pick<Checkpoint, 'origin'>, log: TransparencyLog): boolean {
  const names = namesOf(log)
  return names.includes(origin) || names.includes(origin.replace(TREE_ID, ''))
}
