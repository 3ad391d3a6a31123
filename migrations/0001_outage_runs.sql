-- Runs of the outage simulation: what was asked, what came out, and the catalogue it was computed from.
-- Every column of every table is TEXT or BIGINT: read alike on SQLite and PostgreSQL. Bytes are base64.
CREATE TABLE catalogue_copy (
    hash TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL
);

CREATE TABLE outage_run (
    id TEXT NOT NULL PRIMARY KEY,
    created_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    state TEXT NOT NULL,
    failure TEXT NOT NULL,
    idempotency_key TEXT,
    incident TEXT NOT NULL,
    scenario TEXT NOT NULL,
    region TEXT NOT NULL,
    overrides TEXT NOT NULL,
    seed BIGINT NOT NULL,
    replications BIGINT NOT NULL,
    model_version TEXT NOT NULL,
    catalogue_version TEXT NOT NULL,
    catalogue_hash TEXT NOT NULL REFERENCES catalogue_copy (hash)
);

CREATE UNIQUE INDEX outage_run_idempotency_key ON outage_run (idempotency_key);

CREATE TABLE outage_result (
    run_id TEXT NOT NULL REFERENCES outage_run (id) ON DELETE CASCADE,
    part TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (run_id, part)
);
