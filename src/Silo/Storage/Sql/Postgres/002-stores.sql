-- What grains keep outside their state. Ids and times are text that sorts as they do, byte by byte.
CREATE TABLE app_index (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    created_at text COLLATE "C" NOT NULL,
    updated_at text COLLATE "C" NOT NULL,
    view text NOT NULL
);
CREATE INDEX app_index_name ON app_index (name, id);
CREATE INDEX app_index_created ON app_index (created_at, id);
CREATE INDEX app_index_updated ON app_index (updated_at, id);

CREATE TABLE app_member (
    app_id text COLLATE "C" NOT NULL,
    account_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (account_id, app_id)
);
CREATE INDEX app_member_app ON app_member (app_id);

CREATE TABLE build_index (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    app_id text COLLATE "C" NOT NULL,
    created_at text COLLATE "C" NOT NULL,
    updated_at text COLLATE "C" NOT NULL,
    view text NOT NULL
);
CREATE INDEX build_index_created ON build_index (app_id, created_at, id);
CREATE INDEX build_index_id ON build_index (app_id, id);

CREATE TABLE log_chunk (
    app_id text COLLATE "C" NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    keep_from bigint NOT NULL,
    lines bytea NOT NULL,
    PRIMARY KEY (app_id, first_seq)
);

CREATE TABLE output (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    length bigint NOT NULL,
    complete bigint NOT NULL
);

CREATE TABLE output_chunk (
    output_id text COLLATE "C" NOT NULL,
    start bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (output_id, start)
);

CREATE TABLE route (
    app_id text COLLATE "C" NOT NULL PRIMARY KEY,
    route text NOT NULL
);

CREATE TABLE unfinished_work (
    kind text COLLATE "C" NOT NULL,
    grain_key text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, grain_key)
);
