// Loaded before the program (`node --import`): whatever reaches for the network says so on standard error, and throws.

import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

function forbid(place: object, names: readonly string[]): void {
  for (const name of names) {
    if (typeof Reflect.get(place, name) !== 'function') throw new TypeError(`No ${name} to forbid`)
    Reflect.set(place, name, () => {
      process.stderr.write(`NETWORK ${name}\n`)
      throw new Error(`Expected no use of the network, found ${name}`)
    })
  }
}

const LOOKUPS = ['lookup', 'lookupService', 'resolve', 'resolve4', 'resolve6', 'resolveAny']

forbid(net, ['connect', 'createConnection', 'createServer'])
forbid(net.Socket.prototype, ['connect'])
forbid(tls, ['connect'])
forbid(dns, LOOKUPS)
forbid(dns.promises, LOOKUPS)
forbid(http, ['request', 'get'])
forbid(https, ['request', 'get'])
forbid(http2, ['connect'])
forbid(dgram, ['createSocket'])
forbid(globalThis, ['fetch', 'WebSocket'])
syncBuiltinESMExports()
