import { parentTechnique, type Technique, techniqueOf } from './attack.ts'

/** Ids as ATT&CK gives them; anything else stays in `wakeful.attack`. */
const TECHNIQUE_ID = /^T\d{4}(\.\d{3})?$/

/**
 * `threat.*` of the schema. A subtechnique (`T1048.003`) stands under `technique.subtechnique`, its parent under
 * `technique`. Ids, names and references are lists in one order, as the schema's examples have them; an id this version
 * does not know has itself for a name, so that the lists stay in step. Undefined where no technique is named.
 */
export function ecsThreat(attack: readonly string[]): object | undefined {
  const ids = attack.filter((id) => TECHNIQUE_ID.test(id))
  if (ids.length === 0) return undefined
  const subs = ids.filter((id) => parentTechnique(id) !== null).map(techniqueOf)
  const parents = [...new Set(ids.map((id) => parentTechnique(id) ?? id))].map(techniqueOf)
  const tactics = [...new Set([...parents, ...subs].flatMap((technique) => technique.tactics))]
  return {
    framework: 'MITRE ATT&CK',
    ...(tactics.length > 0 && { tactic: { id: tactics.map(({ id }) => id), name: tactics.map(({ name }) => name) } }),
    technique: { ...listed(parents), ...(subs.length > 0 && { subtechnique: listed(subs) }) },
  }
}

function listed(techniques: readonly Technique[]): object {
  return {
    id: techniques.map(({ id }) => id),
    name: techniques.map(({ id, name }) => name ?? id),
    reference: techniques.map(({ id }) => `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`),
  }
}
