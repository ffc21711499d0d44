// Calls the emulator with the unmodified official client of the V3 signature.
import core from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';
import { check, codeOf } from './check.mjs';

const { default: Client, $OpenApiUtil } = core;
const { EMULATOR_ADDRESS, EMULATOR_KEY_ID, EMULATOR_KEY_SECRET, EMULATOR_INSTANCE, EMULATOR_REPO } = process.env;
const expectedTags = Number(process.env.EMULATOR_TAGS);

const listRepoTag = (method) => new $OpenApiUtil.Params({
  action: 'ListRepoTag',
  version: '2018-12-01',
  protocol: 'HTTP',
  pathname: '/',
  method,
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
});

function clientWith(accessKeySecret) {
  return new Client(new $OpenApiUtil.Config({
    accessKeyId: EMULATOR_KEY_ID,
    accessKeySecret,
    endpoint: new URL(EMULATOR_ADDRESS).host,
    protocol: 'HTTP',
  }));
}

async function page(client, pageNo, method) {
  const query = { InstanceId: EMULATOR_INSTANCE, RepoId: EMULATOR_REPO, PageNo: String(pageNo), PageSize: '100' };
  const request = new $OpenApiUtil.OpenApiRequest({ query });
  return (await client.callApi(listRepoTag(method), request, new RuntimeOptions({}))).body;
}

const client = clientWith(EMULATOR_KEY_SECRET);
const tags = [];
let body;
do {
  body = await page(client, tags.length / 100 + 1, 'POST');
  tags.push(...body.Images.map((image) => image.Tag));
} while (body.Images.length === 100 && tags.length <= expectedTags);

check(tags.length === expectedTags && body.TotalCount === String(expectedTags), `V3 lists ${expectedTags} tags (${tags.length} came, TotalCount ${body.TotalCount})`);
check(new Set(tags).size === tags.length, 'V3 lists no tag twice');
check(tags.every((tag, i) => tag === `v${i}`), 'V3 lists v0, v1, … in this order');
check((await page(client, 1, 'GET')).Images.length === 100, 'V3 lists a page with GET as well');

const rejection = await codeOf(() => page(clientWith('wrong'), 1, 'POST'));
check(rejection === 'SignatureDoesNotMatch', `V3 with a wrong secret is rejected with SignatureDoesNotMatch (${rejection})`);
