-- Long work that several servers share. A job is there until what it is for has ended; worker is empty while it waits.
-- beat grows with each sign of life of the worker; progress is per mille.
CREATE TABLE job (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    needs TEXT NOT NULL,
    queued_at BIGINT NOT NULL,
    worker TEXT NOT NULL,
    beat BIGINT NOT NULL,
    doing TEXT NOT NULL,
    progress BIGINT NOT NULL,
    spent_milliseconds BIGINT NOT NULL,
    cancel_wished BIGINT NOT NULL
);

CREATE INDEX job_queue ON job (kind, queued_at);

INSERT INTO job (id, kind, needs, queued_at, worker, beat, doing, progress, spent_milliseconds, cancel_wished)
    SELECT id, 'outage-run', model_version || ' ' || catalogue_hash, 0, '', 1, '', 0, 0, 0 FROM outage_run
    WHERE state IN ('queued', 'running');

-- That a run is running is said by its job.
UPDATE outage_run SET state = 'queued' WHERE state = 'running';

DROP INDEX outage_run_idempotency_key;

CREATE UNIQUE INDEX outage_run_idempotency_key ON outage_run (organisation, idempotency_key);

CREATE INDEX outage_run_organisation ON outage_run (organisation, created_at);
