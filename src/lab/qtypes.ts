/** Record types the lab asks for, by number (IANA "Resource Record (RR) TYPEs"). */
export const QTYPE = { A: 1, CNAME: 5, NULL: 10, MX: 15, TXT: 16, KEY: 25, AAAA: 28, SRV: 33, HTTPS: 65 } as const
