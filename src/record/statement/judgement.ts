// What a record may not say: words that are computed from signatures when it is read.

import { encodeJsonPointer, isJsonObject, type JsonValue, quote } from '../../core/index.ts'
import type { RecordProblem } from '../problem.ts'

/** Members that would be a judgement, whatever case and separators they are written in. */
const JUDGEMENTS: ReadonlySet<string> = new Set([
  'accepted',
  'adopted',
  'approved',
  'attested',
  'authoritykind',
  'complete',
  'consistency',
  'consistent',
  'controlstate',
  'fulfilled',
  'fulfillment',
  'generated',
  'islive',
  'live',
  'origin',
  'originclass',
  'outcome',
  'productiongrade',
  'productionready',
  'provenancestatus',
  'readiness',
  'rejected',
  'signed',
  'signingstatus',
  'slsalevel',
  'stagereached',
  'stagescompleted',
  'state',
  'status',
  'trust',
  'trusted',
  'trustedstatus',
  'trustedartifactstatus',
  'verdict',
  'verification',
  'verificationstatus',
  'verified',
])

/** `record/judgement` for each member, at any depth, that says what only a reader can find out. */
export function findJudgements(value: JsonValue, path: readonly string[] = []): RecordProblem[] {
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value
    return items.flatMap((item, index) => findJudgements(item, [...path, String(index)]))
  }
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([name, member]) => {
    const place = [...path, name]
    const inside = findJudgements(member, place)
    return isJudgement(name) ? [judgement(name, place), ...inside] : inside
  })
}

function isJudgement(name: string): boolean {
  return JUDGEMENTS.has(name.replaceAll(/[_\-\s]/g, '').toLowerCase())
}

function judgement(name: string, place: readonly string[]): RecordProblem {
  return {
    code: 'record/judgement',
    message: `Expected facts that the signer knows, found the judgement ${quote(name)}`,
    at: encodeJsonPointer(place),
    hint: 'It is computed when the record is read: leave it out',
  }
}
