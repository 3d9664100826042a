/** What this report needs beyond the stylesheet of all reports; colours are the palette's. */
export const RULES = `
section>.spots{max-width:100ch}
.spots li+li{margin-top:7px}
h2+.soft{max-width:100ch;margin-bottom:8px}
.warning{border:1px solid var(--critical);border-radius:8px;background:var(--critical-ground);color:var(--critical);padding:0 16px 12px;margin-bottom:18px}
.warning h2{margin-top:12px}
.charts{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:20px 28px}
.charts .plot{margin-top:10px}
.card section+section{margin-top:22px}
.below{position:relative;height:16px;margin:5px 0 0 56px;font-size:11px}
.below span{position:absolute;transform:translateX(-50%);white-space:nowrap}
.below span:first-child{transform:none}.below span:last-child{transform:translateX(-100%)}
.axis{margin-left:56px;font-size:11.5px;line-height:1.3}
.key{font-size:12.5px}
.key span{white-space:nowrap;margin-right:14px}
.key .key-other{white-space:normal}
.key span:before,.key-benign:before,.key-attack:before,.key-left:before,.key-seen:before{content:"";display:inline-block;width:9px;height:9px;margin-right:5px}
.key-line:before{border-radius:50%;background:var(--line)}
.key-even:before{border-radius:50%;border:2px solid var(--account)}
.key .key-other:before{height:2px;width:14px;vertical-align:4px;background:var(--typical)}
.key-benign:before{background:var(--queries)}.key-left:before{background:var(--octets)}.key-seen:before{background:var(--typical)}.key-attack:before{background:var(--line)}
polyline{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round}
polyline.curve{stroke:var(--account);stroke-width:2}
polyline.other{stroke:var(--typical);stroke-width:1}
line.chance{stroke:var(--soft);stroke-width:1;stroke-dasharray:3 4}
line.bound{stroke:var(--ink);stroke-width:1.5}
line.zero{stroke:var(--soft);stroke-width:1}
rect.untold{fill:var(--typical);fill-opacity:.22}
.even-mark{fill:var(--card);stroke:var(--account);stroke-width:2.5}
.said-mark{fill:var(--account);stroke:var(--card);stroke-width:1}
path.benign{fill:var(--queries)}path.attack{fill:var(--line)}
.confusion{margin-top:10px}
.confusion+.confusion{margin-top:18px}
.confusion h5{margin-bottom:2px}
.confusion td{width:40%}
.confusion td .soft{display:block;font-size:12px;line-height:1.3}
.share{display:block;height:6px;margin-top:3px;background:var(--rule)}
.share i{display:block;height:100%}
.share.right i{background:var(--octets)}.share.wrong i{background:var(--line)}
.wide table.heat td:last-child,.wide table.bars td:last-child,.wide table.figures td:last-child{min-width:0}
.wide table.heat td{background:color-mix(in srgb,var(--octets) var(--heat,0%),var(--card));border-left:3px solid var(--card);white-space:nowrap}
.wide table.heat .number{padding:5px 10px}
.wide table.bars td.number{white-space:nowrap}
.bars .chart{width:32%;min-width:120px}
.bars td.chart{padding-top:6px}
.importance h5{margin:10px 0 4px}
.importance td,.importance th{padding:3px 8px 3px 0;font-size:12.5px;line-height:1.3}
.importance td.number{white-space:nowrap}
.importance td.chart{width:22%;min-width:50px;padding:4px 0 0}
rect.alarm{fill:var(--line)}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(200px,1fr));gap:12px}
figure{margin:0;padding:8px 12px 10px;background:var(--card);border:1px solid var(--rule);border-radius:8px;break-inside:avoid}
figcaption{margin-bottom:5px;font-size:12.5px;line-height:1.3}
.ends{display:flex;justify-content:space-between;font-size:11px;margin-top:3px}
.fold{margin:6px 0}
.fold .soft{font-size:12.5px;margin:4px 0}
.wide table.figures td{white-space:nowrap}
@media (max-width:1000px){.charts{grid-template-columns:repeat(2,minmax(0,1fr))}}
@media screen and (max-width:600px){.charts{grid-template-columns:minmax(0,1fr)}.multiples{grid-template-columns:1fr 1fr;gap:8px}figure{padding:6px 8px}.bars .chart{min-width:80px}}
@media print{.wide table.figures td,.wide table.heat td,.wide table.bars td.number{white-space:normal}.wide th[scope=row]{min-width:0}.wide th,.wide td{padding-right:8px}.bars .chart{width:20%;min-width:50px}.figures{font-size:11px}}`
