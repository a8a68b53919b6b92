// A draft as a command is given it: the file that was composed, or the bundle in which somebody saved it.

import { accept, LIMITS, parseJson, isJsonObject, type Result, refuse } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type Draft, parseDraft, verifyDraft } from '../../record/index.ts'
import { atPath, readInput } from '../file-input.ts'
import type { RecordRequest } from '../record/ledger-input.ts'
import type { CliProblem } from '../problem.ts'
import { problemsOf } from '../signing/own-verification.ts'

/** The file. */
export async function readDraftFile(host: Host, path: string): Promise<Result<Draft>> {
  const bytes = await readInput(host, path, { bytesMax: LIMITS.payloadBytesMax })
  return bytes.ok ? atPath(parseDraft(bytes.value), path) : bytes
}

/** A saved draft, with the bytes of its bundle. */
export interface SavedDraft {
  readonly draft: Draft
  readonly bytes: Uint8Array
}

/** The bundle, verified as that of somebody who drafts. */
export async function readSavedDraft(
  host: Host,
  path: string,
  request: RecordRequest,
): Promise<Result<SavedDraft>> {
  const bytes = await readInput(host, path, { bytesMax: LIMITS.envelopeBytesMax })
  if (!bytes.ok) return bytes
  const { verdict, draft } = verifyDraft(bytes.value, request)
  if (draft !== undefined) return accept({ draft, bytes: bytes.value })
  const message = 'Expected a saved draft, found none that the trust document accepts as one'
  const because = problemsOf([verdict])
  return refuse<CliProblem>({ code: 'cli/draft', message, at: path, because })
}

/** Either of them. */
export async function readAnyDraft(
  host: Host,
  path: string,
  request: RecordRequest,
): Promise<Result<Draft>> {
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.envelopeBytesMax })
  if (!bytes.ok) return bytes
  const json = parseJson(bytes.value)
  const isFile = json.ok && isJsonObject(json.value) && 'schema' in json.value
  if (isFile) return readDraftFile(host, path)
  const saved = await readSavedDraft(host, path, request)
  return saved.ok ? accept(saved.value.draft) : saved
}
