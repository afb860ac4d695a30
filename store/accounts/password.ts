/** Passwords are kept as scrypt makes them (RFC 7914): 'scrypt$N$r$p$salt$hash', so that a later, dearer N is read beside this one. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** One of the settings that OWASP's Password Storage Cheat Sheet names as enough: 32 MB and some 0.2 s for each try. */
const cost = { N: 32_768, r: 8, p: 3 } as const;
const bytes = 32;

const derive = (password: string, salt: Buffer, { N, r, p }: { N: number; r: number; p: number }): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The same word typed on another keyboard may be composed in another way.
    scrypt(password.normalize('NFKC'), salt, bytes, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });

export async function sealPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** `sealed` null: there is none, which takes as long to find out as that it is another. */
export async function isPassword(password: string, sealed: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] = (sealed ?? nobodys).split('$');
  const wanted = Buffer.from(hash, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(given, wanted) && sealed !== null;
}

const nobodys = `scrypt$${cost.N}$${cost.r}$${cost.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`;
