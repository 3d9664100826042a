import { RULES as LEARNED } from '../../learned/html/rules.ts'

/** What this report needs beyond that of models which stand still. */
export const RULES = `${LEARNED}
polyline.rival{stroke:var(--line);stroke-width:1.5}
line.drift{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 3}
circle.point{fill:var(--account)}
.key .key-own:before,.key .key-rival:before,.key .key-drift:before{content:"";display:inline-block;width:14px;height:2px;margin-right:5px;vertical-align:4px;background:var(--account)}
.key .key-rival:before{background:var(--line)}
.key .key-drift:before{width:0;height:11px;vertical-align:-1px;background:none;border-left:1px dashed var(--ink)}
.key .key-own,.key .key-rival{white-space:normal}
.card>header+.soft{margin-bottom:12px}`
