-- What bodies answer. Entries are appended, never overwritten; the key of an entry is the id that its author's device
-- made, so that what is sent twice is kept once.
CREATE TABLE questionnaire_copy (
    hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL
);

CREATE TABLE survey_response (
    id TEXT NOT NULL PRIMARY KEY,
    questionnaire_hash TEXT NOT NULL REFERENCES questionnaire_copy (hash),
    organisation TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    began_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    last_number BIGINT NOT NULL
);

-- Two unfinished ones of the same body would divide the colleagues.
CREATE UNIQUE INDEX survey_response_open ON survey_response (organisation, body) WHERE state = 'open';

CREATE INDEX survey_response_organisation ON survey_response (organisation, began_at);

CREATE TABLE survey_entry (
    response TEXT NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    question TEXT NOT NULL,
    state TEXT NOT NULL,
    value TEXT NOT NULL,
    words TEXT NOT NULL,
    evidence_expires TEXT NOT NULL,
    confidence TEXT NOT NULL,
    person TEXT NOT NULL,
    at TEXT NOT NULL,
    supersedes TEXT NOT NULL,
    PRIMARY KEY (response, id)
);

CREATE UNIQUE INDEX survey_entry_number ON survey_entry (response, number);

CREATE TABLE survey_receipt (
    response TEXT NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    finished_at TEXT NOT NULL,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    reopened_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (response, number)
);
