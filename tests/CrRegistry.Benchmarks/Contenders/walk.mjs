// The official client, as it is, walks a list page after page, as its own samples do. Prints what that cost.
import core from '@alicloud/openapi-core';
import { RuntimeOptions } from '@darabonba/typescript';

const { default: Client, $OpenApiUtil } = core;
const [address, run, tags, latency] = process.argv.slice(2);
const pageSize = 100;

const client = new Client(new $OpenApiUtil.Config({
  accessKeyId: 'test-id',
  accessKeySecret: 'test-secret',
  endpoint: new URL(address).host,
  protocol: 'HTTP',
}));
const listRepoTag = new $OpenApiUtil.Params({
  action: 'ListRepoTag',
  version: '2018-12-01',
  protocol: 'HTTP',
  pathname: '/',
  method: 'POST',
  authType: 'AK',
  style: 'RPC',
  reqBodyType: 'formData',
  bodyType: 'json',
});

async function walk(repoId) {
  let count = 0;
  let total;
  do {
    const query = { InstanceId: 'cri-benchmark', RepoId: repoId, PageNo: String(count / pageSize + 1), PageSize: String(pageSize) };
    const { body } = await client.callApi(listRepoTag, new $OpenApiUtil.OpenApiRequest({ query }), new RuntimeOptions({}));
    count += body.Images.length;
    total = Number(body.TotalCount);
  } while (count < total);
  return count;
}

for (let round = 0; round < 2; round++) await walk(`crr-warm-${Math.min(tags, 10000)}-0-1`);
const cpu = process.cpuUsage();
const start = performance.now();
const count = await walk(`crr-${run}-${tags}-${latency}-1`);
const elapsed = performance.now() - start;
const used = process.cpuUsage(cpu);
if (count !== Number(tags)) throw new Error(`${count} tags came where there are ${tags}.`);
console.log(`Elapsed: ${elapsed}`);
console.log(`Cpu: ${(used.user + used.system) / 1000}`);
console.log(`Peak: ${process.resourceUsage().maxRSS * 1024}`);
