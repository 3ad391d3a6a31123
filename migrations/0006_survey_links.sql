-- Who answers without account, who is assigned what, and how an entry came to be.
-- A link stays as the author of its entries; what opens it is a row of its own, and goes when it is withdrawn.
CREATE TABLE survey_link (
    id TEXT NOT NULL PRIMARY KEY,
    response TEXT NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
    organisation TEXT NOT NULL,
    label TEXT NOT NULL,
    topics TEXT NOT NULL,
    may_finish BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL
);

CREATE INDEX survey_link_response ON survey_link (response);

CREATE TABLE survey_link_key (
    digest TEXT NOT NULL PRIMARY KEY,
    link TEXT NOT NULL REFERENCES survey_link (id) ON DELETE CASCADE
);

CREATE TABLE survey_link_session (
    digest TEXT NOT NULL PRIMARY KEY,
    link TEXT NOT NULL REFERENCES survey_link (id) ON DELETE CASCADE,
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE TABLE survey_assignment (
    response TEXT NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
    topic TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    PRIMARY KEY (response, topic)
);

CREATE INDEX survey_assignment_person ON survey_assignment (person);

ALTER TABLE survey_entry ADD COLUMN link TEXT NOT NULL DEFAULT '';

-- typed, carried or imported
ALTER TABLE survey_entry ADD COLUMN source TEXT NOT NULL DEFAULT 'typed';

-- The finished response whose answers are offered; empty if there is none.
ALTER TABLE survey_response ADD COLUMN carried_from TEXT NOT NULL DEFAULT '';
