-- Waves of the survey: whom an owner asks, who was written to, who takes part. No answer lies here.
-- Days are YYYY-MM-DD, instants UTC.
CREATE TABLE wave (
    id TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    version BIGINT NOT NULL,
    is_draft BIGINT NOT NULL,
    is_synthetic BIGINT NOT NULL,
    as_of TEXT NOT NULL,
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    purpose_de TEXT NOT NULL,
    purpose_en TEXT NOT NULL,
    delete_on TEXT NOT NULL,
    previous TEXT NOT NULL,
    state TEXT NOT NULL,
    made_at TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    close_reason TEXT NOT NULL,
    purged_at TEXT NOT NULL
);

CREATE INDEX wave_owner ON wave (owner, made_at);

-- As the register had it on the day of the frame: later statistics must not depend on a newer register.
-- outcome: what was reached when the wave closed; empty before.
CREATE TABLE wave_body (
    wave TEXT NOT NULL REFERENCES wave (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    kind TEXT NOT NULL,
    size_class TEXT NOT NULL,
    inhabitants BIGINT NOT NULL,
    contact TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_why TEXT NOT NULL,
    removed_at TEXT NOT NULL,
    removed_why TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    PRIMARY KEY (wave, body)
);

CREATE INDEX wave_body_body ON wave_body (body);

-- A token that was handed out; each dispatch has its own, and the first that is used is used up for all of them.
CREATE TABLE wave_invitation (
    digest TEXT NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    stage BIGINT NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT NOT NULL
);

CREATE INDEX wave_invitation_body ON wave_invitation (wave, body);

-- The key is the promise that nobody is written to twice in one stage.
CREATE TABLE wave_dispatch (
    wave TEXT NOT NULL REFERENCES wave (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    stage BIGINT NOT NULL,
    channel TEXT NOT NULL,
    state TEXT NOT NULL,
    attempt TEXT NOT NULL,
    at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (wave, body, stage)
);

-- A response that is deleted takes its connection to the wave with it.
CREATE TABLE wave_participation (
    wave TEXT NOT NULL REFERENCES wave (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    response TEXT NOT NULL REFERENCES survey_response (id) ON DELETE CASCADE,
    organisation TEXT NOT NULL,
    may_compare BIGINT NOT NULL,
    began_at TEXT NOT NULL,
    compare_since TEXT NOT NULL,
    PRIMARY KEY (wave, body)
);

CREATE UNIQUE INDEX wave_participation_response ON wave_participation (response);

-- What remains of a participation that was withdrawn: that, when, and a proof without content.
CREATE TABLE wave_withdrawal (
    id TEXT NOT NULL PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    entries BIGINT NOT NULL,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL
);

CREATE INDEX wave_withdrawal_body ON wave_withdrawal (wave, body);
