// Around each test file: the same random numbers in every run, no network but loopback, and no folder left behind.

import { type NetConnectOpts, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll } from 'vitest'
import { removeTemporaryFolders } from './temporary-folder.ts'

/** `ASSAY_TEST_SEED=… npm test` tries other random cases; a failure prints its seed. */
const DEFAULT_SEED = 20_261_121

fc.configureGlobal({ seed: Number(process.env['ASSAY_TEST_SEED'] ?? DEFAULT_SEED) })

afterAll(removeTemporaryFolders)

// What tests start from the sources is compiled once in a run, and not by each process. Set here and not around the run: of a worker
// whose functions came out of a cache, coverage would be told less exactly.
process.env['NODE_COMPILE_CACHE'] = join(tmpdir(), 'node-compile-cache')

const connect = Socket.prototype.connect
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/

Socket.prototype.connect = function (this: Socket, ...args: unknown[]): Socket {
  const host = hostOf(args)
  if (host !== undefined && !LOOPBACK.test(host)) {
    throw new Error(`Expected a test to reach loopback only, found a connection to "${host}"`)
  }
  return Reflect.apply(connect, this, args)
}

/** The host of any of the forms that `connect` takes; undefined for a socket file. */
function hostOf(args: readonly unknown[]): string | undefined {
  // node:net hands its own calls over as one array: [[options, callback]].
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  if (typeof first === 'object' && first !== null) {
    const options = first as NetConnectOpts
    // fetch() sets the path to undefined when it means a host.
    const isFile = 'path' in options && options.path !== undefined
    return isFile ? undefined : ('host' in options && options.host) || 'localhost'
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined
  return typeof second === 'string' ? second : 'localhost'
}
