// How long a save of the survey takes while many people answer at once, against the disk's own sync in the same minute:
// README.md states the work, `--help` the flags.
import {closeSync, fdatasync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {processorSeconds, ran, resmon, root, started} from './signed_in/servers.mjs';

const {values: flags} = parseArgs({
    options: {
        sessions: {type: 'string', default: '500'},
        every: {type: 'string', default: '5'},
        seconds: {type: 'string', default: '60'},
        towns: {type: 'string', default: '50'},
        answers: {type: 'string', default: '100'},
        json: {type: 'string'},
        help: {type: 'boolean', default: false},
    },
});
if (flags.help) {
    console.log(`node bench/survey_sessions.mjs [--sessions 500] [--every 5: seconds between two saves of a session] [--seconds 60]
    [--towns 50: so many responses] [--answers 100: entries that each holds before] [--json FILE]`);
    process.exit(0);
}
const [sessionCount, every, seconds, towns, answers] = ['sessions', 'every', 'seconds', 'towns', 'answers'].map((name) => Number(flags[name]));
const rate = sessionCount / every;
const password = 'Lastprobe mit langem Kennwort 4711';
const say = (text) => process.stderr.write(`-- ${text}\n`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Client {
    constructor(port) {
        this.port = port;
        this.agent = new http.Agent({keepAlive: true, maxSockets: 1});
    }
    ask(method, target, body) {
        const text = body === undefined ? '' : JSON.stringify(body);
        const headers = {Cookie: this.cookie ?? '', 'X-CSRF-Token': this.csrf ?? '', 'Content-Length': Buffer.byteLength(text)};
        if (text) headers['Content-Type'] = 'application/json';
        return new Promise((resolve, reject) => {
            http.request({host: '127.0.0.1', port: this.port, method, path: '/api/v1' + target, headers, agent: this.agent}, (response) => {
                const pieces = [];
                response.on('data', (piece) => pieces.push(piece));
                response.on('end', () => {
                    const content = Buffer.concat(pieces).toString();
                    if (response.statusCode >= 300) return reject(new Error(`${method} ${target}: ${response.statusCode} ${content}`));
                    const json = content ? JSON.parse(content) : {};
                    if (response.headers['set-cookie']) [this.cookie, this.csrf] = [response.headers['set-cookie'][0].split(';')[0], json.csrf_token];
                    resolve(json);
                });
            }).on('error', reject).end(text);
        });
    }
}

/** Calls `action` for each item, 16 at a time. */
async function forEach(items, action) {
    let next = 0;
    const work = async () => {
        while (next < items.length) await action(items[next], next++);
    };
    await Promise.all(Array.from({length: 16}, work));
}

/** One editor for each town. */
async function peopleOf(folder, data) {
    const file = path.join(folder, 'password');
    writeFileSync(file, password, {mode: 0o600});
    const command = (...words) => ran(resmon, ['--data', data, '--quiet', ...words]);
    command('user', 'add', 'administrator', '--role', 'installation-administrator', '--password-file', file);
    const asked = await started('resmon', data);
    const administrator = new Client(asked.port);
    await administrator.ask('POST', '/session', {login: 'administrator', password});
    const found = await administrator.ask('GET', '/bodies?limit=200');
    const bodies = found.bodies.filter(({kind}) => kind === 'municipality').slice(0, towns);
    if (bodies.length < towns) throw new Error(`there are ${bodies.length} municipalities to choose from`);
    administrator.agent.destroy();
    await asked.stop();
    for (const [place, {key}] of bodies.entries()) {
        command('organisation', 'add', key, '--kind', 'municipality');
        command('user', 'add', `person-${place}`, '--role', 'editor', '--password-file', file, '--organisation', key);
    }
    return bodies.map(({key}, place) => ({login: `person-${place}`, body: key}));
}

/** Each client on the response of its town, which holds answers already. */
async function opened(port, people) {
    const clients = Array.from({length: sessionCount}, (_, place) => Object.assign(new Client(port), people[place % people.length]));
    await forEach(clients, (client) => client.ask('POST', '/session', {login: client.login, password}));
    const {topics} = await clients[0].ask('GET', '/questionnaires/resilienzmonitor');
    const questions = topics.flatMap((topic) => topic.questions).filter(({type}) => type === 'ordinal').map(({id}) => id);
    const responses = [];
    await forEach(people, async ({body}, place) => {
        const client = clients[place];
        responses[place] = (await client.ask('POST', '/responses', {questionnaire: 'resilienzmonitor', body})).id;
        for (let serial = 0; serial < answers; ++serial)
            await client.ask('PUT', `/responses/${responses[place]}/answers/${questions[serial % questions.length]}`, {id: `before-${serial}`, state: 'answered', value: serial % 5, supersedes: []});
    });
    clients.forEach((client, place) => (client.response = responses[place % people.length]));
    return {clients, questions};
}

/** Saves by schedule: each is timed from the moment at which it was due. */
async function saving(client, place, questions, until, times) {
    for (let due = performance.now() + Math.random() * every * 1000, serial = 0; due < until; due += every * 1000, ++serial) {
        await pause(Math.max(0, due - performance.now()));
        const question = questions[(place * 7 + serial) % questions.length];
        await client.ask('PUT', `/responses/${client.response}/answers/${question}`, {id: `save-${place}-${serial}`, state: 'answered', value: (place + serial) % 5, supersedes: []});
        times.push(performance.now() - due);
    }
}

/** The disk beside it, as often: a page of a file is overwritten and made durable. */
async function syncing(file, until, times) {
    const page = Buffer.alloc(4096);
    const pages = 1000;
    const descriptor = openSync(file, 'w+');
    writeSync(descriptor, Buffer.alloc(page.length * pages));
    await new Promise((resolve) => fdatasync(descriptor, resolve));
    const pending = [];
    for (let due = performance.now(), turn = 0; due < until; due += (-Math.log(Math.random()) * 1000) / rate, ++turn) {
        await pause(Math.max(0, due - performance.now()));
        page[turn % page.length] = turn;
        writeSync(descriptor, page, 0, page.length, (turn % pages) * page.length);
        const began = performance.now();
        pending.push(new Promise((resolve) => fdatasync(descriptor, () => resolve(times.push(performance.now() - began)))));
    }
    await Promise.all(pending);
    closeSync(descriptor);
}

const quantile = (times, share) => [...times].sort((one, other) => one - other)[Math.min(times.length - 1, Math.floor(times.length * share))];
const told = (times) => ({count: times.length, p50: quantile(times, 0.5), p99: quantile(times, 0.99), highest: Math.max(...times)});

mkdirSync(path.join(root, 'build'), {recursive: true});
const folder = mkdtempSync(path.join(root, 'build/survey-sessions-'));
let server;
try {
    const data = path.join(folder, 'data');
    say(`${towns} towns`);
    const people = await peopleOf(folder, data);
    server = await started('resmon', data);
    say(`${sessionCount} sessions, ${towns} responses with ${answers} answers each`);
    const {clients, questions} = await opened(server.port, people);
    const [loadBefore, before] = [os.loadavg()[0], processorSeconds(server.pid)];
    const until = performance.now() + seconds * 1000;
    const saves = [];
    const syncs = [];
    await Promise.all([syncing(path.join(folder, 'sync'), until, syncs), ...clients.map((client, place) => saving(client, place, questions, until, saves))]);
    const processor = ((processorSeconds(server.pid) - before) * 1000) / saves.length;
    let entries = 0;
    for (const client of clients.slice(0, people.length)) {
        const {answers: sheet} = await client.ask('GET', `/responses/${client.response}`);
        for (const {question} of sheet) entries += (await client.ask('GET', `/responses/${client.response}/answers/${question}`)).entries.length;
    }
    if (entries !== towns * answers + saves.length) throw new Error(`${entries} entries are there, ${towns * answers + saves.length} were acknowledged`);
    clients.forEach(({agent}) => agent.destroy());
    await server.stop();
    server = undefined;
    ran(resmon, ['--data', data, 'audit', 'verify']);
    const result = {date: new Date().toISOString(), cpu: os.cpus()[0].model, cores: os.cpus().length, loadBefore, loadAfter: os.loadavg()[0], sessions: sessionCount, rate, save: told(saves), sync: told(syncs), processorMilliseconds: processor};
    if (flags.json) writeFileSync(flags.json, JSON.stringify(result, null, 2) + '\n');
    const ms = (time) => `${time.toFixed(1)} ms`;
    console.log(`${result.date}, ${result.cpu}, ${result.cores} cores, load average ${loadBefore.toFixed(1)} before, ${result.loadAfter.toFixed(1)} after`);
    console.log(`${sessionCount} sessions, ${(saves.length / seconds).toFixed(0)} saves per second, ${processor.toFixed(2)} ms of processor each; every one is there, and the audit trail holds`);
    console.log(`save: p50 ${ms(result.save.p50)}, p99 ${ms(result.save.p99)}, highest ${ms(result.save.highest)}; sync: p50 ${ms(result.sync.p50)}, p99 ${ms(result.sync.p99)}; p99 − sync p99 ${ms(result.save.p99 - result.sync.p99)} (goal: < 20 ms)`);
} finally {
    if (server) await server.stop();
    rmSync(folder, {recursive: true, force: true});
}
