// A ledger with one record more, which is nowhere but in memory: read as the other is, and never written.

import { accept, encodeBase64, encodeUtf8, type Result } from '../../core/index.ts'
import type { LedgerFiles, LedgerStore, NewRecord } from '../../host/index.ts'
import { planAppend } from '../../ledger/index.ts'

/** The ledger as if the record had been appended. Whatever would change it changes nothing. */
export async function supposeAppended(
  store: LedgerStore,
  { entry, bytes }: NewRecord,
): Promise<Result<LedgerStore>> {
  const state = await store.read()
  if (!state.ok) return state
  const { reader, head, signed } = state.value
  const plan = await planAppend(reader, head, [entry], { signed })
  if (!plan.ok) return plan
  const { size, root } = plan.value.head
  const planned = new Map(plan.value.files.map((file) => [file.path, file.bytes]))
  const files: LedgerFiles = {
    ...state.value,
    size,
    headFile: encodeUtf8(`${size}\n${encodeBase64(root)}\n`),
    reader: { read: async (path) => planned.get(path) ?? reader.read(path) },
  }
  return accept({
    ...store,
    read: async () => accept({ ...files, head: plan.value.head }),
    readFiles: async () => accept(files),
    readRecord: async (asked) =>
      asked.sha256 === entry.sha256 ? accept(bytes) : store.readRecord(asked),
  })
}
