-- Organisations, people, what they share, how they sign in, and what happened.
-- Times that are compared are seconds since 1970 (BIGINT), the others UTC texts.
CREATE TABLE organisation (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE office_member (
    office TEXT NOT NULL REFERENCES organisation (id),
    member TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (office, member)
);

CREATE INDEX office_member_member ON office_member (member);

-- login_key is the login without its case: unique, and what sign-in looks for.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    login TEXT NOT NULL,
    login_key TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    created_at TEXT NOT NULL,
    disabled_at TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    last_sign_in TEXT NOT NULL
);

CREATE UNIQUE INDEX person_login_key ON person (login_key);

-- organisation is empty for a role of the whole installation.
CREATE TABLE membership (
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (person, organisation, role)
);

CREATE INDEX membership_organisation ON membership (organisation);

CREATE TABLE sharing (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    what TEXT NOT NULL,
    shared_with TEXT NOT NULL REFERENCES organisation (id),
    since TEXT NOT NULL,
    PRIMARY KEY (organisation, what, shared_with)
);

CREATE INDEX sharing_shared_with ON sharing (shared_with, what);

-- The last entry of each chain; the row is the lock of those who append to it.
CREATE TABLE audit_head (
    server TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    chain TEXT NOT NULL
);

CREATE TABLE audit_entry (
    server TEXT NOT NULL,
    number BIGINT NOT NULL,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    action TEXT NOT NULL,
    organisation TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    address TEXT NOT NULL,
    salt TEXT NOT NULL,
    digest TEXT NOT NULL,
    chain TEXT NOT NULL,
    PRIMARY KEY (server, number)
);

CREATE INDEX audit_entry_at ON audit_entry (at);

CREATE INDEX audit_entry_organisation ON audit_entry (organisation, at);

CREATE INDEX audit_entry_person ON audit_entry (person);

CREATE TABLE credential (
    person TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    password TEXT NOT NULL,
    second_factor TEXT NOT NULL,
    second_factor_since TEXT NOT NULL,
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    person TEXT NOT NULL REFERENCES person (id),
    digest TEXT NOT NULL,
    PRIMARY KEY (person, digest)
);

CREATE TABLE sign_in_session (
    digest TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    began_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL
);

CREATE INDEX sign_in_session_person ON sign_in_session (person);

CREATE TABLE link (
    digest TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    purpose TEXT NOT NULL,
    person TEXT NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE access_token (
    digest TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL
);

CREATE INDEX access_token_person ON access_token (person);

CREATE TABLE sign_in_failure (
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    serial TEXT NOT NULL,
    PRIMARY KEY (subject, at, serial)
);

-- Whose run it is; empty for those made on this machine without accounts.
ALTER TABLE outage_run ADD COLUMN organisation TEXT NOT NULL DEFAULT '';
