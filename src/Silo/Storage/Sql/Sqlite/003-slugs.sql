-- Where uploaded slugs were made; a build's slug has the id of its build.
CREATE TABLE slug_index (
    id TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL
) STRICT;
CREATE INDEX slug_index_app ON slug_index (app_id);
