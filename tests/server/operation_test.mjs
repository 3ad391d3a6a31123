// Running the server day by day: its health, its figures, its description, one run per key, and an end in good order.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {startProgram} from '../e2e/program.mjs';

let program;
before(async () => (program = await startProgram()));
after(() => program.stop());

const at = (path) => `${program.address}${path}`;
const start = (body, key) =>
  fetch(at('/api/v1/outage-runs'), {
    method: 'POST',
    headers: {'content-type': 'application/json', ...(key && {'idempotency-key': key})},
    body: JSON.stringify({incident: 'suedwestfalen-2023', ...body}),
  });

test('health is one word, figures are in the text format of Prometheus', async () => {
  assert.equal(await (await fetch(at('/healthz'))).text(), 'ok\n');
  const answer = await fetch(at('/metrics'));
  assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  assert.match(text, /^resmon_requests_total\{route="\/healthz",status="200"\} \d+$/m);
  const resident = Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)[1]);
  assert.ok(resident > 1e6, String(resident));
});

test('the description of the API comes from the server itself, with the schema of the JSON output', async () => {
  const description = await (await fetch(at('/api/v1/openapi.json'))).json();
  assert.match(description.openapi, /^3\.1\./);
  assert.deepEqual(description.components.schemas.Result.properties.about.required, ['run_id', 'started', 'seconds', 'peak_bytes', 'threads', 'ranks']);
});

test('a request that is sent twice with one key starts one run, another request with that key is refused', async () => {
  const first = await start({replications: 20}, 'sent twice');
  const again = await start({replications: 20}, 'sent twice');
  assert.equal(first.status, 202);
  assert.equal(again.status, 202);
  assert.equal(first.headers.get('location'), again.headers.get('location'));
  const other = await start({replications: 30}, 'sent twice');
  assert.equal(other.status, 409);
  assert.equal(other.headers.get('content-type'), 'application/problem+json');
});

test('problems come in the language of the reader', async () => {
  const title = async (language) => (await (await fetch(at('/api/v1/outage-runs/0123456789abcdef'), {headers: {'accept-language': language}})).json()).title;
  assert.equal(await title('de-DE'), 'Nicht gefunden');
  assert.equal(await title('en-GB'), 'Not found');
});
