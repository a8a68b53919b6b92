// The files that a playbook names, from the folder that they lie in.

import { join } from 'node:path'
import { LIMITS } from '../../core/index.ts'
import type { FoundFile } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'

/** Reads each of the paths; what can not be read is told, and stops nothing. */
export async function readReportFiles(
  host: Host,
  folder: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, FoundFile>> {
  const files = new Map<string, FoundFile>()
  for (const path of paths) files.set(path, await readFile(host, join(folder, path)))
  return files
}

async function readFile(host: Host, path: string): Promise<FoundFile> {
  const read = await host.readBytes(path, { bytesMax: LIMITS.envelopeBytesMax })
  if (read.ok) return { kind: 'read', bytes: read.value }
  const [{ code, message }] = read.problems
  return code === 'host/file-missing' ? { kind: 'absent' } : { kind: 'unreadable', reason: message }
}
