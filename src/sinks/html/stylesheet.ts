import { asMarkup, type Markup } from './markup.ts'
import { DARK, LIGHT, properties } from './palette.ts'

const MONO = 'ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace'
const SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'

const BASE = `
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1180px;padding:24px 28px 40px;background:var(--ground);color:var(--ink);font:14px/1.45 ${SANS};font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,pre{margin:0;padding:0}
ul,ol{list-style:none}
h1{font-size:24px;line-height:1.2;letter-spacing:-.01em}
h2{font-size:17px;margin:32px 0 8px}
h3{font-size:18px;line-height:1.25}
h4{font-size:12px;font-weight:650;letter-spacing:.02em;margin:0 0 6px}
h5{font-size:11.5px;font-weight:400;color:var(--soft)}
code,pre{font:12px/1.45 ${MONO};unicode-bidi:isolate}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:2px}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.soft{color:var(--soft)}
.number{text-align:right}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.brand{color:var(--link);font-weight:700;letter-spacing:.02em}
.top{margin-bottom:18px}
footer{margin-top:32px;padding-top:12px;border-top:1px solid var(--rule);font-size:12.5px}
summary{cursor:pointer;color:var(--link)}
.badge{display:inline-block;padding:1px 8px;border-radius:9px;font-size:12px;font-weight:650;line-height:1.5;white-space:nowrap}
.badge.critical{color:var(--critical);background:var(--critical-ground)}
.badge.high{color:var(--high);background:var(--high-ground)}
.badge.medium{color:var(--medium);background:var(--medium-ground)}
.badge.low{color:var(--low);background:var(--low-ground)}`

const TILES = `
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;background:var(--rule);border:1px solid var(--rule);border-radius:8px;overflow:hidden}
.tiles>div{background:var(--card);padding:10px 14px}
.tiles dt{color:var(--soft);font-size:12.5px}
.tiles b{display:block;font-size:22px;font-weight:650;line-height:1.25;letter-spacing:-.01em}
.tiles dd>span.soft{font-size:12.5px}
.tiles .badge{margin:2px 2px 0 0}`

const TABLES = `
table{border-collapse:collapse;width:100%}
th,td{padding:5px 10px 5px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);font-weight:400}
th.number,td.number{text-align:right}
thead th{color:var(--soft);font-size:12px;vertical-align:bottom}
tbody tr:last-child>*{border-bottom:0}
.wide{overflow-x:auto;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:4px 14px}
.wide th,.wide td{padding-right:18px}
.wide>table th:last-child,.wide>table td:last-child{padding-right:0}
.wide td,.wide thead th{overflow-wrap:break-word}
.wide td code{word-break:break-all}
.wide th[scope=row]{min-width:15ch}
.wide table:not(.overview) td:last-child{min-width:26ch}
section>.soft+.wide{margin-top:8px}
.overview th[scope=row]{font-weight:650}
.failure{color:var(--line)}
.spots li,.left-out li{margin:3px 0}
.left-out{margin-top:8px}
.spots{max-width:75ch}`

const CARD = `
.card{margin:16px 0 0;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:16px 20px 18px;scroll-margin-top:12px}
.card>header{display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px;margin-bottom:12px}
.card>header p{margin-left:auto}
.facts{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:8px 24px;padding:10px 0 12px;margin-bottom:14px;border-block:1px solid var(--rule)}
.facts dt{color:var(--soft);font-size:12px}
.columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:20px 32px}
.columns section+section{margin-top:20px}
.reasons li{margin-bottom:8px}
.reasons li>p:first-child{display:flex;justify-content:space-between;gap:8px}
.reasons li>p:last-child,.note{font-size:12.5px;line-height:1.35}
.quiet .ratio{color:var(--soft)}
.ticks{position:relative;height:16px;font-size:11px}
.ticks span{position:absolute;transform:translateX(-50%);white-space:nowrap}
.signals td,.signals th,.types td,.types th{padding:3px 10px 3px 0;font-size:13px;vertical-align:middle}
.signals td.number,.types td.number{white-space:nowrap}
.signals th[scope=row]{line-height:1.25}
.signals td.chart,.signals .chart-head{width:32%;padding-right:0}
.types th[scope=row]{width:1%;white-space:nowrap}.types td.number{width:1%}
.types td.chart{padding-right:0}
.note{margin-top:5px}
.payload pre{margin-top:5px;padding:8px 10px;background:var(--well);border-radius:6px;white-space:pre-wrap;word-break:break-all}
.names{margin-top:16px;padding-top:12px;border-top:1px solid var(--rule)}
.names li{padding:2px 0;line-height:1.35}
.names summary{font-size:12.5px}
.names code{word-break:break-all}`

