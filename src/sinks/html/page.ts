import { type Content, html } from './markup.ts'
import { stylesheet } from './stylesheet.ts'

/** Nothing is loaded and nothing runs, whatever the data hold; our own stylesheet stands inside. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** What stands on a page. */
export interface PageContent {
  /** Of the window. */
  readonly title: string
  readonly heading: string
  /** What the page is about, under its heading. */
  readonly subject: Content
  readonly main: Content
  readonly footer: Content
  /** Rules of ours that only this page needs. */
  readonly rules?: string
}

/** A page as one file that opens without a network and without scripts. A function of its arguments. */
export function pageOf({ title, heading, subject, main, footer, rules = '' }: PageContent): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${stylesheet(rules)}</style></head>
<body><header class="top"><p class="brand">wakeful</p><h1>${heading}</h1>
<p class="soft">${subject}</p></header>
<main>${main}</main>
<footer class="soft"><p>${footer}</p></footer>
</body></html>
`.toString()
}
