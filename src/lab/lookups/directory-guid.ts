import { randomUuid } from '../noise.ts'
import { QTYPE } from '../qtypes.ts'
import { NOERROR, nothing } from './lookup.ts'
import { createShape } from './shape.ts'

/** MS-ADTS 6.3.2.3: domain controllers of a forest by the GUID of a domain. */
export const directoryGuid = createShape(
  'directory-guid',
  'Active Directory: SRV of a domain by its GUID under _msdcs.',
  'corp.example',
  (random) => ({
    labels: ['_ldap', '_tcp', randomUuid(random), 'domains', '_msdcs'],
    qtype: QTYPE.SRV,
    ...(random() < 0.5 ? { rcode: NOERROR, answer: 'service', answerOctets: 26 } : nothing),
  }),
)
