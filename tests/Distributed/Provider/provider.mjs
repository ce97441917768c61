// A certified OpenID provider with three people in it, for tests: node provider.mjs PORT CLIENT_SECRET REDIRECT_URI...
import { Provider } from 'oidc-provider';

const [port, secret, ...consoles] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const people = {
  ada: { name: 'Ada Brandt', groups: ['reviewers', 'admins'] },
  riley: { name: 'Riley Chen', groups: ['reviewers'] },
  sam: { name: 'Sam Okafor', groups: ['visitors'] },
};
const resource = 'urn:approvals';

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'approvals-console',
    client_secret: secret,
    redirect_uris: consoles.map((url) => `${url}/console/signed-in`),
    post_logout_redirect_uris: consoles.map((url) => `${url}/console/signed-out`),
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  claims: { openid: ['sub'], profile: ['name', 'groups'] },
  cookies: { keys: ['only for tests, made up'] },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
  extraTokenClaims: (ctx, token) => ({ ...people[token.accountId], auth_time: ctx.oidc.entities.AuthorizationCode?.authTime }),
  features: {
    devInteractions: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: '', audience: 'approvals', accessTokenTTL: 3600, accessTokenFormat: 'jwt' }),
    },
  },
  ttl: { AccessToken: 3600, Session: 3600, Interaction: 600, Grant: 3600, IdToken: 3600 },
});
provider.on('server_error', (_, error) => console.error(error));
provider.listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
