// Runs the unmodified official credential client with the folders and environments of identities.json. It must return the identity in
// the file. If the module returns another one, the file contains the reason, and this script prints it. No request is sent. The only function
// of the client that sends requests is replaced by the rules of the stub in IdentityTests.cs.
import { createRequire } from 'node:module';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { check } from './check.mjs';

const require = createRequire(import.meta.url);
const httpx = require('httpx');
const credentials = require('@alicloud/credentials');

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const variablesOfTheService = /^(ALIBABA_CLOUD_|ALIBABACLOUD_|ALICLOUD_)|^(ACCESS_KEY_ID|ACCESS_KEY_SECRET|SECURITY_TOKEN|REGION_ID|REGION|ENDPOINT_TYPE)$/;

let calls = [];
httpx.request = async (address, options) => {
  const url = new URL(address);
  const form = new URLSearchParams(options.data ?? '');
  const role = () => form.get('RoleArn').split('/').pop();
  const temporary = id => ({ AccessKeyId: id, AccessKeySecret: 'stub-secret', SecurityToken: 'stub-token', Expiration: '2099-01-01T00:00:00Z' });
  const bearer = options.headers?.Authorization?.replace('Bearer ', '');
  const reply = (body, statusCode = 200) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) });

  calls.push(url.hostname);
  if (url.hostname.startsWith('sts')) {
    return url.searchParams.get('Action') === 'AssumeRole'
      ? reply({ Credentials: temporary(`STS.${url.searchParams.get('AccessKeyId')}>${role()}`) })
      : reply({ Credentials: temporary(`STS.${form.get('OIDCToken')}>${role()}`) });
  }

  if (url.hostname === '100.100.100.200') {
    if (url.pathname === '/latest/api/token') return reply('metadata-token');
    const name = url.pathname.split('/').pop();
    if (name === '') return reply('attached');
    return name === 'gone' ? reply('<html>404</html>', 404) : reply({ Code: 'Success', ...temporary(`STS.instance>${name}`) });
  }

  if (url.hostname === 'localhost') {
    const body = { Code: 'Success', ...temporary(`STS.uri>${url.pathname}`) };
    if (url.pathname === '/no-code') delete body.Code;
    if (url.pathname === '/other-code') body.Code = 'Other';
    if (url.pathname === '/no-expiration') delete body.Expiration;
    if (url.pathname === '/no-token') delete body.SecurityToken;
    return reply(body, url.pathname === '/rejects' ? 403 : 200);
  }

  if (url.hostname === 'signin.example.com') return reply({ CloudCredential: temporary(`STS.sso>${bearer}`) });
  if (url.hostname.startsWith('oauth.')) {
    if (url.pathname === '/v1/token') return reply({ access_token: `renewed-by-${form.get('refresh_token')}`, refresh_token: 'next', expires_in: 3600 });
    return reply({ accessKeyId: `STS.oauth>${bearer}`, accessKeySecret: 'stub-secret', securityToken: 'stub-token', expiration: '2099-01-01T00:00:00Z' });
  }

  throw new Error(`connect ECONNREFUSED ${url.hostname}`);
};
httpx.read = async response => response.body;

/** The folders of a case: a home, and a current folder full of traps. */
function prepare(scratch, sample) {
  const home = mkdtempSync(join(scratch, 'home-'));
  const current = mkdtempSync(join(scratch, 'current-'));
  const filled = text => text.replaceAll('{home}', home);
  const write = (folder, name, content) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), filled(typeof content === 'string' ? content : JSON.stringify(content)));
  };
  for (const [name, content] of Object.entries(sample.files ?? {})) write(home, name, content);
  const key = { access_key_id: 'trap-id', access_key_secret: 'trap-secret' };
  for (const name of ['.aliyun/config.json', 'config.json', 'relative/.aliyun/config.json'])
    write(current, name, { current: 'default', profiles: ['default', 'p', 'q'].map(profile => ({ name: profile, mode: 'AK', ...key })) });
  for (const name of ['.alibabacloud/credentials', 'credentials']) write(current, name, '[default]\ntype = access_key\naccess_key_id = trap-id\naccess_key_secret = trap-secret\n');
  write(current, 'token', 'trap');
  for (const name of ['trap', 'trap-get-credential']) {
    write(current, name, `#!/bin/sh\necho '${JSON.stringify(key)}'\n`);
    chmodSync(join(current, name), 0o700);
  }

  for (const name of Object.keys(process.env).filter(name => variablesOfTheService.test(name))) delete process.env[name];
  process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true';
  process.env.HOME = sample.home === 'relative' ? 'relative' : join(home, sample.home ?? '');
  for (const [name, value] of Object.entries(sample.env ?? {})) {
    if (value === null) delete process.env[name];
    else process.env[name] = filled(value);
  }

  process.chdir(current);
}

async function find(sample) {
  if (!sample.profile) return new credentials.default().getCredential();
  // The closest match of the official client to -ProfileName.
  try {
    return await credentials.CLIProfileCredentialsProvider.builder().withProfileName(sample.profile).build().getCredentials();
  } catch {
    return await credentials.ProfileCredentialsProvider.builder().withProfileName(sample.profile).build().getCredentials();
  }
}

async function outcomeOf(scratch, sample) {
  prepare(scratch, sample);
  calls = [];
  try {
    const found = await find(sample);
    const outcome = { id: String(found.accessKeyId) };
    if (found.securityToken && found.securityToken !== 'stub-token') outcome.token = found.securityToken;
    // The earlier calls are from previous sources.
    const host = calls.at(-1);
    if (host && found.securityToken === 'stub-token') outcome.host = host;
    return outcome;
  } catch {
    return { error: true };
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'identities-'));
const start = process.cwd();
let differences = 0;
try {
  for (const sample of cases) {
    const outcome = JSON.stringify(await outcomeOf(scratch, sample));
    const expected = JSON.stringify(sample.official);
    check(outcome === expected, `the official credential client: ${sample.name}${outcome === expected ? '' : `: ${outcome}`}`);
    if (!sample.module) continue;
    differences++;
    console.log(`# The module differs: ${sample.name}: official ${expected}, module ${JSON.stringify(sample.module)}. ${sample.why}`);
  }
} finally {
  process.chdir(start);
  rmSync(scratch, { recursive: true, force: true });
}

console.log(`# ${cases.length} folders and environments. The module differs in ${differences}, each for a reason that about_CrRegistry_Credentials has.`);
