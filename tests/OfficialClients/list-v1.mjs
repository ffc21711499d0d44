// Calls the emulator with the unmodified official client of the RPC v1 signature.
import core from '@alicloud/pop-core';
import { check, codeOf } from './check.mjs';

const { EMULATOR_ADDRESS, EMULATOR_KEY_ID, EMULATOR_KEY_SECRET, EMULATOR_INSTANCE, EMULATOR_REPO } = process.env;
const expectedTags = Number(process.env.EMULATOR_TAGS);

function clientWith(accessKeySecret) {
  return new core.RPCClient({ accessKeyId: EMULATOR_KEY_ID, accessKeySecret, endpoint: EMULATOR_ADDRESS, apiVersion: '2018-12-01' });
}

function firstPage(client, method) {
  const query = { InstanceId: EMULATOR_INSTANCE, RepoId: EMULATOR_REPO, PageNo: 1, PageSize: 100 };
  return client.request('ListRepoTag', query, { method });
}

const client = clientWith(EMULATOR_KEY_SECRET);
for (const method of ['GET', 'POST']) {
  const body = await firstPage(client, method);
  const inOrder = body.Images.length === 100 && body.Images.every((image, i) => image.Tag === `v${i}`);
  check(inOrder && body.TotalCount === String(expectedTags), `v1 lists a page with ${method}`);
}

const rejection = await codeOf(() => firstPage(clientWith('wrong'), 'GET'));
check(rejection === 'SignatureDoesNotMatch', `v1 with a wrong secret is rejected with SignatureDoesNotMatch (${rejection})`);
