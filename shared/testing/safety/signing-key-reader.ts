// Prints the signing key of a state folder, and whether a nonce was unused.
import { nonces } from '../../safety/nonces.ts';
import { signingKey } from '../../safety/signing-key.ts';

const [folder = '', nonce = ''] = process.argv.slice(2);
console.log(signingKey(folder).toString('hex'));
console.log(await nonces(folder).spend(nonce, Date.now() + 60_000));
