"""The same work as resmon's, as one writes it with Flask and the sqlite3 module: bench/README.md states it.

Run by gunicorn with two sync workers (bench/signed_in.mjs). Environment: PEER_DATABASE, PEER_SERVER.
"""

import base64
import hashlib
import hmac
import os
import re
import sqlite3
import time

from flask import Flask, Response, abort, request

app = Flask(__name__)
SERVER = os.environ["PEER_SERVER"]
IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 12 * 3600
SEEN_IS_KEPT_EVERY = 60
ROLES_OF = {
    "read-runs": {"organisation-administrator", "editor", "viewer"},
    "change-sharing": {"organisation-administrator"},
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "manifest-src 'self'; worker-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-cache",
}
RUN = re.compile(r"[0-9a-f]{16}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHAREABLE = {"profile", "answers", "service-status", "aid-profile", "forecasts"}

# One connection for each worker: a sync worker answers one request at a time.
database = sqlite3.connect(os.environ["PEER_DATABASE"], timeout=10, isolation_level=None, check_same_thread=False)
for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
    database.execute("PRAGMA " + pragma)


class Transaction:
    """Holds the write lock from its beginning; what was written is on the disk when it ends."""

    def __enter__(self):
        database.execute("BEGIN IMMEDIATE")

    def __exit__(self, fault, *_):
        database.execute("ROLLBACK" if fault else "COMMIT")


def utc_text():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_fields(*fields):
    return sha256("".join(f"{len(field.encode())}:{field}" for field in fields))


def append_audit(person, action, organisation, object_, detail):
    """The next line of the chain, in the caller's transaction; resmon audit verify accepts it."""
    number, chain = database.execute("SELECT number, chain FROM audit_head WHERE server = ?", (SERVER,)).fetchone()
    number += 1
    at, address = utc_text(), request.remote_addr
    salt = base64.urlsafe_b64encode(os.urandom(16)).rstrip(b"=").decode()
    digest = digest_of_fields(salt, person, action, organisation, object_, detail, address)
    chain = digest_of_fields(chain, SERVER, str(number), at, digest)
    database.execute(
        "INSERT INTO audit_entry (server, number, at, person, action, organisation, object, detail, address, salt, "
        "digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (SERVER, number, at, person, action, organisation, object_, detail, address, salt, digest, chain),
    )
    database.execute("UPDATE audit_head SET number = ?, chain = ? WHERE server = ?", (number, chain, SERVER))


def signed_in():
    """The person of the session's cookie and that person's roles; 401 if there is none or it has ended."""
    session = request.cookies.get("resmon", "")
    digest = sha256(session)
    row = database.execute(
        "SELECT s.person, s.began_at, s.seen_at FROM sign_in_session s JOIN person p ON p.id = s.person "
        "WHERE s.digest = ? AND p.disabled_at = '' AND p.erased_at = ''",
        (digest,),
    ).fetchone()
    now = int(time.time())
    if row is None or row[1] + LONGEST_SECONDS <= now or row[2] + IDLE_SECONDS <= now:
        abort(401)
    if now - row[2] >= SEEN_IS_KEPT_EVERY:
        with Transaction():
            database.execute("UPDATE sign_in_session SET seen_at = ? WHERE digest = ?", (now, digest))
    if request.method != "GET":
        token = hmac.new(session.encode(), b"csrf token", hashlib.sha256).hexdigest()
        if not hmac.compare_digest(token, request.headers.get("X-CSRF-Token", "")):
            abort(403)
    return row[0], database.execute("SELECT organisation, role FROM membership WHERE person = ?", (row[0],)).fetchall()


def organisations_where(memberships, action):
    return [organisation for organisation, role in memberships if organisation and role in ROLES_OF[action]]


@app.get("/api/v1/outage-runs/<run>/map")
def outage_run_map(run):
    person, memberships = signed_in()
    service = request.args.get("service", "")
    if not RUN.fullmatch(run) or not SLUG.fullmatch(service):
        abort(422)
    reach = organisations_where(memberships, "read-runs")
    found = database.execute(
        "SELECT organisation, state FROM outage_run WHERE id = ? AND organisation IN (%s)" % ",".join("?" * len(reach)),
        (run, *reach),
    ).fetchone()
    if found is None:
        abort(404)
    if found[1] != "done":
        abort(409)
    part = "map/" + service
    row = database.execute("SELECT content FROM outage_result WHERE run_id = ? AND part = ?", (run, part)).fetchone()
    if row is None:
        abort(404)
    with Transaction():
        append_audit(person, "read-run", found[0], run, part)
    response = Response(row[0], content_type="application/json; charset=utf-8")
    response.add_etag()
    return response


def change_sharing(organisation, what, other, statement, values, action):
    person, memberships = signed_in()
    if not SLUG.fullmatch(organisation) or what not in SHAREABLE or not SLUG.fullmatch(other):
        abort(422)
    if organisation not in organisations_where(memberships, "change-sharing"):
        abort(404)
    with Transaction():
        if database.execute("SELECT 1 FROM organisation WHERE id = ?", (other,)).fetchone() is None:
            abort(404)
        database.execute(statement, values)
        append_audit(person, action, organisation, other, what)
    return Response(status=204)


@app.put("/api/v1/organisations/<organisation>/sharing/<what>/<other>")
def share(organisation, what, other):
    return change_sharing(
        organisation,
        what,
        other,
        "INSERT INTO sharing (organisation, what, shared_with, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (organisation, what, other, utc_text()),
        "shared",
    )


@app.delete("/api/v1/organisations/<organisation>/sharing/<what>/<other>")
def withdraw(organisation, what, other):
    return change_sharing(
        organisation,
        what,
        other,
        "DELETE FROM sharing WHERE organisation = ? AND what = ? AND shared_with = ?",
        (organisation, what, other),
        "sharing-withdrawn",
    )


@app.after_request
def with_headers(response):
    response.headers.extend(HEADERS)
    response.headers["X-Request-Id"] = os.urandom(8).hex()
    return response