const CHARTS = `
svg{display:block;overflow:visible}
.plot{display:grid;grid-template-columns:48px minmax(0,1fr);column-gap:8px;margin-top:8px}
.plot h5{grid-column:2;margin-bottom:5px}
.scale{position:relative;font-size:11px;color:var(--soft)}
.scale span{position:absolute;right:0;line-height:1;transform:translateY(50%);white-space:nowrap}
.times{display:flex;justify-content:space-between;gap:10px;margin:6px 0 0 56px;font-size:11px}
.grid{stroke:var(--rule);stroke-width:1}
rect.queries{fill:var(--queries)}rect.octets{fill:var(--octets)}rect.typical{fill:var(--typical)}
rect.track{fill:var(--rule)}rect.touch{fill:transparent}
rect.touch:hover{fill:var(--ink);fill-opacity:.08}
line.account{stroke:var(--account);stroke-width:2;stroke-linecap:round}
line.line{stroke:var(--line);stroke-width:1.5}
line.alert{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}
.alert-mark,.value-mark{fill:var(--line);stroke:var(--card);stroke-width:1.5}
.value-mark.usual{fill:var(--account)}
.alert-word,.line-word{font-size:11px;fill:var(--ink);paint-order:stroke;stroke:var(--card);stroke-width:3px}
.line-word{fill:var(--line)}`

const NARROW = `
@media screen and (max-width:860px){.columns{grid-template-columns:minmax(0,1fr)}.facts{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media screen and (max-width:600px){body{padding:16px 12px 28px}.tiles{grid-template-columns:1fr 1fr}.tiles b{font-size:19px}.card{padding:12px 14px}.card>header p{margin-left:0;width:100%}.facts{grid-template-columns:minmax(0,1fr)}.facts>div{display:grid;grid-template-columns:76px minmax(0,1fr);gap:8px}.spare{display:none}.wide{padding:4px 10px}.wide th,.wide td{padding-right:12px}.wide th[scope=row]{min-width:12ch}.overview th[scope=row]{width:52%}.signals td.chart,.signals .chart-head{width:27%}.scale{font-size:10.5px}}`

/** On paper: light, whole cards where they fit a page, folds open, nothing that only a screen can do. */
const PRINT = `
@media print{:root{${properties(LIGHT)}}html{color-scheme:light;print-color-adjust:exact;-webkit-print-color-adjust:exact}body{max-width:none;padding:0;background:none;font-size:13px;zoom:.84}.columns{gap:16px 20px}.facts{gap:6px 16px}.card{padding:12px 14px}.card,.tiles,.tiles>div,.columns section,tr,li{break-inside:avoid}h2,h3,h4{break-after:avoid}.wide{overflow:visible}details::details-content{content-visibility:visible;display:block}summary{color:inherit}a{color:inherit;text-decoration:none}}`

/** The stylesheet of reports: no font, image or import, so that there is nothing to load. `rules` are a page's own. */
export function stylesheet(rules: string): Markup {
  const dark = `\n@media (prefers-color-scheme:dark){:root{${properties(DARK)}}}`
  return asMarkup(
    [`:root{${properties(LIGHT)}}`, dark, BASE, TILES, TABLES, CARD, CHARTS, rules, NARROW, PRINT].join(''),
  )
}
