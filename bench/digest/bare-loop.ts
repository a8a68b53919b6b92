// The bare loop: two threads that take the next file of a plain listing, read it through one buffer and digest it. Nothing else.

import { createHash } from 'node:crypto'
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread, Worker, workerData } from 'node:worker_threads'

interface Work {
  readonly files: readonly string[]
  readonly next: Int32Array
}

const BUFFER_BYTES = 256 * 1024

if (isMainThread) await measure(process.argv[2] ?? '.')
else work(workerData as Work)

async function measure(folder: string): Promise<void> {
  const start = performance.now()
  const listed = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = listed.filter((entry) => entry.isFile())
  const data: Work = {
    files: files.map(({ parentPath, name }) => join(parentPath, name)),
    next: new Int32Array(new SharedArrayBuffer(4)),
  }
  const threads = [0, 1].map(() => new Worker(new URL(import.meta.url), { workerData: data }))
  await Promise.all(threads.map((thread) => new Promise((ended) => thread.on('exit', ended))))
  console.log(JSON.stringify({ ms: performance.now() - start }))
}

function work({ files, next }: Work): void {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES)
  for (let at = Atomics.add(next, 0, 1); at < files.length; at = Atomics.add(next, 0, 1)) {
    const file = openSync(files[at] ?? '', 'r')
    const hash = createHash('sha256')
    for (let count = -1; count !== 0; hash.update(buffer.subarray(0, count))) {
      count = readSync(file, buffer, 0, BUFFER_BYTES, null)
    }
    hash.digest('hex')
    closeSync(file)
  }
}
