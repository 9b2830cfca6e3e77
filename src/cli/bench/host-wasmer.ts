import { MemFS, WASI, init } from '@wasmer/wasi'
import { expectZero, type WasiHost, type World } from './host.ts'

/** `@wasmer/wasi` as it comes, with a MemFS of its own for each process. */
export const wasmerHost = async ({ module, file }: World): Promise<WasiHost> => {
  // In a page it asks for Node's Buffer, to decode the WebAssembly that it brings along.
  const globals = globalThis as { Buffer?: unknown }
  globals.Buffer ??= { from: (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)) }
  await init()
  const compiled = new WebAssembly.Module(module)
  const name = '@wasmer/wasi'
  return {
    name,
    run: async (args) => {
      const fs = new MemFS()
      const opened = fs.open(`/${file.name}`, { read: true, write: true, create: true })
      opened.write(new Uint8Array(file.size))
      opened.free()
      const wasi = new WASI({ args: ['bench', ...args], env: {}, preopens: { '/': '/' }, fs })
      wasi.instantiate(compiled, {})
      const code = wasi.start()
      wasi.free()
      expectZero(name, args, code)
    },
  }
}
