// Fifty people answer at once while the program is killed at any moment: every answer that was acknowledged is read back,
// once, as it was sent. Number of kills: RESMON_SURVEY_KILLS (25).
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {Agent, request} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';

import {serving} from '../server/serving.mjs';

const program = process.env.RESMON_PROGRAM;
const kills = Number(process.env.RESMON_SURVEY_KILLS ?? 25);
const writers = 50;
const questions = ['A1', 'A2', 'A4', 'B1', 'B4', 'C1', 'D1', 'E2', 'E4', 'F8', 'H6', 'K1'];

/** The answer's status and JSON; rejects when the connection breaks. */
function ask(agent, method, address, body) {
  return new Promise((resolve, reject) => {
    const asked = request(address, {method, agent, headers: body ? {'content-type': 'application/json'} : {}}, (answer) => {
      let text = '';
      answer.on('data', (piece) => (text += piece));
      answer.on('error', reject);
      answer.on('end', () => (answer.complete ? resolve({status: answer.statusCode, json: text ? JSON.parse(text) : {}}) : reject(new Error('cut off'))));
    });
    asked.on('error', reject);
    asked.end(body ? JSON.stringify(body) : undefined);
  });
}

/** After so many kills the next administration is answered for: a person's page does not read thousands of entries either. */
const perResponse = 25;

/** Everything of a response that was acknowledged is there, as it was sent, and once. */
async function check(agent, address, acknowledged, moment) {
  const found = new Map();
  for (const question of questions) {
    const {status, json} = await ask(agent, 'GET', `${address}/answers/${question}`);
    assert.equal(status, 200);
    for (const entry of json.entries) {
      assert.ok(!found.has(entry.id), `${entry.id} is there twice`);
      found.set(entry.id, {question, value: entry.value});
    }
  }
  for (const [id, sent] of acknowledged) assert.deepEqual(found.get(id), sent, `${moment}: ${id} was acknowledged`);
}

test(`what ${writers} people were told is saved survives ${kills} kills`, {timeout: Math.max(1_800_000, kills * 20_000)}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'resmon-survey-kill-'));
  const responses = []; // {id, acknowledged: id → {question, value}}
  let bodies;
  let serial = 0;
  try {
    for (let round = 0; round <= kills; ++round) {
      const server = await serving(['--local'], {data});
      const agent = new Agent({keepAlive: true, maxSockets: writers});
      const api = `http://127.0.0.1:${server.port}/api/v1`;
      bodies ??= (await ask(agent, 'GET', `${api}/bodies?limit=${1 + Math.ceil(kills / perResponse)}`)).json.bodies.map(({key}) => key);
      const last = responses.at(-1);
      if (last) await check(agent, `${api}/responses/${last.id}`, last.acknowledged, `round ${round}`);
      if (round === kills) {
        for (const {id, acknowledged} of responses) await check(agent, `${api}/responses/${id}`, acknowledged, 'in the end');
        await server.kill();
        break;
      }
      if (round % perResponse === 0) {
        const begun = await ask(agent, 'POST', `${api}/responses`, {questionnaire: 'resilienzmonitor', body: bodies[responses.length]});
        assert.equal(begun.status, 201);
        responses.push({id: begun.json.id, acknowledged: new Map()});
      }

      const {id: response, acknowledged} = responses.at(-1);
      const write = async () => {
        const seen = {};
        for (;;) {
          const id = `entry-${++serial}`;
          const sent = {question: questions[serial % questions.length], value: serial % 5};
          const {status, json} = await ask(agent, 'PUT', `${api}/responses/${response}/answers/${sent.question}`, {
            id, state: 'answered', value: sent.value, supersedes: seen[sent.question] ?? [],
          });
          assert.equal(status, 200);
          acknowledged.set(id, sent);
          seen[sent.question] = json.answer.numbers;
        }
      };
      const writing = Array.from({length: writers}, () => write().catch((error) => assert.ok(error.code || /cut off|hang up/.test(error.message), error.stack)));
      await new Promise((resolve) => setTimeout(resolve, 60 + ((round * 137) % 700)));
      await server.kill();
      await Promise.all(writing);
      agent.destroy();
    }
    const told = spawnSync(program, ['--data', data, '--lang', 'en', 'doctor'], {encoding: 'utf8'});
    assert.equal(told.status, 0, told.stdout);
    const count = responses.reduce((sum, {acknowledged}) => sum + acknowledged.size, 0);
    assert.ok(count > kills * 5, `only ${count} answers were acknowledged`);
    console.log(`${count} acknowledged answers in ${responses.length} responses, ${kills} kills, 0 lost, 0 doubled`);
  } finally {
    rmSync(data, {recursive: true, force: true});
  }
});
