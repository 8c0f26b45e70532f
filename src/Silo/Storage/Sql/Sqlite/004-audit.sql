-- Who changed what. Ids are version 7 and sort by time.
CREATE TABLE audit_log (
    id TEXT NOT NULL PRIMARY KEY,
    subject TEXT NOT NULL,
    email TEXT NOT NULL,
    entry TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_subject ON audit_log (subject, id);
CREATE INDEX audit_log_email ON audit_log (email, id);

-- Which accounts there are.
CREATE TABLE account_index (email TEXT NOT NULL PRIMARY KEY) STRICT;
