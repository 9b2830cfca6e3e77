/** Monaco ships its grammars without types. */
declare module 'monaco-editor/languages/definitions/typescript/typescript' {
  export const language: { readonly tokenizer: { readonly common: unknown[] } }
}

/** Whether Tab moves the focus, of all editors; the option of one editor would leave Ctrl+M without effect. */
declare module 'monaco-editor/editor/browser/config/tabFocus' {
  export const TabFocus: { setTabFocusMode(moves: boolean): void }
}
