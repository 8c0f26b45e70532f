-- Who changed what. Ids are version 7 and sort by time.
CREATE TABLE audit_log (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    subject text NOT NULL,
    email text NOT NULL,
    entry text NOT NULL
);
CREATE INDEX audit_log_subject ON audit_log (subject, id);
CREATE INDEX audit_log_email ON audit_log (email, id);

-- Which accounts there are.
CREATE TABLE account_index (email text COLLATE "C" NOT NULL PRIMARY KEY);
