// The data: made by resmon through its commands and its API, then copied for the peers, row for row.
import {createHmac} from 'node:crypto';
import {copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {createRequire} from 'node:module';
import path from 'node:path';
import {ran, resmon, root, started} from './servers.mjs';

const Database = createRequire(path.join(root, 'bench/peers/package.json'))('better-sqlite3');

const logins = Array.from({length: 10}, (_, place) => `person-${place}`);
const owner = '059110000000'; // Bochum, whose people ask
const shareables = ['profile', 'answers', 'service-status', 'aid-profile', 'forecasts'];
const partnersFor = (rows) => Array.from({length: rows / shareables.length}, (_, place) => `partner-${place}`);
const incident = 'suedwestfalen-2023';
const password = 'Lastprobe mit langem Kennwort 4711';

const pathOf = ({run, service}) => `/outage-runs/${run}/map?service=${service}`;

/** Asks resmon; `who` is a session. Throws for anything but a 2xx. */
class Client {
    constructor(port) {
        this.port = port;
        this.agent = new http.Agent({keepAlive: true, maxSockets: 16});
    }

    ask(method, target, {who, body} = {}) {
        const text = body === undefined ? '' : JSON.stringify(body);
        const headers = {Cookie: who?.cookie ?? '', 'X-CSRF-Token': who?.csrf ?? '', 'Content-Length': Buffer.byteLength(text)};
        if (text) headers['Content-Type'] = 'application/json';
        return new Promise((resolve, reject) => {
            const options = {host: '127.0.0.1', port: this.port, method, path: '/api/v1' + target, headers, agent: this.agent};
            http.request(options, (response) => {
                const pieces = [];
                response.on('data', (piece) => pieces.push(piece));
                response.on('end', () => {
                    const content = Buffer.concat(pieces).toString();
                    if (response.statusCode >= 300) reject(new Error(`${method} ${target}: ${response.statusCode} ${content}`));
                    else resolve({content, json: () => JSON.parse(content), cookies: response.headers['set-cookie'] ?? []});
                });
            })
                .on('error', reject)
                .end(text);
        });
    }

    async signedIn(login) {
        const answer = await this.ask('POST', '/session', {body: {login, password}});
        return {cookie: answer.cookies[0].split(';')[0], csrf: answer.json().csrf_token};
    }
}

/** Calls `action` for each item, 16 at a time. */
async function forEach(items, action) {
    let next = 0;
    const work = async () => {
        while (next < items.length) await action(items[next++]);
    };
    await Promise.all(Array.from({length: 16}, work));
}

/** Enough runs that the map of each service in each of them makes the rows. */
async function filledRuns(client, who, rows) {
    const services = (await client.ask('GET', '/catalogue', {who})).json().services.map(({id}) => id);
    const runs = [];
    for (let seed = 1; seed <= Math.ceil(rows / services.length); ++seed) {
        const body = {incident, seed, replications: 10};
        runs.push((await client.ask('POST', '/outage-runs', {who, body})).json().id);
    }
    for (const run of runs) {
        let state = '';
        while (state !== 'done') {
            ({state} = (await client.ask('GET', `/outage-runs/${run}`, {who})).json());
            if (state === 'failed') throw new Error(`the run ${run} failed`);
            if (state !== 'done') await new Promise((resolve) => setTimeout(resolve, 200));
        }
    }
    return runs.flatMap((run) => services.map((service) => ({run, service}))).slice(0, rows);
}

/** Deletes each rule in turn, and sets again the one that was deleted a hundred turns before: their number stays. */
function writes(rows) {
    const all = partnersFor(rows).flatMap((partner) => shareables.map((what) => `/api/v1/organisations/${owner}/sharing/${what}/${partner}`));
    const distance = 100;
    return all.flatMap((target, place) => [
        ['write', 'DELETE', target, 204],
        ['write', 'PUT', all[(place + all.length - distance) % all.length], 204],
    ]);
}

function writePlan(file, sessions, reads) {
    const lines = [...sessions.map(({cookie, csrf}) => ['session', cookie, csrf]), ...reads, ...writes(reads.length)];
    writeFileSync(file, lines.map((line) => line.join('\t')).join('\n') + '\n');
}

/** The same rows in a file of its own. A peer's results are plain text, which spares it the decompression. */
function copied(from, folder, results) {
    mkdirSync(folder, {mode: 0o700});
    const source = new Database(path.join(from, 'resmon.db'));
    source.prepare('VACUUM INTO ?').run(path.join(folder, 'resmon.db'));
    source.close();
    for (const file of ['server', 'resmon.key']) copyFileSync(path.join(from, file), path.join(folder, file));
    const copy = new Database(path.join(folder, 'resmon.db'));
    copy.pragma('journal_mode = WAL');
    const update = copy.prepare('UPDATE outage_result SET content = ? WHERE run_id = ? AND part = ?');
    copy.transaction(() => results.forEach(({run, service, content}) => update.run(content, run, `map/${service}`)))();
    copy.close();
}

/** The rows, made once: accounts, partners, sharing rules, runs. */
async function made(own, rows, passwordFile, say) {
    const partners = partnersFor(rows);
    const command = (...args) => ran(resmon, ['--data', own, '--quiet', ...args]);
    const addUser = (login, role, ...where) =>
        command('user', 'add', login, '--role', role, '--password-file', passwordFile, ...where);
    say('accounts');
    command('organisation', 'add', owner, '--kind', 'municipality');
    addUser('administrator', 'installation-administrator');
    for (const login of logins) addUser(login, 'organisation-administrator', '--organisation', owner);

    const server = await started('resmon', own);
    const client = new Client(server.port);
    const administrator = await client.signedIn('administrator');
    const who = await client.signedIn(logins[0]);
    say(`${partners.length} organisations`);
    await forEach(partners, (id) => {
        const body = {id, kind: 'provider', name: `Partner ${id}`, members: []};
        return client.ask('POST', '/organisations', {who: administrator, body});
    });
    say(`${rows} sharing rules`);
    await forEach(partners, async (partner) => {
        for (const what of shareables) await client.ask('PUT', `/organisations/${owner}/sharing/${what}/${partner}`, {who});
    });
    say('runs');
    const results = await filledRuns(client, who, rows);
    say(`${rows} results`);
    await forEach(results, async (result) => {
        result.content = (await client.ask('GET', pathOf(result), {who})).content;
    });
    client.agent.destroy();
    await server.stop();
    writeFileSync(path.join(own, 'results.json'), JSON.stringify(results));
}

async function newSessions(own) {
    const server = await started('resmon', own);
    const client = new Client(server.port);
    const sessions = [];
    for (const login of logins) sessions.push(await client.signedIn(login));
    client.agent.destroy();
    await server.stop();
    return sessions;
}

/**
 * For each server its data and its plan, `{resmon: {folder, plan}, flask: …}`. The rows (maps that are read, and as many
 * sharing rules that are changed) lie in `own` or come there.
 */
export async function filled({own, rows, folder, names, say}) {
    const passwordFile = path.join(folder, 'password');
    writeFileSync(passwordFile, password + '\n', {mode: 0o600});
    const resultsFile = path.join(own, 'results.json');
    if (!existsSync(resultsFile)) await made(own, rows, passwordFile, say);
    const results = JSON.parse(readFileSync(resultsFile, 'utf8'));
    const sessions = await newSessions(own);

    const sizes = results.map(({content}) => Buffer.byteLength(content)).sort((one, other) => one - other);
    say(`${results.length} results of ${sizes[0]} to ${sizes.at(-1)} bytes, median ${sizes[sizes.length >> 1]}`);
    const reads = results.map((result) => [
        'read', '/api/v1' + pathOf(result), Buffer.byteLength(result.content), result.content.slice(0, 40),
    ]);
    const places = {};
    for (const name of names) {
        const place = path.join(folder, name);
        const plan = path.join(folder, name + '.plan');
        copied(own, place, name === 'resmon' ? [] : results);
        // Each makes the token of a change from the session in its own way.
        const token = ({cookie}) => createHmac('sha256', cookie.split('=')[1]).update('csrf token').digest('hex');
        const theirs = name === 'resmon' ? sessions : sessions.map((one) => ({cookie: one.cookie, csrf: token(one)}));
        writePlan(plan, theirs, reads);
        places[name] = {folder: place, plan};
    }
    return places;
}

/** Lines of the audit trail. */
export function auditLines(folder) {
    const database = new Database(path.join(folder, 'resmon.db'), {readonly: true});
    const {lines} = database.prepare('SELECT COUNT(*) AS lines FROM audit_entry').get();
    database.close();
    return lines;
}
