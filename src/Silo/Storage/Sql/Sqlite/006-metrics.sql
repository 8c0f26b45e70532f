-- What apps' requests and dynos were like: a row for each span of time in which something was seen. The width is in seconds.
CREATE TABLE metric (
    app_id TEXT NOT NULL,
    width INTEGER NOT NULL,
    start_at TEXT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (app_id, width, start_at)
) STRICT, WITHOUT ROWID;
