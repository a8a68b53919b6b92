// A process of its own that appends a record, or merges, and is killed at its Nth change of the disk, in the middle of a write.

import { join } from 'node:path'
import { createDisk, createLedgerStore } from '../../../src/host/ledger/index.ts'
import { atNthCall, CHANGES, recordOf } from './test-store.ts'

const [folder = '', name = '', at = '0'] = process.argv.slice(2)
const disk = createDisk(join(folder, 'ledger'), 'ledger')
const { disk: dying, count } = atNthCall(disk, Number(at), {
  calls: CHANGES,
  act: (call, [path, bytes]) => {
    if (call === 'write' && bytes instanceof Uint8Array) {
      disk.write(String(path), bytes.subarray(0, bytes.length / 2))
    }
    process.kill(process.pid, 'SIGKILL')
  },
})
const appended = await createLedgerStore('ledger', dying).append([recordOf(name)])
process.stdout.write(JSON.stringify({ ok: appended.ok, count: count() }))
