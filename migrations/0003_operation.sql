-- What operation must remember: whose data was erased (applied again after a restore), and which backups were made.
CREATE TABLE erasure (
    person TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL
);

CREATE TABLE backup_made (
    made_at TEXT NOT NULL,
    file TEXT NOT NULL,
    digest TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (made_at, file)
);
