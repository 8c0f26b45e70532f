-- What apps' requests and dynos were like: a row for each span of time in which something was seen. The width is in seconds.
CREATE TABLE metric (
    app_id text COLLATE "C" NOT NULL,
    width integer NOT NULL,
    start_at text COLLATE "C" NOT NULL,
    figures text NOT NULL,
    PRIMARY KEY (app_id, width, start_at)
);
