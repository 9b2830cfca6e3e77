// JavaScript Promise Integration (the WebAssembly proposal js-promise-integration), which TypeScript's libraries lack.
declare namespace WebAssembly {
  class Suspending {
    constructor(call: (...args: never[]) => unknown)
  }
  function promising(call: (...args: never[]) => unknown): (...args: unknown[]) => Promise<unknown>
}
