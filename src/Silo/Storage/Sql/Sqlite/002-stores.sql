-- What grains keep outside their state. Ids and times are text that sorts as they do.
CREATE TABLE app_index (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    view TEXT NOT NULL
) STRICT;
CREATE INDEX app_index_name ON app_index (name, id);
CREATE INDEX app_index_created ON app_index (created_at, id);
CREATE INDEX app_index_updated ON app_index (updated_at, id);

CREATE TABLE app_member (
    app_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    PRIMARY KEY (account_id, app_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX app_member_app ON app_member (app_id);

CREATE TABLE build_index (
    id TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    view TEXT NOT NULL
) STRICT;
CREATE INDEX build_index_created ON build_index (app_id, created_at, id);
CREATE INDEX build_index_id ON build_index (app_id, id);

CREATE TABLE log_chunk (
    app_id TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    keep_from INTEGER NOT NULL,
    lines BLOB NOT NULL,
    PRIMARY KEY (app_id, first_seq)
) STRICT;

CREATE TABLE output (
    id TEXT NOT NULL PRIMARY KEY,
    length INTEGER NOT NULL,
    complete INTEGER NOT NULL
) STRICT;

CREATE TABLE output_chunk (
    output_id TEXT NOT NULL,
    start INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (output_id, start)
) STRICT;

CREATE TABLE route (
    app_id TEXT NOT NULL PRIMARY KEY,
    route TEXT NOT NULL
) STRICT;

CREATE TABLE unfinished_work (
    kind TEXT NOT NULL,
    grain_key TEXT NOT NULL,
    PRIMARY KEY (kind, grain_key)
) STRICT, WITHOUT ROWID;
