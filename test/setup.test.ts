import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('A test can not open a socket to another machine', async () => {
  expect(() => connect(443, 'machine.invalid')).toThrow(/loopback only/)
  expect(() => connect({ host: 'machine.invalid', port: 443 })).toThrow(/loopback only/)
  await expect(fetch('http://machine.invalid/')).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/loopback only/) },
  })
})

it('A test can open a socket to loopback', async () => {
  const server = createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as { port: number }
  const socket = connect(address.port, '127.0.0.1')
  const [chunk] = await once(socket, 'data')
  expect(String(chunk)).toBe('hello')
  server.close()
})

it('Random cases are the same in every run', () => {
  expect(fc.sample(fc.nat(), 3)).toEqual(fc.sample(fc.nat(), 3))
})
