// The same work as resmon's, as one writes it with node:http and better-sqlite3: bench/README.md states it.
// Two processes by node:cluster. Environment: PEER_DATABASE, PEER_SERVER, PEER_PORT.
import cluster from 'node:cluster';
import {createHash, createHmac, randomBytes, timingSafeEqual} from 'node:crypto';
import http from 'node:http';
import Database from 'better-sqlite3';

const server = process.env.PEER_SERVER;
const processes = 2;
const idleSeconds = 30 * 60;
const longestSeconds = 12 * 3600;
const seenIsKeptEvery = 60;
const rolesOf = {
    'read-runs': new Set(['organisation-administrator', 'editor', 'viewer']),
    'change-sharing': new Set(['organisation-administrator']),
};
const shareable = new Set(['profile', 'answers', 'service-status', 'aid-profile', 'forecasts']);
const headers = {
    'Content-Security-Policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; worker-src 'self'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex',
    'Cache-Control': 'no-cache',
};

class Refusal extends Error {
    constructor(status) {
        super(`refused with ${status}`);
        this.status = status;
    }
}

const refuse = (status) => {
    throw new Refusal(status);
};
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const digestOfFields = (...fields) => sha256(fields.map((field) => `${Buffer.byteLength(field)}:${field}`).join(''));
const utcText = () => new Date().toISOString().slice(0, 19) + 'Z';
const now = () => Math.floor(Date.now() / 1000);

function serve() {
    const database = new Database(process.env.PEER_DATABASE, {timeout: 10000});
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) database.pragma(pragma);
    const sql = (text) => database.prepare(text);

    const findSession = sql(
        'SELECT s.person, s.began_at, s.seen_at FROM sign_in_session s JOIN person p ON p.id = s.person ' +
            "WHERE s.digest = ? AND p.disabled_at = '' AND p.erased_at = ''",
    );
    const setSeen = sql('UPDATE sign_in_session SET seen_at = ? WHERE digest = ?');
    const findMemberships = sql('SELECT organisation, role FROM membership WHERE person = ?');
    const findRun = sql(
        'SELECT organisation, state FROM outage_run WHERE id = ? AND organisation IN (SELECT value FROM json_each(?))',
    );
    const findPart = sql('SELECT content FROM outage_result WHERE run_id = ? AND part = ?');
    const findOrganisation = sql('SELECT 1 FROM organisation WHERE id = ?');
    const insertShare = sql(
        'INSERT INTO sharing (organisation, what, shared_with, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
    const deleteShare = sql('DELETE FROM sharing WHERE organisation = ? AND what = ? AND shared_with = ?');
    const findHead = sql('SELECT number, chain FROM audit_head WHERE server = ?');
    const setHead = sql('UPDATE audit_head SET number = ?, chain = ? WHERE server = ?');
    const insertAudit = sql(
        'INSERT INTO audit_entry (server, number, at, person, action, organisation, object, detail, address, salt, ' +
            'digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );

    /** The next line of the chain, in the caller's transaction; `resmon audit verify` accepts it. */
    function appendAudit(address, person, action, organisation, object, detail) {
        const head = findHead.get(server);
        const number = head.number + 1;
        const at = utcText();
        const salt = randomBytes(16).toString('base64url');
        const digest = digestOfFields(salt, person, action, organisation, object, detail, address);
        const chain = digestOfFields(head.chain, server, String(number), at, digest);
        insertAudit.run(server, number, at, person, action, organisation, object, detail, address, salt, digest, chain);
        setHead.run(number, chain, server);
    }

    const noteReading = database.transaction(appendAudit);
    const changeSharing = database.transaction((address, person, organisation, what, other, isShared) => {
        if (!findOrganisation.get(other)) refuse(404);
        if (isShared) insertShare.run(organisation, what, other, utcText());
        else deleteShare.run(organisation, what, other);
        appendAudit(address, person, isShared ? 'shared' : 'sharing-withdrawn', organisation, other, what);
    });

    /** The person of the session's cookie and that person's roles. */
    function signedIn(request) {
        const session = /(?:^|; )resmon=([^;]*)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
        const digest = sha256(session);
        const row = findSession.get(digest);
        const at = now();
        if (!row || row.began_at + longestSeconds <= at || row.seen_at + idleSeconds <= at) refuse(401);
        if (at - row.seen_at >= seenIsKeptEvery) setSeen.run(at, digest);
        if (request.method !== 'GET') {
            const token = Buffer.from(createHmac('sha256', session).update('csrf token').digest('hex'));
            const given = Buffer.from(request.headers['x-csrf-token'] ?? '');
            if (given.length !== token.length || !timingSafeEqual(given, token)) refuse(403);
        }
        return {person: row.person, memberships: findMemberships.all(row.person)};
    }

    const organisationsWhere = (memberships, action) =>
        memberships.filter((one) => one.organisation && rolesOf[action].has(one.role)).map((one) => one.organisation);

    function readMap(request, response, run, service) {
        const {person, memberships} = signedIn(request);
        const found = findRun.get(run, JSON.stringify(organisationsWhere(memberships, 'read-runs')));
        if (!found) refuse(404);
        if (found.state !== 'done') refuse(409);
        const part = `map/${service}`;
        const row = findPart.get(run, part);
        if (!row) refuse(404);
        noteReading.immediate(request.socket.remoteAddress, person, 'read-run', found.organisation, run, part);
        send(response, 200, row.content);
    }

    function change(request, response, organisation, what, other) {
        const {person, memberships} = signedIn(request);
        if (!shareable.has(what)) refuse(422);
        if (!organisationsWhere(memberships, 'change-sharing').includes(organisation)) refuse(404);
        const isShared = request.method === 'PUT';
        changeSharing.immediate(request.socket.remoteAddress, person, organisation, what, other, isShared);
        send(response, 204);
    }

    function send(response, status, text) {
        const own = {...headers, 'X-Request-Id': randomBytes(8).toString('hex')};
        if (text === undefined) {
            response.writeHead(status, own);
            response.end();
            return;
        }
        own['Content-Type'] = 'application/json; charset=utf-8';
        own['Content-Length'] = Buffer.byteLength(text);
        own.ETag = `"${createHash('sha1').update(text).digest('base64')}"`;
        response.writeHead(status, own);
        response.end(text);
    }

    const routes = [
        ['GET', /^\/api\/v1\/outage-runs\/([0-9a-f]{16})\/map\?service=([a-z0-9-]+)$/, readMap],
        ['PUT', /^\/api\/v1\/organisations\/([a-z0-9-]+)\/sharing\/([a-z-]+)\/([a-z0-9-]+)$/, change],
        ['DELETE', /^\/api\/v1\/organisations\/([a-z0-9-]+)\/sharing\/([a-z-]+)\/([a-z0-9-]+)$/, change],
    ];
    http.createServer((request, response) => {
        try {
            for (const [method, path, handler] of routes) {
                const found = method === request.method && path.exec(request.url);
                if (found) return handler(request, response, ...found.slice(1));
            }
            send(response, 404, '{}');
        } catch (fault) {
            if (!(fault instanceof Refusal)) console.error(fault);
            send(response, fault.status ?? 503, '{}');
        }
    }).listen(Number(process.env.PEER_PORT), '127.0.0.1');
}

if (cluster.isPrimary) for (let count = 0; count < processes; ++count) cluster.fork();
else serve();
