// A certified OpenID provider with three people and a service in it, for tests: node provider.mjs PORT CLIENT_SECRET REDIRECT_URI...
// POST /rotate: from now on it signs with another key. POST /mint: a token of these claims, signed with the key of now.
// GET /fetches: how often its discovery document and its keys were asked for.
import { createServer } from 'node:http';
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { Provider } from 'oidc-provider';

const [port, secret, ...consoles] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = {
  ada: { name: 'Ada Brandt', groups: ['reviewers', 'admins'] },
  riley: { name: 'Riley Chen', groups: ['reviewers'] },
  sam: { name: 'Sam Okafor', groups: ['visitors'] },
  // These two sign out: what is issued to them within that second counts as from before.
  kim: { name: 'Kim Larsen', groups: ['visitors'] },
  lee: { name: 'Lee Moreau', groups: ['reviewers', 'admins'] },
};
const services = { reports: { groups: ['reporting'] } };
// What a client may ask for a token to be meant for; the first unless it says otherwise.
const audiences = { 'urn:approvals': 'approvals', 'urn:elsewhere': 'elsewhere' };

const open = (jwks) => {
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'approvals-console',
      client_secret: secret,
      redirect_uris: consoles.map((url) => `${url}/console/signed-in`),
      post_logout_redirect_uris: consoles.map((url) => `${url}/console/signed-out`),
      grant_types: ['authorization_code'],
      response_types: ['code'],
    }, ...Object.keys(services).map((client_id) => ({ client_id, client_secret: secret, redirect_uris: [], grant_types: ['client_credentials'], response_types: [] }))],
    jwks,
    claims: { openid: ['sub'], profile: ['name', 'groups'] },
    cookies: { keys: ['only for tests, made up'] },
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    extraTokenClaims: (ctx, token) => people[token.accountId] ? { ...people[token.accountId], auth_time: ctx.oidc.entities.AuthorizationCode?.authTime } : services[token.clientId],
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => Object.keys(audiences)[0],
        useGrantedResource: () => true,
        getResourceServerInfo: (_, resource) => ({ scope: '', audience: audiences[resource], accessTokenTTL: 3600, accessTokenFormat: 'jwt' }),
      },
    },
    ttl: { AccessToken: 3600, ClientCredentials: 3600, Session: 3600, Interaction: 600, Grant: 3600, IdToken: 3600 },
  });
  provider.on('server_error', (_, error) => console.error(error));
  return provider.callback();
};

let key, answer, fetches = 0;
const rotate = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  key = { privateKey, kid: randomUUID() };
  answer = open({ keys: [{ ...privateKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig', alg: 'RS256' }] });
};
rotate();

const mint = ({ header, claims }) => {
  const parts = [{ alg: 'RS256', typ: 'at+jwt', kid: key.kid, ...header }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${parts}.${sign('sha256', parts, key.privateKey).toString('base64url')}`;
};

createServer(async (request, response) => {
  const wanted = `${request.method} ${request.url}`;
  if (wanted === 'POST /rotate') response.end(String(rotate() ?? ''));
  else if (wanted === 'POST /mint') response.end(mint(await json(request)));
  else if (wanted === 'GET /fetches') response.end(String(fetches));
  else {
    if (wanted === 'GET /.well-known/openid-configuration' || wanted === 'GET /jwks') fetches += 1;
    answer(request, response);
  }
}).listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
